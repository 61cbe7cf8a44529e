"""Records: what tells them apart."""

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.domain.records import (
    merge_records,
    plain_code,
    record_key,
    record_keys,
    untold_records,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import LockRecord

from .builders import MINUTE, NOW, SECOND, moments, record

records = st.builds(
    record,
    id=st.none() | st.sampled_from(["a", "b", "c"]),
    time=st.sampled_from([NOW, NOW + SECOND]) | moments,
    code=st.sampled_from(["unlock_card", "alarm_lock"]),
    value=st.sampled_from(["1", "2"]),
)


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ("unlock_card_kit", "unlock_card"),
        ("unlock_card", "unlock_card"),
        ("kit", "kit"),
    ],
)
def test_plain_code(code: str, plain: str) -> None:
    assert plain_code(code) == plain


def test_the_id_is_the_key() -> None:
    assert record_key(record(id="r1")) == record_key(record(id="r1", value="9")) == "r1"


@pytest.mark.parametrize(
    "other", [{"value": "6"}, {"code": "unlock_card"}, {"time": NOW + SECOND}]
)
def test_without_an_id_code_value_and_time_are(other: dict[str, object]) -> None:
    assert record_key(record(time=NOW)) == record_key(record(time=NOW))
    assert record_key(record(time=NOW)) != record_key(record(**{"time": NOW, **other}))


@pytest.mark.parametrize(
    "code", ["unlock_offline_pd", "unlock_offline_clear", "unlock_offline_clear_single"]
)
def test_typed_digits_are_in_no_key(code: str) -> None:
    assert "4266733256" not in record_key(record(code=code, value="4266733256"))


def test_merge_keeps_the_first_of_equals_newest_first() -> None:
    old = record(id="r1", time=NOW - MINUTE)
    new = record(id="r2", time=NOW)
    again = record(id="r1", time=NOW - MINUTE, user_name="Ann")
    assert merge_records([old], [new, again]) == (new, old)


def test_the_older_logs_tell_the_same_without_an_id() -> None:
    with_id, without = record(id="r1"), record()
    assert merge_records([without], [with_id]) == (with_id,)
    assert merge_records([with_id], [without]) == (with_id,)
    assert merge_records([without], [without]) == (without,)


def test_another_event_of_the_older_logs_stays() -> None:
    with_id, other = record(id="r1"), record(value="6")
    assert set(merge_records([with_id], [other])) == {with_id, other}


def test_what_was_told_is_told_with_and_without_an_id() -> None:
    with_id, without, twin = record(id="r1"), record(), record(id="r2")
    assert untold_records([without], record_keys(with_id)) == []
    assert untold_records([with_id], record_keys(without)) == []
    assert untold_records([with_id], {"r1"}) == []
    assert untold_records([twin, with_id], record_keys(with_id)) == [twin]


def test_two_ids_are_two_events() -> None:
    assert len(merge_records([record(id="r1"), record(id="r2")])) == 2


@given(st.lists(records), st.lists(records))
def test_merging_again_changes_nothing(
    first: list[LockRecord], second: list[LockRecord]
) -> None:
    merged = merge_records(first, second)
    assert merge_records(merged) == merged
    assert merge_records(merged, first) == merged
    assert [entry.time for entry in merged] == sorted(
        (entry.time for entry in merged), reverse=True
    )
    keys = [record_key(entry) for entry in merged]
    assert len(keys) == len(set(keys))
    assert {entry.id for entry in merged if entry.id} == {
        entry.id for entry in (*first, *second) if entry.id
    }
