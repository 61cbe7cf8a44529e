"""The walk through the main job, step by step.

Each step is a function that does its part, raises `DemoError` at the first thing that
isn't as it should be, and returns what it saw. `script/demo --check` and the end-to-end
tests take the same steps.
"""

from collections.abc import Awaitable, Callable

from .steps_codes import alarm, create, opens, pending, wake
from .steps_ends import clear, delete, restart
from .steps_secrecy import secrecy
from .steps_setup import add, locks_appear
from .walker import Walk

__all__ = ["STEPS", "Step", "Walk"]

type Step = Callable[[Walk], Awaitable[list[str]]]

STEPS: tuple[Step, ...] = (
    add,
    locks_appear,
    create,
    pending,
    wake,
    opens,
    alarm,
    clear,
    delete,
    restart,
    secrecy,
)
