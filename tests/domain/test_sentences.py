"""Sentences of the logbook: every method and every alarm has one."""

from zoneinfo import ZoneInfo

import pytest

from custom_components.tuya_lock_manager.domain.alarms import (
    ALARM_TYPES,
    Alarm,
    AlarmType,
)
from custom_components.tuya_lock_manager.domain.openings import Opening, OpeningMethod
from custom_components.tuya_lock_manager.domain.sentences import (
    alarm_sentence,
    opening_sentence,
    told_late,
)

from .builders import NOW


def _opening(method: OpeningMethod, person: str | None, guest: str | None) -> Opening:
    return Opening(NOW, method, person, None, "thumb", None, guest, "key")


@pytest.mark.parametrize(
    ("method", "person", "guest", "sentence"),
    [
        ("fingerprint", "Ann", None, "was unlocked by Ann with a fingerprint"),
        ("temporary_code", None, "Bob", "was unlocked by Bob with a temporary code"),
        ("inside", None, None, "was unlocked from inside"),
        ("other", None, None, "was unlocked"),
        ("other", "Ann", None, "was unlocked by Ann"),
    ],
)
def test_openings(
    method: str, person: str | None, guest: str | None, sentence: str
) -> None:
    opening = _opening(OpeningMethod(method), person, guest)
    assert opening_sentence(opening, names=True) == sentence
    without = sentence.replace(" by Ann", "").replace(" by Bob", "")
    assert opening_sentence(opening, names=False) == without


@pytest.mark.parametrize("method", OpeningMethod)
def test_every_method_reads_well(method: OpeningMethod) -> None:
    sentence = opening_sentence(_opening(method, None, None), names=True)
    assert sentence.startswith("was unlocked")
    assert "_" not in sentence


@pytest.mark.parametrize("kind", ALARM_TYPES)
def test_every_alarm_has_a_sentence(kind: AlarmType) -> None:
    sentence = alarm_sentence(Alarm(NOW, kind, None, None, "key"))
    assert sentence.startswith(("raised an alarm", "was tried with"))


def test_late() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    local = NOW.astimezone(zone)
    assert told_late("was rung at", NOW, zone) == (
        f"was rung at (on {local:%Y-%m-%d} at {local:%H:%M})"
    )
