"""Unlock methods: who may not, and what is refused."""

from typing import Any

from homeassistant.core import Context
from homeassistant.exceptions import Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from simulator.locks.members import Method
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    OFFICE,
    check_error,
    failing,
    refusing,
    result_of,
)
from tests.residents import (
    METHOD_ACTIONS,
    async_do,
    async_methods,
    async_open_by_nobody,
    resident,
)
from tests.simulated import Home

CHANGES = {
    action: data
    for action, data in METHOD_ACTIONS.items()
    if action not in {"list_unlock_methods", "attach_record"}
}


@pytest.mark.parametrize("action", METHOD_ACTIONS)
async def test_only_administrators(
    home: Home, hass_read_only_user: MockUser, hass_admin_user: MockUser, action: str
) -> None:
    await home.async_setup()
    data = dict(METHOD_ACTIONS[action])
    if action == "attach_record":
        data["record"] = await async_open_by_nobody(home, OFFICE)
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
        (
            "member_or_unassigned",
            "list_unlock_methods",
            {"member": "Cleaner", "unassigned": True},
        ),
        (
            "new_name_empty",
            "update_unlock_method",
            {"method": "thumb", "new_name": " "},
        ),
        (
            "name_not_printable",
            "update_unlock_method",
            {"method": "thumb", "new_name": "A\nB"},
        ),
        ("nothing_to_change", "update_unlock_method", {"method": "thumb"}),
        (
            "assign_or_unassign",
            "update_unlock_method",
            {"method": "thumb", "assign_to": "Cleaner", "unassign": True},
        ),
        (
            "not_an_unlock_type",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "key"},
        ),
        (
            "not_an_unlock_type",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "finger_vein"},
        ),
        ("not_an_unlock_type", "cancel_enrolment", {"type": ""}),
        (
            "password_needs_code",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password"},
        ),
        (
            "code_only_for_password",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "card", "code": "905172"},
        ),
        (
            "code_not_text",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": 905172},
        ),
        (
            "code_not_digits",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "9O5172"},
        ),
        (
            "code_length",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "9051726"},
        ),
        (
            "code_weak",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "123456"},
        ),
    ],
)
async def test_what_is_refused_without_a_question(
    home: Home, key: str, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with refusing(home, key) as caught:
        await async_do(home, action, FRONT_DOOR, **fields)
    assert str(fields.get("code", "-")) not in str(caught.value)


@pytest.mark.parametrize("action", METHOD_ACTIONS)
async def test_a_lock_of_somebody_else(home: Home, action: str) -> None:
    await home.async_setup()
    for lock in ("lock.unheard_of", "sensor.front_door_panel_members"):
        with refusing(home, "not_our_lock"):
            await home.async_act(action, lock, **METHOD_ACTIONS[action])


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("no_such_member", "list_unlock_methods", {"member": "Gardener"}),
        (
            "no_such_method",
            "update_unlock_method",
            {"method": "toe", "new_name": "toes"},
        ),
        (
            "no_such_method",
            "update_unlock_method",
            {"method": "thumb", "member": "Cleaner", "new_name": "left"},
        ),
        (
            "no_such_member",
            "update_unlock_method",
            {"method": "thumb", "member": "Gardener", "new_name": "left"},
        ),
        (
            "no_such_member",
            "update_unlock_method",
            {"method": "thumb", "assign_to": "Gardener"},
        ),
        ("no_such_method", "remove_unlock_method", {"method": "card 7"}),
        ("method_needs_owner", "remove_unlock_method", {"method": "fingerprint 3"}),
        (
            "no_such_member",
            "enrol_unlock_method",
            {"member": "Gardener", "type": "card"},
        ),
        ("no_such_record", "attach_record", {"record": "1", "member": "Cleaner"}),
    ],
)
@pytest.mark.parametrize("lock", LOCKS)
async def test_what_is_refused_after_a_look(
    home: Home, lock: str, key: str, action: str, fields: dict[str, Any]
) -> None:
    """Only the lists were read."""
    await home.async_setup()
    before = home.lock(lock).as_json()["methods"]
    with refusing(home, key, reads=True):
        await async_do(home, action, lock, **fields)
    assert home.lock(lock).as_json()["methods"] == before


async def test_a_face_raises_no_duress_alarm(home: Home) -> None:
    await home.async_setup()
    owner = resident(home, GARAGE, "Owner").user_id
    home.lock(GARAGE).people.methods.append(Method("face", 1, "face", 1, owner))
    with refusing(home, "duress_not_for_type", reads=True) as caught:
        await async_do(
            home,
            "update_unlock_method",
            GARAGE,
            method="face",
            new_name="Ann",
            duress=True,
        )
    assert "face (face-1, Owner)" in str(caught.value)
    (face,) = [
        method
        for method in (await async_methods(home, GARAGE, member="Owner")).values()
        if method["type"] == "face"
    ]
    assert face["duress"] is None


REFUSALS = {
    "throttled:code=1110": "throttled",
    "quota": "quota_exhausted",
    "not_authorised:code=28841105": "not_subscribed",
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
    response = await home.async_act(action, [FRONT_DOOR, OFFICE], **CHANGES[action])
    assert response is not None
    check_error(response[FRONT_DOOR], key)
    assert "error" not in result_of(response, OFFICE)
