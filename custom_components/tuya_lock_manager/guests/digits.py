"""The digits of guests' codes between their making and the message that tells them.

They are in memory only; what a restart leaves is sealed with the codes, if at all.
"""

from collections import defaultdict
from collections.abc import Iterable

from ..domain.booking_digits import digits_for
from ..domain.digits import DigitsError, check_digits
from ..domain.guest_memory import Booking
from ..domain.guest_rules import DigitsFrom, GuestRules
from ..domain.reconcile import Code
from ..domain.windows import Window
from ..hub import LockHub
from ..wishes import DigitsPool


class GuestDigits:
    """What is known of the digits of one guest calendar's codes."""

    def __init__(self, rules: GuestRules) -> None:
        """Begin with nothing known."""
        self._rules = rules
        self._fresh: dict[tuple[str, str], str] = {}
        self._receipts: dict[tuple[str, str], str] = {}
        # Of codes that left their places to others: sealed, by lock and booking.
        self._left: dict[tuple[str, str], tuple[str, str]] = {}
        self._pools: defaultdict[str, DigitsPool] = defaultdict(DigitsPool)

    def pool(self, booking: Booking) -> DigitsPool:
        """Return the random digits of one booking, the same on all of its locks."""
        return self._pools[booking.id]

    def forget_pools(self) -> None:
        """Let what is made later have other digits."""
        self._pools.clear()

    def note(self, hub: LockHub, code_id: str, code: str, receipt: str | None) -> None:
        """Keep new digits until they were told, if nothing else does.

        The journal keeps that nobody has seen them.
        """
        if self._rules.notify is not None and not hub.keeps_digits:
            self._fresh[hub.id, code_id] = code
        if receipt is None:
            return
        if self._rules.notify is None:
            # The host is the one to see them: a repair shows them once.
            hub.journal.async_unanswered(receipt)
        else:
            self._receipts[hub.id, code_id] = receipt

    def of(self, hub: LockHub, code: Code) -> str | None:
        """Return the digits of a code, None where they are not known any more."""
        fresh = self._fresh.get((hub.id, code.id))
        issued = hub.memory.issued.get(code.key)
        return fresh or (hub.unsealed(code.id, issued.sealed) if issued else None)

    def told(self, hub: LockHub, code: Code) -> None:
        """Note that somebody has been told the digits of a code."""
        self._fresh.pop((hub.id, code.id), None)
        self._receipts.pop((hub.id, code.id), None)
        hub.journal.async_answered_for(code.key)

    def give_up(self, hubs: Iterable[LockHub]) -> None:
        """Let the journals report what nobody was told: the account is unloaded."""
        by_id = {hub.id: hub for hub in hubs}
        for (device_id, _), receipt in self._receipts.items():
            if (hub := by_id.get(device_id)) is not None:
                hub.journal.async_unanswered(receipt)
        self._receipts.clear()

    def on_other_locks(
        self, hub: LockHub, window: Window, codes: Iterable[tuple[LockHub, Code]]
    ) -> str | None:
        """Return the digits that a booking has on another lock, if they do for this one."""
        taken = hub.live_digits()
        for other, code in codes:
            digits = self.of(other, code) if other.id != hub.id else None
            try:
                return check_digits(digits, hub.digits, window=window, taken=taken)
            except DigitsError:
                continue
        return None

    def keep_left(self, hub: LockHub, code: Code) -> None:
        """Keep the digits of a code that leaves its place, for when it is made again."""
        issued = hub.memory.issued.get(code.key)
        if issued is not None and issued.sealed is not None:
            self._left[hub.id, code.booking] = issued.id, issued.sealed

    def forget_left(self, hub: LockHub, booking: Booking) -> None:
        """Forget them."""
        self._left.pop((hub.id, booking.id), None)

    def as_before(self, hub: LockHub, booking: Booking, window: Window) -> str | None:
        """Return the digits that a booking had before its code left its place."""
        left = self._left.get((hub.id, booking.id))
        digits = hub.unsealed(*left) if left else None
        try:
            return check_digits(
                digits, hub.digits, window=window, taken=hub.live_digits()
            )
        except DigitsError:
            return None

    def from_event(
        self, hub: LockHub, text: str, window: Window, name: str
    ) -> str | None:
        """Return the digits that an event gives; None where they are to be random.

        Raises NoDigitsError, or PatternError, where they should be, and can't.
        """
        rules = self._rules
        if rules.digits_from is not DigitsFrom.PATTERN or rules.pattern is None:
            return None
        taken = hub.live_digits()
        return digits_for(rules.pattern, text, hub.digits, window, taken, name)
