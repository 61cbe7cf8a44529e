"""The calls of an account: counted, kept, shown, and held against the plan."""

from collections import Counter
from datetime import timedelta
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.tuya_lock_manager.account import TuyaLockConfigEntry
from custom_components.tuya_lock_manager.const import DOMAIN
from simulator import World
from tests.flows import change, submit, user_input
from tests.simulated import Home

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

ACCOUNT = "sensor.tuya_lock_manager_simulated"
CALLS = f"{ACCOUNT}_calls_this_month"
PROJECTED = f"{ACCOUNT}_calls_projected_for_the_month"
PLAN = f"{ACCOUNT}_plan"

# How the simulator's families of calls are counted here.
KINDS = {
    "token": "token",
    "devices": "devices",
    "status": "devices",
    "passwords": "passwords",
    "offline": "passwords",
    "records": "records",
    "logs": "records",
    "members": "members",
    "methods": "members",
}


def _sent(world: World) -> int:
    return len(world.requests.entries)


def _by_kind(home: Home) -> dict[str, int]:
    state = home.hass.states.get(CALLS)
    assert state is not None
    return {
        kind: count
        for kind in (*KINDS.values(), "change")
        if (count := state.attributes[kind])
    }


def _stored(hass_storage: dict[str, Any], home: Home) -> dict[str, int]:
    file = hass_storage[f"{DOMAIN}.{home.entry.entry_id}.calls"]
    calls: dict[str, int] = file["data"]["calls"]
    return calls


async def test_every_call_is_counted_by_kind(home: Home) -> None:
    """Exactly what the cloud saw, shown a minute later at most."""
    await home.async_setup()
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    await home.async_pass_in_steps(20 * MINUTE, MINUTE)
    seen = Counter[str]()
    for request in home.world.requests.entries:
        change = request.method != "GET" and request.calls != "token"
        # A ticket is asked for so that something can be changed.
        change |= request.path.endswith("password-ticket")
        seen["change" if change else KINDS[request.calls]] += 1
    assert int(home.state(CALLS)) == _sent(home.world) == seen.total()
    assert _by_kind(home) == seen
    assert seen["change"] == 2


async def test_what_is_sent_in_vain_counts(home: Home) -> None:
    """Tuya counts what it refuses, and we can't know what it took of the rest."""
    await home.async_setup()
    home.world.faults.parse("reset:calls=passwords")
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_refresh("lock.garage")
    await home.async_pass(2 * MINUTE)
    assert int(home.state(CALLS)) == _sent(home.world)


async def test_the_sensors_are_the_accounts(
    home: Home, device_registry: dr.DeviceRegistry, entity_registry: er.EntityRegistry
) -> None:
    """They hang on a service of their own, and outlive every lock."""
    await home.async_setup()
    ids = set()
    for entity_id in (CALLS, PROJECTED, PLAN):
        entity = entity_registry.async_get(entity_id)
        assert entity is not None
        assert entity.entity_category is er.EntityCategory.DIAGNOSTIC
        ids.add(entity.device_id)
    (device_id,) = ids
    assert device_id is not None
    for lock in list(home.world.locks):
        if home.world.locks[lock].device.name != "Shed":
            home.world.remove_device(lock)
    await home.async_pass_in_steps(DAY + 2 * HOUR, HOUR)
    assert home.hass.states.get("lock.garage") is None
    assert device_registry.async_get(device_id) is not None
    # What the cloud can't answer for is still counted.
    home.world.faults.parse("http_5xx")
    await home.async_pass_in_steps(2 * HOUR, 30 * MINUTE)
    before = int(home.state(CALLS))
    await home.async_pass_in_steps(2 * HOUR, 30 * MINUTE)
    assert int(home.state(CALLS)) > before


async def test_the_count_survives_a_reload(home: Home) -> None:
    """What was counted before is counted on."""
    await home.async_setup()
    await home.async_refresh("lock.garage")
    await home.async_restart()
    assert int(home.state(CALLS)) == _sent(home.world)


async def test_a_clean_stop_loses_nothing(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """What was counted in the last second is written when Home Assistant stops."""
    await home.async_setup()
    await home.async_pass(5 * MINUTE)
    await home.async_refresh("lock.garage")
    assert sum(_stored(hass_storage, home).values()) < _sent(home.world)
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert sum(_stored(hass_storage, home).values()) == _sent(home.world)


async def test_a_kill_loses_seconds(home: Home, hass_storage: dict[str, Any]) -> None:
    """Calls without a pause don't put off the saving for ever."""
    await home.async_setup()
    await home.async_pass(timedelta(seconds=20))
    for _ in range(10):
        await home.async_refresh("lock.garage")
        counted = _sent(home.world)
        await home.async_pass(timedelta(seconds=6))
        await home.async_refresh("lock.office")
        await home.async_pass(timedelta(seconds=6))
        assert counted <= sum(_stored(hass_storage, home).values()) <= _sent(home.world)


async def test_a_set_up_that_failed_counts(home: Home) -> None:
    """What was asked for nothing is found in the count of the set-up that works."""
    home.world.faults.parse("http_5xx:calls=devices")
    await home.async_setup()
    failed = _sent(home.world)
    assert failed > 0
    home.world.faults.remove()
    await home.async_restart()
    assert int(home.state(CALLS)) == _sent(home.world)


async def test_what_the_forms_asked_counts(hass: HomeAssistant, home: Home) -> None:
    """Also what a form asked in vain, before there was an account to count for."""
    started = home.simulator.started()
    wrong = user_input("custom", home.simulator.base_url)
    wrong |= {"access_id": started["access_id"]}
    right = {**wrong, "access_secret": started["access_secret"]}
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    refused = await submit(hass, flow, wrong)
    assert refused["errors"]
    entry = (await submit(hass, flow, right))["result"]
    await hass.async_block_till_done()
    assert _counted(entry) == _sent(home.world) > 5

    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
    )
    changed = change("custom", home.simulator.base_url)
    assert (await submit(hass, flow, changed))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert _counted(entry) == _sent(home.world)


