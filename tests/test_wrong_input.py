"""Every action with every kind of wrong input: an error of its own, and no change.

The table is in wrong_input.py. Since nothing is changed, one home serves all rows.
"""

from datetime import timedelta
from typing import Any

from homeassistant.core import Context
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from tests.acting import (
    FRONT_DOOR,
    LOCKS,
    OFFICE,
    contents,
    failing,
    refusing,
    result_of,
    telling,
)
from tests.furnished import House, at, naming
from tests.simulated import Home
from tests.wrong_input import (
    AFTER_A_LOOK,
    ASKING_NOTHING,
    AT,
    CHANGING,
    GOOD,
    NO_RULE_OF_THEIR_OWN,
    PEOPLE,
    READING,
    TABLE,
)
from tests.wrong_values import SERVICES, Wrong, fields_of, wrong_values


@pytest.fixture
async def house(home: Home) -> House:
    """Return a furnished home."""
    house = House(home)
    await house.async_furnish()
    return house


@pytest.mark.parametrize("action", SERVICES)
def test_every_field_has_its_rows(action: str) -> None:
    """An action or a field that is new has to be added to the table."""
    tried = {name for row in TABLE[action] for name in row.data}
    plain = NO_RULE_OF_THEIR_OWN.get(action, frozenset())
    assert tried | plain == set(fields_of(action))
    assert not tried & plain
    assert all(set(table) <= set(SERVICES) for table in (TABLE, GOOD, AT))
    assert (action in READING) + (action in ASKING_NOTHING) + (action in CHANGING) == 1


@pytest.mark.parametrize("action", SERVICES)
async def test_the_good_call(
    house: House, hass_admin_user: MockUser, action: str
) -> None:
    """What the rows make wrong is right without them, and sends what it should.

    What another lock can't, or what its cloud refuses, is told beside it.
    """
    home, lock = house.home, at(action)
    strike(home, "device_offline", OFFICE, reads=action not in CHANGING)
    home.world.requests.clear()
    response = await house.async_act(
        action,
        {},
        entity_id=[lock, OFFICE],
        context=Context(user_id=hass_admin_user.id),
    )
    assert isinstance(response, dict)
    assert "error" not in result_of(response, lock)
    if action in ASKING_NOTHING:
        assert "error" not in result_of(response, OFFICE)
    else:
        error = result_of(response, OFFICE)["error"]
        assert isinstance(error, dict)
        assert error["key"] == NOT_AT_THE_OFFICE.get(action, "lock_offline")
        assert "{" not in str(error["message"])
    methods = {
        request.method
        for request in home.world.requests.entries
        if request.device_id == home.lock(lock).id
    }
    assert bool(methods) is (action not in ASKING_NOTHING)
    assert bool(methods - {"GET"}) is (action in CHANGING)


async def test_wrong_values(house: House) -> None:
    """Fields say themselves what they take; nothing is asked, and nothing is logged."""
    before, asked = contents(house.home), len(house.home.world.requests.entries)
    for action in SERVICES:
        for row in wrong_values(action):
            with naming(action, row):
                with telling(row.key) as caught:
                    await house.async_act(action, row.data)
                (name,) = row.data
                assert caught.value.translation_placeholders is not None
                assert caught.value.translation_placeholders["field"] == name
                # Home Assistant logs the errors that are behind an error, too.
                assert caught.value.__context__ is None
                assert len(house.home.world.requests.entries) == asked
    assert contents(house.home) == before


async def test_rows(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """What is about members and unlock methods is tried on every family of locks."""
    for action in SERVICES:
        for row in TABLE[action]:
            locks = LOCKS if action in PEOPLE and "code" not in row.data else [row.lock]
            for lock in locks:
                with naming(action, row):
                    await _async_check_row(house, action, row, lock, caplog)


async def _async_check_row(
    house: House, action: str, row: Wrong, lock: str, caplog: pytest.LogCaptureFixture
) -> None:
    reads = row.reads or row.key in AFTER_A_LOOK
    with refusing(house.home, row.key, reads=reads) as caught:
        await house.async_act(action, row.data, entity_id=lock)
    told = str(caught.value)
    _check_candidates(row.key, told)
    code = str(row.data.get("code", ""))
    assert len(code) < 5 or code not in told + caplog.text


def _check_candidates(key: str, told: str) -> None:
    """A name that is nobody's, or not only one's, is answered with what there is."""
    if key.startswith("ambiguous_"):
        assert told.lower().count("twin (") == 2
    elif key.startswith("no_such_"):
        named = {"password": "Ann (", "member": "Cleaner (", "record": " UTC)"}
        assert named.get(key.removeprefix("no_such_"), "(") in told


# "other's" stands for the id of a device of another integration.
TARGETS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("no_lock_targeted", {"metadata": {}}),
    ("no_lock_targeted", {"entity_id": []}),
    ("no_lock_targeted", {"entity_id": "none"}),
    ("not_our_lock", {"entity_id": "lock.unheard_of"}),
    ("not_our_lock", {"entity_id": "lock.other"}),
    ("not_our_lock", {"entity_id": [FRONT_DOOR, "lock.other"]}),
    ("not_our_lock", {"entity_id": "sensor.front_door_panel_members"}),
    ("target_not_entity", {"entity_id": "Front door"}),
    ("target_not_entity", {"entity_id": 5}),
    ("no_such_device", {"device_id": "nowhere"}),
    ("no_such_device", {"device_id": ["nowhere"], "entity_id": FRONT_DOOR}),
    ("not_our_device", {"device_id": ["other's"]}),
    ("not_our_device", {"device_id": ["other's"], "entity_id": FRONT_DOOR}),
    ("target_not_device", {"device_id": 5}),
    ("no_such_area", {"area_id": "nowhere"}),
    ("target_not_area", {"area_id": [None]}),
    ("no_such_floor", {"floor_id": "nowhere"}),
    ("target_not_floor", {"floor_id": {}}),
    ("no_such_label", {"label_id": "nothing"}),
    ("target_not_label", {"label_id": True}),
)


