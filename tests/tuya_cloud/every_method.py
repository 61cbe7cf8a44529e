"""Every method of the client as a call that the simulated front door can answer."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
import inspect

from custom_components.tuya_lock_manager.tuya_cloud import (
    EnrolmentRequest,
    OfflineRequest,
    OfflineType,
    RemoteUnlockType,
    TemplateRequest,
    TuyaLockClient,
    UnlockMethod,
    UnlockType,
    UserType,
)
from simulator import Simulator
from simulator.locks.lock import Lock

from .simulated import request_for

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scene:
    """A lock with something of everything that can be asked for.

    `codes` are the ids of a custom password, one that has ended, an offline and a
    template one.
    """

    client: TuyaLockClient
    lock: Lock
    now: datetime
    codes: dict[str, str]
    member: str
    cleaner: str
    record: str
    waiting: UnlockMethod
    given: UnlockMethod

    @property
    def id(self) -> str:
        """Return the id of the lock."""
        return self.lock.id

    @property
    def contents(self) -> str:
        """Return all that lock and cloud hold, to be compared."""
        lock = self.lock
        people = lock.people, lock.enrolment, lock.remote_unlock
        codes = lock.codes, lock.memory, lock.book.live, lock.offline, lock.orders
        return repr((codes, people, lock.records, lock.unlocked, lock.device.status))


@dataclass(frozen=True, slots=True)
class Method:
    """How a method is called, and what kind of call it is.

    `changes` something; `creates` a code on the lock; asks for a `ticket` first;
    `whole_account` asks about no lock.
    """

    call: Callable[[Scene], Awaitable[object]]
    changes: bool = False
    creates: bool = False
    ticket: bool = False
    whole_account: bool = False


def public_methods() -> set[str]:
    """Return the names of everything that the client can be asked."""
    found = inspect.getmembers(TuyaLockClient, inspect.iscoroutinefunction)
    return {name for name, _ in found if not name.startswith("_")}


async def prepare(client: TuyaLockClient, world: Simulator) -> Scene:
    """Let a guest of every kind live at the front door, and somebody ask to come in."""
    lock = world.world.lock("Front door")
    now = await _async_now(client)
    custom = await client.create_password(lock.id, request_for(lock, name="custom"))
    short = request_for(
        lock, name="ended", digits="681947", end=now + timedelta(seconds=9)
    )
    ended = await client.create_password(lock.id, short)
    offline = await client.create_offline_password(lock.id, _time_limited(now))
    template = await client.create_template_password(
        lock.id, _template(lock, "template", "740512")
    )
    world.world.clock.advance(30)
    world.world.settle()
    lock.device.status["unlock_request"] = 30
    opening = next(record for record in lock.records.records if record.is_opening)
    opening.user_id = opening.user_name = ""
    people = {one.name: one.user_id for one in await client.list_members(lock.id)}
    (waiting,) = await client.list_unassigned_methods(lock.id)
    (given,) = await client.list_methods(lock.id, people["Neighbour"])
    return Scene(
        client=client,
        lock=lock,
        now=client.now(),
        codes={
            "custom": custom,
            "ended": ended,
            "offline": offline.id,
            "template": template,
        },
        member=people["Neighbour"],
        cleaner=people["Cleaner"],
        record=opening.id,
        waiting=waiting,
        given=given,
    )


async def _async_now(client: TuyaLockClient) -> datetime:
    await client.connect()
    return client.now()


def _time_limited(now: datetime) -> OfflineRequest:
    start = now.replace(minute=0, second=0, microsecond=0)
    return OfflineRequest(OfflineType.MULTIPLE, "offline", start, start + DAY)


def _template(lock: Lock, name: str, digits: str) -> TemplateRequest:
    return TemplateRequest(**asdict(request_for(lock, name=name, digits=digits)))


def _new(scene: Scene) -> Awaitable[str]:
    request = request_for(scene.lock, name="new", digits="295038")
    return scene.client.create_password(scene.id, request)


def _modified(scene: Scene) -> Awaitable[None]:
    request = request_for(scene.lock, name="other", digits="295038")
    return scene.client.modify_password(scene.id, scene.codes["custom"], request)


def _enrolled(scene: Scene) -> Awaitable[None]:
    request = EnrolmentRequest(
        UserType.DEVICE, scene.cleaner, UnlockType.PASSWORD, "295038", 6
    )
    return scene.client.enrol_method(scene.id, request)


METHODS: dict[str, Method] = {
    "connect": Method(lambda s: s.client.connect(), whole_account=True),
    "list_devices": Method(lambda s: s.client.list_devices(), whole_account=True),
    "get_device": Method(lambda s: s.client.get_device(s.id)),
    "get_status": Method(lambda s: s.client.get_status(s.id)),
    "get_specification": Method(lambda s: s.client.get_specification(s.id)),
    "create_password": Method(_new, changes=True, creates=True, ticket=True),
    "list_passwords": Method(lambda s: s.client.list_passwords(s.id)),
    "get_password": Method(lambda s: s.client.get_password(s.id, s.codes["custom"])),
    "modify_password": Method(_modified, changes=True, ticket=True),
    "freeze_password": Method(
        lambda s: s.client.freeze_password(s.id, s.codes["custom"]), changes=True
    ),
    "unfreeze_password": Method(
        lambda s: s.client.unfreeze_password(s.id, s.codes["custom"]), changes=True
    ),
    "delete_password": Method(
        lambda s: s.client.delete_password(s.id, s.codes["custom"]), changes=True
    ),
    "delete_password_record": Method(
        lambda s: s.client.delete_password_record(s.id, s.codes["ended"]),
        changes=True,
    ),
    "create_offline_password": Method(
        lambda s: s.client.create_offline_password(s.id, _time_limited(s.now)),
        changes=True,
    ),
    "list_offline_passwords": Method(lambda s: s.client.list_offline_passwords(s.id)),
    "rename_offline_password": Method(
        lambda s: s.client.rename_offline_password(s.id, s.codes["offline"], "other"),
        changes=True,
    ),
    "list_offline_locks": Method(lambda s: s.client.list_offline_locks(s.id)),
    "get_dynamic_password": Method(
        lambda s: s.client.get_dynamic_password(s.id), changes=True
    ),
    "list_template_passwords": Method(lambda s: s.client.list_template_passwords(s.id)),
    "get_template_password": Method(
        lambda s: s.client.get_template_password(s.id, s.codes["template"])
    ),
    "create_template_password": Method(
        lambda s: s.client.create_template_password(
            s.id, _template(s.lock, "new", "295038")
        ),
        changes=True,
        creates=True,
        ticket=True,
    ),
    "delete_template_password": Method(
        lambda s: s.client.delete_template_password(s.id, s.codes["template"]),
        changes=True,
    ),
    "list_records": Method(
        lambda s: s.client.list_records(s.id, start=s.now - DAY, end=s.now)
    ),
    "list_open_logs": Method(
        lambda s: s.client.list_open_logs(s.id, start=s.now - DAY, end=s.now)
    ),
    "list_alarm_logs": Method(lambda s: s.client.list_alarm_logs(s.id)),
    "attach_record": Method(
        lambda s: s.client.attach_record(s.id, s.record, s.cleaner), changes=True
    ),
    "list_members": Method(lambda s: s.client.list_members(s.id)),
    "list_panel_members": Method(lambda s: s.client.list_panel_members(s.id)),
    "get_member": Method(lambda s: s.client.get_member(s.id, s.member)),
    "add_member": Method(lambda s: s.client.add_member(s.id, "Ann"), changes=True),
    "update_member": Method(
        lambda s: s.client.update_member(s.id, s.cleaner, "Ann"), changes=True
    ),
    "remove_member": Method(
        lambda s: s.client.remove_member(s.id, s.cleaner), changes=True
    ),
    "set_member_role": Method(
        lambda s: s.client.set_member_role(s.id, s.cleaner, admin=True), changes=True
    ),
    "set_member_window": Method(
        lambda s: s.client.set_member_window(s.id, s.cleaner, (s.now, s.now + DAY)),
        changes=True,
    ),
    "list_methods": Method(lambda s: s.client.list_methods(s.id, s.member)),
    "list_assigned_methods": Method(
        lambda s: s.client.list_assigned_methods(s.id, UserType.DEVICE, s.cleaner)
    ),
    "list_unassigned_methods": Method(lambda s: s.client.list_unassigned_methods(s.id)),
    "assign_methods": Method(
        lambda s: s.client.assign_methods(s.id, s.cleaner, [s.waiting]), changes=True
    ),
    "unassign_methods": Method(
        lambda s: s.client.unassign_methods(s.id, s.member, [s.given]), changes=True
    ),
    "rename_method": Method(
        lambda s: s.client.rename_method(s.id, s.waiting.code, 3, "thumb"),
        changes=True,
    ),
    "remove_method": Method(
        lambda s: s.client.remove_method(
            s.id, UserType.DEVICE, s.cleaner, "unlock_password", 1
        ),
        changes=True,
    ),
    "set_duress": Method(
        lambda s: s.client.set_duress(s.id, "unlock_card", 1, on=True), changes=True
    ),
    "enrol_method": Method(_enrolled, changes=True, ticket=True),
    "cancel_enrolment": Method(
        lambda s: s.client.cancel_enrolment(s.id, "unlock_card"), changes=True
    ),
    "get_remote_unlock": Method(lambda s: s.client.get_remote_unlock(s.id)),
    "set_remote_unlock": Method(
        lambda s: s.client.set_remote_unlock(
            s.id, RemoteUnlockType.WITH_PASSWORD, enabled=True
        ),
        changes=True,
    ),
    "answer_unlock_request": Method(
        lambda s: s.client.answer_unlock_request(s.id, accept=True), changes=True
    ),
    "operate": Method(
        lambda s: s.client.operate(s.id, unlock=True), changes=True, ticket=True
    ),
}
