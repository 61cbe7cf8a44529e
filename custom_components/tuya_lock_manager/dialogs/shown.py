"""What is told of a code that was just made: its digits, its window, what to know."""

from collections.abc import Iterable, Iterator

from ..domain.passwords import CLEARING_TYPES, Password, PasswordStatus, PasswordType
from ..hub import LockHub
from ..wishes import ChangedPassword, CreatedCode
from .markdown import escaped, listed, paragraphs
from .words import Words


def made(
    words: Words,
    lock: str,
    hub: LockHub,
    created: CreatedCode,
    more: Iterable[str] = (),
) -> str:
    """Return the part of a page that shows one lock's new code, as Markdown.

    `more` are notes that come of its being one of several.
    """
    issued = created.issued
    lines = notes_told(words, hub, created, more)
    if issued.schedule is not None:
        lines.insert(0, words.hours(issued.schedule))
    clears = issued.type in CLEARING_TYPES
    opens = words.say(
        "code_window", start=words.moment(issued.start), end=words.moment(issued.end)
    )
    return paragraphs(
        (
            f"**{escaped(lock)}**" + ("" if clears else f" · {escaped(issued.name)}"),
            f"## {escaped(created.code)}" if created.code else "",
            "" if clears else opens,
            listed(lines),
        )
    )


def notes_told(
    words: Words, hub: LockHub, created: CreatedCode, more: Iterable[str] = ()
) -> list[str]:
    """Return what the host and the guest have to know of a new code, as sentences."""
    values = _values(words, created)
    lines = (words.note(key, **values) for key in (*_notes(hub, created), *more))
    return [line for line in lines if line]


def changed(words: Words, lock: str, outcome: ChangedPassword) -> str:
    """Return the part of a page that shows a code after a change, as Markdown."""
    code = outcome.password
    return paragraphs(
        (
            f"**{escaped(code.name)}** · {escaped(lock)}",
            f"## {escaped(outcome.code)}" if outcome.code else "",
            f"{words.status(code.status)}: {words.explain(code.status)}",
            words.span(code.start, code.end),
            change_told(words, code),
            *map(words.note, outcome.notes),
        )
    )


def facts(words: Words, code: Password) -> Iterator[str]:
    """Yield what is to be known of a code beside its type, window and status."""
    if code.schedule is not None:
        yield words.hours(code.schedule)
    elif code.periodic:
        yield words.say("code_hours_unknown")
    if code.one_time and code.type is PasswordType.CUSTOM:
        yield words.say("note_opens_once")
    if code.use_by is not None and code.use_by != code.end and not code.ended:
        yield words.say("note_use_within_24_hours", use_by=words.moment(code.use_by))
    if code.clear_code_issued:
        yield words.say("code_has_clear_code")
    if code.clears_name:
        yield words.say("code_clears", name=escaped(code.clears_name))
    if told := change_told(words, code):
        yield told


def change_told(words: Words, code: Password) -> str:
    """Return what became of the last change of a code, nothing where it is done."""
    if code.change is None:
        return ""
    asked = words.span(code.asked_start or code.start, code.asked_end or code.end)
    return words.say(f"change_{code.change}", window=asked)


def _notes(hub: LockHub, created: CreatedCode) -> Iterable[str]:
    issued = created.issued
    notes = list(created.notes)
    if issued.type is PasswordType.TIME_LIMITED and issued.use_by == issued.end:
        notes.append("use_by_end")
    if issued.type is PasswordType.CUSTOM and issued.one_time:
        notes.append("opens_once")
    if created.status is PasswordStatus.PENDING:
        notes.append("pending_sleepy" if hub.traits.sleepy else "pending")
    if issued.type is PasswordType.CUSTOM and not hub.keeps_digits:
        notes.append("not_kept")
    return notes


def _values(words: Words, created: CreatedCode) -> dict[str, str]:
    """Return what the notes may name."""
    issued = created.issued
    return {
        "use_by": words.moment(issued.use_by or issued.end),
        "clears": ", ".join(map(escaped, created.clears)) or "-",
    }
