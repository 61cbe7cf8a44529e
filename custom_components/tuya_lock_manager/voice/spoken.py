"""Sentences taken apart: which locks, whom, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeassistant.util import dt as dt_util

from ..domain.spoken import (
    VOCABULARIES,
    RepeatedTimesError,
    Request,
    SpokenWindow,
    UnclearTimeError,
    read_request,
    says_once,
    vocabulary_of,
    window_of,
)
from ..exceptions import refused
from .caller import Caller, VoiceLock
from .cancelling import MeantCode
from .creating import CodeWish
from .places import meant_locks, only_lock, place_names, unknown_lock

_DIGITS_OF_A_CODE = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that was taken apart, and the exposed locks."""

    request: Request
    locks: Sequence[VoiceLock]
    once: bool

    def asked_locks(self) -> list[VoiceLock]:
        """Return the locks that a question is about, all where none was named.

        Raises ServiceValidationError where something was named that is none of them.
        """
        request = self.request
        if not request.places and not request.unknown_places and request.rest:
            raise unknown_lock(request.rest[0], self.locks)
        return meant_locks(request, self.locks)

    def code_wish(self) -> tuple[VoiceLock, CodeWish]:
        """Return the code that is wished for, and the lock that it is for.

        Raises ServiceValidationError for what is missing, or wasn't understood: then
        nothing is made of the rest.
        """
        request = self.request
        found = meant_locks(request, self.locks)
        if request.times.recurring:
            raise refused("voice_recurring")
        if odd := (*request.rest[1:], *request.unclear):
            raise refused("voice_not_understood", text=", ".join(odd))
        if not request.rest:
            raise refused("voice_for_whom")
        (name,) = request.rest
        if sum(map(str.isdigit, name)) >= _DIGITS_OF_A_CODE:
            # Somebody wants to choose the digits, which would be everybody's to read.
            raise refused("voice_not_understood", text=name)
        window = self._window()
        wish = CodeWish(
            name=capitalized(name),
            start=window.start,
            end=window.end,
            duration=window.duration,
            once=self.once,
        )
        return only_lock(found), wish

    def meant_code(self) -> tuple[list[VoiceLock], MeantCode]:
        """Return which code is meant, and the locks on which it may be.

        Raises ServiceValidationError where a place was named that none of them has.
        """
        locks = meant_locks(self.request, self.locks)
        name = " ".join(self.request.rest) or None
        if not self.request.times.is_said:
            return locks, MeantCode(name)
        window = self._window()
        return locks, MeantCode(name, window.start, window.end)

    def _window(self) -> SpokenWindow:
        if not self.request.times.is_said:
            return SpokenWindow(None, None)
        try:
            return window_of(self.request.times, dt_util.now())
        except RepeatedTimesError as err:
            raise refused("voice_recurring") from err
        except UnclearTimeError as err:
            raise refused("voice_time_unclear") from err


def take_apart(
    caller: Caller, *parts: str | None, sentence: str | None = None
) -> Spoken:
    """Take the parts of a sentence apart; the kind of code is told by all of it.

    Raises ServiceValidationError where no lock is exposed.
    """
    locks = caller.locks()
    vocabulary = vocabulary_of(caller.language) or VOCABULARIES["en"]
    text = " | ".join(part for part in parts if part)
    request = read_request(text, vocabulary, place_names(locks))
    once = request.once or says_once(sentence or "", vocabulary)
    return Spoken(request, locks, once)


def capitalized(name: str) -> str:
    """Return a name as it is written: what was heard may be in small letters."""
    return name[:1].upper() + name[1:]
