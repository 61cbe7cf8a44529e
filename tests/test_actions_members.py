"""Members: added, changed and removed, and what the lock makes of it."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import DeliveryStatus, Member
from tests.acting import FRONT_DOOR, LOCKS, OFFICE, check_error, opens
from tests.residents import (
    async_do,
    async_members,
    changes,
    enters,
    methods_of,
    part,
    resident,
)
from tests.simulated import Home


@pytest.mark.parametrize("lock", LOCKS)
async def test_adding(home: Home, lock: str) -> None:
    """The lock knows the new member, and so do the sensors."""
    await home.async_setup()
    added = await async_do(home, "add_member", lock, name=" Gardener ")
    assert added["id"] == resident(home, lock, "Gardener").user_id
    assert (added["name"], added["kind"]) == ("Gardener", "panel")
    assert added["confirmed"] is True
    assert "contact" not in added
    await home.hass.async_block_till_done()
    sensor = f"sensor.{lock.partition('.')[2]}_panel_members"
    assert home.state(sensor) == "3"
    assert set(await async_members(home, lock, kind="panel")) > {"Gardener"}


async def test_adding_on_many_locks(home: Home) -> None:
    await home.async_setup()
    await async_do(home, "add_member", OFFICE, name="Gardener")
    response = await home.async_act("add_member", [FRONT_DOOR, OFFICE], name="gardener")
    assert response is not None
    check_error(
        response[OFFICE],
        "member_name_taken",
        name=f"Gardener ({resident(home, OFFICE, 'Gardener').user_id})",
    )
    assert resident(home, FRONT_DOOR, "gardener")


@pytest.mark.parametrize("lock", LOCKS)
async def test_renaming(home: Home, lock: str) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_member", lock, member="cleaner", new_name="Gardener"
    )
    assert changed["id"] == resident(home, lock, "Gardener").user_id
    assert (changed["name"], changed["confirmed"]) == ("Gardener", True)
    # By id, and to what the same member is called already.
    again = await async_do(
        home, "update_member", lock, member=changed["id"], new_name="GARDENER"
    )
    assert again["name"] == "GARDENER"
    assert resident(home, lock, "GARDENER").user_id == changed["id"]


@pytest.mark.parametrize("reading", ["documented", "account_50"])
@pytest.mark.parametrize("lock", LOCKS)
async def test_roles(home: Home, lock: str, reading: str) -> None:
    """Where no list tells the role, nobody says that it was confirmed."""
    home.world.around.switches.set("user_types", reading)
    await home.async_setup()
    for name, told in (
        ("Partner", reading == "documented"),
        ("Cleaner", reading == "account_50"),
    ):
        for role in ("admin", "normal"):
            changed = await async_do(
                home, "update_member", lock, member=name, role=role
            )
            assert resident(home, lock, name).role == role
            assert changed["confirmed"] is told
            assert changed["role"] == (role if told else None)


@pytest.mark.parametrize("spelling", ["any", "snake", "camel", "wrapped"])
@pytest.mark.parametrize("lock", LOCKS)
async def test_a_window(home: Home, lock: str, spelling: str) -> None:
    """The member opens within it and not before or after, and for good without one."""
    home.world.around.switches.set("member_schedule", spelling)
    await home.async_setup()
    changed = await async_do(
        home,
        "update_member",
        lock,
        member="Owner",
        start="2026-06-01 13:00:00",
        end="2026-06-01 14:00:00+02:00",
    )
    assert changed["effective"] == "not_yet"
    assert changed["window"] == {
        "permanent": False,
        "start": "2026-06-01T13:00:00+02:00",
        "end": "2026-06-01T14:00:00+02:00",
        "state": "confirmed",
    }
    assert changed["confirmed"] is True
    assert not enters(home, lock, "Owner")
    await home.async_pass(timedelta(hours=1))
    assert enters(home, lock, "Owner")
    assert (await async_members(home, lock))["Owner"]["effective"] == "active"
    await home.async_pass(timedelta(hours=1))
    assert not enters(home, lock, "Owner")
    assert (await async_members(home, lock))["Owner"]["effective"] == "ended"

    # Extended, and the start stays.
    longer = await async_do(
        home, "update_member", lock, member="Owner", end="2026-06-01 20:00:00"
    )
    assert part(longer, "window")["start"] == "2026-06-01T13:00:00+02:00"
    assert enters(home, lock, "Owner")
    later = await async_do(
        home, "update_member", lock, member="Owner", start="2026-06-01 19:00:00"
    )
    assert part(later, "window")["end"] == "2026-06-01T20:00:00+02:00"
    assert not enters(home, lock, "Owner")

    free = await async_do(home, "update_member", lock, member="Owner", permanent=True)
    assert part(free, "window")["permanent"] is True
    assert (free["effective"], free["confirmed"]) == ("active", True)
    assert enters(home, lock, "Owner")


async def test_a_window_that_begins_now(home: Home) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Owner", end="2026-06-01 14:00:00"
    )
    assert part(changed, "window")["start"] == "2026-06-01T12:30:00+02:00"
    assert enters(home, FRONT_DOOR, "Owner")


@pytest.mark.parametrize(
    ("delivery", "state", "confirmed"),
    [
        (DeliveryStatus.FAILED, "failed", False),
        (DeliveryStatus.ONGOING, "pending", False),
        (DeliveryStatus.SUCCESS, "confirmed", True),
        (None, None, True),
    ],
)
async def test_a_window_on_its_way(
    home: Home, delivery: DeliveryStatus | None, state: str | None, confirmed: bool
) -> None:
    """A window that the lock doesn't have is not said to be there."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    listing = client.list_members

    async def list_members(device_id: str) -> tuple[Member, ...]:
        return tuple(
            replace(member, window=replace(member.window, delivery=delivery))
            for member in await listing(device_id)
        )

    with patch.object(client, "list_members", list_members):
        changed = await async_do(
            home, "update_member", FRONT_DOOR, member="Owner", end="2026-06-01 14:00:00"
        )
    assert part(changed, "window")["state"] == state
    assert changed["confirmed"] is confirmed


