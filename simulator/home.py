"""The home that the simulator starts with."""

from collections.abc import Sequence
from dataclasses import replace

from .accounts import Project
from .descriptions import Description
from .device import Device
from .json_types import JsonObject
from .locks.family import Family
from .locks.lock import Lock
from .locks.members import Member, Method, Role
from .locks.records import Record
from .locks.reports import kit_value, record_code
from .surroundings import Surroundings

DEFAULT_LOCKS = (
    "zigbee_deadbolt",
    "wifi_sleepy",
    "ble_gateway",
    "ble_phone_only",
    "mk_keypad",
)
HOUR = 3600
DAY = 24 * HOUR
OWNER_ID = "8704463"


def _device_id(around: Surroundings) -> str:
    return f"bf{around.word(20)}"


def _plain_device(
    around: Surroundings,
    project: Project,
    name: str,
    category: str,
    product: tuple[str, str, str],
    status: JsonObject,
    *,
    sub: bool,
) -> Device:
    """Return a device that is no lock."""
    now = int(around.clock.now())
    return Device(
        id=_device_id(around),
        name=name,
        category=category,
        product_id=product[0],
        product_name=product[1],
        model=product[2],
        sub=sub,
        uuid=around.hexadecimal(16),
        owner_id=OWNER_ID,
        uid=project.account.uid,
        local_key=around.hexadecimal(16),
        time_zone="+01:00",
        online=True,
        ip="203.0.113.5",
        created=now - 400 * DAY,
        updated=now - DAY,
        status=status,
    )


def other_devices(around: Surroundings, project: Project) -> dict[str, Device]:
    """Return what a home has besides locks, by role: two gateways and a plug.

    A gateway's own record says `sub: true` and has no status, as reported.
    """
    gateway = ("nowfshuifqwzudwr", "Mesh gateway", "JMWBG1")
    return {
        "zigbee": _plain_device(
            around,
            project,
            "Zigbee gateway",
            "wg2",
            ("euthqsxg", "Zigbee gateway", "TYGWBS-01N"),
            {},
            sub=True,
        ),
        "bluetooth": _plain_device(
            around, project, "Bluetooth gateway", "wg2", gateway, {}, sub=True
        ),
        "plug": _plain_device(
            around,
            project,
            "Hall lamp",
            "cz",
            ("xqzyvb1lsbklkzgf", "Smart plug", "SP-10"),
            {"switch_1": True, "countdown_1": 0},
            sub=False,
        ),
    }


def make_lock(
    around: Surroundings,
    project: Project,
    description: Description,
    gateways: dict[str, Device],
    name: str,
) -> Lock:
    """Return a lock by its description, with people and a past."""
    now = int(around.clock.now())
    family = description.family
    gateway = None
    if family is Family.ZIGBEE:
        gateway = gateways["zigbee"].id
    elif family is Family.BLUETOOTH_GATEWAY:
        gateway = gateways["bluetooth"].id
    device = Device(
        id=_device_id(around),
        name=name,
        category=description.category,
        product_id=description.product_id or around.word(8),
        product_name=description.product_name or "Smart lock",
        model=description.model,
        sub=description.sub,
        uuid=around.hexadecimal(16),
        owner_id=OWNER_ID,
        uid=project.account.uid,
        local_key=around.hexadecimal(16),
        time_zone=description.time_zone,
        online=description.online,
        ip="" if description.sub else "203.0.113.9",
        created=now - 300 * DAY,
        updated=now - HOUR,
        gateway_id=gateway,
        functions=description.functions,
        status_set=description.status,
        status=dict(description.sample),
        times=dict.fromkeys(description.sample, float(now - DAY)),
    )
    lock = Lock(device, family, around)
    # A description of a device that was off line is a lock that is cut off.
    lock.connected = description.online or family is Family.BLUETOOTH
    _people(lock, project)
    _past(lock, now)
    return lock


def _user_id(lock: Lock) -> str:
    """Return a member id: six characters on `mk` keypads, ten elsewhere (measured)."""
    if lock.family is Family.KEYPAD:
        return lock.around.word(6)
    return f"000000{lock.around.word(4)}"


def _people(lock: Lock, project: Project) -> None:
    """Give a lock two app accounts, two people of its own, and their methods."""
    around = lock.around
    partner = f"eu{around.word(18, '0123456789')}"
    people = (
        ("Owner", project.account.uid, Role.OWNER, "49-1700000001"),
        ("Partner", partner, Role.NORMAL, "49-1700000002"),
        ("Cleaner", "", Role.NORMAL, ""),
        ("Neighbour", "", Role.ADMIN, ""),
    )
    members = []
    for number, (name, uid, role, contact) in enumerate(people, start=1):
        member = Member(
            user_id=_user_id(lock),
            name=name,
            lock_user_id=number,
            uid=uid,
            role=role,
            contact=contact,
            profile={"sex": 1, "birthday": 0, "height": 0, "weight": 0},
        )
        lock.people.members[member.user_id] = member
        members.append(member)
    methods = (
        ("fingerprint", 1, "thumb", members[0]),
        ("fingerprint", 2, "index finger", members[1]),
        ("password", 1, "code", members[2]),
        ("card", 1, "blue card", members[3]),
        ("fingerprint", 3, "", None),
    )
    for kind, slot, title, owner in methods:
        digits = None
        if kind == "password":
            digits = around.word(lock.code_length, "0123456789")
            around.digits.add(digits)
        lock.people.methods.append(
            Method(
                kind=kind,
                slot=slot,
                name=title or f"{kind} {slot}",
                op_mode_id=around.number(),
                user_id=owner.user_id if owner else None,
                digits=digits,
            )
        )


def _past(lock: Lock, now: int) -> None:
    """Give a lock a few records: three openings and, where it has alarms, two of these."""
    for kind, slot, ago in (
        ("fingerprint", 1, 30),
        ("password", 1, 20),
        ("fingerprint", 2, 5),
    ):
        method = lock.people.method(kind, slot)
        if method is None or method.user_id is None:
            continue
        _add(lock, record_code(lock, method.dp_code), slot, now - ago * HOUR, method)
    if lock.device.reports("alarm_lock"):
        _add(lock, "alarm_lock", "wrong_finger", now - 29 * HOUR, None)
        lock.records.records[-1].read = True
        _add(lock, "alarm_lock", "wrong_finger", now - 4 * HOUR, None)
    lock.records.records.sort(key=lambda record: record.time)


def _add(
    lock: Lock, code: str, value: int | str, moment: int, method: Method | None
) -> None:
    member = lock.people.members.get(method.user_id or "") if method else None
    if isinstance(value, int) and lock.family is Family.KEYPAD:
        value = kit_value(value)
    lock.records.records.append(
        Record(
            id=f"{moment}{lock.around.number():08d}{lock.id[:6].upper()}",
            time=moment,
            code=code,
            value=value,
            user_id=member.user_id if member else "",
            user_name=member.name if member else "",
            unlock_name=method.name if method else "",
        )
    )


def name_locks(descriptions: Sequence[Description]) -> list[Description]:
    """Return the descriptions with names that differ."""
    taken: dict[str, int] = {}
    named = []
    for description in descriptions:
        count = taken.get(description.name, 0) + 1
        taken[description.name] = count
        title = description.name if count == 1 else f"{description.name} {count}"
        named.append(replace(description, name=title))
    return named
