"""Whether another offline code can be had, from the lock and the last refusal."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.domain.availability import (
    REFUSAL_HOLDS,
    Answer,
    Availability,
    Reason,
    RefusalKind,
    SupplyRefusal,
    availability,
    supply_refusal,
)
from custom_components.tuya_lock_manager.tuya_cloud import (
    ConnectionFailedError,
    InvalidRequestError,
    MalformedResponseError,
    TuyaCloudError,
)
from custom_components.tuya_lock_manager.tuya_cloud.errors import (
    ERROR_BY_CODE,
    LockFullError,
    UnsupportedError,
    error_for,
)

NOW = datetime(2026, 6, 1, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("code", ERROR_BY_CODE)
def test_listed_codes(code: int) -> None:
    """Of all codes that are understood, those of a full lock and of a lock that can't."""
    refusal = supply_refusal(error_for(code, "words"), NOW)
    expected = {
        LockFullError: RefusalKind.USED_UP,
        UnsupportedError: RefusalKind.UNSUPPORTED,
    }.get(ERROR_BY_CODE[code])
    assert (refusal and refusal.kind) == expected


def test_an_unlisted_code() -> None:
    """It is passed on with Tuya's words, number and trace id."""
    refusal = supply_refusal(error_for(1067, "exhausted", "t-1"), NOW)
    assert refusal == SupplyRefusal(
        NOW, RefusalKind.UNLISTED, "exhausted (code 1067, tid t-1)"
    )


@pytest.mark.parametrize(
    "err",
    [
        ConnectionFailedError("reset", request_sent=True),
        ConnectionFailedError("refused", request_sent=False),
        MalformedResponseError("no JSON"),
        InvalidRequestError("The name is empty"),
        TuyaCloudError("The cloud did not do it"),
    ],
)
def test_what_says_nothing(err: TuyaCloudError) -> None:
    assert supply_refusal(err, NOW) is None


@pytest.mark.parametrize(
    ("supported", "kind", "age", "answer", "reason"),
    [
        (True, None, 0, Answer.YES, Reason.SUPPORTED),
        (None, None, 0, Answer.UNKNOWN, Reason.NOT_TOLD),
        (False, None, 0, Answer.NO, Reason.NOT_SUPPORTED),
        (True, RefusalKind.USED_UP, 0, Answer.NO, Reason.USED_UP),
        (None, RefusalKind.USED_UP, 23, Answer.NO, Reason.USED_UP),
        (True, RefusalKind.USED_UP, 24, Answer.UNKNOWN, Reason.USED_UP_EARLIER),
        (True, RefusalKind.UNLISTED, 0, Answer.UNKNOWN, Reason.REFUSED),
        (True, RefusalKind.UNSUPPORTED, 99, Answer.NO, Reason.NOT_SUPPORTED),
    ],
)
def test_answers(
    supported: bool | None,
    kind: RefusalKind | None,
    age: int,
    answer: Answer,
    reason: Reason,
) -> None:
    """The capability decides, and then the last refusal, as long as it says something."""
    at = NOW - timedelta(hours=age)
    refusal = None if kind is None else SupplyRefusal(at, kind, "words")
    told = availability(supported=supported, refusal=refusal, now=NOW)
    assert told == Availability(answer, reason, refusal)


def test_a_lock_that_takes_none_has_no_refusal_to_tell() -> None:
    refusal = SupplyRefusal(NOW, RefusalKind.USED_UP, "words")
    told = availability(supported=False, refusal=refusal, now=NOW)
    assert told == Availability(Answer.NO, Reason.NOT_SUPPORTED)


def test_it_holds_for_a_day_exactly() -> None:
    at = NOW - REFUSAL_HOLDS + timedelta(seconds=1)
    refusal = SupplyRefusal(at, RefusalKind.USED_UP, "words")
    told = availability(supported=True, refusal=refusal, now=NOW)
    assert told.answer is Answer.NO


def test_stored() -> None:
    """What was written is read; anything else is refused."""
    refusal = SupplyRefusal(NOW, RefusalKind.UNLISTED, "words")
    assert SupplyRefusal.from_dict(refusal.to_dict()) == refusal
    for wrong in ({"at": "soon"}, {"kind": "other"}, {"message": None}):
        with pytest.raises(ValueError):
            SupplyRefusal.from_dict({**refusal.to_dict(), **wrong})