async def test_targets(
    house: House, device_registry: dr.DeviceRegistry, entity_registry: er.EntityRegistry
) -> None:
    """What isn't ours, or isn't there, refuses the whole call: it is a mistake."""
    other = MockConfigEntry(domain="demo")
    other.add_to_hass(house.home.hass)
    lamp = device_registry.async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("demo", "1")}, name="Lamp"
    )
    entity_registry.async_get_or_create(
        "lock", "demo", "1", suggested_object_id="other"
    )
    before, asked = contents(house.home), len(house.home.world.requests.entries)
    for action in SERVICES:
        for key, target in TARGETS:
            foreign = target.get("device_id") == ["other's"]
            aimed = {**target, "device_id": [lamp.id]} if foreign else target
            with naming(action, Wrong(key, target)), telling(key):
                await house.async_act(action, {}, **aimed)
    assert contents(house.home) == before
    assert len(house.home.world.requests.entries) == asked


async def test_only_administrators(house: House, hass_read_only_user: MockUser) -> None:
    """Automations have no user and pass; others don't learn whether a lock is ours."""
    home = house.home
    before, asked = contents(home), len(home.world.requests.entries)
    for action in SERVICES:
        for target in (at(action), "lock.other"):
            for error, user in (
                (Unauthorized, hass_read_only_user.id),
                (UnknownUser, "gone"),
            ):
                with naming(action, target), pytest.raises(error):
                    await house.async_act(
                        action, {}, entity_id=target, context=Context(user_id=user)
                    )
    assert contents(home) == before
    assert len(home.world.requests.entries) == asked


async def test_accounts_and_locks_that_are_away(house: House) -> None:
    """An account that isn't loaded, and locks that left it."""
    home = house.home
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    for action in SERVICES:
        with naming(action, "not loaded"), refusing(home, "account_not_loaded"):
            await house.async_act(action, {})
    for name in ("Front door", "Garage"):
        home.world.remove_device(home.world.lock(name).id)
    await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.hass.async_block_till_done()
    for action in SERVICES:
        with naming(action, "not there"), refusing(home, "lock_not_in_account"):
            await house.async_act(action, {})


@pytest.mark.parametrize("away", ["disabled", "unavailable"])
async def test_lock_entities_that_are_away(
    house: House, entity_registry: er.EntityRegistry, away: str
) -> None:
    """They are locks like others: the same is wrong for them."""
    home = house.home
    if away == "unavailable":
        home.world.faults.parse("http_5xx:path=associated-users")
        await home.async_pass(timedelta(minutes=16))
        assert home.state(FRONT_DOOR) == "unavailable"
    else:
        for lock in (FRONT_DOOR, OFFICE):
            entity_registry.async_update_entity(
                lock, disabled_by=er.RegistryEntryDisabler.USER
            )
        await home.hass.async_block_till_done()
        assert home.hass.states.get(FRONT_DOOR) is None
    for action in SERVICES:
        for row in TABLE[action]:
            if row.key in AFTER_A_LOOK and row.lock == FRONT_DOOR:
                with naming(action, row), refusing(home, row.key, reads=True):
                    await house.async_act(action, row.data)


# What the Office says where the good call is for the front door only.
NOT_AT_THE_OFFICE = {
    "issue_clear_code": "no_such_password",
    "freeze_password": "freeze_unsupported",
    "delete_template_password": "no_such_password",
    "attach_record": "no_such_record",
    "answer_unlock_request": "unlock_requests_unsupported",
}
# What the cloud refuses, and what is told then: of all changes, and of all reading.
REFUSALS = {
    "device_offline": "lock_offline",
    "throttled:code=1199": "throttled",
    "throttled:code=1110": "throttled",
    "quota": "quota_exhausted",
    "plan_expired": "plan_expired",
    "not_authorised:code=28841105": "not_subscribed",
    "not_authorised:code=1106": "permission_denied",
}


def strike(home: Home, fault: str, lock: str, *, reads: bool) -> None:
    """Let a fault befall all changes of a lock, or all reading."""
    kind, _, rest = fault.partition(":")
    for method in ("GET",) if reads else ("POST", "PUT", "DELETE"):
        where = f"path={home.lock(lock).id},method={method}"
        home.world.faults.parse(f"{kind}:{','.join(filter(None, (where, rest)))}")


@pytest.mark.parametrize(("fault", "key"), REFUSALS.items())
async def test_what_the_cloud_refuses(house: House, fault: str, key: str) -> None:
    """Among this that a lock is off line; the cloud's words and trace id are told."""
    home = house.home
    for action in SERVICES:
        strike(home, fault, at(action), reads=action not in CHANGING)
        if action in ASKING_NOTHING:
            assert await house.async_act(action, {})
        else:
            with naming(action, key), failing(home, key) as caught:
                await house.async_act(action, {})
            assert "tid " in str(caught.value)
        home.world.faults.remove()
