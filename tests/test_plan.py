"""What the plan allows, and what is done when it allows no more."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from simulator.locks.reports import method_opened
from tests.simulated import Home

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

PLAN = "sensor.tuya_lock_manager_simulated_plan"
CALLS = "sensor.tuya_lock_manager_simulated_calls_this_month"
UNLOCKED = "event.front_door_unlocked"


async def async_choose(home: Home, **options: object) -> None:
    """Choose as the form does."""
    home.hass.config_entries.async_update_entry(
        home.entry, options={**home.entry.options, **options}
    )
    await home.hass.async_block_till_done()


async def async_allow(home: Home, share: float) -> None:
    """Choose a plan of which this share is used."""
    used = home.entry.runtime_data.account.ledger.count.total
    await async_choose(home, plan="number", calls=round(used / share))


def leave(home: Home, count: int) -> None:
    """Leave so many locks in the home, of every kind in turn."""
    for lock in list(home.world.locks)[count:]:
        home.world.remove_device(lock)
    models = ("zigbee_deadbolt", "wifi_sleepy", "ble_gateway", "mk_keypad")
    for number in range(len(home.world.locks), count):
        home.world.add_lock(models[number % len(models)], f"Door {number}")


def without_tokens(home: Home) -> int:
    """Return how many calls were made, tokens apart."""
    return sum(entry.calls != "token" for entry in home.world.requests.entries)


def _open(lock: Lock) -> None:
    method = lock.people.method("fingerprint", 1)
    assert method is not None
    method_opened(lock, method, lock.now)


async def test_above_seventy_percent_everything_takes_twice_as_long(home: Home) -> None:
    leave(home, 1)
    await home.async_setup()
    await async_allow(home, 0.71)
    assert home.state(PLAN) == "slowing"
    home.world.requests.clear()
    await home.async_pass_in_steps(29 * MINUTE, MINUTE)
    assert home.asked() == []
    await home.async_pass(MINUTE)
    assert len(home.asked(calls="devices")) == 1


async def test_the_last_tenth_is_the_users(home: Home) -> None:
    """Nothing is asked in the background; what a user starts is done, and watched."""
    leave(home, 2)
    await home.async_setup()
    await async_allow(home, 0.91)
    assert home.state(PLAN) == "saving"
    home.world.requests.clear()
    await home.async_pass_in_steps(DAY, HOUR)
    assert home.asked() == []

    made = await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    assert made is not None
    code = made["lock.front_door"]
    assert isinstance(code, dict)
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert home.state("sensor.front_door_active_passwords") == "1"
    assert type_code(home.lock("lock.front_door"), str(code["code"])).opened
    await home.async_refresh("lock.front_door")
    assert home.state(UNLOCKED) != "unknown"
    home.world.requests.clear()
    await home.async_pass_in_steps(6 * HOUR, HOUR)
    assert home.asked("lock.front_door", "records") == []
    assert home.asked(calls="devices") == []


async def test_a_new_month_ends_the_saving(home: Home) -> None:
    """At midnight in UTC the month's calls are there again."""
    leave(home, 1)
    await home.async_setup()
    await async_allow(home, 0.91)
    await home.async_pass(29 * DAY + 13 * HOUR)
    home.world.requests.clear()
    await home.async_pass_in_steps(25 * MINUTE, 5 * MINUTE)
    assert home.asked() == []
    await home.async_pass_in_steps(20 * MINUTE, 5 * MINUTE)
    assert home.state(PLAN) != "saving"
    assert len(home.asked(calls="devices")) >= 1


