"""A person makes codes from the integration's own page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.data_entry_flow import InvalidData
import pytest

from custom_components.tuya_lock_manager import periodic_codes
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    OFFLINE_LOCKS,
    ONLINE_LOCKS,
    TEXTS,
    async_create,
    async_deliver,
    async_list,
    contents,
    opens,
)
from tests.dialogs import WINDOW, device_ids, digits_in, make, open_dialog, unseen
from tests.simulated import Home


@pytest.fixture(autouse=True)
async def _set_up(home: Home) -> None:
    await home.async_setup()


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read hours back at once instead of for a minute: the clock stands still here."""
    pauses = tuple(0 for _ in periodic_codes.VERIFY_PAUSES)
    with patch.object(periodic_codes, "VERIFY_PAUSES", pauses):
        yield


async def test_a_code_is_made_shown_once_and_opens(home: Home) -> None:
    dialog = await open_dialog(home, "create", "create_custom")
    assert dialog.fields["start"] == "2026-06-01 12:30:00"
    assert dialog.fields["end"] == "2026-06-01 13:30:00"
    await dialog.submit(
        {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    )

    assert dialog.step == "created"
    assert dialog.page["data_schema"] is not None
    assert dialog.page["data_schema"].schema == {}
    assert "Monday 2026-06-01, 12:30 until Monday 2026-06-01, 18:00" in dialog.text
    (code,) = digits_in(dialog.text)
    await dialog.back()
    assert code not in str(dialog.page)
    assert code not in str(vars(home.hass.config_entries.options))
    assert unseen(home) == []
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["name"], listed["status"]) == ("Ann", "active")


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_code_for_a_chosen_time(home: Home, lock: str) -> None:
    """It opens from the start until the end, and the page says how it gets there."""
    dialog = await make(
        home, "custom", lock, start="2026-06-01 14:00:00", end="2026-06-01 15:00:00"
    )
    sleepy = lock in {GARAGE, GARDEN_GATE}
    assert ("touch its keypad" in dialog.text) is sleepy
    (code,) = digits_in(dialog.text)
    await async_deliver(home, lock)
    assert not opens(home, lock, code)
    await home.async_pass(timedelta(minutes=100))
    assert opens(home, lock, code)
    await home.async_pass(timedelta(minutes=60))
    assert not opens(home, lock, code)


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_a_code_without_internet(home: Home, lock: str) -> None:
    """The page has the whole hours that the lock honours, not those that were asked for."""
    dialog = await make(home, "time_limited", lock)
    assert "12:00 until Monday 2026-06-01, 18:00" in dialog.text
    assert "Use it by Monday 2026-06-01, 18:00." in dialog.text
    (code,) = digits_in(dialog.text)
    assert opens(home, lock, code)


async def test_a_long_code_without_internet(home: Home) -> None:
    dialog = await make(home, "time_limited", FRONT_DOOR, end="2026-06-05 11:00:00")
    assert "until Friday 2026-06-05, 11:00" in dialog.text
    assert "Use it by Tuesday 2026-06-02, 12:00, or it ends." in dialog.text


async def test_a_code_without_internet_made_early(home: Home) -> None:
    dialog = await make(
        home,
        "time_limited",
        FRONT_DOOR,
        start="2026-06-10 15:00:00",
        end="2026-06-12 11:00:00",
    )
    assert "made more than a day before it begins" in dialog.text


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_a_code_that_opens_once(home: Home, lock: str) -> None:
    dialog = await make(home, "one_time", lock)
    assert "12:00 until Monday 2026-06-01, 18:00" in dialog.text
    assert "It opens once" in dialog.text
    (code,) = digits_in(dialog.text)
    assert opens(home, lock, code)
    assert not opens(home, lock, code)


@pytest.mark.parametrize("lock", OFFLINE_LOCKS)
async def test_a_code_for_the_next_minutes(home: Home, lock: str) -> None:
    dialog = await make(home, "dynamic", lock)
    assert "these few minutes only" in dialog.text
    (code,) = digits_in(dialog.text)
    assert opens(home, lock, code)


async def test_own_digits_for_one_opening(home: Home) -> None:
    dialog = await make(home, "custom", FRONT_DOOR, code="905172", one_time=True)
    assert "It opens once" in dialog.text
    assert digits_in(dialog.text) == ["905172"]
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, "905172")
    assert not opens(home, FRONT_DOOR, "905172")


