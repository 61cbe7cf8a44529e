"""What can be done to be rid of a code, and what its status counts as."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.domain.passwords import (
    ENDED,
    Password,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.removal import (
    Removable,
    is_only_clearable,
    keep_reason,
    removable,
)
from custom_components.tuya_lock_manager.domain.states import PasswordState, state_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOT_YET = {PasswordStatus.SCHEDULED, PasswordStatus.PENDING, PasswordStatus.FROZEN}


def code(type_: PasswordType, status: PasswordStatus) -> Password:
    return Password("1", type_, "Ann", status, NOW, NOW)


@pytest.mark.parametrize("status", PasswordStatus)
def test_state(status: PasswordStatus) -> None:
    """Whatever may open the door counts as in effect."""
    expected = PasswordState.NOT_YET if status in NOT_YET else PasswordState.IN_EFFECT
    assert state_of(status) is (PasswordState.INVALID if status in ENDED else expected)


@pytest.mark.parametrize("status", PasswordStatus)
@pytest.mark.parametrize("type_", PasswordType)
def test_removable(type_: PasswordType, status: PasswordStatus) -> None:
    """Custom codes at any time, the others once they are invalid."""
    ways = {
        PasswordType.CUSTOM: Removable.NOW,
        PasswordType.TIME_LIMITED: Removable.CLEARING_CODE,
    }
    expected = ways.get(type_, Removable.WHEN_ENDED)
    if status is PasswordStatus.REMOVING:
        expected = Removable.UNDER_WAY
    if status in ENDED:
        expected = Removable.NOW
    assert removable(code(type_, status)) is expected


@pytest.mark.parametrize("status", PasswordStatus)
def test_what_may_open_is_never_hidden(status: PasswordStatus) -> None:
    """Though it was taken off the list, when it seemed to have ended."""
    password = code(PasswordType.TIME_LIMITED, status)
    assert not password.is_hidden
    assert replace(password, dismissed=True).is_hidden is (status in ENDED)


@pytest.mark.parametrize("status", PasswordStatus)
@pytest.mark.parametrize("type_", PasswordType)
def test_keep_reason(type_: PasswordType, status: PasswordStatus) -> None:
    """A clean-up takes what has ended; of custom codes only what is over for certain."""
    password = replace(code(type_, status), end=NOW + timedelta(hours=1))
    is_offline = type_ is not PasswordType.CUSTOM
    sure = {PasswordStatus.REMOVED}
    if is_offline:
        sure = set(ENDED - {PasswordStatus.FAILED})
    assert (keep_reason(password, NOW) is None) is (status in sure)
    over = keep_reason(password, NOW + timedelta(hours=1))
    assert (over is None) is (status in ENDED - {PasswordStatus.FAILED})
    longer = replace(password, asked_end=NOW + timedelta(hours=2))
    over = keep_reason(longer, NOW + timedelta(hours=1))
    assert (over is None) is (is_offline and status in sure)


@pytest.mark.parametrize("status", PasswordStatus)
@pytest.mark.parametrize("type_", PasswordType)
def test_only_clearable(type_: PasswordType, status: PasswordStatus) -> None:
    assert is_only_clearable(code(type_, status)) is (
        type_ is PasswordType.TIME_LIMITED
        and status
        in {
            PasswordStatus.ACTIVE,
            PasswordStatus.UNCONFIRMED,
            PasswordStatus.UNKNOWN,
        }
    )
