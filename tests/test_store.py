"""What outlives a restart, what it costs, and what must never be in it."""

from collections import Counter
from datetime import timedelta
import json
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.tuya_cloud import (
    TuyaLockClient,
    UnsupportedError,
)
from simulator.locks.delivery import wake
from simulator.locks.keypad import type_code
from simulator.locks.reports import alarm
from tests.simulated import Home

SECOND = timedelta(seconds=1)
LOCKS = ["front_door", "garage", "office", "shed", "garden_gate"]


def _stored(hass_storage: dict[str, Any], home: Home) -> str:
    """Return the storage file of the account as text."""
    return json.dumps(hass_storage[f"{DOMAIN}.{home.entry.entry_id}"])


async def _async_answer(
    home: Home, action: str, lock: str, **data: Any
) -> dict[str, Any]:
    """Call an action for one lock; return what it answers for that."""
    response = await home.async_act(action, f"lock.{lock}", **data)
    assert response is not None
    answer = response[f"lock.{lock}"]
    assert isinstance(answer, dict)
    return answer


async def _async_make(home: Home, lock: str, **wish: Any) -> str:
    """Make a code; return its digits."""
    digits = (await _async_answer(home, "create_temp_password", lock, **wish))["code"]
    assert isinstance(digits, str)
    return digits


async def _async_live(home: Home) -> list[str]:
    """Let a home be used in every way there is; return all digits that came up."""
    digits = [
        await _async_make(home, "front_door", name="Ann"),
        await _async_make(home, "front_door", name="Ben", type="time_limited"),
        await _async_make(home, "office", name="Cat", type="one_time"),
        await _async_make(home, "office", name="Dan", type="dynamic"),
        await _async_make(home, "garage", name="Eve", code="0718293"),
        await _async_make(home, "shed", name="Flo", type="time_limited"),
    ]
    for lock, name in (("front_door", "Ben"), ("shed", "Flo")):
        cleared = await _async_answer(home, "issue_clear_code", lock, password=name)
        digits.append(str(cleared["code"]))
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    front_door, office = home.lock("lock.front_door"), home.lock("lock.office")
    assert type_code(front_door, digits[0]).opened
    assert type_code(front_door, digits[1]).opened
    assert type_code(office, digits[2]).opened
    assert type_code(office, digits[3]).opened
    wake(home.lock("lock.garage"), home.world.clock.now())
    alarm(office, "pry", office.now)
    await home.async_pass_in_steps(timedelta(minutes=32), timedelta(minutes=4))
    for lock in LOCKS:
        await home.async_refresh(f"lock.{lock}")
    return digits


def _states(hass: HomeAssistant) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return what every entity says."""

    def said(state: State) -> tuple[str, dict[str, Any]]:
        return state.state, dict(state.attributes)

    return {
        state.entity_id: said(state)
        for state in hass.states.async_all()
        # The account's count of calls moves with every call.
        if not state.entity_id.startswith("sensor.tuya_lock_manager_simulated")
    }


async def test_a_reload_changes_nothing_and_costs_a_list(
    hass: HomeAssistant, home: Home, hass_storage: dict[str, Any]
) -> None:
    """All is as it was, and nothing is asked that was known."""
    await home.async_setup()
    await _async_live(home)
    before = _states(hass)
    listed = await home.async_act("list_passwords", [f"lock.{lock}" for lock in LOCKS])
    home.world.requests.clear()

    await home.async_restart()
    calls = Counter(entry.calls for entry in home.world.requests.entries)
    assert calls.pop("token") <= 2
    assert calls == {"devices": 1}
    assert _states(hass) == before
    again = await home.async_act("list_passwords", [f"lock.{lock}" for lock in LOCKS])
    assert again == listed
    await home.async_pass_in_steps(timedelta(minutes=2), 10 * SECOND)
    assert _states(hass) == before


async def test_what_is_learned_is_saved_before_anything_breaks(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """Within seconds, so that a kill costs little; together, so that it wears no disk."""
    home.world.faults.parse("http_5xx:calls=records")
    await home.async_setup()
    key = f"{DOMAIN}.{home.entry.entry_id}"
    assert key not in hass_storage
    await home.async_pass(11 * SECOND)
    front_door = home.world.lock("Front door").id

    def stored() -> dict[str, Any]:
        lock: dict[str, Any] = hass_storage[key]["data"]["locks"][front_door]
        return lock

    # The model's description.
    assert stored()["points"]["unlock_temporary"] == 3
    assert stored()["told"] is None
    # The records, read for the first time.
    home.world.faults.remove()
    await home.async_refresh("lock.front_door")
    assert stored()["told"] is None
    await home.async_pass(11 * SECOND)
    told = stored()["told"]
    # Five records, by their ids and as the older logs would tell them.
    assert len(told) == 10
    assert stored()["alarms_read"] is not None
    # A new one.
    lock = home.lock("lock.front_door")
    alarm(lock, "pry", lock.now)
    await home.async_refresh("lock.front_door")
    await home.async_pass(11 * SECOND)
    assert set(told) < set(stored()["told"])
    # A code's use.
    digits = await _async_make(home, "front_door", name="Ann", one_time=True)
    await home.async_pass_in_steps(5 * SECOND, SECOND)
    assert type_code(home.lock("lock.front_door"), digits).opened
    await home.async_refresh("lock.front_door")
    (code,) = stored()["issued"]
    assert code["used_at"] is None
    await home.async_pass(11 * SECOND)
    (code,) = stored()["issued"]
    assert code["used_at"] is not None


async def test_no_digits_are_stored(home: Home, hass_storage: dict[str, Any]) -> None:
    """Neither codes nor clearing codes, given or random, plain or as a lock reports them."""
    home.world.around.switches.set("offline_report_value", "digits")
    await home.async_setup()
    digits = await _async_live(home)
    await home.async_restart()
    stored = _stored(hass_storage, home)
    # The ids of codes, locks and records are there, so the scan looks at the right file.
    assert home.world.lock("Front door").id in stored
    assert '"Ann"' in stored
    assert len(digits) == 8
    for code in digits:
        assert not re.search(rf"(?<!\d){code}(?!\d)", stored)
        assert code not in _without_ids(hass_storage, home)
    for method in (
        method
        for lock in home.world.locks.values()
        for method in lock.people.methods
        if method.digits
    ):
        assert f'"{method.digits}"' not in stored
    assert home.entry.data["access_secret"] not in stored


def _without_ids(hass_storage: dict[str, Any], home: Home) -> str:
    """Return what is stored but for the ids of records, long numbers made by chance."""
    data = hass_storage[f"{DOMAIN}.{home.entry.entry_id}"]["data"]
    return json.dumps(
        [
            {key: value for key, value in lock.items() if key != "told"}
            for lock in data["locks"].values()
        ]
    )


async def test_what_is_learned_of_a_lock_is_kept(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """How many digits it takes, found out by a refusal, is not found out twice."""
    await home.async_setup()
    home.world.lock("Office").digits = 7
    assert len(await _async_make(home, "office", name="Ann")) == 7
    await home.async_restart()
    home.world.requests.clear()
    assert len(await _async_make(home, "office", name="Ben")) == 7
    refused = [entry for entry in home.world.requests.entries if entry.code]
    assert refused == []


async def test_what_the_cloud_said_of_offline_codes_is_kept(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """A lock that takes none is asked about once."""
    await home.async_setup()

    async def asked() -> int:
        home.world.requests.clear()
        with pytest.raises(HomeAssistantError) as error:
            await _async_make(home, "garden_gate", name="Ann", type="one_time")
        assert error.value.translation_key == "offline_codes_unsupported"
        return sum("offline-pwd-locks" in e.path for e in home.world.requests.entries)

    assert await asked() == 1
    assert await asked() == 0
    await home.async_restart()
    assert await asked() == 0


async def test_a_code_that_was_forgotten(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """A code that ended and was deleted doesn't come back, and is forgotten in the end."""
    await home.async_setup()
    await _async_make(home, "shed", name="Cat", type="dynamic")
    assert home.state("sensor.shed_active_passwords") == "1"
    await home.async_pass(timedelta(minutes=11))
    await home.async_act("delete_password", "lock.shed", password="Cat")
    await home.async_restart()
    answer = await _async_answer(home, "list_passwords", "shed")
    assert (answer["passwords"], answer["total"]) == ([], 0)
    assert '"Cat"' in _stored(hass_storage, home)
    await home.async_pass(timedelta(days=31))
    alarm(home.lock("lock.shed"), "pry", home.world.clock.now())
    await home.async_pass(timedelta(minutes=16))
    await home.async_restart()
    assert '"Cat"' not in _stored(hass_storage, home)


