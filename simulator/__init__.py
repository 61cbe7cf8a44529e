"""A loopback Tuya cloud with locks that behave like locks.

`python -m simulator` runs it as a program; `Simulator` runs it in an event loop.
It is built from documents alone and shares no code with the integration.
"""

from .clock import SimClock
from .errors import UsageError
from .server import Simulator
from .world import World

__all__ = ["SimClock", "Simulator", "UsageError", "World"]