async def test_certain_hours(home: Home) -> None:
    hours = {"weekdays": ["tue"], "daily_start": "08:00:00", "daily_end": "11:30:00"}
    dialog = await make(
        home, "custom", FRONT_DOOR, end="2026-06-20 12:00:00", hours=hours
    )
    assert "Only on Tuesday, from 08:00 until 11:30 (Europe/Berlin)." in dialog.text
    (code,) = digits_in(dialog.text)
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, code)
    await home.async_pass(timedelta(hours=20))
    assert opens(home, FRONT_DOOR, code)


async def test_certain_hours_at_a_lock_that_may_ignore_them(home: Home) -> None:
    hours = {"weekdays": ["tue"]}
    dialog = await make(home, "custom", OFFICE, end="2026-06-20 12:00:00", hours=hours)
    assert "may open all week" in dialog.errors["base"]
    await dialog.submit(
        {
            **dialog.fields,
            "hours": {**hours, "accept_unenforced": True},
        }
    )
    assert dialog.step == "created"
    assert "may open all week" in dialog.text


async def test_several_locks_at_once(home: Home) -> None:
    """Each door's own digits are shown: those of the Garage have one more."""
    dialog = await make(home, "custom", *ONLINE_LOCKS)
    codes = digits_in(dialog.text)
    assert sorted(map(len, codes)) == [6, 6, 6, 7]
    assert dialog.text.count("different lengths") == 4
    for name, lock, code in zip(
        ("Front door", "Garage", "Garden gate", "Office"),
        (FRONT_DOOR, GARAGE, GARDEN_GATE, OFFICE),
        codes,
        strict=True,
    ):
        assert f"**{name}** · Ann\n\n## {code}" in dialog.text
        await async_deliver(home, lock)
        assert opens(home, lock, code)


async def test_what_fails_on_one_lock_hides_no_code(home: Home) -> None:
    full = home.lock(GARAGE).id
    home.world.faults.parse(f"lock_full:path={full}/door-lock/temp-password")
    dialog = await make(home, "custom", FRONT_DOOR, GARAGE)
    assert dialog.step == "created"
    assert "**Garage**: The lock takes no more passwords\\." in dialog.text
    (code,) = digits_in(dialog.text)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, code)


async def test_what_fails_on_all_locks(home: Home) -> None:
    """The reasons are told for each; what was entered stays."""
    full = home.lock(FRONT_DOOR).id
    home.world.faults.parse(f"lock_full:path={full}/door-lock/temp-password")
    before = contents(home)
    dialog = await make(home, "custom", FRONT_DOOR, GARAGE, code="905172")
    assert dialog.step == "create_custom"
    reason = dialog.errors["base"]
    assert "Front door: The lock takes no more passwords." in reason
    assert "Garage: A code of this lock has 7 digits." in reason
    assert dialog.fields["locks"] == device_ids(home, FRONT_DOOR, GARAGE)
    assert (dialog.fields["name"], dialog.fields["code"]) == ("Ann", "905172")
    assert dialog.fields["end"] == WINDOW["end"]
    assert contents(home) == before


WRONG = [
    ({"locks": []}, "locks", "Choose a lock."),
    ({"name": "  "}, "name", "A password needs a name."),
    ({"name": "A" * 200}, "name", "A name has at most"),
    ({"name": "A\nB"}, "name", "can't be shown"),
    ({"code": "12ab56"}, "code", "digits 0 to 9 only"),
    ({"code": "90517"}, "code", "has 6 digits"),
    ({"code": "123456"}, "code", "a stranger would try"),
    ({"end": "2026-06-01 12:00:00"}, "end", "has ended already"),
    (
        {"start": "2026-06-02 12:00:00", "end": "2026-06-02 11:00:00"},
        "end",
        "after the start",
    ),
    ({"end": "9999-01-01 00:00:00"}, "end", "lies too far"),
    (
        {"hours": {"daily_start": "22:00:00", "daily_end": "06:00:00"}},
        "base",
        "midnight",
    ),
    ({"hours": {"daily_start": "08:00:30"}}, "base", "no seconds"),
    ({"hours": {"weekdays": ["sun"]}}, "base", "would never open"),
]


