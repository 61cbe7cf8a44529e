"""The client against the simulated locks: people and how they open."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from custom_components.tuya_lock_manager.tuya_cloud import (
    DeliveryStatus,
    EffectiveFlag,
    EnrolmentRequest,
    InvalidRequestError,
    LockBusyError,
    Member,
    MemberRole,
    PasswordStateError,
    TuyaCloudError,
    TuyaLockClient,
    UnlockMethod,
    UnlockType,
    UserType,
)
from simulator import Simulator
from simulator.locks.enrolment import present
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock

from .simulated import DIGITS, NOW, arrive, client_of

CODE = "8305172"


@pytest.fixture
def client(world: Simulator, session: aiohttp.ClientSession) -> TuyaLockClient:
    """Return a client of the simulator, on a machine whose clock is right."""
    return client_of(world, session)


async def person(client: TuyaLockClient, lock: Lock, name: str) -> Member:
    """Return a member by name."""
    return next(one for one in await client.list_members(lock.id) if one.name == name)


@pytest.mark.parametrize("name", DIGITS)
async def test_life_of_a_member(
    client: TuyaLockClient, world: Simulator, name: str
) -> None:
    """Somebody comes, is called otherwise, and goes."""
    lock = world.world.lock(name)
    user_id = await client.add_member(lock.id, "Ann")
    added = await client.get_member(lock.id, user_id)
    assert (added.name, added.effective) == ("Ann", EffectiveFlag.IN_EFFECT)
    assert user_id in {one.user_id for one in await client.list_panel_members(lock.id)}
    lock.people.members[user_id].profile["sex"] = 2
    await client.update_member(lock.id, user_id, "Anna")
    assert lock.people.members[user_id].profile == {"sex": 2}
    assert (await person(client, lock, "Anna")).user_id == user_id
    await client.remove_member(lock.id, user_id)
    with pytest.raises(TuyaCloudError) as caught:
        await client.get_member(lock.id, user_id)
    assert caught.value.code == 2006


@pytest.mark.parametrize("reading", ["documented", "account_50"])
async def test_role(client: TuyaLockClient, world: Simulator, reading: str) -> None:
    """A role is set, and read where the numbers tell it."""
    world.world.around.switches.set("user_types", reading)
    lock = world.world.lock("Front door")
    partner = await person(client, lock, "Partner")
    await client.set_member_role(lock.id, partner.user_id, admin=True)
    assert lock.people.members[partner.user_id].role == "admin"
    role = (await person(client, lock, "Partner")).role
    assert role is (MemberRole.ADMIN if reading == "documented" else MemberRole.OWNER)
    await client.set_member_role(lock.id, partner.user_id, admin=False)
    assert lock.people.members[partner.user_id].role == "normal"
    owner = await person(client, lock, "Owner")
    with pytest.raises(PasswordStateError):
        await client.remove_member(lock.id, owner.user_id)


@pytest.mark.parametrize("spelling", ["any", "snake", "camel", "wrapped"])
async def test_window(client: TuyaLockClient, world: Simulator, spelling: str) -> None:
    """A limit in time holds, whichever of its spellings the cloud knows."""
    world.world.around.switches.set("member_schedule", spelling)
    lock = world.world.lock("Garden gate")
    cleaner = await person(client, lock, "Cleaner")
    assert cleaner.window is not None
    assert cleaner.window.permanent
    now = datetime.fromtimestamp(NOW, UTC)
    spans = [
        (timedelta(hours=-1), timedelta(hours=1), EffectiveFlag.IN_EFFECT),
        (timedelta(hours=1), timedelta(hours=2), EffectiveFlag.NOT_YET),
        (timedelta(hours=-2), timedelta(hours=-1), EffectiveFlag.INVALID),
    ]
    for start, end, effective in spans:
        window = now + start, now + end
        await client.set_member_window(lock.id, cleaner.user_id, window)
        limited = await person(client, lock, "Cleaner")
        assert limited.effective is effective
        assert limited.window is not None
        assert (limited.window.start, limited.window.end) == window
        assert not limited.window.permanent
        assert limited.window.delivery is DeliveryStatus.SUCCESS
    await client.set_member_window(lock.id, cleaner.user_id, None)
    assert (await person(client, lock, "Cleaner")).window == cleaner.window


@pytest.mark.parametrize("lists", ["all", "no_rich", "v1_0_only"])
async def test_detail_without_lists(
    client: TuyaLockClient, world: Simulator, lists: str
) -> None:
    """A member is found whatever lists there are."""
    world.world.around.switches.set("member_lists", lists)
    lock = world.world.lock("Garage")
    user_id = await client.add_member(lock.id, "Ann")
    await client.update_member(lock.id, user_id, "Anna")
    assert (await client.get_member(lock.id, user_id)).name == "Anna"


@pytest.mark.parametrize("name", DIGITS)
async def test_waiting_method(
    client: TuyaLockClient, world: Simulator, name: str
) -> None:
    """A method that waits gets an owner, a name, and loses both."""
    lock = world.world.lock(name)
    (waiting,) = await client.list_unassigned_methods(lock.id)
    assert waiting == UnlockMethod("unlock_fingerprint", 3, duress=False)
    neighbour = await person(client, lock, "Neighbour")
    await client.assign_methods(lock.id, neighbour.user_id, [waiting])
    assert await client.list_unassigned_methods(lock.id) == ()
    await client.rename_method(lock.id, waiting.code, 3, "little finger")
    card, finger = await client.list_methods(lock.id, neighbour.user_id)
    assert (card.code, card.name) == ("unlock_card", "blue card")
    assert (finger.name, finger.slot, finger.allocated) == ("little finger", 3, True)
    assert (finger.user_id, finger.user_name) == (neighbour.user_id, "Neighbour")
    assert {m.op_mode_id for m in (card, finger)} == {
        method.op_mode_id
        for method in (await person(client, lock, "Neighbour")).methods
    }
    await client.unassign_methods(lock.id, neighbour.user_id, [finger, card])
    slots = {(m.code, m.slot) for m in await client.list_unassigned_methods(lock.id)}
    assert slots == {("unlock_fingerprint", 3), ("unlock_card", 1)}
    with pytest.raises(PasswordStateError):
        await client.unassign_methods(lock.id, neighbour.user_id, [finger])


@pytest.mark.parametrize("code", ["unlock_fingerprint", "unlock_fingerprint_kit"])
async def test_duress(client: TuyaLockClient, world: Simulator, code: str) -> None:
    """The alarm is switched on and off, and told by the list of keys."""
    lock = world.world.lock("Front door")
    owner = await person(client, lock, "Owner")
    for on in (True, False):
        await client.set_duress(lock.id, code, 1, on=on)
        (method,) = await client.list_assigned_methods(
            lock.id, UserType.ACCOUNT, owner.user_id
        )
        assert method == UnlockMethod("unlock_fingerprint", 1, duress=on)
        (method,) = await client.list_methods(lock.id, owner.user_id)
        assert (method.special, method.duress) == (on, None)


async def test_remove_method(client: TuyaLockClient, world: Simulator) -> None:
    """A password of a member opens until it is removed."""
    lock = world.world.lock("Front door")
    cleaner = await person(client, lock, "Cleaner")
    method = lock.people.method("password", 1)
    assert method is not None
    assert method.digits is not None
    assert type_code(lock, method.digits).opened
    await client.remove_method(
        lock.id, UserType.DEVICE, cleaner.user_id, "unlock_password", 1
    )
    assert not type_code(lock, method.digits).opened
    assert await client.list_methods(lock.id, cleaner.user_id) == ()


@pytest.mark.parametrize("name", ["Front door", "Garage", "Office", "Garden gate"])
async def test_enrol_password(
    client: TuyaLockClient, world: Simulator, name: str
) -> None:
    """A password is on the lock after some seconds, with a name that the lock gives."""
    lock = world.world.lock(name)
    arrive(world, lock)
    cleaner = await person(client, lock, "Cleaner")
    length = DIGITS[name]
    request = EnrolmentRequest(
        UserType.DEVICE, cleaner.user_id, UnlockType.PASSWORD, CODE[:length], length
    )
    await client.enrol_method(lock.id, request)
    assert len(await client.list_methods(lock.id, cleaner.user_id)) == 1
    world.world.clock.advance(5)
    world.world.settle()
    (_, new) = await client.list_methods(lock.id, cleaner.user_id)
    assert (new.code, new.slot) == ("unlock_password", 2)
    assert new.name.endswith("-2")
    assert type_code(lock, CODE[:length]).opened
    owner = await person(client, lock, "Owner")
    refused = EnrolmentRequest(UserType.ACCOUNT, owner.user_id, UnlockType.CARD)
    with pytest.raises(InvalidRequestError):
        await client.enrol_method(lock.id, refused)


async def test_enrol_card(client: TuyaLockClient, world: Simulator) -> None:
    """A card is presented at the lock, which is busy meanwhile."""
    lock = world.world.lock("Front door")
    cleaner = await person(client, lock, "Cleaner")
    request = EnrolmentRequest(UserType.DEVICE, cleaner.user_id, UnlockType.CARD)
    await client.enrol_method(lock.id, request)
    with pytest.raises(LockBusyError):
        await client.set_duress(lock.id, "unlock_card", 1, on=True)
    assert present(lock) is not None
    methods = await client.list_methods(lock.id, cleaner.user_id)
    assert ("unlock_card", 2) in {(method.code, method.slot) for method in methods}
    await client.enrol_method(lock.id, request)
    await client.cancel_enrolment(lock.id, "unlock_card")
    assert present(lock) is None
    await client.set_duress(lock.id, "unlock_card", 1, on=True)


async def test_attach_record(client: TuyaLockClient, world: Simulator) -> None:
    """An opening that nobody's method did gets its member."""
    lock = world.world.lock("Front door")
    opening = next(record for record in lock.records.records if record.is_opening)
    opening.user_id = opening.user_name = ""
    start, end = (
        datetime.fromtimestamp(NOW, UTC) + timedelta(days=days) for days in (-3, 1)
    )
    page = await client.list_records(lock.id, start=start, end=end)
    (open_to_all,) = [record for record in page.records if record.attachable]
    assert open_to_all.id == opening.id
    cleaner = await person(client, lock, "Cleaner")
    await client.attach_record(lock.id, opening.id, cleaner.user_id)
    page = await client.list_records(lock.id, start=start, end=end)
    (attached,) = [record for record in page.records if record.id == opening.id]
    assert (attached.user_id, attached.user_name) == (cleaner.user_id, "Cleaner")
    assert attached.attachable is False


async def test_chosen_records(client: TuyaLockClient, world: Simulator) -> None:
    """Records of chosen codes only."""
    lock = world.world.lock("Front door")
    end = datetime.fromtimestamp(NOW, UTC)
    start = end - timedelta(days=3)
    codes = ["unlock_password"]
    by_cloud = await client.list_records(lock.id, start=start, end=end, codes=codes)
    here = await client.list_open_logs(lock.id, start=start, end=end, codes=codes)
    assert [record.code for record in by_cloud.records] == codes
    assert [record.code for record in here.records] == codes
    alarms = await client.list_alarm_logs(lock.id, codes=["alarm_lock"])
    assert alarms.records
    assert not (await client.list_alarm_logs(lock.id, codes=["hijack"])).records
