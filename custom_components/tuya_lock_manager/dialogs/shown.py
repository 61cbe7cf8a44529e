"""What is told of a code that was just made: its digits, its window, what to know."""

from collections.abc import Iterable

from ..domain.passwords import PasswordStatus, PasswordType
from ..hub import LockHub
from ..wishes import CreatedCode
from .markdown import escaped, listed, paragraphs
from .words import Words


def made(words: Words, lock: str, hub: LockHub, created: CreatedCode) -> str:
    """Return the part of a page that shows one lock's new code, as Markdown."""
    issued = created.issued
    lines = [words.say(key, **_values(words, created)) for key in _keys(hub, created)]
    if issued.schedule is not None:
        lines.insert(0, words.hours(issued.schedule))
    return paragraphs(
        (
            f"**{escaped(lock)}**",
            f"## {created.code}",
            words.say(
                "code_window",
                start=words.moment(issued.start),
                end=words.moment(issued.end),
            ),
            listed(lines),
        )
    )


def _keys(hub: LockHub, created: CreatedCode) -> Iterable[str]:
    issued = created.issued
    notes = [f"note_{note}" for note in created.notes]
    if issued.type is PasswordType.CUSTOM and issued.one_time:
        notes.append("note_opens_once")
    if created.status is PasswordStatus.PENDING:
        notes.append("note_pending_sleepy" if hub.traits.sleepy else "note_pending")
    if issued.type is PasswordType.CUSTOM and not hub.keeps_digits:
        notes.append("note_not_kept")
    return notes


def _values(words: Words, created: CreatedCode) -> dict[str, str]:
    """Return what the notes may name."""
    issued = created.issued
    return {
        "use_by": words.moment(issued.use_by or issued.end),
        "clears": ", ".join(map(escaped, created.clears)) or "-",
    }
