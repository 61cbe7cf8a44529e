"""Template passwords as the password list would show them, on every family."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.passwords import (
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.status import change_of, online_status
from custom_components.tuya_lock_manager.domain.templates import as_listed, as_online
from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    TemplateOperation,
    TemplatePassword,
)

NOW = datetime(2026, 6, 1, 10, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)

ADD, MODIFY, DELETE = TemplateOperation
ONGOING, SUCCESS, FAILED = (
    DeliveryStatus.ONGOING,
    DeliveryStatus.SUCCESS,
    DeliveryStatus.FAILED,
)


def template(
    operation: TemplateOperation | None = ADD,
    delivery: DeliveryStatus | None = SUCCESS,
    on_lock: bool | None = True,
    slot: int | None = 3,
) -> TemplatePassword:
    """Return the detail of a password that is in effect."""
    return TemplatePassword(
        id="12345",
        name="guest",
        type_code="temp",
        one_time=False,
        created=NOW - HOUR,
        start=NOW - HOUR,
        end=NOW + HOUR,
        operation=operation,
        delivery=delivery,
        slot=slot,
        on_lock=on_lock,
        device_ids=("lock-1",),
        schedule_raw=(),
    )


def status_of(detail: TemplatePassword, family: LockFamily) -> PasswordStatus:
    """Return the status that the detail stands for, a minute after the creation."""
    password = as_online(detail, family)
    assert password is not None
    return online_status(password, family, NOW, created_at=NOW - timedelta(minutes=1))


@pytest.mark.parametrize("family", LockFamily)
@pytest.mark.parametrize(
    ("detail", "status"),
    [
        (template(ADD, ONGOING, on_lock=False, slot=-1), "pending"),
        (template(ADD, FAILED, on_lock=False, slot=-1), "failed"),
        (template(ADD, SUCCESS), "active"),
        # The lock's own word counts, with a place or without.
        (template(ADD, SUCCESS, on_lock=True, slot=None), "active"),
        (template(ADD, SUCCESS, on_lock=False, slot=3), "pending"),
        # Without its word, the place does.
        (template(ADD, SUCCESS, on_lock=None, slot=3), "active"),
        (template(ADD, SUCCESS, on_lock=None, slot=-1), "pending"),
        (template(ADD, SUCCESS, on_lock=None, slot=None), "pending"),
        (template(MODIFY, SUCCESS), "active"),
        # It may open until the lock has taken the deletion.
        (template(DELETE, ONGOING), "removing"),
        (template(DELETE, FAILED), "removing"),
        (template(DELETE, SUCCESS, on_lock=False), "removing"),
        (template(DELETE, SUCCESS, on_lock=True), "removed"),
        (template(DELETE, SUCCESS, on_lock=None), "removed"),
        (template(DELETE, DeliveryStatus.UNKNOWN), "unknown"),
        (template(None, None, on_lock=None), "unknown"),
        (template(None, SUCCESS), "active"),
    ],
)
def test_status(family: LockFamily, detail: TemplatePassword, status: str) -> None:
    """What was done last, how far it got, and the lock's word say what it does."""
    assert status_of(detail, family) == status


@pytest.mark.parametrize("family", LockFamily)
@pytest.mark.parametrize(
    ("delivery", "change"),
    [(ONGOING, "pending"), (FAILED, "failed"), (SUCCESS, None)],
)
def test_change(
    family: LockFamily, delivery: DeliveryStatus, change: str | None
) -> None:
    password = as_online(template(MODIFY, delivery), family)
    assert password is not None
    assert change_of(password, family) == change


@pytest.mark.parametrize(
    "detail", [replace(template(), start=None), replace(template(), end=None)]
)
def test_without_a_window(detail: TemplatePassword) -> None:
    """It can't be followed, so it isn't."""
    assert as_online(detail, LockFamily.WIFI) is None


def test_an_offline_code() -> None:
    """It is in no list of online codes, and keeps its own kind."""
    detail = replace(template(None, None), type_code="once", one_time=True)
    assert as_online(detail, LockFamily.WIFI) is None
    listed = as_listed(detail, NOW)
    assert (listed.type, listed.one_time) == (PasswordType.ONE_TIME, True)


def test_known_from_the_list_alone() -> None:
    """Whether it opens nobody has told; that it has ended, the clock tells."""
    assert as_listed(template(), NOW).status is PasswordStatus.UNKNOWN
    over = as_listed(template(), NOW + HOUR)
    assert (over.status, over.type) == (PasswordStatus.EXPIRED, PasswordType.CUSTOM)
