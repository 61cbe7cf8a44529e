"""Online temporary passwords as the cloud keeps them, and what it shows of them."""

from copy import copy
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from ..json_types import JsonObject
from ..switches import Switches
from .codes import Block
from .family import Family, Traits

HISTORY = 40
# Seconds after which no list can lag so far behind as to show a removed code.
FORGOTTEN = 7 * 86400.0


class Step(StrEnum):
    """The last thing that was asked of a code."""

    ADD = "add"
    MODIFY = "modify"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    DELETE = "delete"


class Outcome(IntEnum):
    """What became of it: the numbers of `delivery_status` (section 2.6)."""

    ONGOING = 1
    SUCCESS = 2
    FAILED = 3
    DUPLICATE = 4
    FULL = 5
    OVERLAP = 6

    @property
    def word(self) -> str:
        """Return the text form that template and keep-alive lists use."""
        if self in {Outcome.ONGOING, Outcome.SUCCESS}:
            return self.name
        return "FAILED"


@dataclass(slots=True)
class OnlinePassword:
    """One record of the cloud.

    Attributes:
        id: the cloud's number.
        name: the label.
        digits: what was asked for; lists with digits show it.
        readable: False when it came in upper-case hexadecimal.
        start: first second, since 1970.
        end: when it no longer opens.
        one_time: `type` 1.
        time_zone: zone of the daily windows.
        blocks: daily windows as the cloud keeps them.
        template: made through the template endpoints.
        step: the last thing asked.
        outcome: what became of it.
        slot: where the lock keeps it, None before it does.
        frozen: the lock has frozen it.
    """

    id: int
    name: str
    digits: str = field(repr=False)
    readable: bool
    start: int
    end: int
    created: float
    one_time: bool = False
    time_zone: str = ""
    blocks: tuple[Block, ...] = ()
    phone: str = ""
    template: bool = False
    step: Step = Step.ADD
    outcome: Outcome = Outcome.ONGOING
    slot: int | None = None
    frozen: bool = False
    stepped: float = 0.0

    @property
    def deleted(self) -> bool:
        """Tell whether the lock has confirmed the deletion, or never had the code."""
        return self.step is Step.DELETE and self.outcome is Outcome.SUCCESS

    def is_valid(self, now: float) -> bool:
        """Tell whether the code counts as valid: neither ended, deleted nor failed."""
        failed = self.step is Step.ADD and self.outcome > Outcome.SUCCESS
        return not failed and self.step is not Step.DELETE and self.end > now


class PasswordBook:
    """The online passwords of one lock, with what lists showed at any time."""

    def __init__(self) -> None:
        """Begin with no passwords."""
        self.live: dict[int, OnlinePassword] = {}
        self._history: dict[int, list[tuple[float, OnlinePassword | None]]] = {}

    def note(self, password: OnlinePassword, moment: float) -> None:
        """Keep a password and remember how it looks from now on."""
        self.live[password.id] = password
        history = self._history.setdefault(password.id, [])
        history.append((moment, copy(password)))
        del history[:-HISTORY]

    def remove(self, password_id: int, moment: float) -> None:
        """Forget a password; lists that lag go on showing it for a while."""
        if self.live.pop(password_id, None) is not None:
            self._history[password_id].append((moment, None))

    def shown(self, moment: float) -> list[OnlinePassword]:
        """Return what a list made at a moment holds, oldest first."""
        listed = []
        for password_id, history in list(self._history.items()):
            noted, last = history[-1]
            if last is None and noted < moment - FORGOTTEN:
                del self._history[password_id]
                continue
            past = [password for noted, password in history if noted <= moment]
            if past and past[-1] is not None:
                listed.append(past[-1])
        return listed