@pytest.mark.parametrize("trouble", ["quota", "expired"])
async def test_a_plan_that_takes_no_calls(home: Home, trouble: str) -> None:
    """One call an hour tries it; it goes on by itself after the renewal."""
    leave(home, 2)
    await home.async_setup()
    plan = home.world.project.plan
    if trouble == "quota":
        plan.quota = 0
    else:
        plan.expired = True
    await home.async_pass(15 * MINUTE)
    assert home.state(PLAN) == {"quota": "used_up", "expired": "expired"}[trouble]
    home.world.requests.clear()
    await home.async_pass_in_steps(8 * HOUR, 5 * MINUTE)
    assert without_tokens(home) == len(home.asked(calls="devices")) == 8
    assert home.state("lock.front_door") == "unavailable"

    plan.quota, plan.expired = None, False
    _open(home.world.lock("Front door"))
    home.world.requests.clear()
    await home.async_pass_in_steps(HOUR, 5 * MINUTE)
    assert home.state(PLAN) == "ok"
    assert home.state("lock.front_door") == "locked"
    assert home.state(UNLOCKED) not in {"unknown", "unavailable"}
    # All that had waited is read once, and nothing twice.
    assert len(home.asked("lock.front_door", "records")) <= 2
    await home.async_pass_in_steps(HOUR, 5 * MINUTE)
    assert len(home.asked(calls="devices")) >= 4


async def test_an_action_finds_the_renewal(home: Home) -> None:
    """What a user does is sent whatever the plan; if it is taken, all goes on."""
    leave(home, 1)
    await home.async_setup()
    home.world.project.plan.quota = 0
    await home.async_pass(15 * MINUTE)
    assert home.state(PLAN) == "used_up"
    home.world.project.plan.quota = None
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    assert home.state(PLAN) == "ok"
    home.world.requests.clear()
    await home.async_pass_in_steps(15 * MINUTE, MINUTE)
    assert len(home.asked(calls="devices")) >= 1


async def test_what_nobody_looks_at_is_not_asked(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """Neither of a lock without enabled entities; but its code on the way is watched."""
    leave(home, 2)
    await home.async_setup()
    for entity in er.async_entries_for_config_entry(
        entity_registry, home.entry.entry_id
    ):
        if "front_door" in entity.entity_id:
            entity_registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
            )
    await home.async_restart()
    home.world.requests.clear()
    lock = home.world.lock("Front door")
    await home.async_pass_in_steps(DAY, HOUR)
    asked = [e for e in home.world.requests.entries if e.device_id == lock.id]
    assert asked == []
    assert home.asked("lock.garage") != []

    home.world.around.switches.set("delivery_seconds", "3000")
    await home.async_act("create_temp_password", "lock.front_door", name="Ann")
    home.world.requests.clear()
    await home.async_pass_in_steps(2 * MINUTE, SECOND)
    asked = [e for e in home.world.requests.entries if e.device_id == lock.id]
    assert [entry.calls for entry in asked] == ["passwords"] * 6


async def test_an_account_that_nobody_looks_at(
    home: Home, entity_registry: er.EntityRegistry
) -> None:
    """Only locks that join are looked for, twice a day."""
    await home.async_setup()
    for entity in er.async_entries_for_config_entry(
        entity_registry, home.entry.entry_id
    ):
        entity_registry.async_update_entity(
            entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.async_restart()
    home.world.requests.clear()
    await home.async_pass_in_steps(DAY, HOUR)
    assert without_tokens(home) == len(home.asked(calls="devices")) == 2


@pytest.mark.parametrize(
    ("pace", "reports", "within"),
    [
        ("careful", "moves", 60),
        ("careful", "still", 60),
        ("prompt", "moves", 15),
        ("prompt", "still", 60),
    ],
)
async def test_how_soon_an_opening_is_heard_of(
    hass: HomeAssistant, home: Home, pace: str, reports: str, within: int
) -> None:
    """The list's hint, or where there is none the lock's own turn, brings it in time."""
    leave(home, 2)
    home.world.around.switches.set("device_update_time", reports)
    await home.async_setup()
    await async_choose(home, pace=pace)
    lock = home.lock("lock.front_door")
    for wait in (3, 17, 44, 59, 61):
        await home.async_pass_in_steps(wait * MINUTE, MINUTE)
        before = home.state(UNLOCKED)
        _open(lock)
        passed = 0
        while home.state(UNLOCKED) == before:
            await home.async_pass(MINUTE)
            passed += 1
            assert passed <= within
        assert home.state(UNLOCKED) != before
