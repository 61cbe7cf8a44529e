"""Digits on their way to whoever asked, and what to do when nobody is there any more."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from homeassistant.core import Context, callback
from homeassistant.helpers.http import current_request
from homeassistant.helpers.script import script_stack_cv

from .journal import LockJournal

if TYPE_CHECKING:
    from .hub import LockHub


class Answers:
    """What one call made whose digits have to reach whoever asked."""

    def __init__(self, *, asked_by: Context | None = None) -> None:
        """Begin with nothing; `asked_by` is the context of an action's call."""
        self._asked_by = asked_by
        self._waiting: list[tuple[LockJournal, str]] = []
        self._caller_is_gone = False

    @classmethod
    def to_nobody(cls) -> Self:
        """Return those of a call that can't be answered: a repair shows the digits."""
        answers = cls()
        answers._caller_is_gone = True
        return answers

    @callback
    def async_add(self, hub: LockHub, receipt: str | None) -> None:
        """Note digits that are on their way to the caller."""
        if receipt is None:
            return
        if self._caller_is_gone:
            hub.journal.async_unanswered(receipt)
        else:
            self._waiting.append((hub.journal, receipt))

    def __enter__(self) -> Self:
        """Begin to answer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End: the digits have been handed over, or whoever asked for them is gone."""
        self._caller_is_gone = kind is not None or _has_hung_up(self._asked_by)
        for journal, receipt in self._waiting:
            if self._caller_is_gone:
                journal.async_unanswered(receipt)
            else:
                journal.async_answered(receipt)


def _has_hung_up(asked_by: Context | None) -> bool:
    """Tell whether a user's call came over a connection that is closed by now.

    Home Assistant goes on with what a REST or WebSocket client asked for, and sends the
    answer into the void. Scripts and automations have theirs all the same, whatever
    connection they were once set going over.
    """
    request = current_request.get()
    is_users = asked_by is not None and asked_by.user_id is not None
    if not is_users or request is None or script_stack_cv.get():
        return False
    return request.transport is None or request.transport.is_closing()


@callback
def hand_over(hub: LockHub, receipt: str | None, answers: Answers | None) -> None:
    """Let a caller tell when somebody has seen the digits; without one, they are seen."""
    if answers is not None:
        answers.async_add(hub, receipt)
    elif receipt is not None:
        hub.journal.async_answered(receipt)
