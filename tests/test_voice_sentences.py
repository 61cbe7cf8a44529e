"""Sentence by sentence in each language: said to Assist, done at the simulated lock."""

from datetime import datetime, timedelta
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.tuya_lock_manager import intent as intents
from tests.acting import FRONT_DOOR, async_deliver, async_list, opens
from tests.simulated import Home
from tests.voice_sentences import ACTIVE, ALARMS, CANCEL, CREATE, LAST, NAMES
from tests.voicing import ALLOWED, LANGUAGES, PHONE, SENTENCES, VoiceHome


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> VoiceHome:
    """Return a house in which the front door is exposed."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR,))
    er.async_get(home.hass).async_update_entity(
        FRONT_DOOR, aliases=[*NAMES.values(), er.COMPUTED_NAME]
    )
    house.allow(**ALLOWED, voice_notify=PHONE)
    await home.hass.async_block_till_done()
    return house


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_day_of_sentences(house: VoiceHome, language: str) -> None:
    home = house.home
    await home.async_act("create_temp_password", FRONT_DOOR, name="Ann Guest")
    await async_deliver(home, FRONT_DOOR)
    for text in ACTIVE[language]:
        assert "Ann Guest" in await house.async_ask(text, language), text
    for text in LAST[language]:
        assert "Partner" in await house.async_ask(text, language), text
    for text in ALARMS[language]:
        assert "08:30" in await house.async_ask(text, language), text

    for count, (text, name, window) in enumerate(CREATE[language], 1):
        answer = await house.async_ask(text, language)
        digits = house.digits_sent(count)
        assert digits not in answer
        code = await _the_code(home, name)
        if window is None:
            assert code["type"] == "one_time", text
            assert opens(home, FRONT_DOOR, digits)
            assert not opens(home, FRONT_DOOR, digits)
        else:
            assert (code["start"], code["end"]) == _local(*window), text

    name = CREATE[language][0][1]
    question, yes = CANCEL[language]
    assert name in await house.async_ask(question, language)
    assert (await _the_code(home, name))["status"] == "pending"
    await house.async_ask(yes, language)
    await async_deliver(home, FRONT_DOOR)
    assert (await _the_code(home, name))["status"] == "removed"


async def _the_code(home: Home, name: str) -> dict[str, Any]:
    (code,) = [
        code for code in await async_list(home, FRONT_DOOR) if code["name"] == name
    ]
    return code


def _local(*moments: str) -> tuple[str, ...]:
    zone = dt_util.get_default_time_zone()
    return tuple(
        datetime.fromisoformat(moment).replace(tzinfo=zone).isoformat()
        for moment in moments
    )


async def test_a_spoken_window_is_one_at_the_door(house: VoiceHome) -> None:
    await house.async_ask("give the cleaner a code for tomorrow nine to twelve")
    digits = house.digits_sent()
    home = house.home
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, digits)
    await home.async_pass(timedelta(hours=20, minutes=31))
    assert opens(home, FRONT_DOOR, digits)
    await home.async_pass(timedelta(hours=3))
    assert not opens(home, FRONT_DOOR, digits)


async def test_ordinary_sentences_stay_what_they_are(house: VoiceHome) -> None:
    """Our sentences come before Home Assistant's own, so they must not take those."""
    house.hass.states.async_set("light.hall", "off", {"friendly_name": "hall light"})
    await house.hass.async_block_till_done()
    calls: list[list[str]] = []
    house.hass.services.async_register(
        "light", "turn_on", lambda call: calls.append(call.data["entity_id"])
    )
    answers = {
        text: await house.async_say(text)
        for text in ("turn on the hall light", "what time is it", "never mind")
    }
    assert calls == [["light.hall"]]
    for text, response in answers.items():
        assert response.error_code is None, text
        assert response.intent is None or not (
            response.intent.intent_type.startswith("TuyaLockManager")
        )


def test_the_files_have_the_same_intents_and_slots() -> None:
    handlers = {
        handler.intent_type: handler
        for handler in (
            intents.ActiveCodesIntent(),
            intents.LastOpeningIntent(),
            intents.UnreadAlarmsIntent(),
            intents.CreateCodeIntent(),
            intents.CancelCodeIntent(),
        )
    }
    assert {path.name for path in SENTENCES.iterdir()} == set(LANGUAGES)
    for language in LANGUAGES:
        path = SENTENCES / language / "tuya_lock_manager.yaml"
        content = load_yaml_dict(str(path))
        assert content["language"] == language
        assert content["intents"].keys() == handlers.keys()
        assert content["lists"] == {"tlm_words": {"wildcard": True}}
        # Rules are shared with Home Assistant's own sentences: ours have a name of ours.
        assert all(rule.startswith("tlm_") for rule in content["expansion_rules"])
        for name, handler in handlers.items():
            said = str(content["intents"][name])
            used = set(re.findall(r"\{tlm_words:(\w+)\}", said))
            assert used
            assert used <= set(handler.slots), (language, name)


def test_what_is_asked_back_names_a_yes_that_is_understood() -> None:
    texts = Path(intents.__file__).parent / "translations"
    said = {
        path.stem: json.loads(path.read_text("utf-8"))["common"]["voice_really_delete"]
        for path in texts.glob("*.json")
        if path.stem in LANGUAGES
    }
    assert "en" in said
    for language, text in said.items():
        assert CANCEL[language][1] in text, language
