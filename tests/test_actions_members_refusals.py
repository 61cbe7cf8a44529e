"""Members: who may not, what is refused, and half-done changes."""

from typing import Any
from unittest.mock import patch

from homeassistant.core import Context
from homeassistant.exceptions import Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockUser
import voluptuous as vol

from tests.acting import (
    FRONT_DOOR,
    LOCKS,
    OFFICE,
    SHED,
    check_error,
    failing,
    refusing,
    result_of,
)
from tests.residents import MEMBER_ACTIONS, async_do, changes, resident
from tests.simulated import Home

CHANGES = {a: data for a, data in MEMBER_ACTIONS.items() if a != "list_members"}


async def test_removing_a_family_member(home: Home) -> None:
    """It works for all but the owner, and for that one Tuya's refusal is explained."""
    await home.async_setup()
    await async_do(home, "remove_member", FRONT_DOOR, member="Partner")
    for action, data in (
        ("remove_member", {}),
        ("update_member", {"role": "normal"}),
    ):
        with failing(home, "family_member_refused") as caught:
            await async_do(home, action, FRONT_DOOR, member="Owner", **data)
        assert "Owner (" in str(caught.value)
        assert "code 2306" in str(caught.value)
    assert resident(home, FRONT_DOOR, "Owner")


async def test_removing_somebody_who_goes_meanwhile(home: Home) -> None:
    """That is success, and said."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    remove = client.remove_member

    async def both(device_id: str, user_id: str) -> None:
        del home.lock(FRONT_DOOR).people.members[user_id]
        await remove(device_id, user_id)

    with patch.object(client, "remove_member", both):
        removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert (removed["status"], removed["already_gone"]) == ("removed", True)


async def test_removed_and_not_read_again(home: Home) -> None:
    """Then it is prudent to say that it is under way."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert removed["status"] == "removing"


async def test_changed_and_not_read_again(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=3")
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Cleaner", new_name="Ann"
    )
    assert (changed["name"], changed["confirmed"]) == ("Cleaner", False)
    assert resident(home, FRONT_DOOR, "Ann")


@pytest.mark.parametrize("action", MEMBER_ACTIONS)
async def test_only_administrators(
    home: Home, hass_read_only_user: MockUser, hass_admin_user: MockUser, action: str
) -> None:
    await home.async_setup()
    data = MEMBER_ACTIONS[action]
    asked = len(home.world.requests.entries)
    with pytest.raises(Unauthorized):
        await home.async_act(
            action, OFFICE, context=Context(user_id=hass_read_only_user.id), **data
        )
    assert len(home.world.requests.entries) == asked
    admin = Context(user_id=hass_admin_user.id)
    assert await home.async_act(action, OFFICE, context=admin, **data)


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("not_a_member_kind", "list_members", {"kind": "guests"}),
        ("new_name_empty", "add_member", {"name": " "}),
        ("name_not_printable", "add_member", {"name": "Ann\nBob"}),
        ("new_name_empty", "update_member", {"member": "Cleaner", "new_name": ""}),
        (
            "name_not_printable",
            "update_member",
            {"member": "Cleaner", "new_name": "A\x7f"},
        ),
        ("not_a_role", "update_member", {"member": "Cleaner", "role": "owner"}),
        ("nothing_to_change", "update_member", {"member": "Cleaner"}),
        (
            "nothing_to_change",
            "update_member",
            {"member": "Cleaner", "permanent": False},
        ),
        (
            "permanent_or_window",
            "update_member",
            {"member": "Cleaner", "permanent": True, "end": "2026-06-02 12:00:00"},
        ),
        ("no_lock_targeted", "add_member", {"name": "Ann", "entity_id": []}),
    ],
)
async def test_what_is_refused_without_a_question(
    home: Home, key: str, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with refusing(home, key):
        await home.hass.services.async_call(
            "tuya_lock_manager",
            action,
            {"entity_id": FRONT_DOOR, **fields},
            blocking=True,
            return_response=True,
        )


@pytest.mark.parametrize("action", CHANGES)
async def test_a_lock_of_somebody_else(home: Home, action: str) -> None:
    await home.async_setup()
    for lock in ("lock.unheard_of", "sensor.front_door_panel_members"):
        with refusing(home, "not_our_lock"):
            await home.async_act(action, lock, **CHANGES[action])


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("no_such_member", "update_member", {"member": "Clean", "new_name": "Ann"}),
        ("no_such_member", "update_member", {"member": "", "new_name": "Ann"}),
        ("no_such_member", "remove_member", {"member": "Gardener"}),
        ("member_name_taken", "add_member", {"name": "OWNER"}),
        (
            "member_name_taken",
            "update_member",
            {"member": "Cleaner", "new_name": "owner"},
        ),
        (
            "window_end_before_start",
            "update_member",
            {
                "member": "Cleaner",
                "start": "2026-06-02 12:00:00",
                "end": "2026-06-02 11:00:00",
            },
        ),
        (
            "window_in_past",
            "update_member",
            {"member": "Cleaner", "end": "2026-06-01 12:30:00"},
        ),
        (
            "window_out_of_range",
            "update_member",
            {"member": "Cleaner", "end": "2290-01-01 00:00:00"},
        ),
        (
            "member_window_no_end",
            "update_member",
            {"member": "Cleaner", "start": "2026-06-02 12:00:00"},
        ),
    ],
)
@pytest.mark.parametrize("lock", LOCKS)
async def test_what_is_refused_after_a_look(
    home: Home, lock: str, key: str, action: str, fields: dict[str, Any]
) -> None:
    """Only the lists were read."""
    await home.async_setup()
    before = home.lock(lock).as_json()["members"]
    with refusing(home, key, reads=True):
        await home.async_act(action, lock, **fields)
    assert home.lock(lock).as_json()["members"] == before


