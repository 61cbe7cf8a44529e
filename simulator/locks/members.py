"""People of a lock and how they open it (protocol reference, section 3)."""

from dataclasses import dataclass, field
from enum import StrEnum

from ..json_types import JsonObject

METHOD_KINDS = ("fingerprint", "password", "card", "face", "hand", "finger_vein")


class Role(StrEnum):
    """What a member may do."""

    OWNER = "owner"
    ADMIN = "admin"
    NORMAL = "normal"


@dataclass(slots=True)
class Method:
    """One unlock method in the memory of a lock.

    Attributes:
        kind: `fingerprint`, `password`, `card`, `face`, …
        slot: its number on the lock (`unlock_sn`, `unlock_no`).
        name: what people call it.
        op_mode_id: the cloud's number for it.
        user_id: the member it belongs to, None when it waits for one.
        special: marked for notifications (`unlock_attr`).
        hijack: raises the duress alarm.
        digits: of a password; None for the rest.
    """

    kind: str
    slot: int
    name: str
    op_mode_id: int
    user_id: str | None = None
    special: bool = False
    hijack: bool = False
    notify: bool = False
    digits: str | None = field(default=None, repr=False)

    @property
    def dp_code(self) -> str:
        """Return the code of its data point."""
        return f"unlock_{self.kind}"


@dataclass(slots=True)
class Member:
    """One person.

    Attributes:
        user_id: the lock's id of the person.
        uid: of the app account, "" for those who only exist on the device.
        name: the nickname.
        role: what the member may do.
        lock_user_id: number on the lock.
        contact: "countrycode-number".
        profile: sex, birthday, height, weight as written.
        permanent: no time limit.
        start: first second of the limit.
        end: when it is over.
        schedule: daily windows as written.
    """

    user_id: str
    name: str
    lock_user_id: int
    uid: str = ""
    role: Role = Role.NORMAL
    contact: str = ""
    profile: JsonObject = field(default_factory=dict)
    permanent: bool = True
    start: int = 0
    end: int = 0
    schedule: list[JsonObject] = field(default_factory=list)

    def user_type(self, reading: str) -> int:
        """Return the number for the person's kind, by the switch `user_types`."""
        if reading == "account_50":
            if self.uid:
                return 50
            return 10 if self.role is Role.ADMIN else 20
        if not self.uid:
            return 30
        return {Role.OWNER: 50, Role.ADMIN: 10, Role.NORMAL: 20}[self.role]

    def effective_flag(self, now: float) -> int:
        """Return 0 invalid, 1 in effect, 2 not yet."""
        if self.permanent:
            return 1
        if now < self.start:
            return 2
        return 1 if now < self.end else 0


@dataclass(slots=True)
class People:
    """Members and methods of one lock."""

    members: dict[str, Member] = field(default_factory=dict)
    methods: list[Method] = field(default_factory=list)

    def of(self, user_id: str | None) -> list[Method]:
        """Return the methods of a member, or those that wait for one."""
        return [method for method in self.methods if method.user_id == user_id]

    def method(self, kind: str, slot: int) -> Method | None:
        """Return a method by its kind and slot."""
        return next(
            (m for m in self.methods if m.kind == kind and m.slot == slot), None
        )

    def free_slot(self, kind: str) -> int:
        """Return the lowest slot that no method of the kind has."""
        taken = {method.slot for method in self.methods if method.kind == kind}
        return next(slot for slot in range(1, 999) if slot not in taken)
