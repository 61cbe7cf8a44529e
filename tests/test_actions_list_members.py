"""The action list_members: who belongs to a lock."""

from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import UnsupportedError
from tests.acting import FRONT_DOOR, GARAGE, GARDEN_GATE, LOCKS, failing, refusing
from tests.residents import async_do, async_members, method_at, resident
from tests.simulated import Home


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing(home: Home, lock: str) -> None:
    """Everybody, with what an administrator may know of them."""
    await home.async_setup()
    listed = await async_members(home, lock)
    assert {name: member["kind"] for name, member in listed.items()} == {
        **dict.fromkeys(("Owner", "Partner"), "family"),
        **dict.fromkeys(("Cleaner", "Neighbour"), "panel"),
    }
    assert listed["Owner"] == {
        "id": resident(home, lock, "Owner").user_id,
        "name": "Owner",
        "kind": "family",
        "role": "owner",
        "effective": "active",
        "window": {
            "permanent": True,
            "start": None,
            "end": None,
            "state": "confirmed",
        },
        "contact": "49-1700000001",
    }
    assert listed["Partner"]["role"] == "normal"
    assert listed["Cleaner"]["contact"] is None


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing_of_one_kind(home: Home, lock: str) -> None:
    await home.async_setup()
    family = await async_do(home, "list_members", lock, kind="family")
    assert family["count"] == {"family": 2, "panel": 2}
    assert set(await async_members(home, lock, kind="family")) == {"Owner", "Partner"}
    assert set(await async_members(home, lock, kind="panel")) == {
        "Cleaner",
        "Neighbour",
    }


@pytest.mark.parametrize("lists", ["all", "no_rich"])
async def test_listing_with_unlock_methods(home: Home, lists: str) -> None:
    """Whether the list of members shows them, or each member is asked for."""
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 1).hijack = True
    listed = await async_members(home, FRONT_DOOR, details=True)
    owner = resident(home, FRONT_DOOR, "Owner").user_id
    assert listed["Owner"]["methods"] == [
        {
            "id": "fingerprint-1",
            "type": "fingerprint",
            "number": 1,
            "name": "thumb",
            "member": "Owner",
            "member_id": owner,
            "special": True,
            "duress": True,
            "state": "confirmed",
        }
    ]
    cards = listed["Neighbour"]["methods"]
    assert isinstance(cards, list)
    (card,) = cards
    assert isinstance(card, dict)
    assert (card["id"], card["name"], card["duress"]) == ("card-1", "blue card", False)


@pytest.mark.parametrize(
    ("switches", "roles"),
    [
        (
            {"user_types": "account_50"},
            {"Owner": None, "Partner": None, "Cleaner": "normal", "Neighbour": "admin"},
        ),
        (
            {"user_types": "documented"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
        (
            {"member_uid": "absent"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
        (
            {"member_lists": "no_rich"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
    ],
)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, GARDEN_GATE])
async def test_readings_of_the_kinds(
    home: Home, lock: str, switches: dict[str, str], roles: dict[str, str | None]
) -> None:
    """Nobody is in the wrong family, and nobody's role is guessed."""
    for name, value in switches.items():
        home.world.around.switches.set(name, value)
    await home.async_setup()
    listed = await async_members(home, lock)
    assert {name: member["role"] for name, member in listed.items()} == roles
    assert {name for name, member in listed.items() if member["kind"] == "family"} == {
        "Owner",
        "Partner",
    }


async def test_a_cloud_that_lists_panel_members_only(home: Home) -> None:
    """The family is unknown there, and nobody says that there is none."""
    home.world.around.switches.set("member_lists", "v1_0_only")
    await home.async_setup()
    answer = await async_do(home, "list_members", FRONT_DOOR)
    assert answer["count"] == {"family": None, "panel": 2}
    listed = await async_members(home, FRONT_DOOR, kind="panel")
    assert set(listed) == {"Cleaner", "Neighbour"}
    assert (listed["Cleaner"]["effective"], listed["Cleaner"]["window"]) == (None, None)
    with refusing(home, "members_of_kind_not_told", reads=True) as caught:
        await async_members(home, FRONT_DOOR, kind="family")
    assert caught.value.translation_placeholders == {"lock": "Front door"}


async def test_an_outage_is_no_empty_list(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members")
    with failing(home, "cloud_error"):
        await async_members(home, FRONT_DOOR)


async def test_no_list_at_all(home: Home) -> None:
    """A lock without any list of members has not got none."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    error = UnsupportedError("no", code=1108)
    with (
        patch.object(client, "list_members", side_effect=error),
        patch.object(client, "list_panel_members", side_effect=error),
        failing(home, "members_not_told"),
    ):
        await async_members(home, FRONT_DOOR)