async def test_a_cloud_that_does_not_say_who_takes_offline_codes(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """Then the lock's own answer decides, and nothing false is remembered."""
    await home.async_setup()
    with patch.object(
        TuyaLockClient, "list_offline_locks", side_effect=UnsupportedError("no")
    ) as ask:
        for times in (1, 2):
            with pytest.raises(HomeAssistantError):
                await _async_make(home, "garden_gate", name="Ann", type="one_time")
            assert ask.call_count == times
    await home.async_pass(timedelta(minutes=1))
    assert '"offline": false' not in _stored(hass_storage, home)


async def test_usage_outlives_the_records(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """A code that was used stays used when its record has scrolled away."""
    await home.async_setup()
    digits = await _async_make(home, "office", name="Cat", type="one_time")
    assert type_code(home.lock("lock.office"), digits).opened
    await home.async_pass(16 * 60 * SECOND)
    home.world.lock("Office").records.records.clear()
    await home.async_restart()
    (password,) = (await _async_answer(home, "list_passwords", "office"))["passwords"]
    assert password["status"] == "used"
    assert home.state("sensor.office_active_passwords") == "0"


async def test_codes_are_forgotten_in_the_end(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """A month after its end, when nothing can ask for it any more."""
    await home.async_setup()
    await _async_make(home, "office", name="Cat", type="dynamic")
    for days, is_kept in ((29, True), (3, False)):
        await home.async_pass(timedelta(days=days))
        alarm(home.lock("lock.office"), "pry", home.world.clock.now())
        await home.async_pass(timedelta(minutes=16))
        await home.async_restart()
        assert ('"Cat"' in _stored(hass_storage, home)) is is_kept


class TestOnDisk:
    """With the real file, in a directory of its own."""

    @pytest.fixture
    def hass_config_dir(self, hass_tmp_config_dir: str) -> str:
        """Keep the configuration in a temporary directory."""
        return hass_tmp_config_dir

    @pytest.fixture
    def hass_storage(self) -> None:
        """Let Home Assistant's own storage be."""

    async def test_the_file(self, hass: HomeAssistant, home: Home) -> None:
        """It is for Home Assistant's eyes only, is read back, and goes with the account."""
        await home.async_setup()
        await _async_make(home, "office", name="Cat", type="dynamic")
        file = Path(hass.config.path(".storage", f"{DOMAIN}.{home.entry.entry_id}"))
        assert file.stat().st_mode & 0o077 == 0
        await home.async_restart()
        assert home.state("sensor.office_active_passwords") == "1"
        await hass.config_entries.async_remove(home.entry.entry_id)
        await hass.async_block_till_done()
        assert not file.exists()
