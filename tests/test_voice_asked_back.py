"""A code is deleted by voice only after a yes to the question that was asked just now."""

from inspect import signature
from pathlib import Path
from typing import Any

from homeassistant.components.conversation import ConversationInput, async_get_chat_log
from homeassistant.components.conversation.chat_log import AssistantContent
from homeassistant.core import Context
from homeassistant.helpers import chat_session
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from tests.acting import FRONT_DOOR, TEXTS, async_create, async_list
from tests.simulated import Home
from tests.voice_sentences import CANCEL
from tests.voicing import ALLOWED, VoiceHome, spoken

CANCEL_IT = "cancel the cleaner's code"
NOTHING = TEXTS["voice_nothing_asked"]


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> VoiceHome:
    """Return a house in which the front door is exposed, and has a code."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR,))
    house.allow(**ALLOWED)
    await async_create(home, FRONT_DOOR, name="Cleaner")
    return house


async def async_is_there(house: VoiceHome) -> bool:
    """Tell whether nobody deleted the code."""
    (code,) = await async_list(house.home, FRONT_DOOR)
    return bool(code["status"] != "removing")


async def test_a_mere_yes_is_enough(house: VoiceHome) -> None:
    assert await house.async_refused("yes") == NOTHING
    told = await house.async_ask(CANCEL_IT)
    assert "Cleaner" in told
    assert CANCEL["en"][1] in told
    assert await async_is_there(house)
    await house.async_ask("Yes.")
    assert not await async_is_there(house)


async def test_a_no_keeps_it(house: VoiceHome) -> None:
    await house.async_ask(CANCEL_IT)
    assert await house.async_ask("no") == "The code stays."
    assert await house.async_refused("yes, delete it") == NOTHING
    assert await house.async_refused("no") == NOTHING
    assert await async_is_there(house)


@pytest.mark.parametrize(
    "between", ["which codes are active", "what time is it", "something else entirely"]
)
async def test_a_yes_after_another_topic(house: VoiceHome, between: str) -> None:
    await house.async_ask(CANCEL_IT)
    await house.async_say(between)
    assert await house.async_refused("yes, delete it") == NOTHING
    assert await async_is_there(house)


async def test_a_yes_of_somebody_else(
    house: VoiceHome, hass_admin_user: MockUser
) -> None:
    """Neither another conversation, nor another place or user, answers for this one."""
    admin = Context(user_id=hass_admin_user.id)
    await house.async_converse(CANCEL_IT, device="kitchen")
    said = await house.async_converse("yes, delete it", device="hall")
    assert spoken(said.response) == NOTHING
    await house.async_converse(CANCEL_IT, device="kitchen")
    here = house.conversations.pop(None)
    for context in (admin, None):
        said = await house.async_converse(
            "yes, delete it", context=context, device="kitchen"
        )
        assert spoken(said.response) == NOTHING
    assert await async_is_there(house)
    # What others said elsewhere was no answer, and nothing else was said here.
    house.conversations[None] = here
    await house.async_converse("yes, delete it", device="kitchen")
    assert not await async_is_there(house)


class Model:
    """A language model in a conversation: it may call what it likes."""

    def __init__(self, house: VoiceHome) -> None:
        """Begin a conversation."""
        self._house = house
        self._conversation: str | None = None

    async def async_turn(self, said: str, *calls: dict[str, Any]) -> list[Any]:
        """Let the user speak, and call the tool that deletes as often as told."""
        hass = self._house.hass
        # The newest Home Assistant wants to know who speaks, older ones can't be told.
        context = Context()
        newer = "context" in signature(chat_session.async_get_chat_session).parameters
        more: dict[str, Any] = {"context": context} if newer else {}
        with chat_session.async_get_chat_session(
            hass, self._conversation, **more
        ) as session:
            self._conversation = session.conversation_id
            heard = ConversationInput(
                text=said,
                context=context,
                conversation_id=session.conversation_id,
                device_id=None,
                satellite_id=None,
                language="en",
                agent_id="conversation.model",
            )
            with async_get_chat_log(hass, session, heard) as log:
                answers = [
                    (await self._house.async_call("delete_code", **args)).data
                    for args in calls
                ]
                log.async_add_assistant_content_without_tools(
                    AssistantContent(agent_id="conversation.model", content="Well")
                )
        return answers


async def test_a_model_can_not_say_yes_itself(house: VoiceHome) -> None:
    """Whatever a name tells it to do: the user speaks before anything is deleted."""
    model = Model(house)
    ask, confirm = {"code": "Cleaner"}, {"code": "Cleaner", "confirm": True}
    for answer in await model.async_turn("tidy up", confirm, ask, confirm, confirm):
        assert answer["needs_confirmation"] is True
    assert await async_is_there(house)
    # Another conversation of the same model knows nothing of it.
    (answer,) = await Model(house).async_turn("yes", confirm)
    assert answer["needs_confirmation"] is True
    assert await async_is_there(house)
    await model.async_turn("which one was it?")
    (answer,) = await model.async_turn("yes, please", confirm)
    assert answer["deleted"] is True
    assert not await async_is_there(house)
