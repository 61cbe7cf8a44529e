"""What the pages say: the parts of their texts, in the language of Home Assistant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import (
    async_get_cached_translations,
    async_get_translations,
)
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..domain.alarms import AlarmType
from ..domain.openings import OpeningMethod
from ..domain.passwords import Password, PasswordStatus, PasswordType
from ..domain.schedules import WEEKDAYS, Schedule

_CATEGORIES = ("common", "selector", "exceptions")
_FALLBACK = "en"


class Words:
    """The translated parts of texts, by their keys."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the texts by their full keys."""
        self._texts = texts

    @classmethod
    async def async_load(cls, hass: HomeAssistant, language: str | None = None) -> Self:
        """Load the words of a language, or of the one that Home Assistant is set to."""
        texts: dict[str, str] = {}
        for category in _CATEGORIES:
            texts |= await async_get_translations(
                hass, language or hass.config.language, category, [DOMAIN]
            )
        return cls(texts)

    @classmethod
    def cached(cls, hass: HomeAssistant) -> Self:
        """Take what Home Assistant has at hand: it loads our words before it sets us up.

        Just after another language was chosen that is English, until the other is loaded.
        """
        texts: dict[str, str] = {}
        for language in (_FALLBACK, hass.config.language):
            for category in _CATEGORIES:
                texts |= async_get_cached_translations(hass, language, category, DOMAIN)
        return cls(texts)

    def _text(self, key: str) -> str:
        return self._texts[f"component.{DOMAIN}.{key}"]

    def say(self, key: str, **values: str) -> str:
        """Return a sentence with its values filled in."""
        return self._text(f"common.{key}").format(**values)

    def note(self, key: str, **values: str) -> str:
        """Return what is to be known of a code; nothing where there is no text for it.

        A code that was made must be shown, whatever else there is to say.
        """
        text = self._texts.get(f"component.{DOMAIN}.common.note_{key}", "")
        return text.format(**values)

    def error(self, err: HomeAssistantError) -> str:
        """Return what went wrong."""
        key = f"component.{err.translation_domain}.exceptions.{err.translation_key}"
        text = self._texts.get(f"{key}.message")
        if text is None:
            return str(err)
        return text.format(**(err.translation_placeholders or {}))

    def status(self, status: PasswordStatus) -> str:
        """Return the word for a status."""
        return self._text(f"selector.password_status.options.{status}")

    def explain(self, status: PasswordStatus) -> str:
        """Return what a status means at the door."""
        return self.say(f"status_{status}")

    def type(self, type_: PasswordType) -> str:
        """Return the words for a type."""
        return self._text(f"selector.password_type.options.{type_}")

    def alarm(self, type_: AlarmType) -> str:
        """Return the words for what an alarm is about."""
        return self._text(f"selector.record_type.options.{type_}")

    def method(self, method: OpeningMethod) -> str:
        """Return the words for how a door was opened."""
        return self._text(f"selector.record_type.options.{method}")

    def moment(self, moment: datetime) -> str:
        """Return an exact time in Home Assistant's zone, with its weekday.

        Seconds are told only where there are some.
        """
        local = dt_util.as_local(moment)
        precision = "seconds" if local.second else "minutes"
        clock = local.time().isoformat(precision)
        return f"{self.weekday(local.weekday())} {local.date().isoformat()}, {clock}"

    def span(self, start: datetime | None, end: datetime | None) -> str:
        """Return a window as short as it can be told; a question mark is not known."""
        first, last = (self.moment(time) if time else "?" for time in (start, end))
        return self.say("code_span", start=first, end=last)

    def hours(self, schedule: Schedule) -> str:
        """Return on which days and at which hours a code opens."""
        days = ", ".join(self.weekday(day) for day in sorted(schedule.weekdays))
        return self.say(
            "code_hours",
            days=days,
            start=schedule.start.isoformat("minutes"),
            end=schedule.end.isoformat("minutes"),
            time_zone=schedule.time_zone,
        )

    def called(self, name: str | None, number: str | None) -> str:
        """Return what stands behind "the code": its name in quotes, else its number."""
        if name:
            return self.say("code_named", name=name)
        if number:
            return self.say("code_numbered", number=number)
        return self.say("code_unnamed")

    def label(self, code: Password) -> str:
        """Return a code as one line of a list."""
        return " · ".join(
            (
                code.name or "-",
                self.status(code.status),
                self.span(code.start, code.end),
            )
        )

    def weekday(self, day: int) -> str:
        """Return the name of a weekday; Monday is 0."""
        return self._text(f"selector.weekday.options.{WEEKDAYS[day]}")
