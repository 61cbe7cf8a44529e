"""Time that passes for locks."""

from simulator.locks.delivery import app_nearby, wake
from simulator.locks.lock import Lock
from tests.simulator.customer import Customer


def arrive(customer: Customer, lock: Lock) -> None:
    """Bring what waits to a lock, by whatever its family needs."""
    customer.pass_time(5)
    wake(lock, lock.now)
    app_nearby(lock, lock.now)


def fall_asleep(customer: Customer) -> None:
    """Let locks that sleep fall asleep."""
    customer.pass_time(61)
