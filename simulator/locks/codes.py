"""What a lock remembers of a temporary code."""

from dataclasses import dataclass, field, replace
from datetime import tzinfo

from ..json_types import JsonObject, truth, whole
from ..zones import device_zone, local, zone

MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Block:
    """One daily window of a periodic code.

    Attributes:
        start: minutes after midnight.
        end: the last minute after midnight; one before the start never opens, since
            no source says that a lock's window can go over midnight.
        days: mask with Sunday 1, Monday 2 … Saturday 64.
        all_day: no times apply.
    """

    start: int
    end: int
    days: int
    all_day: bool = False

    @classmethod
    def from_json(cls, raw: JsonObject) -> Block | None:
        """Return the block in an entry of `schedule_list`, None when illegal."""
        all_day = truth(raw.get("all_day", raw.get("allDay"))) or False
        start = whole(raw.get("effective_time", 0))
        end = whole(raw.get("invalid_time", MINUTES_A_DAY - 1))
        days = whole(raw.get("working_day", 127))
        if start is None or end is None or days is None:
            return None
        if not (
            0 <= start < MINUTES_A_DAY and 0 <= end < MINUTES_A_DAY and 0 < days < 128
        ):
            return None
        return cls(start, end, days, all_day)

    def holds(self, moment: float, here: tzinfo) -> bool:
        """Tell whether the window is open at a moment, in some place's time."""
        now = local(moment, here)
        if not self.days >> (now.isoweekday() % 7) & 1:
            return False
        minute = now.hour * 60 + now.minute
        return self.all_day or self.start <= minute <= self.end

    def as_json(self) -> JsonObject:
        """Return the block as it is written."""
        return {
            "effective_time": self.start,
            "invalid_time": self.end,
            "working_day": self.days,
            "all_day": self.all_day,
        }

    def mirrored(self) -> JsonObject:
        """Return the block as `mk` keypads read it back: HHMM and the mask's 8 bits reversed."""
        return {
            "effective_time": self.start // 60 * 100 + self.start % 60,
            "invalid_time": self.end // 60 * 100 + self.end % 60,
            "working_day": int(f"{self.days:08b}"[::-1], 2),
            "all_day": self.all_day,
        }


@dataclass(slots=True)
class StoredCode:
    """One temporary code in the memory of a lock.

    Attributes:
        password_id: the cloud's id, which the lock doesn't know.
        digits: what opens; None when the password was garbled on its way.
        start: first second, since 1970, by the lock's own clock.
        end: when it no longer opens.
        one_time: gone after its first use.
        blocks: daily windows that the lock enforces.
        time_zone: zone of the daily windows ("" for the lock's own).
        slot: where it lies.
        frozen: does not open for now.
        uses: how often it opened.
    """

    password_id: int
    digits: str | None = field(repr=False)
    start: float
    end: float
    one_time: bool = False
    blocks: tuple[Block, ...] = ()
    time_zone: str = ""
    slot: int = -1
    frozen: bool = False
    uses: int = 0

    def copy(self) -> StoredCode:
        """Return the same code as another object."""
        return replace(self)

    def refusal(self, moment: float, own_zone: str) -> str | None:
        """Return why the code doesn't open at a moment of the lock's clock, or None."""
        if self.frozen:
            return "frozen"
        if moment < self.start:
            return "not yet valid"
        if moment >= self.end:
            return "expired"
        if self.one_time and self.uses:
            return "used"
        here = zone(self.time_zone) or device_zone(own_zone)
        if self.blocks and not any(block.holds(moment, here) for block in self.blocks):
            return "outside its daily window"
        return None

    def as_json(self) -> JsonObject:
        """Return what the lock holds, for the control API; no digits."""
        return {
            "password_id": self.password_id,
            "slot": self.slot,
            "start": self.start,
            "end": self.end,
            "one_time": self.one_time,
            "uses": self.uses,
            "frozen": self.frozen,
            "readable": self.digits is not None,
            "schedule": [block.as_json() for block in self.blocks],
        }
