"""What can be held against the texts of all languages without speaking them."""

from collections.abc import Iterator
import json
import re

import pytest

from tests.rules.files import Content
from tests.test_hassfest import COMPONENT

LANGUAGES = sorted(path.stem for path in COMPONENT.glob("translations/*.json"))
# They stand at the beginning of a line in the dialogs, of the calendar's descriptions,
# or beside a button.
LABELS = (
    *("password_status", "password_type", "family", "digits", "digits_from"),
    *("plan", "pace", "data_center", "member_kind", "record_kind", "unlock_type"),
)
HAN = "[\u4e00-\u9fff]"
# What a person has to write so, word for word, by the texts that say it.
TYPED = {
    "services.update_unlock_method.fields.method.description": ("card 2",),
    "services.remove_unlock_method.fields.method.description": ("card 2",),
    "exceptions.target_not_entity.message": ("lock.front_door",),
    "exceptions.field_not_boolean.message": ("true", "false"),
    "exceptions.field_not_datetime.message": ("2026-12-24 09:00:00",),
    "exceptions.field_not_time.message": ("08:30:00",),
    "exceptions.field_not_duration.message": ("03:00:00",),
    "exceptions.not_a_password_type.message": (
        *("custom", "time_limited", "one_time", "dynamic"),
    ),
    "exceptions.not_a_template_state.message": ("all", "valid", "invalid"),
    "exceptions.not_a_member_kind.message": ("all", "family", "panel"),
    "exceptions.not_a_role.message": ("admin", "normal"),
    "exceptions.not_an_unlock_type.message": (
        *("fingerprint", "card", "face", "password"),
    ),
    "exceptions.not_a_record_kind.message": ("unlock", "alarm", "all"),
    "exceptions.schedule_weekdays.message": (
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ),
    "exceptions.calendar_code_in_name.message": ("code:",),
    "exceptions.calendar_code_unclear.message": ("code:",),
}


def _texts(language: str) -> dict[str, str]:
    path = COMPONENT / "translations" / f"{language}.json"
    return dict(_leaves(json.loads(path.read_text("utf-8")), ""))


def _leaves(node: Content, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}.{key}" if path else key)
    else:
        yield path, str(node)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_begin_with_a_capital(language: str) -> None:
    small = {
        path: text
        for path, text in _texts(language).items()
        if path.startswith(tuple(f"selector.{label}." for label in LABELS))
        if text[0].islower()
    }
    assert small == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_plural_to_the_reader(language: str) -> None:
    """A text with a number reads well with one and with many: "Locks: {locks}"."""
    left = {
        path: text
        for path, text in _texts(language).items()
        if re.search(r"\w\(\w{1,2}\)", text)
    }
    assert left == {}


def test_chinese_has_punctuation_of_its_own() -> None:
    wrong = {
        path: text
        for path, text in _texts("zh-Hans").items()
        # What is to be typed into a calendar is not translated, and steps have numbers.
        if re.search(
            rf"{HAN} ?[,.;:!?()]|[,;:!?(] ?{HAN}|\D\. ?{HAN}",
            text.replace("code: ", ""),
        )
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_typed_is_not_translated(language: str) -> None:
    """Words that an action or the calendar takes are the same in every language."""
    texts = _texts(language)
    for path, words in TYPED.items():
        missing = [word for word in words if word not in _texts("en")[path]]
        missing += [word for word in words if word not in texts[path]]
        assert missing == [], path


@pytest.mark.parametrize("language", ["es", "fr", "it", "nl", "pl", "pt-BR"])
def test_weekdays_are_written_small(language: str) -> None:
    """They stand in the middle of sentences; English and German write them large."""
    days = {
        path: text
        for path, text in _texts(language).items()
        if path.startswith("selector.weekday.options.")
    }
    assert len(days) == 7
    assert [day for day in days.values() if not day[0].islower()] == []


def test_french_keeps_its_punctuation_on_the_line() -> None:
    """Before a colon and inside quotation marks stands a space that doesn't break."""
    wrong = {
        path: text
        for path, text in _texts("fr").items()
        if re.search(r" [:;!?»]|« ", text)
    }
    assert wrong == {}
