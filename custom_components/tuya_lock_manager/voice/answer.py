"""What is answered: a sentence for people, and facts for a model."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from ..dialogs.words import Words
from .caller import VoiceLock

_NEAR = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, what it is made of, and which locks it is about.

    `did` tells whether anything was done, or was to be looked at only.
    """

    text: str
    data: JsonObjectType = field(repr=False)
    locks: tuple[VoiceLock, ...] = ()
    did: bool = False


def said_end(words: Words, moment: datetime, now: datetime) -> str:
    """Return an end as it is spoken: a midnight is that of the day that it ends."""
    local = dt_util.as_local(moment)
    if local.time() != time.min:
        return said_moment(words, moment, now)
    return _said(words, local - timedelta(days=1), "24:00", now)


def said_moment(words: Words, moment: datetime, now: datetime) -> str:
    """Return a time as it is spoken: by the day that is near, else with its date."""
    local = dt_util.as_local(moment)
    return _said(words, local, f"{local:%H:%M}", now)


def _said(words: Words, local: datetime, clock: str, now: datetime) -> str:
    today = dt_util.as_local(now)
    days = (local.date() - today.date()).days
    if (near := {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)) is not None:
        return words.say(f"voice_{near}", time=clock)
    weekday = words.weekday(local.weekday())
    if abs(local - today) < _NEAR:
        return words.say("voice_weekday", weekday=weekday, time=clock)
    return words.say(
        "voice_date", weekday=weekday, date=local.date().isoformat(), time=clock
    )


def sentences(parts: Iterable[str]) -> str:
    """Return sentences as one text, without those that are empty."""
    return " ".join(part for part in parts if part)
