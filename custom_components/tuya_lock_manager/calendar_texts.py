"""What the events of a lock's calendar say of a code: a name and words, never digits."""

from .dialogs.shown import facts
from .dialogs.words import Words
from .domain.passwords import Password
from .hub import LockHub


def titled(words: Words, hub: LockHub, code: Password) -> str:
    """Return the title: the name, or the number where names are not to be shown."""
    if hub.shows_names and code.name.strip():
        return code.name
    return words.say("calendar_code", number=code.id)


def described(words: Words, code: Password) -> str:
    """Return how a code is, in the language of Home Assistant, a line for each thing."""
    return "\n".join(
        (
            f"{words.status(code.status)}: {words.explain(code.status)}",
            words.type(code.type),
            *facts(words, code),
        )
    )
