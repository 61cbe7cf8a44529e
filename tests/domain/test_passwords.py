"""Codes as they are remembered and shown."""

from dataclasses import fields
from datetime import datetime, timedelta, timezone
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.passwords import (
    CLOCK_TOLERANCE,
    ENDED,
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
    password_key,
)

from .builders import DAY, HOUR, NOW, SECOND, issued, moments, password

codes = st.builds(
    IssuedCode,
    id=st.text(min_size=1),
    type=st.sampled_from(PasswordType),
    name=st.text(),
    start=moments,
    end=moments,
    issued_at=moments,
    use_by=st.none() | moments,
    one_time=st.booleans(),
    clears_id=st.none() | st.text(min_size=1),
    clear_code_issued_at=st.none() | moments,
    cleared_at=st.none() | moments,
    used_at=st.none() | moments,
    removal_requested_at=st.none() | moments,
)


@given(codes)
def test_a_stored_code_comes_back(code: IssuedCode) -> None:
    stored = json.loads(json.dumps(code.to_dict()))
    assert IssuedCode.from_dict(stored) == code


def test_every_field_is_stored() -> None:
    assert issued().to_dict().keys() == {field.name for field in fields(IssuedCode)}


def test_no_field_could_hold_digits() -> None:
    for shape in (IssuedCode, Password):
        names = {field.name for field in fields(shape)}
        assert not names & {"code", "digits", "password", "pwd", "pin", "secret"}


def test_what_was_stored_before_a_field_existed_is_read() -> None:
    stored = issued().to_dict()
    for key in ("one_time", "clears_id", "removal_requested_at", "used_at"):
        del stored[key]
    assert IssuedCode.from_dict(stored) == issued()


def test_offsets_are_kept_as_moments() -> None:
    start = datetime(2026, 3, 14, 12, tzinfo=timezone(timedelta(hours=2)))
    assert IssuedCode.from_dict(issued(start=start).to_dict()).start == start


@pytest.mark.parametrize("stored", [None, [], "697", 697, {}])
def test_something_else_was_stored(stored: object) -> None:
    with pytest.raises(ValueError):
        IssuedCode.from_dict(stored)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("id", 697), ("id", None), ("name", None), ("type", "temp"), ("type", 0)),
        *(("start", None), ("end", 1700000000), ("issued_at", "yesterday")),
        *(
            ("start", "2026-03-14T10:00:00"),
            ("used_at", "2026-03-14T10:00:00"),
            ("used_at", 5),
        ),
        *(("one_time", "yes"), ("one_time", None), ("one_time", 1), ("clears_id", 697)),
    ],
)
def test_a_damaged_code_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ValueError):
        IssuedCode.from_dict({**issued().to_dict(), key: value})


@pytest.mark.parametrize("key", ["id", "type", "name", "start", "end", "issued_at"])
def test_a_cut_code_is_refused(key: str) -> None:
    stored = issued().to_dict()
    del stored[key]
    with pytest.raises(ValueError):
        IssuedCode.from_dict(stored)


def test_online_and_offline_ids_are_counted_apart() -> None:
    online_key = password_key(PasswordType.CUSTOM, "697")
    offline_keys = {
        password_key(type_, "697")
        for type_ in PasswordType
        if type_ is not PasswordType.CUSTOM
    }
    assert len(offline_keys) == 1
    assert online_key not in offline_keys
    assert password(id="697").key == online_key
    assert issued(id="697").key in offline_keys


@pytest.mark.parametrize("status", PasswordStatus)
def test_ended(status: PasswordStatus) -> None:
    may_open = {
        *(PasswordStatus.SCHEDULED, PasswordStatus.PENDING, PasswordStatus.ACTIVE),
        *(PasswordStatus.FROZEN, PasswordStatus.REMOVING, PasswordStatus.UNCONFIRMED),
        PasswordStatus.UNKNOWN,
    }
    assert password(status=status).ended is (status not in may_open)
    assert (status in ENDED) is (status not in may_open)


def test_made_here() -> None:
    assert password(issued_at=NOW).made_here
    assert not password().made_here


class TestCovers:
    """When a code can have opened."""

    def test_its_window(self) -> None:
        code = password(start=NOW, end=NOW + HOUR)
        assert code.covers(NOW)
        assert not code.covers(NOW - SECOND)
        assert code.covers(NOW + HOUR - SECOND)
        assert not code.covers(NOW + HOUR)

    def test_an_unknown_window(self) -> None:
        assert password(start=None, end=None).covers(NOW - 99 * DAY)
        assert not password(start=None, end=NOW).covers(NOW)
        assert not password(start=NOW, end=None).covers(NOW - SECOND)

    def test_not_before_it_was_made(self) -> None:
        code = password(start=NOW - HOUR, end=NOW + HOUR, issued_at=NOW)
        assert code.covers(NOW - CLOCK_TOLERANCE)
        assert not code.covers(NOW - CLOCK_TOLERANCE - SECOND)

    def test_a_failed_code_never_opened(self) -> None:
        assert not password(status=PasswordStatus.FAILED).covers(NOW)
