"""Unlock methods: listed, renamed, assigned and removed, and what the lock makes of it."""

from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    InvalidRequestError,
    UnlockMethod,
    UnsupportedError,
)
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    failing,
    opens,
    refusing,
)
from tests.residents import (
    act,
    async_do,
    async_methods,
    changes,
    enters,
    method_at,
    methods_of,
    resident,
)
from tests.simulated import Home


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing(home: Home, lock: str) -> None:
    """Everybody's, then what waits for an owner; digits are not in it."""
    await home.async_setup()
    method_at(home, lock, "fingerprint", 2).hijack = True
    answer = await async_do(home, "list_unlock_methods", lock)
    assert (answer["waiting"], answer["any_waiting"]) == (1, True)
    listed = await async_methods(home, lock)
    assert {key: method["member"] for key, method in listed.items()} == {
        "fingerprint-1": "Owner",
        "fingerprint-2": "Partner",
        "password-1": "Cleaner",
        "card-1": "Neighbour",
        "fingerprint-3": None,
    }
    assert listed["fingerprint-2"] == {
        "id": "fingerprint-2",
        "type": "fingerprint",
        "number": 2,
        "name": "index finger",
        "member": "Partner",
        "member_id": resident(home, lock, "Partner").user_id,
        "special": True,
        "duress": True,
        "state": "confirmed",
    }
    assert listed["fingerprint-1"]["duress"] is False
    digits = methods_of(home, lock, "Cleaner")[0].digits
    assert digits
    assert digits not in str(answer)


@pytest.mark.parametrize("lists", ["all", "no_rich", "v1_0_only"])
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARDEN_GATE])
async def test_listing_of_one_member(home: Home, lock: str, lists: str) -> None:
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    (code,) = (await async_methods(home, lock, member="cleaner")).values()
    assert (code["id"], code["name"], code["duress"]) == ("password-1", "code", False)


@pytest.mark.parametrize("lock", LOCKS)
async def test_what_waits_for_an_owner(home: Home, lock: str) -> None:
    await home.async_setup()
    act(home, lock, "enrol", kind="card")
    waiting = await async_methods(home, lock, unassigned=True)
    assert set(waiting) == {"fingerprint-3", "card-2"}
    assert waiting["card-2"]["member"] is None
    home.lock(lock).people.methods = []
    answer = await async_do(home, "list_unlock_methods", lock, unassigned=True)
    assert answer == {"methods": [], "waiting": 0, "any_waiting": False}


@pytest.mark.parametrize("lock", LOCKS)
async def test_renaming(home: Home, lock: str) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_unlock_method", lock, method="Thumb", new_name="left thumb"
    )
    assert method_at(home, lock, "fingerprint", 1).name == "left thumb"
    assert (changed["id"], changed["name"]) == ("fingerprint-1", "left thumb")
    assert (changed["member"], changed["confirmed"]) == ("Owner", True)


@pytest.mark.parametrize("lock", LOCKS)
async def test_duress(home: Home, lock: str) -> None:
    """The opening is also an alarm while it is on."""
    await home.async_setup()
    name, records = "index finger", home.lock(lock).records.records
    for on in (True, False):
        changed = await async_do(
            home, "update_unlock_method", lock, method=name, duress=on
        )
        assert (changed["duress"], changed["confirmed"]) == (on, True)
        assert method_at(home, lock, "fingerprint", 2).hijack is on
        before = len([record for record in records if record.code == "hijack"])
        if home.lock(lock).in_touch:
            assert enters(home, lock, "Partner")
            after = len([record for record in records if record.code == "hijack"])
            assert after - before == int(on)


@pytest.mark.parametrize("lock", LOCKS)
async def test_assigning(home: Home, lock: str) -> None:
    """To a member, to another one, to nobody; it opens the lock all the time."""
    await home.async_setup()
    finger = method_at(home, lock, "fingerprint", 3)

    async def update(**data: object) -> tuple[object, object]:
        changed = await async_do(
            home, "update_unlock_method", lock, method="fingerprint 3", **data
        )
        assert changed["confirmed"] is True
        return changed["member"], changed["name"]

    def owner() -> str | None:
        return finger.user_id

    assert await update(assign_to="cleaner", new_name="ring finger") == (
        "Cleaner",
        "ring finger",
    )
    assert owner() == resident(home, lock, "Cleaner").user_id
    assert await update(assign_to="Partner") == ("Partner", "ring finger")
    assert owner() == resident(home, lock, "Partner").user_id
    before = changes(home)
    assert await update(assign_to="Partner") == ("Partner", "ring finger")
    assert changes(home) == before
    assert (await update(unassign=True))[0] is None
    assert owner() is None
    assert (await update(unassign=True))[0] is None
    assert act(home, lock, "method", slot=3)["opened"]


async def test_a_move_that_stops_half_way(home: Home) -> None:
    """What was done is told; the method belongs to nobody then."""
    await home.async_setup()
    home.world.faults.parse("throttled:path=opmodes/actions/allocate")
    with pytest.raises(
        HomeAssistantError, match="Only a part was done: unassign"
    ) as caught:
        await async_do(
            home,
            "update_unlock_method",
            FRONT_DOOR,
            method="thumb",
            assign_to="Cleaner",
        )
    assert caught.value.translation_key == "half_done"
    assert (caught.value.translation_placeholders or {})["field"] == "assign_to"
    assert method_at(home, FRONT_DOOR, "fingerprint", 1).user_id is None


