"""How the fields of an action are read, and what is told where they hold something else.

What a schema refuses, Home Assistant answers in the schema's own words, and logs with
all that was given, a code too. These schemas refuse in the user's words: the field is
named, what it holds is not.
"""

from collections.abc import Callable
import re
from typing import override

from homeassistant.const import CONF_EXCLUDE
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..exceptions import refused

# What is told of a field whose validator is one of these.
_TOLD: tuple[tuple[object, str], ...] = (
    (cv.boolean, "field_not_boolean"),
    (cv.datetime, "field_not_datetime"),
    (cv.time, "field_not_time"),
    (cv.time_period, "field_not_duration"),
    (cv.ensure_list, "field_not_texts"),
    (cv.string, "field_not_text"),
)

_TARGETS = {
    "entity_id": "target_not_entity",
    "device_id": "target_not_device",
    "area_id": "target_not_area",
    "floor_id": "target_not_floor",
    "label_id": "target_not_label",
}


class _WrongFieldError(vol.Invalid):
    """A field holds what it can't; the message is what is told of it."""


class ActionSchema(vol.Schema):
    """The schema of an action's data; its errors are translated."""

    @override
    def __call__(self, data: object, **options: object) -> object:
        """Return the data as the action reads it.

        Raises ServiceValidationError for data that it can't read.
        """
        try:
            return super().__call__(data, **options)
        except vol.MultipleInvalid as err:
            error = self._told(err.errors[0])
        # Outside of the clause: the schema's error may have the value in its words.
        raise error

    def _told(self, err: vol.Invalid) -> ServiceValidationError:
        field = str(err.path[0]) if err.path else "-"
        if isinstance(err, _WrongFieldError):
            return refused(str(err.msg), field=field)
        if isinstance(err, vol.RequiredFieldInvalid):
            return refused("field_missing", field=field)
        others = {"metadata", CONF_EXCLUDE, *_TARGETS}
        fields = [str(marker) for marker in self.schema if str(marker) not in others]
        # Digits of a code may have slipped to where a name belongs, and errors are logged.
        field = re.sub(r"\d", "*", field)
        return refused("field_unknown", field=field, fields=", ".join(fields) or "-")


def action_schema(fields: VolDictType) -> vol.Schema:
    """Return the schema of an action with these fields, those of a target included."""
    return ActionSchema(
        {
            vol.Remove("metadata"): object,
            **{
                marker: _telling(
                    validator, _TARGETS.get(str(marker)) or _key(validator)
                )
                for marker, validator in fields.items()
            },
        }
    )


def _key(validator: object) -> str:
    """Return the translation key for what a validator refuses."""
    parts = validator.validators if isinstance(validator, vol.All) else (validator,)
    if any(isinstance(part, vol.Coerce) for part in parts):
        return "field_not_number"
    return next((key for known, key in _TOLD if known in parts), "field_wrong")


def _telling(validator: object, key: str) -> Callable[[object], object]:
    """Return a validator whose errors say nothing of the value."""
    check = vol.Schema(validator)

    def tell(value: object) -> object:
        try:
            return check(value)
        except vol.Invalid, TypeError, ValueError, OverflowError:
            # Home Assistant's validators stumble over numbers, and days that don't exist.
            pass
        raise _WrongFieldError(key)

    return tell
