"""Saying who opened, for openings that nobody is named for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.tuya_lock_manager import settling
from custom_components.tuya_lock_manager.tuya_cloud import RecordPage
from tests.acting import FRONT_DOOR, OFFICE, ONLINE_LOCKS, failing, refusing
from tests.residents import (
    AFTER,
    BEFORE,
    async_do,
    async_open_by_nobody,
    changes,
    resident,
)
from tests.simulated import Home


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(settling, "SETTLE_PAUSES", (0, 0)):
        yield


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_attaching_a_record(home: Home, lock: str) -> None:
    """Home Assistant reads it when it is asked, and knows who it was afterwards."""
    await home.async_setup()
    record_id = await async_open_by_nobody(home, lock)
    answer = await async_do(
        home, "attach_record", lock, record=record_id, member="Partner"
    )
    partner = resident(home, lock, "Partner").user_id
    assert answer == {
        "record": record_id,
        "time": "2026-06-01T12:30:00+02:00",
        "member": "Partner",
        "member_id": partner,
    }
    record = home.lock(lock).records.find(record_id)
    assert record is not None
    assert (record.user_id, record.user_name) == (partner, "Partner")
    # Once more is nothing to do; to another member it is refused.
    before = changes(home)
    assert answer == await async_do(
        home, "attach_record", lock, record=record_id, member="Partner"
    )
    assert changes(home) == before
    with refusing(home, "record_not_attachable", reads=True):
        await async_do(home, "attach_record", lock, record=record_id, member="Cleaner")


async def test_records_that_can_not_be_attached(home: Home) -> None:
    await home.async_setup()
    records = home.lock(FRONT_DOOR).records.records
    (alarm, *_) = [record.id for record in records if record.is_alarm]
    with refusing(home, "record_not_attachable", reads=True):
        await async_do(
            home, "attach_record", FRONT_DOOR, record=alarm, member="Cleaner"
        )
    with refusing(home, "no_such_record", reads=True) as caught:
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")
    assert caught.value.translation_placeholders == {"candidates": "-"}
    record_id = await async_open_by_nobody(home, FRONT_DOOR)
    with refusing(home, "no_such_record", reads=True) as caught:
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")
    assert caught.value.translation_placeholders == {
        "candidates": f"{record_id} (2026-06-01 10:30:00 UTC)"
    }
    with refusing(home, "no_such_member", reads=True):
        await async_do(
            home, "attach_record", FRONT_DOOR, record=record_id, member="Gardener"
        )
    home.world.faults.parse("http_5xx:calls=records")
    home.world.faults.parse("http_5xx:calls=logs")
    with failing(home, "records_not_read"):
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")


async def test_a_record_before_any_was_read(home: Home) -> None:
    home.world.faults.parse("http_5xx:calls=records,count=12")
    await home.async_setup()
    home.world.faults.remove()
    record_id = await async_open_by_nobody(home, OFFICE)
    await async_do(home, "attach_record", OFFICE, record=record_id, member="Cleaner")


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_a_record_whose_answer_was_lost(home: Home, fault: str) -> None:
    await home.async_setup()
    record_id = await async_open_by_nobody(home, FRONT_DOOR)
    home.world.faults.parse(f"{fault}:path=actions/allocate,count=1")
    fields = {"record": record_id, "member": "Cleaner"}
    if fault in BEFORE:
        with failing(home, "change_not_seen"):
            await async_do(home, "attach_record", FRONT_DOOR, **fields)
    else:
        await async_do(home, "attach_record", FRONT_DOOR, **fields)
    assert changes(home) == 1


async def test_a_cloud_that_does_not_say_what_can_be_attached(home: Home) -> None:
    """Then it is what nobody is named for."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    listing = client.list_records

    async def list_records(*args: Any, **filters: Any) -> RecordPage:
        page: RecordPage = await listing(*args, **filters)
        records = tuple(replace(record, attachable=None) for record in page.records)
        return replace(page, records=records)

    with patch.object(client, "list_records", list_records):
        record_id = await async_open_by_nobody(home, FRONT_DOOR)
        await async_do(
            home, "attach_record", FRONT_DOOR, record=record_id, member="Cleaner"
        )
        with refusing(home, "record_not_attachable", reads=True):
            await async_do(
                home, "attach_record", FRONT_DOOR, record=record_id, member="Partner"
            )