def _counted(entry: TuyaLockConfigEntry) -> int:
    return entry.runtime_data.account.ledger.count.total


async def test_a_new_month(home: Home) -> None:
    """It begins at none at midnight in UTC, wherever the house is."""
    await home.async_setup()
    # It is half past ten on the first of June in UTC.
    await home.async_pass_in_steps(29 * DAY + 13 * HOUR + 25 * MINUTE, DAY)
    assert home.local(home.world.clock.now()).day == 1
    in_june = int(home.state(CALLS))
    assert in_june > 300
    midnight = home.world.clock.now() + 5 * 60
    await home.async_pass_in_steps(90 * MINUTE, 5 * MINUTE)
    await home.async_refresh("lock.garage")
    await home.async_pass(MINUTE)
    july = [moment for moment in home.asked() if moment >= midnight]
    assert 0 < int(home.state(CALLS)) == len(july) < in_june
    # The first hours tell little: it goes on as it did in June.
    assert int(home.state(PROJECTED)) == pytest.approx(in_june * 31 / 29.5, rel=0.25)


async def test_a_month_that_begins_while_nothing_runs(
    hass: HomeAssistant, home: Home
) -> None:
    """What was made before it is no part of it, nor of what its plan has left."""
    await home.async_setup()
    await home.async_pass_in_steps(29 * DAY + 13 * HOUR, DAY)
    in_june = int(home.state(CALLS))
    hass.config_entries.async_update_entry(
        home.entry,
        options={**home.entry.options, "plan": "number", "calls": in_june},
    )
    await hass.async_block_till_done()
    assert home.state(PLAN) == "saving"
    before = len(home.asked())
    for _ in range(2):
        await hass.config_entries.async_unload(home.entry.entry_id)
        await home.async_pass(HOUR)
        await hass.config_entries.async_setup(home.entry.entry_id)
        await home.async_pass(MINUTE)
    assert 0 < int(home.state(CALLS)) == len(home.asked()) - before < 30
    assert home.state(PLAN) == "ok"
    assert int(home.state(PROJECTED)) == pytest.approx(in_june * 31 / 29.5, rel=0.25)


async def test_what_is_projected(home: Home) -> None:
    """A quiet account goes on as it did so far."""
    await home.async_setup()
    await home.async_pass_in_steps(10 * DAY, 12 * HOUR)
    daily = (int(home.state(CALLS))) / 10
    left = 30 - 10.44
    expected = int(home.state(CALLS)) + daily * left
    assert int(home.state(PROJECTED)) == pytest.approx(expected, rel=0.02)


async def test_the_plan(hass: HomeAssistant, home: Home) -> None:
    """The state follows the count and the chosen plan without a reload."""
    await home.async_setup()
    assert home.state(PLAN) == "ok"
    loaded = home.entry.runtime_data
    calls = _sent(home.world)
    for allowed, state in (
        (calls, "saving"),
        (round(calls / 0.8), "slowing"),
        (10 * calls, "ok"),
    ):
        hass.config_entries.async_update_entry(
            home.entry,
            options={**home.entry.options, "plan": "number", "calls": allowed},
        )
        await hass.async_block_till_done()
        assert home.state(PLAN) == state
    assert home.entry.runtime_data is loaded


@pytest.mark.parametrize(
    ("fault", "state"), [("quota", "used_up"), ("plan_expired", "expired")]
)
async def test_what_the_cloud_says_of_the_plan(
    home: Home, fault: str, state: str
) -> None:
    """It is shown at once, outlives a reload, and ends with the first call that is taken."""
    await home.async_setup()
    home.world.faults.parse(fault)
    await home.async_refresh("lock.garage")
    assert home.state(PLAN) == state
    home.world.faults.remove()
    await home.async_refresh("lock.garage")
    assert home.state(PLAN) == "ok"


async def test_the_file_goes_with_the_account(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """Nothing of an account is left behind."""
    await home.async_setup()
    await home.async_pass(5 * MINUTE)
    assert _stored(hass_storage, home)
    await hass.config_entries.async_remove(home.entry.entry_id)
    await hass.async_block_till_done()
    assert not [key for key in hass_storage if home.entry.entry_id in key]