@pytest.mark.parametrize(("values", "field", "told"), WRONG)
async def test_wrong_input(
    home: Home, values: dict[str, Any], field: str, told: str
) -> None:
    """It is told where it was entered, and nothing is sent; set right, the code is made."""
    before, asked = contents(home), len(home.world.requests.entries)
    dialog = await open_dialog(home, "create", "create_custom")
    right = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    await dialog.submit({**right, **values})

    assert dialog.step == "create_custom"
    assert dialog.errors.keys() == {field}
    assert told in dialog.errors[field]
    assert contents(home) == before
    assert len(home.world.requests.entries) == asked
    if "code" in values:
        assert "code" not in dialog.fields
    await dialog.submit(right)
    assert dialog.step == "created"


@pytest.mark.parametrize(
    "values",
    [
        {"locks": ["lock-of-somebody-else"]},
        {"name": 7},
        {"code": 905172},
        {"start": "tomorrow"},
        {"hours": {"weekdays": ["someday"]}},
        {"type": "custom"},
    ],
)
async def test_what_no_field_takes(home: Home, values: dict[str, Any]) -> None:
    before = contents(home)
    with pytest.raises(InvalidData):
        await make(home, "custom", FRONT_DOOR, **values)
    assert contents(home) == before


async def test_a_twin_is_refused(home: Home) -> None:
    window = {"start": "2026-06-02 12:00:00", "end": "2026-06-02 15:00:00"}
    assert (await make(home, "custom", FRONT_DOOR, **window)).step == "created"
    dialog = await make(home, "custom", FRONT_DOOR, **window)
    assert "exists already" in dialog.errors["name"]


async def test_digits_that_another_code_has(home: Home) -> None:
    await async_create(home, FRONT_DOOR, name="Bob", code="905172")
    dialog = await make(home, "custom", FRONT_DOOR, code="905172")
    assert dialog.errors == {"code": TEXTS["code_taken"]}


async def test_a_start_that_has_passed_is_now(home: Home) -> None:
    """The form may be open for a while before it is sent."""
    dialog = await open_dialog(home, "create", "create_custom")
    await home.async_pass(timedelta(minutes=3, seconds=7))
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", "one_time": False}
    window = {key: dialog.fields[key] for key in ("start", "end")}
    await dialog.submit({**values, **window, "hours": {}})
    assert dialog.step == "created"
    assert "from Monday 2026-06-01, 12:33:07 until" in dialog.text


async def test_an_hour_that_is_there_twice(home: Home) -> None:
    """The usual end is later on the clock too: at half past two, not again half past two."""
    # On 25 October 2026 the clocks are set back from three to two.
    await home.async_pass(timedelta(days=145, hours=14))
    dialog = await open_dialog(home, "create", "create_custom")
    assert dialog.fields["start"] == "2026-10-25 02:30:00"
    assert dialog.fields["end"] == "2026-10-25 03:30:00"


async def test_locks_that_can_not_are_said_so(home: Home) -> None:
    dialog = await open_dialog(home, "create", "create_custom")
    assert set(dialog.labels("locks").values()) == {
        "Front door",
        "Garage",
        "Garden gate",
        "Office",
    }
    assert "not possible for Shed: it can't be reached from afar" in dialog.text
    dialog = await open_dialog(home, "create", "create_one_time")
    assert "Shed" in dialog.labels("locks").values()


async def test_a_lock_without_offline_codes(home: Home) -> None:
    """The cloud is asked once; from then on it is not offered."""
    dialog = await make(home, "one_time", GARDEN_GATE)
    assert "takes no offline codes" in dialog.errors["base"]
    assert "Garden gate" not in dialog.labels("locks").values()
    assert "Not possible for Garden gate" in dialog.text


async def test_names_mean_nothing_to_the_page(home: Home) -> None:
    """Neither a guest's name nor an answer of the cloud becomes a link or HTML."""
    name = "[x](//a.b)<b>&amp;\u202e"
    dialog = await make(home, "time_limited", FRONT_DOOR, name=name)
    assert dialog.step == "created"
    assert r"\[x\]\(\/\/a\.b\)\<b\>\&amp\;" in dialog.text
    assert "\u202e" not in dialog.text
    assert len(digits_in(dialog.text)) == 1
