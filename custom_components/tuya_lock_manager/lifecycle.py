"""What becomes of the passwords of a lock, told once each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send

from .announced import SIGNAL_CODE, SIGNAL_CODES_SEEN, Warned
from .domain.lifecycle import CodeEvent, Step, next_steps
from .domain.passwords import Password, PasswordType

if TYPE_CHECKING:
    from .hub import LockHub


@dataclass(frozen=True, slots=True)
class CodeNews:
    """Something happened to a password.

    `late` when it may have happened while nobody listened: before the start, or during an outage.
    `missed` when that was before the start. `time` is when it happened, where that is known.
    """

    event: CodeEvent
    password: Password
    time: datetime | None
    late: bool
    missed: bool

    @property
    def id(self) -> str:
        """Return the number of the password."""
        return self.password.id

    @property
    def type(self) -> PasswordType:
        """Return the type of the password."""
        return self.password.type

    @property
    def name(self) -> str:
        """Return what the password is called."""
        return self.password.name


type CodeNewsListener = Callable[[CodeNews], None]


class PasswordLifecycle:
    """Compares the passwords of a lock with what was told of them, across restarts."""

    def __init__(self, hub: LockHub) -> None:
        """Initialize; what is found first happened before the start."""
        self._hub = hub
        self._listeners: list[CodeNewsListener] = []
        self._late = True
        self._begun = hub.client.now()
        self._begins = True
        # What automations had been warned of before the start, until they are told more.
        self._warned: Warned | None = hub.memory.warned

    @callback
    def async_add_news_listener(self, listener: CodeNewsListener) -> CALLBACK_TYPE:
        """Call the listener for everything that happens to a password, in order."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    @property
    def has_told(self) -> bool:
        """Return whether automations were told, since the start, how the codes are."""
        return self._warned is None

    @callback
    def async_tell_news(self) -> None:
        """Tell what happened; at a lock's very first reading, nothing.

        While the passwords can't be read nothing is told: what the clock alone says
        would be half of it.
        """
        hub, memory = self._hub, self._hub.memory
        if not (hub.passwords.has_answer and hub.passwords.last_update_success):
            self._late = True
            return
        first = memory.lives is None
        if not (first or hub.activity.may_tell):
            return
        passwords = hub.passwords.data
        lives, steps = next_steps(
            memory.lives or {},
            passwords,
            hub.usage.used,
            hub.client.now(),
            hub.troubles.undelivered,
        )
        late, begins = self._late, self._begins
        # What was kept across the start tells nothing new.
        self._late = late and not hub.passwords.was_read
        self._begins = begins and not hub.passwords.was_read
        if lives != memory.lives:
            memory.lives = lives
            hub.store.async_save_soon()
            for step in () if first else steps:
                self._tell(step, late=late, begins=begins)
        warned = None
        if hub.activity.may_tell:
            warned, self._warned = self._warned, None
        async_dispatcher_send(hub.account.hass, SIGNAL_CODES_SEEN, hub, late, warned)

    def _tell(self, step: Step, *, late: bool, begins: bool) -> None:
        missed = begins if step.time is None else step.time <= self._begun
        news = CodeNews(
            event=step.event,
            password=step.password,
            time=step.time,
            late=late or missed,
            missed=missed,
        )
        for listener in self._listeners:
            listener(news)
        async_dispatcher_send(self._hub.account.hass, SIGNAL_CODE, self._hub, news)
