"""Digits on their way to whoever asked, and what to do when nobody is there any more."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from homeassistant.core import callback

from .journal import LockJournal

if TYPE_CHECKING:
    from .hub import LockHub


class Answers:
    """What one call made whose digits have to reach whoever asked."""

    def __init__(self) -> None:
        """Begin with nothing."""
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
        self._caller_is_gone = kind is not None
        for journal, receipt in self._waiting:
            if self._caller_is_gone:
                journal.async_unanswered(receipt)
            else:
                journal.async_answered(receipt)


@callback
def hand_over(hub: LockHub, receipt: str | None, answers: Answers | None) -> None:
    """Let a caller tell when somebody has seen the digits; without one, they are seen."""
    if answers is not None:
        answers.async_add(hub, receipt)
    elif receipt is not None:
        hub.journal.async_answered(receipt)
