"""What a single translated text and its key may look like."""

import re
import string

import homeassistant.helpers.config_validation as cv
import voluptuous as vol

KEY = re.compile(r"^(?!.*[_-]{2})[a-z0-9]([a-z0-9_-]*[a-z0-9])?$")
QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")
REFERENCE = re.compile(r"\[%|%\]")
# A scheme or "www.", then a name with a dot: texts take addresses from placeholders.
ADDRESS = re.compile(
    r"(\b[a-z][a-z0-9]+://|\bwww\.)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE
)


def key(value: object) -> str:
    """Validate a translation key."""
    if not isinstance(value, str) or not KEY.match(value):
        raise vol.Invalid(f"{value!r} is no translation key")
    return value


def placeholders(text: str) -> set[str]:
    """Return the names in braces.

    Raises:
        ValueError: when a brace is open or closes nothing.
    """
    return {
        name for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


def text(value: object) -> str:
    """Validate a text."""
    checked: str = cv.string_with_no_html(value)
    if checked != checked.strip() or not checked:
        raise vol.Invalid("spaces around the text, or no text")
    if QUOTED_PLACEHOLDER.search(checked):
        raise vol.Invalid("a placeholder in single quotes")
    if REFERENCE.search(checked):
        raise vol.Invalid("a reference to another text")
    if ADDRESS.search(checked):
        raise vol.Invalid("an address; pass it as a placeholder")
    try:
        names = placeholders(checked)
    except ValueError as error:
        raise vol.Invalid(f"braces: {error}") from error
    if not all(name.isidentifier() for name in names):
        raise vol.Invalid("a placeholder that is no identifier")
    return checked


def fixed_text(value: object) -> str:
    """Validate a text that takes no placeholders."""
    checked = text(value)
    if placeholders(checked):
        raise vol.Invalid("a placeholder where none can be filled in")
    return checked
