"""What becomes of the passwords of a lock, told once each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, callback

from .domain.lifecycle import CodeEvent, next_steps
from .domain.passwords import PasswordType

if TYPE_CHECKING:
    from .hub import LockHub


@dataclass(frozen=True, slots=True)
class CodeNews:
    """Something happened to a password.

    `late` when it may have happened while nobody listened: before the start, or during an outage.
    """

    event: CodeEvent
    id: str
    type: PasswordType
    name: str
    late: bool


type CodeNewsListener = Callable[[CodeNews], None]


class PasswordLifecycle:
    """Compares the passwords of a lock with what was told of them, across restarts."""

    def __init__(self, hub: LockHub) -> None:
        """Initialize; what is found first happened before the start."""
        self._hub = hub
        self._listeners: list[CodeNewsListener] = []
        self._late = True

    @callback
    def async_add_news_listener(self, listener: CodeNewsListener) -> CALLBACK_TYPE:
        """Call the listener for everything that happens to a password, in order."""
        self._listeners.append(listener)

        @callback
        def remove() -> None:
            self._listeners.remove(listener)

        return remove

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
            memory.lives or {}, passwords, hub.usage.used, hub.client.now()
        )
        late = self._late
        # What was kept across the start tells nothing new.
        self._late = late and not hub.passwords.was_read
        if lives == memory.lives:
            return
        memory.lives = lives
        hub.store.async_save_soon()
        if first:
            return
        for step in steps:
            news = CodeNews(
                event=step.event,
                id=step.password.id,
                type=step.password.type,
                name=step.password.name,
                late=late,
            )
            for listener in self._listeners:
                listener(news)
