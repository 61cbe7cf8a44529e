"""What was asked back of whom, and whether what they say now is the answer to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..domain.passwords import PasswordKey
from .caller import Caller

# How long a question waits for its answer.
_WAITS: Final = timedelta(minutes=2)
_CONVERSATION: Final = "conversation"


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in which conversation somebody speaks; without one, nothing is known.

    `count` is how often the user has spoken in it, this time included.
    """

    conversation_id: str | None = None
    count: int = 0

    @classmethod
    def now(cls, hass: HomeAssistant) -> Self:
        """Return the turn that is being answered."""
        if _CONVERSATION not in hass.config.components:
            return cls()
        # Not to be loaded where nobody can speak.
        from homeassistant.components.conversation.chat_log import current_chat_log  # noqa: PLC0415

        if (log := current_chat_log.get()) is None:
            return cls()
        spoken = sum(content.role == "user" for content in log.content)
        return cls(log.conversation_id, spoken)


@dataclass(frozen=True, slots=True)
class Question:
    """Which code somebody was asked about, and when."""

    entity_id: str
    key: PasswordKey
    turn: Turn
    asked_at: datetime

    def is_answered(self, turn: Turn, *, at_once: bool) -> bool:
        """Tell whether what is said in a turn of its conversation can be the answer.

        It can't be what the user had said before the question; `at_once` says that
        nothing else may have been said in between.
        """
        if turn.conversation_id is None:
            return True
        later = turn.count - self.turn.count
        return later == 1 if at_once else later > 0

    @property
    def is_fresh(self) -> bool:
        """Return whether it still waits for its answer."""
        return dt_util.utcnow() - self.asked_at <= _WAITS


type _Place = tuple[str | None, str | None, str | None]

_QUESTIONS: HassKey[dict[_Place, Question]] = HassKey(f"{DOMAIN}_voice_questions")


@callback
def ask(caller: Caller, entity_id: str, key: PasswordKey) -> None:
    """Remember what a caller is asked about; an earlier question is forgotten.

    It is not kept over a restart: then nothing was asked.
    """
    turn = Turn.now(caller.hass)
    question = Question(entity_id, key, turn, dt_util.utcnow())
    _waiting(caller.hass)[(*caller.place, turn.conversation_id)] = question


@callback
def take_question(caller: Caller, *, at_once: bool) -> Question | None:
    """Return what a caller was asked just now, and forget it: a yes counts once.

    A question that somebody else was asked, or in another conversation, stays theirs.
    """
    turn = Turn.now(caller.hass)
    place = (*caller.place, turn.conversation_id)
    question = _waiting(caller.hass).pop(place, None)
    if question is not None and question.is_answered(turn, at_once=at_once):
        return question
    return None


def _waiting(hass: HomeAssistant) -> dict[_Place, Question]:
    """Return the questions that still wait; the others are forgotten."""
    questions = hass.data.setdefault(_QUESTIONS, {})
    for place in [place for place, found in questions.items() if not found.is_fresh]:
        del questions[place]
    return questions
