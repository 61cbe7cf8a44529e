"""The whole simulated world: a project, a home, its locks, and time."""

from collections.abc import Sequence
import random

from .accounts import Project
from .clock import SimClock
from .descriptions import load
from .device import Device
from .errors import UsageError
from .faults import Faults
from .home import DEFAULT_LOCKS, make_lock, name_locks, other_devices
from .json_types import JsonObject
from .locks.family import Family
from .locks.lock import Lock
from .request_log import RequestLog
from .surroundings import Surroundings


class World:
    """Everything there is.

    Attributes:
        around: clock, agenda, switches and chance.
        project: the cloud project.
        devices: every device of the home, by id.
        locks: the locks among them, by id.
        faults: what goes wrong.
        requests: what was asked.
    """

    def __init__(
        self,
        *,
        seed: int | None = None,
        locks: Sequence[str] | None = None,
        clock: SimClock | None = None,
    ) -> None:
        """Build the world.

        Args:
            seed: makes ids, keys and chance repeatable; by chance when None.
            locks: names of built-in locks, or paths of description files; the
                default home when None, none at all when empty.
            clock: the world's clock.

        Raises:
            UsageError: an unknown lock.
        """
        self.seed = random.SystemRandom().getrandbits(32) if seed is None else seed
        rng = random.Random(self.seed)
        self.around = Surroundings(clock or SimClock(), rng)
        self.project = Project(self.around)
        self.faults = Faults(random.Random(self.seed + 1))
        self.requests = RequestLog()
        others = other_devices(self.around, self.project)
        self._gateways = others
        self.devices: dict[str, Device] = {}
        self.locks: dict[str, Lock] = {}
        sources = DEFAULT_LOCKS if locks is None else locks
        for description in name_locks([load(name) for name in sources]):
            lock = make_lock(
                self.around, self.project, description, others, description.name
            )
            self.devices[lock.id] = lock.device
            self.locks[lock.id] = lock
        self.devices.update({device.id: device for device in others.values()})

    @property
    def clock(self) -> SimClock:
        """Return the world's clock."""
        return self.around.clock

    def settle(self) -> None:
        """Process everything that is due by now."""
        self.around.agenda.settle(self.clock.now())

    def lock(self, id_or_name: str) -> Lock:
        """Return a lock by its id or its name.

        Raises:
            UsageError: there is none.
        """
        self.settle()
        if id_or_name in self.locks:
            return self.locks[id_or_name]
        for lock in self.locks.values():
            if lock.device.name == id_or_name:
                return lock
        raise UsageError(f"no lock {id_or_name}")

    def add_lock(self, source: str, name: str | None = None) -> Lock:
        """Add a lock to the home, as if it were paired now.

        Raises:
            UsageError: unknown source.
        """
        description = load(source)
        lock = make_lock(
            self.around,
            self.project,
            description,
            self._gateways,
            name or description.name,
        )
        lock.device.created = int(self.clock.now())
        self.devices[lock.id] = lock.device
        self.locks[lock.id] = lock
        return lock

    def remove_device(self, device_id: str) -> None:
        """Take a device out of the project.

        Raises:
            UsageError: there is none.
        """
        if self.devices.pop(device_id, None) is None:
            raise UsageError(f"no device {device_id}")
        self.locks.pop(device_id, None)

    def family_of(self, device_id: str) -> Family | None:
        """Return the family of a lock, None for other devices."""
        lock = self.locks.get(device_id)
        return lock.family if lock else None

    def devices_json(self) -> list[JsonObject]:
        """Return every device in short, for the start line and the control API."""
        return [
            {
                "id": device.id,
                "name": device.name,
                "category": device.category,
                "model": device.model,
                "product_name": device.product_name,
                "family": self.locks[device.id].family.value
                if device.id in self.locks
                else None,
                "lock": device.id in self.locks,
                "online": device.online,
                "digits": self.locks[device.id].code_length
                if device.id in self.locks
                else None,
                "gateway_id": device.gateway_id,
            }
            for device in self.devices.values()
        ]
