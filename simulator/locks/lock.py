"""One lock: what it holds, and what the cloud believes about it."""

from dataclasses import dataclass, field

from ..device import Device
from ..json_types import JsonObject
from ..surroundings import Surroundings
from .codes import StoredCode
from .family import TRAITS, Carrier, Family, Traits
from .members import People
from .offline import OfflineCode, OfflineMemory
from .passwords import Outcome, PasswordBook, Step
from .records import Record, RecordBook


@dataclass(slots=True)
class Order:
    """Something that the cloud wants a lock to do with a code.

    Attributes:
        step: what to do.
        password_id: the cloud's id of the code.
        code: the code to store, for adding and changing.
        tries: how often a gateway has tried.
    """

    step: Step
    password_id: int
    code: StoredCode | None = None
    tries: int = 0


@dataclass(slots=True)
class Enrolment:
    """An unlock method being captured at the lock."""

    kind: str
    user_id: str
    until: float


@dataclass(slots=True)
class Lock:
    """A lock and the cloud's books about it.

    The lock's own side is `codes`, `memory`, `people.methods`, `unlocked` and its
    clock; the keypad looks at nothing else. `book`, `offline`, `records` are the cloud's.
    """

    device: Device
    family: Family
    around: Surroundings
    codes: dict[int, StoredCode] = field(default_factory=dict)
    memory: OfflineMemory = field(default_factory=OfflineMemory)
    people: People = field(default_factory=People)
    book: PasswordBook = field(default_factory=PasswordBook)
    offline: dict[int, OfflineCode] = field(default_factory=dict)
    records: RecordBook = field(default_factory=RecordBook)
    orders: list[Order] = field(default_factory=list)
    backlog: list[Record] = field(default_factory=list)
    forced: list[Outcome] = field(default_factory=list)
    connected: bool = True
    awake_until: float = 0.0
    wrong_in_a_row: int = 0
    unlocked: bool = False
    digits: int | None = None
    capacity: int | None = None
    enrolment: Enrolment | None = None
    remote_unlock: dict[str, bool] = field(
        default_factory=lambda: {
            "remoteUnlockWithoutPwd": True,
            "remoteUnlockWithPwd": False,
        }
    )
    advanced: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """Return the device id."""
        return self.device.id

    @property
    def traits(self) -> Traits:
        """Return the facts of its family."""
        return TRAITS[self.family]

    @property
    def now(self) -> float:
        """Return the cloud's time."""
        return self.around.clock.now()

    def own_time(self, moment: float) -> float:
        """Return what the lock's own clock shows at a moment."""
        return moment + self.around.switches.number("clock_drift", self.id)

    def switch(self, name: str) -> str:
        """Return where a switch stands for this lock."""
        return self.around.switches.get(name, self.id)

    @property
    def code_length(self) -> int:
        """Return how many digits its online passwords have."""
        if self.digits is not None:
            return self.digits
        if self.family is Family.WIFI:
            return int(self.switch("wifi_digits"))
        return self.traits.digits

    @property
    def room(self) -> int:
        """Return how many temporary codes it can hold."""
        return self.traits.capacity if self.capacity is None else self.capacity

    @property
    def in_touch(self) -> bool:
        """Tell whether reports reach the cloud and orders could reach the lock."""
        return self.connected and self.traits.carrier is not Carrier.APP

    def is_awake(self, moment: float) -> bool:
        """Tell whether a lock that sleeps is awake; the others always are."""
        return self.traits.carrier is not Carrier.WAKE or moment <= self.awake_until

    def hears_remote(self, moment: float) -> bool:
        """Tell whether opening from afar reaches it: a sleeping Wi-Fi lock hears nothing.

        Keypads on mains and keep-alive locks (`jtmsbh`) always listen.
        """
        listens = self.family is Family.KEYPAD or self.device.category == "jtmsbh"
        return self.in_touch and (listens or self.is_awake(moment))

    def free_slot(self) -> int | None:
        """Return the lowest free slot, None when the lock is full."""
        first = self.traits.first_slot
        return next(
            (s for s in range(first, first + self.room) if s not in self.codes), None
        )

    def code_of(self, password_id: int) -> StoredCode | None:
        """Return what the lock holds for a password of the cloud."""
        return next(
            (c for c in self.codes.values() if c.password_id == password_id), None
        )

    def as_json(self) -> JsonObject:
        """Return what the lock really holds, for the control API; no digits."""
        return {
            "id": self.id,
            "name": self.device.name,
            "family": self.family.value,
            "connected": self.connected,
            "online": self.device.online,
            "unlocked": self.unlocked,
            "awake": self.is_awake(self.now),
            "digits": self.code_length,
            "capacity": self.room,
            "codes": [code.as_json() for _, code in sorted(self.codes.items())],
            "orders": [
                {
                    "step": order.step.value,
                    "password_id": order.password_id,
                    "tries": order.tries,
                }
                for order in self.orders
            ],
            "offline_used": [*sorted(self.memory.uses)],
            "offline_cleared": [*sorted(self.memory.cleared)],
            "members": [
                {
                    "user_id": member.user_id,
                    "name": member.name,
                    "uid": member.uid,
                    "role": member.role.value,
                }
                for member in self.people.members.values()
            ],
            "methods": [
                {
                    "kind": method.kind,
                    "slot": method.slot,
                    "name": method.name,
                    "user_id": method.user_id,
                    "hijack": method.hijack,
                }
                for method in self.people.methods
            ],
            "status": dict(self.device.status),
            "records": list(self.records.as_json()),
            "unreported": len(self.backlog),
        }
