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
