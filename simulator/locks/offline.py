"""Offline passwords: digits that the cloud and the lock compute, each alone.

The two sides share no message, only a method. Here they share the table of what
the method gave; the lock's side looks at digits, type, window and the moment of
generation, and at nothing the cloud learned later.
"""

from dataclasses import dataclass, field
from enum import StrEnum

DAY = 86400.0
HOUR = 3600


class OfflineKind(StrEnum):
    """Types of offline passwords, by the cloud's names."""

    MULTIPLE = "multiple"
    ONCE = "once"
    CLEAR_ONE = "clear_one"
    CLEAR_ALL = "clear_all"
    DYNAMIC = "dynamic"


NUMERIC_KINDS = {
    0: OfflineKind.MULTIPLE,
    1: OfflineKind.ONCE,
    8: OfflineKind.CLEAR_ONE,
    9: OfflineKind.CLEAR_ALL,
}


@dataclass(slots=True)
class OfflineCode:
    """One computed code.

    Attributes:
        id: the cloud's id.
        kind: its type.
        name: the cloud's label.
        digits: what is typed.
        start: first second of its window, since 1970.
        end: when it no longer works.
        generated_at: when it was computed.
        target: for `clear_one`, the id of the code it clears.
        reported_use: when the cloud learned of a use.
        reported_clear: when the cloud learned that it was cleared.
        hidden: in no list.
    """

    id: int
    kind: OfflineKind
    name: str
    digits: str = field(repr=False)
    start: float
    end: float
    generated_at: float
    target: int | None = None
    reported_use: float | None = None
    reported_clear: float | None = None
    hidden: bool = False


@dataclass(slots=True)
class OfflineMemory:
    """What a lock remembers of offline codes: only what was typed at it."""

    first_use: dict[int, float] = field(default_factory=dict)
    cleared: set[int] = field(default_factory=set)
    uses: dict[int, int] = field(default_factory=dict)

    def refusal(
        self, code: OfflineCode, moment: float, first_use_from: str
    ) -> str | None:
        """Return why a code doesn't work at a moment of the lock's clock, or None.

        Args:
            code: the code typed.
            moment: seconds since 1970 by the lock's own clock.
            first_use_from: where the 24 hours for the first use of a time-limited
                code begin: `effect` or `generation`.
        """
        if code.id in self.cleared:
            return "cleared"
        clearing = code.kind in {OfflineKind.CLEAR_ONE, OfflineKind.CLEAR_ALL}
        start, end = code.start, code.end
        if clearing:
            start, end = code.generated_at - HOUR, code.generated_at + DAY
        if moment < start:
            return "not yet valid"
        if moment >= end:
            return "expired"
        if code.kind is OfflineKind.ONCE or clearing:
            return "used" if self.uses.get(code.id) else None
        if code.kind is OfflineKind.MULTIPLE and code.id not in self.first_use:
            begin = code.start if first_use_from == "effect" else code.generated_at
            if moment >= begin + DAY:
                return "lapsed"
        return None

    def note_use(self, code: OfflineCode, moment: float) -> None:
        """Remember that a code was typed and worked."""
        self.first_use.setdefault(code.id, moment)
        self.uses[code.id] = self.uses.get(code.id, 0) + 1
