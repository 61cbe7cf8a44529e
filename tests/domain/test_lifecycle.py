"""The life of a password, as pure comparison of what is with what was told."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.lifecycle import next_steps, soon_at
from custom_components.tuya_lock_manager.domain.passwords import (
    Password,
    PasswordStatus,
    PasswordType,
)

from .builders import HOUR, MINUTE, NOW, password


def _steps(
    *passwords: Password,
    before: dict[str, frozenset[str]] | None = None,
    used: bool = False,
    now: datetime = NOW,
) -> list[str]:
    uses = {code.key: now for code in passwords} if used else {}
    _, steps = next_steps(before or {}, passwords, uses, now)
    return [step.event.value for step in steps]


@pytest.mark.parametrize(
    ("fields", "events"),
    [
        ({"status": PasswordStatus.PENDING}, []),
        ({"status": PasswordStatus.UNCONFIRMED}, []),
        ({"status": PasswordStatus.UNKNOWN}, []),
        ({"status": PasswordStatus.REMOVING}, []),
        ({"status": PasswordStatus.SCHEDULED}, ["delivered"]),
        ({"status": PasswordStatus.ACTIVE}, ["delivered"]),
        ({"status": PasswordStatus.FROZEN}, ["delivered"]),
        ({"status": PasswordStatus.FAILED}, ["failed"]),
        ({"status": PasswordStatus.USED}, ["used"]),
        ({"status": PasswordStatus.EXPIRED}, ["expired"]),
        ({"status": PasswordStatus.LAPSED}, ["expired"]),
        ({"status": PasswordStatus.CLEARED}, ["removed"]),
        ({"status": PasswordStatus.REMOVED}, ["removed"]),
        ({"type": PasswordType.TIME_LIMITED}, []),
    ],
)
def test_what_a_status_means(fields: dict[str, Any], events: list[str]) -> None:
    assert _steps(password(**fields)) == ["created", *events]


def test_nothing_is_told_twice() -> None:
    lives, steps = next_steps({}, [password()], {}, NOW)
    assert len(steps) == 2
    assert next_steps(lives, [password()], {}, NOW) == (lives, ())
    # Whatever the cloud says in between.
    lives, _ = next_steps(lives, [password(status=PasswordStatus.UNCONFIRMED)], {}, NOW)
    assert next_steps(lives, [password()], {}, NOW) == (lives, ())


def test_the_first_use_of_a_code_that_may_open_again() -> None:
    assert _steps(password(), used=True) == ["created", "delivered", "used"]


@pytest.mark.parametrize(
    ("length", "left", "soon"),
    [
        (timedelta(hours=3), HOUR, True),
        (timedelta(hours=3), HOUR + MINUTE, False),
        (timedelta(hours=2), MINUTE, False),
    ],
)
def test_expiring_soon(length: timedelta, left: timedelta, soon: bool) -> None:
    code = password(start=NOW + left - length, end=NOW + left)
    assert ("expiring_soon" in _steps(code)) is soon
    at = soon_at(code)
    assert at == (None if length <= 2 * HOUR else NOW + left - HOUR)


@pytest.mark.parametrize("field", ["start", "end"])
def test_a_code_without_a_window_never_expires_soon(field: str) -> None:
    assert soon_at(password(**{field: None})) is None


def test_online_and_offline_codes_with_one_number() -> None:
    twins = password(), password(type=PasswordType.TIME_LIMITED)
    assert _steps(*twins) == ["created", "delivered", "created"]


def test_clearing_codes_have_no_life() -> None:
    assert _steps(password(type=PasswordType.CLEAR_ONE)) == []


@pytest.mark.parametrize(
    "status", [PasswordStatus.ACTIVE, PasswordStatus.PENDING, PasswordStatus.REMOVING]
)
def test_a_code_that_vanishes(status: PasswordStatus) -> None:
    """It may still open, so nobody says that it was removed; it may be listed again."""
    lives, _ = next_steps({}, [password(status=status)], {}, NOW)
    after, steps = next_steps(lives, [], {}, NOW)
    assert (after, steps) == (lives, ())
    assert next_steps(after, [password(status=status)], {}, NOW) == (lives, ())


@pytest.mark.parametrize("status", [PasswordStatus.REMOVED, PasswordStatus.CLEARED])
def test_a_code_that_vanishes_once_it_is_gone(status: PasswordStatus) -> None:
    lives, _ = next_steps({}, [password(status=status)], {}, NOW)
    assert next_steps(lives, [], {}, NOW) == ({}, ())


def test_a_code_that_vanishes_after_its_end() -> None:
    frozen = password(status=PasswordStatus.FROZEN, end=NOW - MINUTE)
    lives, _ = next_steps({}, [frozen], {}, NOW)
    assert next_steps(lives, [], {}, NOW) == ({}, ())


def test_a_code_that_vanished_is_forgotten_after_its_end() -> None:
    """Else what is stored would grow for ever: nobody says that it is gone."""
    code = password(end=NOW + HOUR)
    lives, _ = next_steps({}, [code], {}, NOW)
    longer = replace(code, end=NOW + 2 * HOUR)
    lives, steps = next_steps(lives, [longer], {}, NOW)
    assert steps == ()
    kept, _ = next_steps(lives, [], {}, NOW + 2 * HOUR - MINUTE)
    assert kept == lives
    assert next_steps(kept, [], {}, NOW + 2 * HOUR) == ({}, ())
