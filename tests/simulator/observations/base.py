"""What observations share: their table, and what several of them do."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.locks.delivery import wake
from simulator.locks.lock import Lock
from tests.simulator.customer import DAY, Customer, digits_for

LIST = "/v1.0/iot-01/associated-users/devices"
HOUR = 3600

type Observation = Callable[[Customer], Awaitable[object]]
OBSERVATIONS: dict[str, Observation] = {}


def observes(observation: Observation) -> Observation:
    """Register an observation under its switch, which is its name."""
    OBSERVATIONS[observation.__name__] = observation
    return observation


async def code(customer: Customer, path: str, **query: Any) -> int:
    """Return the code of a GET."""
    return (await customer.call("GET", path, **query)).code


async def active(customer: Customer, lock: Lock, **fields: Any) -> int:
    """Create a password and bring it to its lock."""
    password_id = await customer.create(lock, digits_for(lock), **fields)
    customer.pass_time(5)
    wake(lock, lock.now)
    return password_id


async def limited(customer: Customer, lock: Lock, days_ahead: int = 0) -> Any:
    """Return a time-limited password for three days."""
    start = int(lock.now) + days_ahead * DAY
    window = {"effective_time": start, "invalid_time": start + 3 * DAY}
    return (await customer.offline(lock, "multiple", **window)).result
