"""Objects for the tests of the domain, with defaults that don't matter to them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from custom_components.tuya_lock_manager.domain.passwords import (
    IssuedCode,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.schedules import Schedule
from custom_components.tuya_lock_manager.tuya_cloud.models import (
    DataPoint,
    Device,
    LockRecord,
    Member,
    OfflineListing,
    OfflineType,
    OnlinePassword,
    Specification,
)

NOW = datetime(2026, 3, 14, 10, 20, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

moments = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2040, 1, 1),
    timezones=st.just(UTC),
)

hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def schedules_in(*zones: str) -> st.SearchStrategy[Schedule]:
    """Return schedules in some time zones."""
    return st.builds(
        Schedule,
        st.frozensets(st.integers(0, 6), min_size=1),
        hours,
        hours,
        st.sampled_from(zones),
    ).filter(lambda schedule: schedule.start < schedule.end)


def device(codes: Iterable[str] = (), **fields: Any) -> Device:
    """Return a device that reports these codes."""
    default = Device(
        id="vdevo1",
        name="Front door",
        category="jtmspro",
        product_id="",
        product_name="",
        model="",
        online=None,
        sub=None,
        uuid="",
        owner_id="",
        gateway_id=None,
        time_zone=None,
        active_time=None,
        update_time=None,
        status=dict.fromkeys(codes, ""),
    )
    return replace(default, **fields)


def specification(
    numbers: Mapping[str, int | None], category: str = ""
) -> Specification:
    """Return a specification with these codes, each with its number or none."""
    points = tuple(
        DataPoint(code, "Raw", number, {}) for code, number in numbers.items()
    )
    return Specification(category, points[::2], points[1::2])


def online(**fields: Any) -> OnlinePassword:
    """Return an online code that is on a Zigbee or Wi-Fi lock now."""
    default = OnlinePassword(
        id="1001",
        name="Cleaner",
        phase=2,
        delivery=None,
        start=NOW - HOUR,
        end=NOW + HOUR,
        one_time=None,
        slot=None,
        time_zone=None,
        schedule_raw=(),
    )
    return replace(default, **fields)


def listing(**fields: Any) -> OfflineListing:
    """Return an entry of the list of offline codes, in effect now."""
    default = OfflineListing(
        id="697",
        type=OfflineType.MULTIPLE,
        name="Guest",
        start=NOW - HOUR,
        end=NOW + 2 * DAY,
        status=1,
        has_clear_code=None,
        revoked_id=None,
        revoked_name=None,
    )
    return replace(default, **fields)


def issued(**fields: Any) -> IssuedCode:
    """Return what is remembered of a time-limited code made an hour ago."""
    default = IssuedCode(
        id="697",
        type=PasswordType.TIME_LIMITED,
        name="Guest",
        start=NOW - HOUR,
        end=NOW + 2 * DAY,
        issued_at=NOW - HOUR,
        use_by=NOW - HOUR + DAY,
    )
    return replace(default, **fields)


def password(**fields: Any) -> Password:
    """Return an active online code."""
    default = Password(
        id="1001",
        type=PasswordType.CUSTOM,
        name="Cleaner",
        status=PasswordStatus.ACTIVE,
        start=NOW - HOUR,
        end=NOW + HOUR,
    )
    return replace(default, **fields)


def record(**fields: Any) -> LockRecord:
    """Return the record of an opening with a temporary code in slot 5."""
    default = LockRecord(
        id=None,
        time=NOW - 10 * MINUTE,
        code="unlock_temporary",
        value="5",
        is_alarm=False,
        user_id=None,
        user_name=None,
        method_name=None,
    )
    return replace(default, **fields)


def alarm(value: str = "pry", **fields: Any) -> LockRecord:
    """Return the record of an alarm."""
    return record(**{"code": "alarm_lock", "value": value, "is_alarm": True, **fields})


def member(user_id: str = "u1", **fields: Any) -> Member:
    """Return a member of whom nothing is known."""
    default = Member(
        user_id=user_id, uid=None, name="", user_type=None, effective=None, methods=()
    )
    return replace(default, **fields)
