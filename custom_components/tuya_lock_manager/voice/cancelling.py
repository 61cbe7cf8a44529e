"""Take a code away by voice: first it is asked back, then it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.json import JsonObjectType

from ..actions.target import async_outcomes
from ..const import OPT_VOICE_DELETE
from ..domain.passwords import Password, PasswordStatus, PasswordType
from ..domain.spoken import same_words
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import DeletedPassword
from .answer import Answer
from .caller import Caller, VoiceLock
from .places import listed
from .questions import Question, ask, take_question
from .reading import async_codes_of, code_view, said_code


@dataclass(frozen=True, slots=True)
class MeantCode:
    """Which code is meant: its name or id, and when it opens, as far as that was said."""

    name: str | None
    start: datetime | None = None
    end: datetime | None = None

    def is_then(self, code: Password) -> bool:
        """Tell whether a code opens at some of the time that was said."""
        starts_later = self.end and code.start and code.start >= self.end
        ended_before = self.start and code.end and code.end <= self.start
        return not starts_later and not ended_before


async def async_cancel(
    caller: Caller,
    locks: Sequence[VoiceLock],
    meant: MeantCode,
    *,
    confirmed: bool,
    at_once: bool = False,
) -> Answer:
    """Delete the code that is meant, once that was asked back.

    A confirmation counts only for the code that this caller was asked about just now;
    it may leave out the name. `at_once` says that nothing may have been said since.
    Raises ServiceValidationError for what isn't allowed, or can't be deleted.
    """
    question = take_question(caller, at_once=at_once)
    if meant.name is None:
        if not confirmed:
            raise refused("voice_which_code")
        if question is None:
            raise refused("voice_nothing_asked")
        locks = [lock for lock in locks if lock.entity_id == question.entity_id]
        if not locks:
            raise refused("voice_nothing_asked")
    lock, code = await _async_find(caller, locks, meant, question)
    if code.type is not PasswordType.CUSTOM:
        raise refused(f"not_deletable_{code.type}", name=code.name)
    was_asked = question is not None and (lock.entity_id, code.key) == (
        question.entity_id,
        question.key,
    )
    if confirmed and was_asked:
        return await _async_delete(caller, lock, code)
    ask(caller, lock.entity_id, code.key)
    return _asked_back(caller, lock, code)


def keep(caller: Caller) -> Answer:
    """Leave the code that was asked about.

    Raises ServiceValidationError where nothing was asked.
    """
    if take_question(caller, at_once=True) is None:
        raise refused("voice_nothing_asked")
    return Answer(caller.words.say("voice_kept"), {"deleted": False})


async def _async_find(
    caller: Caller,
    locks: Sequence[VoiceLock],
    meant: MeantCode,
    question: Question | None,
) -> tuple[VoiceLock, Password]:
    """Return the one live code that is meant, on whichever of the locks it is."""
    allowed = [lock for lock in locks if lock.allows(OPT_VOICE_DELETE)]
    await caller.async_require(OPT_VOICE_DELETE, (allowed or locks)[0])
    live = [
        (lock, code)
        for lock in allowed
        for code in await async_codes_of(lock)
        if not code.ended
    ]
    if meant.name is None:
        found = [
            (lock, code) for lock, code in live if question and code.key == question.key
        ]
    else:
        found = _narrowed(_named(live, meant.name), meant)
    if not found:
        raise refused("voice_no_such_code", name=meant.name or "-")
    if len(found) > 1:
        now = found[0][0].hub.client.now()
        told = (
            f"{said_code(caller, lock.hub, code, now)} ({lock.name})"
            for lock, code in found
        )
        raise refused("voice_which_of_codes", codes=listed(told))
    return found[0]


def _named(
    live: Sequence[tuple[VoiceLock, Password]], name: str
) -> list[tuple[VoiceLock, Password]]:
    """Return the codes with a name or an id, else those whose name has all its words."""
    wanted = name.strip().casefold()
    exact = [
        (lock, code)
        for lock, code in live
        if wanted in {code.id.casefold(), code.name.strip().casefold()}
    ]
    return exact or [(lock, code) for lock, code in live if same_words(name, code.name)]


def _narrowed(
    found: list[tuple[VoiceLock, Password]], meant: MeantCode
) -> list[tuple[VoiceLock, Password]]:
    """Return those that open when it was said, and of them those that can be deleted."""
    then = [(lock, code) for lock, code in found if meant.is_then(code)]
    custom = [(lock, code) for lock, code in then if code.type is PasswordType.CUSTOM]
    # Of several that all can't be deleted the first tells why.
    return custom or then[:1]


def _asked_back(caller: Caller, lock: VoiceLock, code: Password) -> Answer:
    now = lock.hub.client.now()
    told = said_code(caller, lock.hub, code, now)
    text = caller.words.say("voice_really_delete", code=told, lock=lock.name)
    data: JsonObjectType = {
        "deleted": False,
        "needs_confirmation": True,
        "lock": lock.name,
        "would_delete": code_view(lock.hub, code),
    }
    return Answer(text, data, (lock,))


async def _async_delete(caller: Caller, lock: VoiceLock, code: Password) -> Answer:
    async def delete(manager: LockManager, hub: LockHub) -> DeletedPassword:
        return await manager.async_delete(hub, code.key)

    outcomes = await async_outcomes({lock.entity_id: lock.target}, delete)
    outcome = outcomes[lock.entity_id]
    if isinstance(outcome, HomeAssistantError):
        raise outcome
    if outcome.already_gone:
        key = "deleted_gone"
    elif outcome.status is PasswordStatus.REMOVING:
        key = "deleted_removing"
    else:
        key = "deleted_removed"
    shown = code.name if lock.hub.shows_names else caller.words.say("voice_a_code")
    text = caller.words.say(key, name=shown, lock=lock.name)
    data: JsonObjectType = {
        "deleted": True,
        "lock": lock.name,
        "id": outcome.id,
        "status": outcome.status.value,
        "already_gone": outcome.already_gone,
    }
    return Answer(text, data, (lock,), did=True)
