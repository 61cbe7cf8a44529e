"""Every code becomes its exception, once."""

import pytest

from custom_components.tuya_lock_manager.tuya_cloud import errors
from custom_components.tuya_lock_manager.tuya_cloud.errors import (
    ERROR_BY_CODE,
    TuyaCloudError,
    error_for,
)

# Written out a second time on purpose: a slip in the table must not go unseen.
EXPECTED = {
    "ServerError": [500, 1111],
    "InvalidCredentialsError": [1001, 1004, 1005],
    "TokenError": [1002, 1010, 1011, 1012, 1400],
    "ClockSkewError": [1013],
    "PermissionDeniedError": [1106, 28841001],
    "WrongDataCenterError": [2007, 28841107],
    "NotSubscribedError": [28841101, 28841102, 28841105, 28841106],
    "PlanError": [60001001],
    "PlanExpiredError": [28841002],
    "QuotaExhaustedError": [28841004],
    "ThrottledError": [1110, 1113, 1199],
    "UnsupportedError": [1108, 2003, 2004, 2008, 2009, 2015],
    "DeviceOfflineError": [2001, 2312],
    "DeviceNotFoundError": [2005, 2010],
    "InvalidRequestError": [1100, 1101, 1102, 1104, 1109, 40000303],
    "PasswordNotFoundError": [2310, 2321, 2323],
    "PasswordExpiredError": [2304],
    "LockFullError": [2303, 2305, 2307, 2308],
    "NameTakenError": [2316],
    "DuplicatePasswordError": [2322],
    "WindowInPastError": [2318],
    "LockBusyError": [2301, 2311, 2317, 2328],
    "TicketError": [2302, 2405],
    "PasswordStateError": [2306, 2314, 2315, 2324],
    # Known, but nothing that a caller could act upon.
    "TuyaCloudError": [1000, 1003, 1112, 2002, 2006, 2309, 2313, 501, 40000309],
}


@pytest.mark.parametrize(
    ("name", "code"),
    [(name, code) for name, codes in EXPECTED.items() for code in codes],
)
def test_code(name: str, code: int) -> None:
    """A code is its exception, with Tuya's words."""
    err = error_for(code, "words", "tid")
    assert type(err) is getattr(errors, name)
    assert (err.code, err.message, err.tid) == (code, "words", "tid")
    assert str(err) == f"words (code {code}, tid tid)"


def test_table_is_covered() -> None:
    """No code of the table is left untested."""
    assert set(ERROR_BY_CODE) < {code for codes in EXPECTED.values() for code in codes}


def test_tree() -> None:
    """Callers may catch whole branches."""
    assert issubclass(errors.WrongDataCenterError, errors.PermissionDeniedError)
    assert issubclass(errors.NotSubscribedError, errors.PermissionDeniedError)
    assert issubclass(errors.PlanExpiredError, errors.PlanError)
    assert issubclass(errors.QuotaExhaustedError, errors.PlanError)
    passwords = [
        errors.PasswordNotFoundError,
        errors.PasswordExpiredError,
        errors.LockFullError,
        errors.NameTakenError,
        errors.DuplicatePasswordError,
        errors.WindowInPastError,
        errors.LockBusyError,
        errors.TicketError,
        errors.PasswordStateError,
    ]
    assert all(issubclass(kind, errors.PasswordError) for kind in passwords)
    assert all(issubclass(kind, TuyaCloudError) for kind in ERROR_BY_CODE.values())


def test_outcome() -> None:
    """Only what may have been done is unknown."""
    assert errors.ConnectionFailedError("x", request_sent=True).outcome_unknown
    assert not errors.ConnectionFailedError("x", request_sent=False).outcome_unknown
    assert errors.MalformedResponseError("x").outcome_unknown
    assert error_for(500, "x").outcome_unknown
    assert not error_for(1109, "x").outcome_unknown
    assert not error_for(None, "x").outcome_unknown
