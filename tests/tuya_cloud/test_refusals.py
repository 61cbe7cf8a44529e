"""What Tuya would refuse is refused here, and nothing is sent."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    InvalidRequestError,
    OfflineRequest,
    OfflineType,
    PasswordRequest,
    ScheduleBlock,
    TuyaLockClient,
)

from .fake_cloud import UNHURRIED, FakeCloud

START = datetime(2026, 12, 1, 15, tzinfo=UTC)
END = datetime(2026, 12, 4, 10, tzinfo=UTC)
BLOCK = ScheduleBlock(time(8), time(12), frozenset({0, 1}))
DEVICE = "vdevo000000000000000001"


def password(**changes: Any) -> PasswordRequest:
    """Return a good request with some things changed."""
    good: dict[str, Any] = {
        "name": "guest",
        "digits": "0482913",
        "start": START,
        "end": END,
        "digits_length": 7,
    }
    return PasswordRequest(**good | changes)


def offline(**changes: Any) -> OfflineRequest:
    """Return a good request with some things changed."""
    good: dict[str, Any] = {
        "type": OfflineType.MULTIPLE,
        "name": "guest",
        "start": START,
        "end": END,
    }
    return OfflineRequest(**good | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "x" * 20},
        {"name": "Zoë 🗝"},
        {"digits": "048291", "digits_length": 6},
        {"end": START + timedelta(seconds=1)},
        {"time_zone": "Europe/Berlin"},
        {"time_zone": "America/Argentina/Buenos_Aires"},
        {"time_zone": "Etc/GMT+8"},
        {"time_zone": "UTC"},
        {"time_zone": "Europe/Berlin", "schedule": (BLOCK,)},
    ],
)
def test_good_password(changes: dict[str, Any]) -> None:
    """What Tuya takes can be built."""
    request = password(**changes)
    assert request.digits not in repr(request)


@pytest.mark.parametrize(
    "changes",
    [
        {"digits": "048291"},
        {"digits": "04829134"},
        {"digits": ""},
        {"digits": "", "digits_length": 0},
        {"digits": "048 913"},
        {"digits": "048291a"},
        {"digits": "-482913"},
        {"digits": "٠٤٨٢٩١٣"},
        {"digits": "\uff10\uff14\uff18\uff12\uff19\uff11\uff13"},
        {"digits": "048291²"},
        {"digits": "048291\n"},
        {"digits": 1482913},
        {"digits": None},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 21},
        {"name": "a\nb"},
        {"name": "a\x7fb"},
        {"name": "a\x85b"},
        {"name": "\ud800"},
        {"name": 7},
        {"start": END, "end": START},
        {"end": START},
        {
            "start": START + timedelta(microseconds=1),
            "end": START + timedelta(seconds=0.9),
        },
        {"start": START.replace(tzinfo=None)},
        {"end": END.replace(tzinfo=None)},
        {"start": datetime(1969, 12, 31, tzinfo=UTC)},
        {"schedule": (BLOCK,)},
        {"time_zone": "Europe/Berlin", "schedule": (BLOCK, BLOCK)},
        {"time_zone": "+08:00"},
        {"time_zone": "-05:00"},
        {"time_zone": "GMT+8"},
        {"time_zone": "Berlin"},
        {"time_zone": ""},
        {"time_zone": "Europe/Berlin\n"},
    ],
    ids=lambda changes: ascii(changes)[:60],
)
def test_bad_password(changes: dict[str, Any]) -> None:
    """What Tuya would refuse cannot be built, and the refusal quotes none of it."""
    with pytest.raises(InvalidRequestError) as caught:
        password(**changes)
    assert caught.value.code is None
    assert "048" not in str(caught.value)


@pytest.mark.parametrize(
    ("start", "end", "weekdays"),
    [
        (time(8), time(12), frozenset()),
        (time(8), time(12), frozenset({7})),
        (time(8), time(12), frozenset({-1, 2})),
        (time(8), time(8), frozenset({1})),
        (time(22), time(6), frozenset({1})),
        (time(8, 0, 1), time(12), frozenset({1})),
        (time(8), time(12, 0, 0, 1), frozenset({1})),
        (time(8, tzinfo=UTC), time(12, tzinfo=UTC), frozenset({1})),
        (time(8), time(12, tzinfo=UTC), frozenset({1})),
    ],
)
def test_bad_schedule(start: time, end: time, weekdays: frozenset[int]) -> None:
    """A window over midnight, above all, cannot be built."""
    with pytest.raises(InvalidRequestError):
        ScheduleBlock(start, end, weekdays)


INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": ""},
        {"start": START.astimezone(INDIA)},
        {"start": datetime(2026, 12, 1, 15, tzinfo=INDIA)},
        {"type": OfflineType.ONCE, "start": None, "end": None},
        {"type": OfflineType.CLEAR_ALL, "start": None, "end": None},
        {"type": OfflineType.CLEAR_ONE, "start": None, "end": None, "password_id": "7"},
    ],
)
def test_good_offline(changes: dict[str, Any]) -> None:
    """What Tuya takes can be built; hours may be whole in UTC or where the lock is."""
    offline(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "x" * 21},
        {"name": "a\tb"},
        {"start": None},
        {"end": None},
        {"start": END, "end": START},
        {"start": START.replace(tzinfo=None)},
        {"start": START + timedelta(minutes=1)},
        {"end": END + timedelta(seconds=1)},
        {"end": END + timedelta(microseconds=1)},
        {"start": START.astimezone(INDIA) + timedelta(minutes=15)},
        {"password_id": "7"},
        {"type": OfflineType.ONCE},
        {"type": OfflineType.ONCE, "start": None},
        {"type": OfflineType.CLEAR_ALL, "start": None, "end": None, "password_id": "7"},
        {"type": OfflineType.CLEAR_ONE, "start": None, "end": None},
        {"type": OfflineType.CLEAR_ONE, "start": None, "end": None, "password_id": ""},
        {"type": OfflineType.CLEAR_ONE, "password_id": "7"},
    ],
)
def test_bad_offline(changes: dict[str, Any]) -> None:
    """What Tuya would refuse or round cannot be built."""
    with pytest.raises(InvalidRequestError):
        offline(**changes)


@UNHURRIED
@given(
    name=st.text(max_size=25),
    digits=st.one_of(st.text(max_size=9), st.from_regex(r"[0-9]{7}", fullmatch=True)),
    start=st.datetimes(timezones=st.just(UTC) | st.none()),
    end=st.datetimes(timezones=st.just(UTC) | st.none()),
)
def test_only_what_can_be_sent_is_built(
    name: str, digits: str, start: datetime, end: datetime
) -> None:
    """Whatever is asked, either it is refused or it makes a body that Tuya takes."""
    try:
        request = PasswordRequest(name, digits, start, end, 7)
    except InvalidRequestError:
        return
    body = request.to_json(ticket_id="t", encrypted="e")
    assert 0 < len(name) <= 20
    assert len(digits) == 7
    assert set(digits) <= set("0123456789")
    first, last = body["effective_time"], body["invalid_time"]
    assert isinstance(first, int)
    assert isinstance(last, int)
    assert 0 <= first < last
    assert last <= end.timestamp() < last + 1
    assert "all_day" not in body
    name.encode()


type Call = Callable[[TuyaLockClient], Awaitable[object]]


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.rename_offline_password(DEVICE, "7", ""),
        lambda client: client.rename_offline_password(DEVICE, "7", "x" * 21),
        lambda client: client.rename_offline_password(DEVICE, "7/8", "x"),
        lambda client: client.create_password("a/b", password()),
        lambda client: client.modify_password(DEVICE, "", password()),
        lambda client: client.modify_password(DEVICE, "1/record", password()),
        lambda client: client.delete_password(DEVICE, ""),
        lambda client: client.list_records(DEVICE, start=END, end=START),
        lambda client: client.list_records(DEVICE, start=START, end=END, page=0),
        lambda client: client.list_records(DEVICE, start=START, end=END, page_size=101),
        lambda client: client.list_open_logs(DEVICE, start=START, end=START),
        lambda client: client.list_alarm_logs(DEVICE, page_size=0),
        lambda client: client.operate("", unlock=True),
    ],
)
async def test_nothing_is_sent(
    client: TuyaLockClient, cloud: FakeCloud, call: Call
) -> None:
    """A refusal comes before anything is sent: no ticket, not even a token."""
    with pytest.raises(InvalidRequestError):
        await call(client)
    assert cloud.requests == []
