"""Hears a sentence as Assist does, without a house around: what is meant, whom, when.

The files in `phrases/` hold one sentence a line, below what it asks for; behind an equals
sign stands what is understood of it: names, a window, whether it is a yes.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hassil.intents import Intents, TextSlotList
from hassil.recognize import RecognizeResult, recognize_best
from hassil.util import merge_dict
from home_assistant_intents import get_intents
from homeassistant.components.conversation.const import METADATA_CUSTOM_SENTENCE
from homeassistant.util.yaml import load_yaml_dict

from custom_components.tuya_lock_manager.domain.spoken import (
    RepeatedTimesError,
    UnclearTimeError,
    as_said,
    read_request,
    vocabulary_of,
    window_of,
)
from tests.voice_sentences import NAMES
from tests.voicing import SENTENCES

PREFIX = "TuyaLockManager"
PHRASES = Path(__file__).parent / "phrases"
# A Monday.
NOW = datetime(2026, 6, 1, 12, 30, tzinfo=ZoneInfo("Europe/Berlin"))
PLACES = {name: frozenset({"front"}) for name in ("Front door", *NAMES.values())}


class Listener:
    """Home Assistant's sentences in a language, with ours among them."""

    def __init__(self, language: str) -> None:
        """Load them as Home Assistant does."""
        self.language = language
        sentences: dict[str, Any] = get_intents(language) or {}
        ours = load_yaml_dict(str(SENTENCES / language / "tuya_lock_manager.yaml"))
        for asked in ours["intents"].values():
            for block in asked["data"]:
                block["metadata"] = {METADATA_CUSTOM_SENTENCE: True}
        merge_dict(sentences, ours)
        self._intents = Intents.from_dict(sentences)
        self._names = {
            slot: TextSlotList.from_tuples([(name, name, {"domain": "lock"})])
            for slot, name in (
                ("name", "front door"),
                ("area", "hall"),
                ("floor", "top"),
            )
        }

    def hear(self, text: str) -> tuple[str | None, str]:
        """Return which wish of ours a sentence is, and what is understood of it."""
        found: RecognizeResult | None = recognize_best(
            text,
            self._intents,
            slot_lists={**self._names},
            language=self.language,
            best_metadata_key=METADATA_CUSTOM_SENTENCE,
            best_slot_name="name",
        )
        if found is None or not found.intent.name.startswith(PREFIX):
            return None, ""
        slots = {
            name: as_said(str(entity.value), text)
            for name, entity in found.entities.items()
        }
        return found.intent.name.removeprefix(PREFIX), told(slots, self.language)


def told(slots: dict[str, str], language: str) -> str:
    """Return what is understood of the words of a sentence, as one line."""
    vocabulary = vocabulary_of(language)
    assert vocabulary is not None
    parts = [
        slots[slot] for slot in ("who", "details", "code", "where") if slot in slots
    ]
    request = read_request(" | ".join(parts), vocabulary, PLACES)
    facts = [*request.rest, *(f"unclear: {time}" for time in request.unclear)]
    facts += [*(f"unknown: {name}" for name in request.unknown_places)]
    if request.times.recurring:
        facts.append("again and again")
    elif request.times.is_said:
        facts.append(_window(request.times))
    if request.places:
        facts.append("there")
    if slots.get("confirm") == "true":
        facts.append("yes")
    return ", ".join(facts)


def _window(said: Any) -> str:
    try:
        window = window_of(said, NOW)
    except RepeatedTimesError:
        return "again and again"
    except UnclearTimeError:
        return "unclear"
    start, end = (
        f"{moment:%d.%m. %H:%M}" if moment else ""
        for moment in (window.start, window.end)
    )
    return f"{start or 'now'} - {window.duration or end or 'as usual'}"


def phrases(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is asked for, the sentence, and what is understood of it."""
    asked = ""
    for line in (PHRASES / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            asked = line.strip("[]")
        else:
            text, _, understood = line.partition(" = ")
            yield asked, text, understood