async def test_the_candidates_are_told(home: Home) -> None:
    await home.async_setup()
    with refusing(home, "no_such_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Gardener")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 3
    for member in home.lock(FRONT_DOOR).people.members.values():
        assert f"{member.name} ({member.user_id})" in candidates

    resident(home, FRONT_DOOR, "Neighbour").name = "cleaner"
    with refusing(home, "ambiguous_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 1
    removed = await async_do(
        home,
        "remove_member",
        FRONT_DOOR,
        member=resident(home, FRONT_DOOR, "cleaner").user_id,
    )
    assert removed["name"] == "cleaner"
    assert resident(home, FRONT_DOOR, "Cleaner")


async def test_hours_are_not_overwritten(home: Home) -> None:
    """The request would let the member in at all hours."""
    await home.async_setup()
    cleaner = resident(home, FRONT_DOOR, "Cleaner")
    cleaner.schedule = [
        {"start_minute": 540, "end_minute": 720, "working_day": 127, "all_day": False}
    ]
    for fields in ({"permanent": True}, {"end": "2026-06-02 12:00:00"}):
        with refusing(home, "member_has_hours", reads=True):
            await async_do(
                home, "update_member", FRONT_DOOR, member="Cleaner", **fields
            )
    cleaner.schedule = [
        {"start_minute": 0, "end_minute": 1439, "working_day": 127, "all_day": True}
    ]
    await async_do(home, "update_member", FRONT_DOOR, member="Cleaner", permanent=True)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("add_member", {"kind": "x"}),
        ("update_member", {"member": "A", "start": "soon"}),
    ],
)
async def test_what_the_schema_refuses(
    home: Home, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with pytest.raises(vol.Invalid):
        await async_do(home, action, FRONT_DOOR, **fields)
    assert not changes(home)


REFUSALS = {
    "throttled:code=1199": "throttled",
    "quota": "quota_exhausted",
    "plan_expired": "plan_expired",
    "not_authorised:code=28841105": "not_subscribed",
    "not_authorised:code=1106": "permission_denied",
    "device_offline": "lock_offline",
}


@pytest.mark.parametrize(("fault", "key"), REFUSALS.items())
@pytest.mark.parametrize("action", CHANGES)
async def test_what_the_cloud_refuses(
    home: Home, action: str, fault: str, key: str
) -> None:
    """In the user's words; the other locks don't notice."""
    await home.async_setup()
    kind, _, rest = fault.partition(":")
    for method in ("POST", "PUT", "DELETE"):
        where = f"path={home.lock(FRONT_DOOR).id},method={method}"
        home.world.faults.parse(f"{kind}:{','.join(filter(None, (where, rest)))}")
    with failing(home, key):
        await async_do(home, action, FRONT_DOOR, **CHANGES[action])
    response = await home.async_act(action, [FRONT_DOOR, SHED], **CHANGES[action])
    assert response is not None
    check_error(response[FRONT_DOOR], key)
    assert "error" not in result_of(response, SHED)
