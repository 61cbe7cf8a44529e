"""Does what the rules want of the locks: all of it through the manager."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.exceptions import HomeAssistantError

from ..answers import Answers
from ..dialogs.words import Words
from ..domain.booking_digits import NoDigitsError, PatternError
from ..domain.guest_memory import Booking, code_name
from ..domain.guest_rules import GuestRules
from ..domain.passwords import PasswordType
from ..domain.reconcile import Code, LockScene, Step, StepKind, steps_for
from ..domain.windows import Window
from ..hub import LockHub
from ..wishes import CreatedCode, PasswordChange, PasswordWish
from .codes import References
from .digits import GuestDigits
from .failures import Failures
from .places import FULL, Places, Waiter, waiter_of
from .resends import Resends
from .shown import GuestEventKind

if TYPE_CHECKING:
    from ..manager import LockManager

# Without its event at hand a code waits for the digits in it, but not to the last.
_TEXT_PATIENCE = timedelta(hours=1)
# So many guests of one name may come and go at the same times.
_MOST_NAMESAKES = 20

_HAPPENED = {
    StepKind.MAKE: GuestEventKind.CODE_MADE,
    StepKind.MAKE_OFFLINE: GuestEventKind.CODE_MADE,
    StepKind.CHANGE: GuestEventKind.CODE_CHANGED,
    StepKind.SEND_AGAIN: GuestEventKind.CODE_CHANGED,
    StepKind.REMOVE: GuestEventKind.CODE_REMOVED,
}


class GuestWork:
    """The work on the locks of one guest calendar.

    `tell` is called with what happened, `update` to change what is remembered of a
    booking: several locks are worked on at the same time. `everyone` returns the
    places of all guest calendars of the account, `wake` has this one done soon.
    """

    def __init__(
        self,
        rules: GuestRules,
        references: References,
        manager: LockManager,
        *,
        update: Callable[[str, Callable[[Booking], Booking]], None],
        tell: Callable[[GuestEventKind, Booking, LockHub, str | None], None],
        everyone: Callable[[], Iterable[Places]],
        wake: Callable[[], None],
    ) -> None:
        """Take the rules, and who does the work."""
        self.failures = Failures()
        self.places = Places(self.codes, everyone, wake)
        self.digits = GuestDigits(rules)
        # What the events say, for the patterns, by booking.
        self.texts: dict[str, str] = {}
        self.is_stopping = False
        self._resends = Resends()
        self._rules = rules
        self._references = references
        self._manager = manager
        self._update = update
        self._tell = tell

    def scene(self, hub: LockHub) -> LockScene:
        """Return a lock as the rules see it."""
        wanted = hub.id in self._rules.locks
        return self._references.scene(hub, wanted, self.failures.of_lock(hub.id))

    def codes(self, hub: LockHub) -> list[Code]:
        """Return the codes of the guest calendar on a lock."""
        return list(self._references.codes(hub))

    async def async_follow(
        self, bookings: Collection[Booking], hubs: Collection[LockHub], now: datetime
    ) -> None:
        """Do on each lock what the bookings want; what fails is tried again later."""
        self.digits.forget_pools()
        await asyncio.gather(
            *(self._async_follow_on(hub, bookings, hubs, now) for hub in hubs)
        )
        self._resends.at_once = False

    async def _async_follow_on(
        self,
        hub: LockHub,
        bookings: Collection[Booking],
        hubs: Collection[LockHub],
        now: datetime,
    ) -> None:
        if not hub.passwords.has_answer:
            return  # nobody knows yet how its codes stand
        await self._async_leave_places(hub, bookings, hubs, now)
        codes = self.codes(hub)
        steps = steps_for(bookings, codes, self._rules, self.scene(hub), now)
        self.failures.keep_only(hub.id, {step.booking.id for step in steps})
        self._resends.forget(hub.id, codes)
        under_way = {
            code.booking for code in codes if code.is_live(now) and not code.is_on_lock
        }
        waiting = {
            step.booking.id: waiter
            for step in steps
            if (waiter := self._waiter(hub, step, now)) is not None
        }
        self.places.look(hub, waiting, under_way)
        for step in steps:
            if self.is_stopping or not self._is_due(hub, step, now):
                continue
            try:
                self.places.require_turn(hub, step, now)
                self.places.try_once(hub, step)
                done = await self._async_do(hub, step, hubs, now)
            except HomeAssistantError as err:
                self._note_failure(hub, step, err, now)
            else:
                self.failures.clear(step.booking.id, hub.id)
                if done:
                    self._tell(_HAPPENED[step.kind], step.booking, hub, None)
        self.places.ask(hub, now)

    def _waiter(self, hub: LockHub, step: Step, now: datetime) -> Waiter | None:
        failure = self.failures.find(step.booking.id, hub.id)
        again = self.was_refused(step.booking.id, hub.id)
        return waiter_of(step, failure, may_be=again or now >= step.window.start)

    async def _async_leave_places(
        self,
        hub: LockHub,
        bookings: Collection[Booking],
        hubs: Collection[LockHub],
        now: datetime,
    ) -> None:
        """Take codes off a full lock for guests who come sooner."""
        leaving = self.places.leaving(hub)
        owners = {each.id: each for each in bookings if each.id in leaving}
        for code in self.codes(hub):
            owner = owners.get(code.booking)
            if owner is None or not code.is_live(now) or code.start <= now:
                continue
            window = Window(code.start, code.end)
            step = Step(StepKind.REMOVE, owner, code.name, window, code)
            self.digits.keep_left(hub, code)
            try:
                await self._async_do(hub, step, hubs, now)
            except HomeAssistantError as err:
                self._note_failure(hub, step, err, now)
                leaving.discard(owner.id)  # it is tried again the next time
            else:
                self._tell(GuestEventKind.CODE_REMOVED, owner, hub, None)
                self.places.left(hub)
        self.places.need_not_leave(hub, leaving)

    def _is_due(self, hub: LockHub, step: Step, now: datetime) -> bool:
        """Tell whether a step is to be tried now; one that failed waits for a while."""
        if self.places.has_room(hub, step):
            return True
        failure = self.failures.find(step.booking.id, hub.id)
        if failure and not failure.is_due(now, _needed_at(step, now)):
            return False
        return not self._resends.is_too_soon(hub.id, step, now)

    def was_refused(self, booking_id: str, device_id: str) -> bool:
        """Tell whether what a lock is to take was sent to it again already."""
        return self._resends.has_sent(booking_id, device_id)

    def try_again(self) -> None:
        """Let everything that fails be tried again now."""
        self.failures.hurry()
        self._resends.at_once = True

    def _note_failure(
        self, hub: LockHub, step: Step, err: HomeAssistantError, now: datetime
    ) -> None:
        key = err.translation_key or "unexpected"
        if key == FULL:
            self.places.refused(hub, step)
        is_news = self.failures.note(
            step.booking.id,
            hub.id,
            Words.cached(hub.account.hass).error(err),
            key,
            now=now,
            opens_at=_needed_at(step, now),
        )
        if is_news:
            self._tell(GuestEventKind.CODE_FAILED, step.booking, hub, key)

    async def _async_do(
        self, hub: LockHub, step: Step, hubs: Collection[LockHub], now: datetime
    ) -> bool:
        """Do one thing; return whether anything was done. It is finished once begun."""
        match step.kind:
            case StepKind.MAKE:
                work = self._async_make(hub, step, hubs, now)
            case StepKind.MAKE_OFFLINE:
                work = self._async_make_offline(hub, step)
            case StepKind.CHANGE:
                work = self._async_change(hub, step, now)
            case StepKind.SEND_AGAIN:
                work = self._async_send_again(hub, step, now)
            case StepKind.REMOVE:
                work = self._async_remove(hub, step)
        return await asyncio.shield(hub.account.hass.async_create_task(work))

    async def _async_make(
        self, hub: LockHub, step: Step, hubs: Collection[LockHub], now: datetime
    ) -> bool:
        booking, window = step.booking, step.window
        others = [
            (other, code)
            for other in hubs
            for code in self.codes(other)
            if code.booking == booking.id and code.is_live(now)
        ]
        shared = self.digits.on_other_locks(
            hub, window, others
        ) or self.digits.as_before(hub, booking, window)
        digits, because = shared, booking.random_because
        if digits is None:
            text = self.texts.get(booking.id)
            early = now < window.start - _TEXT_PATIENCE
            if text is None and early and self._rules.pattern is not None:
                return False
            try:
                digits = self.digits.from_event(hub, text or "", window, step.name)
            except (NoDigitsError, PatternError) as err:
                because = err.reason
        wish = PasswordWish(
            type=PasswordType.CUSTOM,
            name=step.name,
            start=max(window.start, now),
            end=window.end,
            code=digits,
            reference=self._references.of(booking),
        )
        # Nobody has seen the digits yet: they are told later.
        created = await self._async_apart(
            booking,
            lambda name: self._manager.async_create(
                hub, replace(wish, name=name), self.digits.pool(booking), Answers()
            ),
        )
        self.digits.forget_left(hub, booking)
        self._note_made(hub, booking, created, is_known=shared is not None)
        self._update(booking.id, lambda known: replace(known, random_because=because))
        return True

    async def _async_apart[T](
        self, booking: Booking, do: Callable[[str], Awaitable[T]]
    ) -> T:
        """Do something with a code of a name that no other of the same window has.

        At Tuya two of the same name and window may both vanish: be it a guest of another
        calendar, or one who cancelled, whose code the lock has yet to give up.
        """
        for _ in range(_MOST_NAMESAKES):
            try:
                return await do(code_name(booking))
            except HomeAssistantError as err:
                if err.translation_key != "twin_password":
                    raise
            booking = replace(booking, suffix=booking.suffix + 1)
            self._note_suffix(booking.id, booking.suffix)
        return await do(code_name(booking))

    def _note_suffix(self, booking_id: str, suffix: int) -> None:
        self._update(
            booking_id, lambda known: replace(known, suffix=max(known.suffix, suffix))
        )

    async def _async_make_offline(self, hub: LockHub, step: Step) -> bool:
        wish = PasswordWish(
            type=PasswordType.TIME_LIMITED,
            name=step.name,
            end=step.window.end,
            reference=self._references.of(step.booking, offline=True),
        )
        created = await self._manager.async_create(
            hub, wish, self.digits.pool(step.booking), Answers()
        )
        self._note_made(hub, step.booking, created, is_known=False)
        return True

    def _note_made(
        self, hub: LockHub, booking: Booking, created: CreatedCode, *, is_known: bool
    ) -> None:
        """Note a new code; digits that the guest doesn't know yet are to be told."""
        code_id = created.issued.id
        if created.code is not None:
            self.digits.note(hub, code_id, created.code, created.receipt)
        self._update(
            booking.id,
            lambda known: replace(
                known,
                made={**known.made, hub.id: code_id},
                sent=known.sent if is_known else None,
            ),
        )

    async def _async_change(self, hub: LockHub, step: Step, now: datetime) -> bool:
        code, window = _code_of(step), step.window
        password = hub.passwords.find(code.key)
        if password is None:
            return False  # no list shows it yet
        starts = window.start if max(code.start, window.start) > now else None
        change = PasswordChange(name=step.name, start=starts, end=window.end)
        if self._manager.needs_digits(hub, password):
            if (starts, code.end) == (None, window.end) and not code.change_failed:
                return False  # new digits are worse for the guest than an old name
            change = replace(change, new_code=True)
        await self._async_update(hub, step, change)
        return True

    async def _async_send_again(self, hub: LockHub, step: Step, now: datetime) -> bool:
        code, window = _code_of(step), step.window
        starts = window.start if max(code.start, window.start) > now else None
        # Whatever else a lock has against a code may be its digits.
        begins = code.start if code.lacks_place else None
        is_same = starts in {None, begins} and (
            (code.end, code.name) == (window.end, step.name)
        )
        if is_same and self._manager.can_send_again(hub, code.id):
            await self._manager.async_send_again(hub, code.id)
            return True
        change = PasswordChange(
            name=step.name, start=starts, end=window.end, new_code=True
        )
        await self._async_update(hub, step, change)
        return True

    async def async_renew_digits(
        self, hub: LockHub, booking: Booking, code: Code
    ) -> None:
        """Give a code new digits, since nobody can tell its own any more."""
        change = PasswordChange(new_code=True)
        step = Step(
            StepKind.CHANGE, booking, code.name, Window(code.start, code.end), code
        )
        await self._async_update(hub, step, change)

    async def _async_update(
        self, hub: LockHub, step: Step, change: PasswordChange
    ) -> None:
        code = _code_of(step)
        changed = await self._async_apart(
            step.booking,
            lambda name: self._manager.async_update(
                hub,
                code.key,
                change if change.name is None else replace(change, name=name),
                self.digits.pool(step.booking),
                Answers(),
            ),
        )
        if changed.code is not None:
            self.digits.note(hub, code.id, changed.code, changed.receipt)
            self._update(step.booking.id, lambda known: replace(known, sent=None))

    async def _async_remove(self, hub: LockHub, step: Step) -> bool:
        """Delete a code; of a booking that stays, its loss is nobody else's doing."""
        code = _code_of(step)
        if not step.booking.gone:
            self._forget_made(hub, step.booking, code)
        await self._manager.async_delete(hub, code.key)
        return True

    def _forget_made(self, hub: LockHub, booking: Booking, code: Code) -> None:
        def without(known: Booking) -> Booking:
            if known.made.get(hub.id) != code.id:
                return known
            made = {key: each for key, each in known.made.items() if key != hub.id}
            return replace(known, made=made)

        self._update(booking.id, without)


def _needed_at(step: Step, now: datetime) -> datetime:
    """Return when a step has to be done: what opens and must not is urgent at once."""
    return now if step.kind is StepKind.REMOVE else step.window.start


def _code_of(step: Step) -> Code:
    if step.code is None:
        raise ValueError("the step is about no code")
    return step.code
