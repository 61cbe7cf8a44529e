"""What was read, as plain JSON and back: the same, or refused."""

from dataclasses import replace
from datetime import UTC, datetime
import json

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.people import MemberKind, People, Person
from custom_components.tuya_lock_manager.domain.plain import from_plain, to_plain
from custom_components.tuya_lock_manager.last_read import (
    ReadListing,
    ReadPasswords,
    ReadPeople,
    ReadRecords,
)
from tests.domain.builders import NOW, device, listing, online, record

TEXT = st.text(max_size=20)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))

PARTS = [
    ReadListing(NOW, (device(["battery"]), replace(device(), status={"x": [1, None]}))),
    ReadPasswords(NOW, (online(), replace(online(), slot=None)), None, None),
    ReadPasswords(NOW, (), (listing(),), NOW),
    ReadRecords(NOW, (record(), record(value="7"))),
    ReadPeople(NOW, People((Person("1", "Ann", MemberKind.PANEL),), 0, 1, None)),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_what_was_written_is_read(part: object) -> None:
    stored = json.loads(json.dumps(to_plain(part)))
    assert from_plain(type(part), stored) == part


@given(TEXT, TEXT, TIMES, st.none() | TEXT)
def test_whatever_a_record_holds(
    code: str, value: str, time: datetime, user: str | None
) -> None:
    read = ReadRecords(NOW, (record(code=code, value=value, time=time, user_id=user),))
    assert from_plain(ReadRecords, json.loads(json.dumps(to_plain(read)))) == read


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
@given(
    junk=st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
        max_leaves=5,
    )
)
def test_what_was_not_written_is_refused(part: object, junk: object) -> None:
    """Another version may have had other fields; nothing half-read comes of it."""
    with pytest.raises(ValueError, match="not |other"):
        from_plain(type(part), junk)
    stored = to_plain(part)
    for name in stored:
        with pytest.raises(ValueError, match="has other fields"):
            from_plain(type(part), {k: v for k, v in stored.items() if k != name})
    with pytest.raises(ValueError, match="has other fields"):
        from_plain(type(part), {**stored, "more": junk})


def test_what_is_no_data_is_not_written() -> None:
    with pytest.raises(TypeError):
        to_plain(object())