@pytest.mark.parametrize("lock", LOCKS)
async def test_removing(home: Home, lock: str) -> None:
    """A finger, a card and a password that are gone don't open."""
    await home.async_setup()
    digits = methods_of(home, lock, "Cleaner")[0].digits
    for which, key in (
        ("thumb", "fingerprint-1"),
        ("card 1", "card-1"),
        ("password-1", "password-1"),
    ):
        removed = await async_do(home, "remove_unlock_method", lock, method=which)
        assert (removed["id"], removed["status"]) == (key, "removed")
        assert removed["already_gone"] is False
    assert not opens(home, lock, digits)
    assert {(m.kind, m.slot) for m in home.lock(lock).people.methods} == {
        ("fingerprint", 2),
        ("fingerprint", 3),
    }


async def test_removing_what_goes_meanwhile(home: Home) -> None:
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    remove = client.remove_method

    async def both(*args: Any) -> None:
        home.lock(FRONT_DOOR).people.methods.remove(
            method_at(home, FRONT_DOOR, "card", 1)
        )
        await remove(*args)

    with patch.object(client, "remove_method", both):
        removed = await async_do(
            home, "remove_unlock_method", FRONT_DOOR, method="blue card"
        )
    assert (removed["status"], removed["already_gone"]) == ("removed", True)


async def test_not_read_again(home: Home) -> None:
    """What was done stays done, and nothing is said to be seen."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    removed = await async_do(
        home, "remove_unlock_method", FRONT_DOOR, method="blue card"
    )
    assert (removed["name"], removed["status"]) == ("blue card", "removing")
    home.world.faults.remove()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    changed = await async_do(
        home, "update_unlock_method", FRONT_DOOR, method="thumb", new_name="left"
    )
    assert (changed["name"], changed["confirmed"]) == ("thumb", False)
    assert method_at(home, FRONT_DOOR, "fingerprint", 1).name == "left"


async def test_one_name_of_two(home: Home) -> None:
    """The owner tells them apart, and so do type and number."""
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 2).name = "thumb"
    with refusing(home, "ambiguous_method", reads=True) as caught:
        await async_do(home, "remove_unlock_method", FRONT_DOOR, method="thumb")
    assert (caught.value.translation_placeholders or {})["candidates"] == (
        "thumb (fingerprint-1, Owner), thumb (fingerprint-2, Partner)"
    )
    removed = await async_do(
        home, "remove_unlock_method", FRONT_DOOR, method="thumb", member="Partner"
    )
    assert removed["id"] == "fingerprint-2"
    changed = await async_do(
        home,
        "update_unlock_method",
        FRONT_DOOR,
        method="fingerprint 1",
        member="Owner",
        new_name="left",
    )
    assert changed["name"] == "left"


async def test_a_cloud_that_does_not_tell_what_waits(home: Home) -> None:
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    for error in (
        UnsupportedError("no"),
        InvalidRequestError("no", code=1109),
    ):
        with patch.object(client, "list_unassigned_methods", side_effect=error):
            answer = await async_do(home, "list_unlock_methods", FRONT_DOOR)
            assert (answer["waiting"], answer["any_waiting"]) == (None, None)
            assert "fingerprint-3" not in str(answer["methods"])
            with failing(home, "waiting_methods_not_told"):
                await async_do(home, "list_unlock_methods", FRONT_DOOR, unassigned=True)


async def test_a_cloud_without_the_other_lists(home: Home) -> None:
    """The list of members tells what it can."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    error = UnsupportedError("no")
    with (
        patch.object(client, "list_methods", side_effect=error),
        patch.object(client, "list_assigned_methods", side_effect=error),
    ):
        (thumb,) = (await async_methods(home, FRONT_DOOR, member="Owner")).values()
        assert (thumb["name"], thumb["special"]) == ("thumb", False)
        assert (thumb["duress"], thumb["state"]) == (None, None)
        changed = await async_do(
            home, "update_unlock_method", FRONT_DOOR, method="thumb", duress=True
        )
        assert (changed["duress"], changed["confirmed"]) == (None, False)
        assert method_at(home, FRONT_DOOR, "fingerprint", 1).hijack


async def test_a_method_without_a_number(home: Home) -> None:
    """It is listed, and can't be changed from here."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    method = UnlockMethod("unlock_new", None, "palm")
    with patch.object(client, "list_methods", return_value=(method,)):
        (palm,) = (await async_methods(home, FRONT_DOOR, member="Owner")).values()
        assert (palm["id"], palm["number"]) == ("new", None)
        for action, data in (
            ("remove_unlock_method", {}),
            ("update_unlock_method", {"new_name": "left"}),
        ):
            with refusing(home, "method_has_no_number", reads=True):
                await async_do(
                    home, action, FRONT_DOOR, method="palm", member="Owner", **data
                )


@pytest.mark.parametrize("lists", ["no_rich", "v1_0_only"])
async def test_changes_where_members_are_listed_without_methods(
    home: Home, lists: str
) -> None:
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    changed = await async_do(
        home, "update_unlock_method", FRONT_DOOR, method="blue card", new_name="red"
    )
    assert (changed["name"], changed["confirmed"]) == ("red", True)
    removed = await async_do(home, "remove_unlock_method", FRONT_DOOR, method="red")
    assert removed["status"] == "removed"
    assert home.lock(FRONT_DOOR).people.method("card", 1) is None


@pytest.mark.parametrize(
    "switches",
    [
        {"user_types": "account_50"},
        {"member_uid": "absent"},
        {"member_uid": "absent", "user_types": "account_50"},
    ],
)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, GARDEN_GATE])
async def test_the_kind_in_paths(
    home: Home, lock: str, switches: dict[str, str]
) -> None:
    """Family and panel are told apart by every reading of the lists."""
    for name, value in switches.items():
        home.world.around.switches.set(name, value)
    await home.async_setup()
    for which in ("thumb", "blue card"):
        removed = await async_do(home, "remove_unlock_method", lock, method=which)
        assert removed["status"] == "removed"
