"""Since when a lock is out of reach."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.reach import (
    PATIENCE,
    is_unreachable,
    unreachable_since,
)
from custom_components.tuya_lock_manager.tuya_cloud import Device

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _device(*, online: bool | None, updated: datetime | None = None) -> Device:
    return Device.from_json(
        {
            "id": "lock-1",
            "name": "Front door",
            "category": "ms",
            "online": online,
            "update_time": None if updated is None else int(updated.timestamp()),
        }
    )


def _since(
    device: Device,
    *,
    family: LockFamily = LockFamily.ZIGBEE,
    known: datetime | None = None,
    last_record: datetime | None = None,
) -> datetime | None:
    return unreachable_since(device, family, NOW, known=known, last_record=last_record)


@pytest.mark.parametrize("online", [True, None])
@pytest.mark.parametrize("known", [None, NOW - 3 * PATIENCE])
def test_a_lock_that_is_there(online: bool | None, known: datetime | None) -> None:
    """On line it is in reach; where nobody says, nothing is claimed."""
    assert _since(_device(online=online), known=known) is None


def test_it_begins_when_it_was_seen_first() -> None:
    """Nobody knows for how long it was so before."""
    old = NOW - 100 * PATIENCE
    assert _since(_device(online=False, updated=old), last_record=old) == NOW


def test_it_goes_on() -> None:
    """Every listing finds the time of the first one."""
    known = NOW - 5 * HOUR
    before = known - HOUR
    assert _since(_device(online=False), known=known) == known
    device = _device(online=False, updated=before)
    assert _since(device, known=known, last_record=before) == known


def test_a_report_begins_it_anew() -> None:
    """Though off line, it told something, to the cloud or in a record."""
    known, heard = NOW - 5 * HOUR, NOW - HOUR
    assert _since(_device(online=False, updated=heard), known=known) == heard
    assert _since(_device(online=False), known=known, last_record=heard) == heard
    assert _since(_device(online=False), known=known, last_record=NOW + HOUR) == NOW


def test_bluetooth_without_a_gateway() -> None:
    """It is off line by nature."""
    known = NOW - 100 * PATIENCE
    device = _device(online=False)
    assert _since(device, family=LockFamily.BLUETOOTH, known=known) is None
    assert _since(device, family=LockFamily.BLUETOOTH_GATEWAY, known=known) == known


def test_a_day() -> None:
    """So long may it take, and no second longer."""
    assert not is_unreachable(None, NOW)
    assert not is_unreachable(NOW - PATIENCE + timedelta(seconds=1), NOW)
    assert is_unreachable(NOW - PATIENCE, NOW)
