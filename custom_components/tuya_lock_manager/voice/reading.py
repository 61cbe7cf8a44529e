"""Questions: which codes open, who opened last, which alarms nobody has seen."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..actions.fields import time_text
from ..actions.target import error_view
from ..domain.passwords import CLEARING_TYPES, Password, PasswordStatus
from ..exceptions import failed
from ..hub import LockHub
from ..recent import last_opening, unread_alarms_of
from .answer import Answer, said_end, said_moment, sentences
from .caller import Caller, VoiceLock
from .places import listed

# What is younger is answered without asking the cloud.
_FRESH = timedelta(seconds=10)
# So many are named; of the others it is said how many they are.
_MOST = 5
# Codes that open, or that nobody can vouch for not to.
_OPENS = frozenset({PasswordStatus.ACTIVE})
_MAY_OPEN = frozenset(
    {PasswordStatus.UNCONFIRMED, PasswordStatus.UNKNOWN, PasswordStatus.REMOVING}
)
_LATER = frozenset({PasswordStatus.SCHEDULED, PasswordStatus.PENDING})

type _Told = tuple[str, JsonObjectType]
type _Question = Callable[[Caller, VoiceLock], Awaitable[_Told]]


async def async_active_codes(caller: Caller, locks: Sequence[VoiceLock]) -> Answer:
    """Tell which codes open the locks, and which may or will."""
    return await _async_each(caller, locks, _async_codes)


async def async_last_opening(caller: Caller, locks: Sequence[VoiceLock]) -> Answer:
    """Tell who opened each lock last, when and how."""
    return await _async_each(caller, locks, _async_opening)


async def async_unread_alarms(caller: Caller, locks: Sequence[VoiceLock]) -> Answer:
    """Tell the alarms that nobody has seen; they stay unread."""
    return await _async_each(caller, locks, _async_alarms)


async def _async_each(
    caller: Caller, locks: Sequence[VoiceLock], question: _Question
) -> Answer:
    """Ask about each lock; one that can't be asked keeps the others' answers.

    Raises the error of the first lock where none could be asked.
    """
    texts: list[str] = []
    answers: list[JsonValueType] = []
    errors: list[HomeAssistantError] = []
    for lock in locks:
        try:
            text, data = await question(caller, lock)
        except HomeAssistantError as err:
            errors.append(err)
            text, data = (
                caller.words.error(err),
                {
                    "lock": lock.name,
                    "error": error_view(err),
                },
            )
        texts.append(text)
        answers.append(data)
    if len(errors) == len(locks):
        raise errors[0]
    return Answer(sentences(texts), {"locks": answers}, tuple(locks))


async def async_codes_of(lock: VoiceLock) -> list[Password]:
    """Return the codes of a lock as they are now; clearing codes are none.

    Raises HomeAssistantError where they can't be read: an outage is no empty list.
    """
    await lock.manager.async_know_passwords(lock.hub)
    return [
        code
        for code in lock.manager.passwords(lock.hub)
        if code.type not in CLEARING_TYPES
    ]


async def _async_codes(caller: Caller, lock: VoiceLock) -> _Told:
    codes = [code for code in await async_codes_of(lock) if not code.ended]
    groups = [
        ("voice_codes_open", [code for code in codes if code.status in _OPENS]),
        ("voice_codes_may_open", [code for code in codes if code.status in _MAY_OPEN]),
        ("voice_codes_later", [code for code in codes if code.status in _LATER]),
    ]
    now = lock.hub.client.now()
    words = caller.words
    told = [
        words.say(
            key,
            lock=lock.name,
            codes=_named(
                caller, lock.hub, found, now, from_start=key.endswith("later")
            ),
        )
        for key, found in groups
        if found
    ]
    if not groups[0][1]:
        told.insert(0, words.say("voice_codes_none", lock=lock.name))
    views: list[JsonValueType] = [code_view(lock.hub, code) for code in codes]
    return sentences(told), {"lock": lock.name, "codes": views}


def _named(
    caller: Caller,
    hub: LockHub,
    codes: Sequence[Password],
    now: datetime,
    *,
    from_start: bool,
) -> str:
    """Return codes with their windows; the others only by how many they are."""
    words = caller.words
    names = [
        said_code(caller, hub, code, now, from_start=from_start)
        for code in codes[:_MOST]
    ]
    if more := len(codes) - len(names):
        names.append(words.say("alarms_more", count=str(more)))
    return listed(names)


def said_code(
    caller: Caller,
    hub: LockHub,
    code: Password,
    now: datetime,
    *,
    from_start: bool = False,
) -> str:
    """Return a code as it is spoken: its name, unless names are hidden, and its window."""
    words = caller.words
    name = code.name if hub.shows_names and code.name else words.say("voice_a_code")
    if from_start and code.start is not None and code.start > now:
        start = said_moment(words, code.start, now)
        return words.say("voice_code_from", name=name, start=start)
    if code.end is None:
        return name
    end = said_end(words, code.end, now)
    return words.say("voice_code_until", name=name, end=end)


def code_view(hub: LockHub, code: Password) -> JsonObjectType:
    """Return a code as a model gets it; without its name where names are hidden."""
    return {
        "id": code.id,
        "name": code.name if hub.shows_names else None,
        "type": code.type.value,
        "status": code.status.value,
        "start": time_text(code.start),
        "end": time_text(code.end),
        "use_by": time_text(code.use_by),
        "one_time": code.one_time,
    }


async def _async_know_records(hub: LockHub) -> None:
    """Read the records of a lock unless that was done just now.

    Raises HomeAssistantError where they can't be read.
    """
    activity = hub.activity
    if not (activity.last_update_success and activity.is_younger_than(_FRESH)):
        await activity.async_refresh()
    if not (activity.has_answer and activity.last_update_success):
        raise failed("records_not_read", lock=hub.name)


async def _async_opening(caller: Caller, lock: VoiceLock) -> _Told:
    hub, words = lock.hub, caller.words
    await _async_know_records(hub)
    opening = last_opening(hub)
    if opening is None:
        text = words.say("voice_never_opened", lock=lock.name)
        return text, {"lock": lock.name, "last_opening": None}
    who = (opening.person or opening.password_name) if hub.shows_names else None
    when = said_moment(words, opening.time, hub.client.now())
    how = words.method(opening.method)
    text = (
        words.say("voice_opened_by", lock=lock.name, who=who, when=when, how=how)
        if who
        else words.say("voice_opened", lock=lock.name, when=when, how=how)
    )
    told: JsonObjectType = {
        "time": time_text(opening.time),
        "who": who,
        "how": opening.method.value,
    }
    return text, {"lock": lock.name, "last_opening": told}


async def _async_alarms(caller: Caller, lock: VoiceLock) -> _Told:
    hub, words = lock.hub, caller.words
    await _async_know_records(hub)
    alarms = unread_alarms_of(hub)
    views: list[JsonValueType] = [
        {"type": alarm.type.value, "time": time_text(alarm.time)} for alarm in alarms
    ]
    data: JsonObjectType = {"lock": lock.name, "unread_alarms": views}
    if not alarms:
        return words.say("voice_alarms_none", lock=lock.name), data
    now = hub.client.now()
    told = [
        words.say(
            "voice_alarm",
            alarm=words.alarm(alarm.type),
            when=said_moment(words, alarm.time, now),
        )
        for alarm in alarms[:_MOST]
    ]
    if more := len(alarms) - len(told):
        told.append(words.say("alarms_more", count=str(more)))
    text = words.say(
        "voice_alarms", lock=lock.name, count=str(len(alarms)), alarms=listed(told)
    )
    return text, data
