"""What every part of the simulated world shares."""

from dataclasses import dataclass, field
from itertools import count
import random
from typing import TYPE_CHECKING

from .agenda import Agenda
from .clock import SimClock
from .switch_table import SWITCHES
from .switches import Switches

if TYPE_CHECKING:
    from collections.abc import Iterator

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Surroundings:
    """Clock, agenda, switches, chance and numbers of one world.

    `digits` are those of every code there ever was, so that a test can look for them.
    """

    clock: SimClock
    rng: random.Random
    agenda: Agenda = field(default_factory=Agenda)
    switches: Switches = field(default_factory=lambda: Switches(SWITCHES))
    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    digits: set[str] = field(default_factory=set, repr=False)

    def word(self, length: int, alphabet: str = ALPHABET) -> str:
        """Return random characters."""
        return "".join(self.rng.choices(alphabet, k=length))

    def hexadecimal(self, length: int) -> str:
        """Return random hexadecimal digits in lower case."""
        return self.word(length, "0123456789abcdef")

    def number(self) -> int:
        """Return a number that nothing else in this world has."""
        return next(self.numbers)
