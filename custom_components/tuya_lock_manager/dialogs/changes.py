"""Which fields a change of a code has, and what is asked for by them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..actions.password_changes import password_change
from ..domain.passwords import Password
from ..domain.windows import DEFAULT_DURATION
from ..wishes import PasswordChange
from .fields import (
    FIELD_CODE,
    FIELD_END,
    FIELD_NAME,
    FIELD_START,
    TEXT,
    changed_moment,
    moment_field,
)
from .markdown import plain

CHANGE_WINDOW = "change_window"
NEW_DIGITS = "new_digits"
RENAME = "rename"


def change_fields(
    page: str, code: Password, now: datetime, *, needs_digits: bool
) -> VolDictType:
    """Return the fields of a change, filled in with what is.

    A code that has begun keeps its start.
    """
    fields: VolDictType = {}
    if page == RENAME:
        fields[vol.Required(FIELD_NAME, default=plain(code.name))] = TEXT
    if page == CHANGE_WINDOW:
        start, end = _window(code, now)
        if start > now:
            fields |= moment_field(FIELD_START, start)
        fields |= moment_field(FIELD_END, end)
    if page == NEW_DIGITS or needs_digits:
        fields[vol.Optional(FIELD_CODE)] = TEXT
    return fields


def asked_change(
    page: str,
    entered: Mapping[str, Any],
    code: Password,
    now: datetime,
    *,
    needs_digits: bool,
) -> PasswordChange:
    """Return what is asked for; times that were left as they are, are not.

    Raises ServiceValidationError.
    """
    own = entered.get(FIELD_CODE)
    asked: dict[str, Any] = {
        "code": own,
        "new_code": own is None and (needs_digits or page == NEW_DIGITS),
        "accept_unenforced": False,
    }
    if FIELD_NAME in entered:
        asked["new_name"] = entered[FIELD_NAME].strip()
    for field, moment in zip((FIELD_START, FIELD_END), _window(code, now), strict=True):
        if field in entered:
            asked[field] = changed_moment(entered[field], moment)
    return password_change(asked)


def _window(code: Password, now: datetime) -> tuple[datetime, datetime]:
    """Return the window that a code has, or is to have."""
    start = code.asked_start or code.start or now
    return start, code.asked_end or code.end or start + DEFAULT_DURATION