def family_phase(
    password: OnlinePassword, family: Family, now: float, *, done_18: bool
) -> int:
    """Return the `phase` of a code in its family's own numbers (section 2.6)."""
    step, outcome = password.step, password.outcome
    if family is Family.KEYPAD:
        return _keypad_phase(password, now, done_18=done_18)
    if family is Family.ZIGBEE:
        if step is Step.ADD and outcome is not Outcome.SUCCESS:
            return 1 if outcome is Outcome.ONGOING else 5
        if password.deleted:
            return 4
        return 3 if password.frozen else 2
    if step is Step.DELETE:
        return 0 if outcome is Outcome.SUCCESS else 3
    if outcome is Outcome.SUCCESS:
        return 2
    if outcome is Outcome.ONGOING or family is Family.WIFI:
        return 1
    return 7


def _deletion_phase(password: OnlinePassword, now: float, *, done_18: bool) -> int:
    """Return 17 or 19, between which deleted records swing; or 18 in the end."""
    if password.deleted and done_18:
        return 18
    return 17 if int((now - password.stepped) // 60) % 2 == 0 else 19


def _keypad_phase(password: OnlinePassword, now: float, *, done_18: bool) -> int:
    """Return the phases measured on an `mk` keypad."""
    if password.step is Step.DELETE:
        return _deletion_phase(password, now, done_18=done_18)
    if password.outcome is Outcome.SUCCESS:
        return 2
    return 12 if password.outcome is Outcome.ONGOING else 13


def combined_phase(
    password: OnlinePassword, now: float, *, waiting: bool, done_18: bool
) -> int:
    """Return the `phase` in the numbers from 11 to 19.

    Args:
        password: the code.
        now: seconds since 1970.
        waiting: 12 from the beginning; only `sn` tells that the lock stored it.
        done_18: a finished deletion is 18; otherwise it swings.
    """
    if password.step is Step.DELETE:
        return _deletion_phase(password, now, done_18=done_18)
    if password.frozen:
        return 3
    base = 11 if password.step is Step.ADD else 14
    if password.outcome is Outcome.ONGOING:
        return 12 if waiting and password.step is Step.ADD else base
    return base + (1 if password.outcome is Outcome.SUCCESS else 2)


def phase_of(
    password: OnlinePassword,
    family: Family,
    switches: Switches,
    device_id: str,
    now: float,
) -> int:
    """Return the `phase` that the cloud tells, by the switch `phase_numbering`."""
    numbering = switches.get("phase_numbering", device_id)
    done_18 = switches.get("combined_delete", device_id) == "done_18"
    if numbering == "family":
        return family_phase(password, family, now, done_18=done_18)
    waiting = numbering == "combined_waiting"
    return combined_phase(password, now, waiting=waiting, done_18=done_18)


def as_json(
    password: OnlinePassword,
    family: Family,
    traits: Traits,
    switches: Switches,
    device_id: str,
    now: float,
) -> JsonObject:
    """Return a code as `temp-passwords` shows it: never its digits."""
    shown: JsonObject = {
        "id": password.id,
        "name": password.name,
        "phase": phase_of(password, family, switches, device_id, now),
        "effective_time": password.start,
        "invalid_time": password.end,
        "phone": password.phone,
        "time_zone": password.time_zone,
        "type": int(password.one_time),
    }
    if (
        traits.delivery_status
        and switches.get("phase_numbering", device_id) == "family"
    ):
        words = switches.get("delivery_status_form", device_id) == "words"
        outcome = password.outcome
        shown["delivery_status"] = outcome.word if words else int(outcome)
    if password.slot is not None:
        shown["sn"] = password.slot
    else:
        before = switches.get("sn_before_delivery", device_id)
        if before != "absent":
            shown["sn"] = -1 if before == "minus_one" else None
    if password.blocks:
        reading = switches.get("schedule_read_back", device_id)
        mirrored = reading == "hhmm_mirrored" or (
            reading == "family" and family is Family.KEYPAD
        )
        shown["schedule_list"] = [
            block.mirrored() if mirrored else block.as_json()
            for block in password.blocks
        ]
    return shown