async def test_a_window_that_no_list_tells(home: Home) -> None:
    home.world.around.switches.set("member_lists", "no_rich")
    await home.async_setup()
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Owner", end="2026-06-01 14:00:00"
    )
    assert (changed["window"], changed["confirmed"]) == (None, False)
    assert not resident(home, FRONT_DOOR, "Owner").permanent


async def test_everything_at_once(home: Home) -> None:
    await home.async_setup()
    changed = await async_do(
        home,
        "update_member",
        FRONT_DOOR,
        member="Partner",
        new_name="Ann",
        role="admin",
        end="2026-06-02 12:00:00",
    )
    ann = resident(home, FRONT_DOOR, "Ann")
    assert (ann.role, ann.permanent) == ("admin", False)
    assert (changed["role"], changed["confirmed"]) == ("admin", True)
    assert changes(home) == 3


async def test_half_of_it(home: Home) -> None:
    """A half-done job says which half."""
    await home.async_setup()
    home.world.faults.parse("throttled:path=actions/role")
    with pytest.raises(
        HomeAssistantError, match="Only a part was done: new_name"
    ) as caught:
        await async_do(
            home,
            "update_member",
            FRONT_DOOR,
            member="Cleaner",
            new_name="Ann",
            role="admin",
        )
    assert caught.value.translation_key == "half_done"
    told = caught.value.translation_placeholders or {}
    assert told["field"] == "role"
    assert "too many requests" in told["detail"]
    assert resident(home, FRONT_DOOR, "Ann").role == "normal"


@pytest.mark.parametrize("lock", LOCKS)
async def test_removing(home: Home, lock: str) -> None:
    """The member's password and card open no longer."""
    await home.async_setup()
    digits = methods_of(home, lock, "Cleaner")[0].digits
    assert opens(home, lock, digits)
    user_id = resident(home, lock, "Cleaner").user_id
    removed = await async_do(home, "remove_member", lock, member="Cleaner")
    assert removed == {
        "id": user_id,
        "name": "Cleaner",
        "status": "removed",
        "already_gone": False,
    }
    assert user_id not in home.lock(lock).people.members
    assert not opens(home, lock, digits)
    sensor = f"sensor.{lock.partition('.')[2]}_panel_members"
    await home.hass.async_block_till_done()
    assert home.state(sensor) == "1"


async def test_contacts_stay_out_of_logs(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await home.async_setup()
    await async_members(home, FRONT_DOOR)
    for name in ("Owner", "Partner"):
        contact = resident(home, FRONT_DOOR, name).contact
        assert contact
        assert contact not in caplog.text
        assert contact not in repr(home.entry.runtime_data.locks)
