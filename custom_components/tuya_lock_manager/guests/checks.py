"""What can't be a guest calendar: each reason is shown where it was entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_NAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import TemplateError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..account import TuyaLockConfigEntry
from ..const import DOMAIN, GUEST_CALENDAR, GUEST_LOCKS, SUBENTRY_GUESTS
from ..domain.booking_digits import PatternError, PatternReason, check_pattern
from ..domain.guest_rules import DigitsFrom, GuestRules, rules_of
from ..lock_names import lock_names
from .form import SECTION_DIGITS, SECTION_MESSAGE
from .message import Told, async_text

# The field or block of an error that is about all of the form.
_ALL = "base"
# Of nobody: a message is tried with them.
_DIGITS = "482913"
_PATTERNS: dict[PatternReason, str] = {
    "invalid": "pattern_invalid",
    "too_long": "pattern_too_long",
    "too_many_repeats": "pattern_too_many_repeats",
    "nested_repeats": "pattern_nested_repeats",
    "not_supported": "pattern_not_supported",
}


@dataclass(frozen=True, slots=True)
class FormError:
    """Why a form is refused: at which field or block, by which text, with what detail."""

    field: str
    key: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GuestForm:
    """A form that was filled in; `subentry_id` is the guest calendar that it changes."""

    hass: HomeAssistant
    entry: TuyaLockConfigEntry
    title: str
    rules: GuestRules
    subentry_id: str | None = None

    async def async_errors(self) -> list[FormError]:
        """Return everything that can't be, the first of each field."""
        found: dict[str, FormError] = {}
        for error in (*self._all_errors(), *await self._async_about_text()):
            found.setdefault(error.field, error)
        return list(found.values())

    def _all_errors(self) -> Iterator[FormError]:
        if not self.title:
            yield FormError(CONF_NAME, "name_missing")
        yield from self._about_calendar()
        yield from self._about_locks()
        yield from self._about_pattern()
        yield from self._about_message()
        if (twin := self._twin()) is not None:
            yield FormError(_ALL, "already_watched", twin)

    def _about_calendar(self) -> Iterator[FormError]:
        if not _is_there(self.hass, self.rules.calendar, Platform.CALENDAR):
            yield FormError(GUEST_CALENDAR, "calendar_unknown")
            return
        known = er.async_get(self.hass).async_get(self.rules.calendar)
        if known is not None and known.platform == DOMAIN:
            # Its events are the codes themselves.
            yield FormError(GUEST_CALENDAR, "calendar_of_locks")

    def _about_locks(self) -> Iterator[FormError]:
        if not self.rules.locks:
            yield FormError(GUEST_LOCKS, "no_lock_chosen")
        if self.rules.offline_fallback:
            return
        if self.entry.state is not ConfigEntryState.LOADED:
            return  # its keeper will say so
        for device_id in self.rules.locks:
            hub = self.entry.runtime_data.locks.get(device_id)
            if hub is not None and not hub.traits.online_codes:
                yield FormError(GUEST_LOCKS, "lock_needs_fallback", hub.name)

    def _about_pattern(self) -> Iterator[FormError]:
        pattern = self.rules.pattern
        if self.rules.digits_from is not DigitsFrom.PATTERN:
            return
        if pattern is None:
            yield FormError(SECTION_DIGITS, "pattern_missing")
            return
        try:
            compiled = check_pattern(pattern)
        except PatternError as err:
            yield FormError(SECTION_DIGITS, _PATTERNS[err.reason])
            return
        if compiled.search("") is not None:
            yield FormError(SECTION_DIGITS, "pattern_empty")

    def _about_message(self) -> Iterator[FormError]:
        notify, message = self.rules.notify, self.rules.message
        if message is not None and notify is None:
            yield FormError(SECTION_MESSAGE, "notify_missing")
        if notify is not None and not _is_there(self.hass, notify, Platform.NOTIFY):
            yield FormError(SECTION_MESSAGE, "notify_unknown")

    async def _async_about_text(self) -> list[FormError]:
        """Try the message: whoever gets it has to find the digits in it."""
        if (message := self.rules.message) is None:
            return []
        names = lock_names(self.hass, self.entry.entry_id)
        now = dt_util.now()
        told = Told(
            guest="Ada",
            codes={names[lock]: _DIGITS for lock in self.rules.locks if lock in names},
            check_in=now,
            check_out=now + timedelta(days=2),
        )
        try:
            text = await async_text(self.hass, message, told)
        except TemplateError as err:
            return [FormError(SECTION_MESSAGE, "message_invalid", str(err))]
        if told.codes and _DIGITS not in "".join(filter(str.isdigit, text)):
            return [FormError(SECTION_MESSAGE, "message_without_code")]
        return []

    def _twin(self) -> str | None:
        """Return the guest calendar that makes codes of the same events on the same lock."""
        for other in self.entry.get_subentries_of_type(SUBENTRY_GUESTS):
            if other.subentry_id == self.subentry_id:
                continue
            try:
                rules = rules_of(other.data)
            except ValueError:
                continue  # it makes no codes
            if (
                rules.calendar == self.rules.calendar
                and _folded(rules.include) == _folded(self.rules.include)
                and set(rules.locks) & set(self.rules.locks)
            ):
                return other.title
        return None


def _is_there(hass: HomeAssistant, id_: str, domain: str) -> bool:
    """Return whether there is such an entity, by its id in the registry or its entity id."""
    registry = er.async_get(hass)
    known = registry.async_get(id_)
    entity_id = id_ if known is None else known.entity_id
    if not entity_id.startswith(f"{domain}."):
        return False
    if known is not None:
        return known.disabled_by is None
    return hass.states.get(entity_id) is not None


def _folded(text: str | None) -> str:
    return (text or "").casefold()
