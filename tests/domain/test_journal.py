"""What was asked of a lock, as it is stored, and what the lists say became of it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import time
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.journal import (
    PATIENCE,
    READINGS,
    JournalEntry,
    Operation,
    Outcome,
    found,
    is_going,
)
from custom_components.tuya_lock_manager.domain.passwords import (
    ChangeState,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.schedules import Schedule
from custom_components.tuya_lock_manager.tuya_cloud.models import (
    DeliveryStatus,
    OnlinePassword,
)

from .builders import DAY, HOUR, NOW, SECOND, issued, moments, online, password

ZIGBEE, WIFI = LockFamily.ZIGBEE, LockFamily.WIFI
ON_LOCK, FROZEN = 2, 3  # as a Zigbee lock numbers its phases
CHANGES = [Operation.MODIFY, Operation.FREEZE, Operation.UNFREEZE]

ids = st.text(min_size=1)
schedules = st.builds(
    Schedule,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    start=st.builds(time, st.integers(0, 11), st.integers(0, 59)),
    end=st.builds(time, st.integers(12, 23), st.integers(0, 59)),
    time_zone=st.sampled_from(["Europe/Berlin", "America/New_York"]),
)
entries = st.builds(
    JournalEntry,
    id=ids,
    operation=st.sampled_from(Operation),
    type=st.sampled_from(PasswordType),
    name=st.text(),
    start=moments,
    end=moments,
    asked_at=moments,
    outcome=st.sampled_from(Outcome),
    code_id=st.none() | ids,
    seen=st.frozensets(ids),
    reference=st.none() | st.text(min_size=1),
    sealed=st.none() | st.text(min_size=1),
    random=st.booleans(),
    one_time=st.booleans(),
    template=st.booleans(),
    wished_start=st.none() | moments,
    wished_end=st.none() | moments,
    schedule=st.none() | schedules,
    before=st.none() | st.builds(issued, id=ids, name=st.text(), start=moments),
    was_changing=st.booleans(),
    is_told=st.booleans(),
)


def entry(operation: Operation = Operation.CREATE, **changes: Any) -> JournalEntry:
    """Return what was asked for the code of `online()`; a change knows its id."""
    default = JournalEntry(
        id="e1",
        operation=operation,
        type=PasswordType.CUSTOM,
        name="Cleaner",
        start=NOW - HOUR,
        end=NOW + HOUR,
        asked_at=NOW,
        code_id=None if operation is Operation.CREATE else "1001",
    )
    return replace(default, **changes)


@given(entries)
def test_a_stored_entry_comes_back(stored: JournalEntry) -> None:
    text = json.dumps(stored.to_dict())
    assert JournalEntry.from_dict(json.loads(text)) == stored


def test_every_field_is_stored() -> None:
    names = {field.name for field in fields(JournalEntry)}
    assert entry().to_dict().keys() == names


def test_digits_are_kept_sealed_only_and_never_shown() -> None:
    names = {field.name for field in fields(JournalEntry)}
    assert not names & {"code", "digits", "password", "pwd", "pin", "secret"}
    assert "c2VhbGVk" not in repr(entry(sealed="c2VhbGVk"))


@pytest.mark.parametrize("stored", [None, [], "e1", 697, {}])
def test_something_else_was_stored(stored: object) -> None:
    with pytest.raises(ValueError):
        JournalEntry.from_dict(stored)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("id", 1), ("id", None), ("operation", "open"), ("type", "temp")),
        *(("start", None), ("end", 1700000000), ("asked_at", "yesterday")),
        *(("start", "2026-03-14T12:00:00"), ("outcome", "perhaps"), ("name", 5)),
        *(("seen", None), ("seen", "1001"), ("random", "yes"), ("is_told", 1)),
        *(("schedule", "always"), ("before", []), ("code_id", 1001)),
    ],
)
def test_a_field_is_not_what_was_written(key: str, value: object) -> None:
    with pytest.raises(ValueError):
        JournalEntry.from_dict({**entry().to_dict(), key: value})


def test_the_list_is_read_until_it_must_show_what_was_done() -> None:
    assert list(READINGS) == sorted(set(READINGS))
    assert READINGS[0] > 0 * SECOND
    assert READINGS[-2] < PATIENCE < READINGS[-1]


@pytest.mark.parametrize("type_", PasswordType)
def test_only_online_codes_can_be_read_back(type_: PasswordType) -> None:
    assert entry(type=type_).is_online is (type_ is PasswordType.CUSTOM)


@pytest.mark.parametrize(
    ("listed", "is_shown"),
    [
        (online(), True),
        (online(id="1002"), True),
        (online(id="7"), False),
        (online(name="cleaner"), False),
        (online(start=NOW), False),
        (online(end=NOW), False),
    ],
)
def test_a_creation_shows_as_a_new_code_that_is_alike(
    listed: OnlinePassword, is_shown: bool
) -> None:
    """A code of the same name and window that was there before is another one."""
    assert entry(seen=frozenset({"7"})).shows(listed, ZIGBEE) is is_shown


def test_a_creation_whose_id_was_told_shows_by_it_alone() -> None:
    told = entry(code_id="1001", seen=frozenset({"1001"}))
    assert told.shows(online(name="Renamed", end=NOW), ZIGBEE)
    assert not told.shows(online(id="1002"), ZIGBEE)


@pytest.mark.parametrize("operation", CHANGES)
def test_a_change_shows_at_its_own_code_only(operation: Operation) -> None:
    phase = FROZEN if operation is Operation.FREEZE else ON_LOCK
    assert entry(operation).shows(online(phase=phase), ZIGBEE)
    assert not entry(operation).shows(online(id="1002", phase=phase), ZIGBEE)


@pytest.mark.parametrize("field", ["name", "start", "end"])
def test_a_modification_shows_once_all_of_it_is_listed(field: str) -> None:
    changes = {"name": "Old", "start": NOW, "end": NOW + DAY}
    listed = online(**{field: changes[field]})
    assert not entry(Operation.MODIFY).shows(listed, ZIGBEE)


@pytest.mark.parametrize(
    ("phase", "delivery", "shown_by"),
    [
        (ON_LOCK, None, {Operation.UNFREEZE}),
        (FROZEN, None, {Operation.FREEZE}),
        (ON_LOCK, DeliveryStatus.SUCCESS, {Operation.UNFREEZE}),
        (ON_LOCK, DeliveryStatus.ONGOING, {Operation.FREEZE, Operation.UNFREEZE}),
        (FROZEN, DeliveryStatus.ONGOING, {Operation.FREEZE, Operation.UNFREEZE}),
    ],
)
def test_freezing_shows_by_the_phase_or_by_being_under_way(
    phase: int, delivery: DeliveryStatus | None, shown_by: set[Operation]
) -> None:
    listed = online(phase=phase, delivery=delivery)
    for operation in (Operation.FREEZE, Operation.UNFREEZE):
        assert entry(operation).shows(listed, ZIGBEE) is (operation in shown_by)


@pytest.mark.parametrize("family", LockFamily)
def test_no_listed_code_shows_a_deletion(family: LockFamily) -> None:
    assert not entry(Operation.DELETE).shows(online(), family)


listings = st.lists(
    st.builds(online, id=st.sampled_from("123456"), name=st.sampled_from("AB")),
    unique_by=lambda code: code.id,
)


@given(listings, st.frozensets(st.sampled_from("123456")))
def test_what_is_found_is_new_and_alike(
    listed: list[OnlinePassword], seen: frozenset[str]
) -> None:
    wanted = entry(name="A", seen=seen)
    candidates = [code for code in listed if code.id not in seen and code.name == "A"]
    assert found(wanted, listed, WIFI) == (candidates[0] if candidates else None)


def going(
    known: Password | None,
    listed: Iterable[OnlinePassword] = (),
    *,
    was_listed: bool = True,
    was_changing: bool = False,
) -> bool:
    """Tell whether the code 1001 is going."""
    return is_going(
        known,
        listed,
        code_id="1001",
        was_listed=was_listed,
        was_changing=was_changing,
    )


@pytest.mark.parametrize("known", [None, password()])
def test_a_code_that_left_the_list_is_gone(known: Password | None) -> None:
    assert going(known)
    assert going(known, [online(id="1002")])


def test_a_code_that_was_never_listed_is_gone_once_it_is_not_known() -> None:
    assert going(None, was_listed=False)
    assert not going(password(), was_listed=False)


def test_a_listed_code_that_is_no_password_any_more_is_gone() -> None:
    assert going(None, [online()])


@pytest.mark.parametrize("status", PasswordStatus)
def test_a_listed_code_goes_by_its_status(status: PasswordStatus) -> None:
    expected = status in {PasswordStatus.REMOVING, PasswordStatus.REMOVED}
    assert going(password(status=status), [online()]) is expected


@pytest.mark.parametrize("change", [None, *ChangeState])
@pytest.mark.parametrize("was_changing", [False, True])
def test_a_new_change_may_be_the_deletion(
    change: ChangeState | None, was_changing: bool
) -> None:
    """One that was on its way before the deletion was asked for tells nothing."""
    expected = change is ChangeState.PENDING and not was_changing
    code = password(change=change)
    assert going(code, [online()], was_changing=was_changing) is expected
