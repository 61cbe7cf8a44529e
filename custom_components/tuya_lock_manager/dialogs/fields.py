"""Fields of the pages: their selectors, and how what was chosen is read."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.data_entry_flow import section
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateTimeSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
    TimeSelector,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..actions.fields import aware
from ..domain.schedules import WEEKDAYS
from .markdown import plain

FIELD_ACCEPT: Final = "accept_unenforced"
FIELD_CODE: Final = "code"
FIELD_PASSWORD: Final = "password"
FIELD_DAILY_END: Final = "daily_end"
FIELD_DAILY_START: Final = "daily_start"
FIELD_END: Final = "end"
FIELD_HOURS: Final = "hours"
FIELD_LOCK: Final = "lock"
FIELD_LOCKS: Final = "locks"
FIELD_NAME: Final = "name"
FIELD_ONE_TIME: Final = "one_time"
FIELD_START: Final = "start"
FIELD_WEEKDAYS: Final = "weekdays"

# A longer list is folded into a box that opens.
_LONG = 12

TEXT = TextSelector(TextSelectorConfig(type=TextSelectorType.TEXT, autocomplete="off"))

# Where an error is shown; all others are shown above the fields.
_FIELDS_OF_ERRORS: Final = {
    "no_lock_chosen": FIELD_LOCKS,
    "name_": FIELD_NAME,
    "new_name_": FIELD_NAME,
    "twin_": FIELD_NAME,
    "code_": FIELD_CODE,
    "window_": FIELD_END,
}


def choice(options: Mapping[str, str], *, multiple: bool = False) -> SelectSelector:
    """Return a field to choose from labels by their values."""
    return SelectSelector(
        SelectSelectorConfig(
            options=[
                SelectOptionDict(value=value, label=plain(label))
                for value, label in options.items()
            ],
            multiple=multiple,
            mode=SelectSelectorMode.DROPDOWN
            if len(options) > _LONG
            else SelectSelectorMode.LIST,
        )
    )


def usual_window(now: datetime) -> tuple[datetime, datetime]:
    """Return from now on for an hour, in whole minutes.

    When the clocks are set back an hour is there twice: the end is one that is later
    on the clock too.
    """
    start = now.replace(second=0, microsecond=0)
    end = start + timedelta(hours=1)
    while _text(end) <= _text(start):
        end += timedelta(hours=1)
    return start, end


def moment_field(name: str, moment: datetime) -> VolDictType:
    """Return a field for a time, filled in."""
    return {vol.Required(name, default=_text(moment)): DateTimeSelector()}


def _text(moment: datetime) -> str:
    """Return a time as its field takes it: in Home Assistant's zone."""
    return dt_util.as_local(moment).strftime("%Y-%m-%d %H:%M:%S")


def changed_moment(entered: str, moment: datetime) -> datetime | None:
    """Return the time that was chosen; None where it was left as it is."""
    chosen = cv.datetime(entered)
    if chosen.isoformat(" ", "seconds") == _text(moment):
        return None
    return aware(chosen)


def window_of(entered: Mapping[str, Any], now: datetime) -> dict[str, datetime | None]:
    """Return the start and the end that were chosen; a start that has passed is now."""
    start = aware(cv.datetime(entered[FIELD_START]))
    passed = start is not None and start <= now
    return {
        FIELD_START: None if passed else start,
        FIELD_END: aware(cv.datetime(entered[FIELD_END])),
    }


def hours_section(*, may_ignore: bool) -> section:
    """Return the folded fields for weekdays and hours.

    `may_ignore` asks for the word that a lock may open all week.
    """
    fields: VolDictType = {
        vol.Optional(FIELD_WEEKDAYS): SelectSelector(
            SelectSelectorConfig(
                options=list(WEEKDAYS),
                multiple=True,
                mode=SelectSelectorMode.LIST,
                translation_key="weekday",
            )
        ),
        vol.Optional(FIELD_DAILY_START): TimeSelector(),
        vol.Optional(FIELD_DAILY_END): TimeSelector(),
    }
    if may_ignore:
        fields[vol.Required(FIELD_ACCEPT, default=False)] = BooleanSelector()
    return section(vol.Schema(fields), {"collapsed": True})


def hours_of(entered: Mapping[str, Any]) -> dict[str, Any]:
    """Return the weekdays and hours that were chosen, as the actions take them."""
    times = {
        key: cv.time(entered[key])
        for key in (FIELD_DAILY_START, FIELD_DAILY_END)
        if entered.get(key)
    }
    return {
        # No day at all is what an empty choice looks like: no wish.
        FIELD_WEEKDAYS: entered.get(FIELD_WEEKDAYS) or None,
        FIELD_ACCEPT: entered.get(FIELD_ACCEPT, False),
        **times,
    }


def field_of(errors: Iterable[HomeAssistantError], form: VolDictType) -> str:
    """Return at which field of a form its errors are shown; "base" is above all."""
    fields = {_field_of(err.translation_key or "") for err in errors}
    if len(fields) == 1 and (field := fields.pop()) in form:
        return field
    return "base"


def _field_of(key: str) -> str:
    return next(
        (field for start, field in _FIELDS_OF_ERRORS.items() if key.startswith(start)),
        "base",
    )
