"""Whether a bolt is jammed."""

import pytest

from custom_components.tuya_lock_manager.domain.alarms import described_alarms
from custom_components.tuya_lock_manager.domain.bolt import (
    has_moved,
    is_jammed,
    reports_jams,
)
from custom_components.tuya_lock_manager.tuya_cloud import JsonValue, LockRecord
from custom_components.tuya_lock_manager.tuya_cloud.models import (
    DataPoint,
    Specification,
)
from tests.domain.builders import MINUTE, NOW, record


def _alarm(minutes: int, value: str = "tongue_bad") -> LockRecord:
    time = NOW + minutes * MINUTE
    return record(code="alarm_lock", value=value, time=time, is_alarm=True)


def _opening(minutes: int) -> LockRecord:
    time = NOW + minutes * MINUTE
    return record(code="unlock_fingerprint", value="1", time=time)


@pytest.mark.parametrize(
    ("records", "moved", "expected"),
    [
        ((), None, False),
        ((_alarm(0),), None, True),
        ((_alarm(0, "tongue_not_out"),), None, True),
        ((_alarm(0, "pry"),), None, False),
        ((_opening(-1), _alarm(0)), None, True),
        # Within a second nobody knows what was first.
        ((_opening(0), _alarm(0)), None, True),
        ((_alarm(0), _opening(1)), None, False),
        ((_alarm(0), _opening(1), _alarm(2)), None, True),
        ((_alarm(0), _alarm(1, "pry")), None, True),
        ((_alarm(0),), -1, True),
        ((_alarm(0),), 0, False),
        ((_alarm(0),), 1, False),
        ((_alarm(0), _alarm(2)), 1, True),
    ],
)
def test_jammed(
    records: tuple[LockRecord, ...], moved: int | None, expected: bool
) -> None:
    """The last word counts, in whatever order the records come."""
    moved_at = None if moved is None else NOW + moved * MINUTE
    assert is_jammed(records, moved_at) is expected
    assert is_jammed(tuple(reversed(records)), moved_at) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"lock_motor_state": True}, {"lock_motor_state": False}, True),
        ({"lock_motor_state": False}, {"lock_motor_state": True}, True),
        ({"lock_motor_state": True}, {"lock_motor_state": True}, False),
        ({}, {"lock_motor_state": True}, False),
        ({"lock_motor_state": "x"}, {"lock_motor_state": True}, False),
        # A door opens only with the bolt drawn; it shuts with any.
        ({"closed_opened": "close"}, {"closed_opened": "open"}, True),
        ({"closed_opened": "open"}, {"closed_opened": "close"}, False),
        ({"closed_opened": "unknown"}, {"closed_opened": "open"}, False),
    ],
)
def test_moved(
    before: dict[str, JsonValue], after: dict[str, JsonValue], expected: bool
) -> None:
    """What two reports show."""
    assert has_moved(before, after) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["wrong_finger", "tongue_bad"], True),
        (["tongue_not_out"], True),
        (["low_battery", "power_off"], False),
        (None, False),
    ],
)
def test_described(words: list[JsonValue] | None, expected: bool) -> None:
    """The range of `alarm_lock`; descriptions without one tell nothing."""
    values: dict[str, JsonValue] = {} if words is None else {"range": words}
    points = (
        DataPoint("alarm_lock", "Enum", 21, values),
        DataPoint("lock_motor_state", "Bool", 47, {"range": ["tongue_bad"]}),
    )
    alarms = described_alarms(Specification("jtmspro", (), points))
    assert alarms == frozenset(words or ())
    assert reports_jams(alarms) is expected
