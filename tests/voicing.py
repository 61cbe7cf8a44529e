"""What the tests of voice share: a house that listens, and one that is sent digits."""

from pathlib import Path
from typing import Any, override

from homeassistant.components.conversation import ConversationResult, async_converse
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.core import Context
from homeassistant.helpers import intent, llm
from homeassistant.setup import async_setup_component
from homeassistant.util.json import JsonObjectType

from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import FRONT_DOOR, LOCKS
from tests.simulated import Home

SENTENCES = Path(__file__).parent.parent / "custom_sentences"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl")
ALLOWED = {"voice_create": True, "voice_delete": True}
PHONE = "notify.phone"


class Phone(NotifyEntity):
    """A phone that keeps what it is sent; one that is broken tells what it was sent."""

    _attr_name = "Phone"
    _attr_unique_id = "phone"

    def __init__(self) -> None:
        """Begin with nothing."""
        self.messages: list[tuple[str | None, str]] = []
        self.is_broken = False

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Take a message."""
        if self.is_broken:
            raise ValueError(f"can't send {message}")
        self.messages.append((title, message))


class VoiceHome:
    """A house whose assistant knows the sentences, and some of the locks."""

    def __init__(self, home: Home) -> None:
        """Begin with a phone that nobody chose."""
        self.home = home
        self.hass = home.hass
        self.phone = Phone()
        self.conversations: dict[str | None, str | None] = {}

    async def async_setup(self, folder: Path, exposed: tuple[str, ...]) -> None:
        """Set up what listens, with the sentences where a user copies them to."""
        folder.joinpath("custom_sentences").symlink_to(SENTENCES)
        self.hass.config.config_dir = str(folder)
        assert await async_setup_component(self.hass, "homeassistant", {})
        assert await async_setup_component(self.hass, "notify", {})
        await self.hass.data[DATA_COMPONENT].async_add_entities([self.phone])
        assert await async_setup_component(self.hass, "conversation", {})
        await self.home.async_setup()
        for lock in LOCKS:
            async_expose_entity(self.hass, "conversation", lock, lock in exposed)

    def allow(self, **options: Any) -> None:
        """Choose options as the owner."""
        self.hass.config_entries.async_update_entry(
            self.home.entry, options={**self.home.entry.options, **options}
        )

    async def async_converse(
        self,
        text: str,
        language: str = "en",
        context: Context | None = None,
        *,
        device: str | None = None,
    ) -> ConversationResult:
        """Say a sentence in the conversation that is going on; each user has one."""
        context = context or Context()
        result = await async_converse(
            self.hass,
            text,
            self.conversations.get(context.user_id),
            context,
            language,
            device_id=device,
        )
        self.conversations[context.user_id] = result.conversation_id
        return result

    async def async_say(
        self, text: str, language: str = "en", context: Context | None = None
    ) -> intent.IntentResponse:
        """Say a sentence and return the response."""
        return (await self.async_converse(text, language, context)).response

    async def async_ask(self, text: str, language: str = "en", **more: Any) -> str:
        """Say a sentence that is answered, and return what is said back."""
        response = await self.async_say(text, language, **more)
        assert response.response_type is not intent.IntentResponseType.ERROR, spoken(
            response
        )
        return spoken(response)

    async def async_refused(self, text: str, language: str = "en", **more: Any) -> str:
        """Say a sentence that is refused, and return what is said back."""
        response = await self.async_say(text, language, **more)
        assert response.response_type is intent.IntentResponseType.ERROR
        return spoken(response)

    async def async_tools(self, context: Context | None = None) -> llm.APIInstance:
        """Return what a model gets."""
        return await llm.async_get_api(
            self.hass,
            llm.LLM_API_ASSIST,
            llm.LLMContext(
                platform="test",
                context=context or Context(),
                language="en",
                assistant="conversation",
                device_id=None,
            ),
        )

    async def async_tool_names(self) -> set[str]:
        """Return which of our tools a model gets."""
        tools = (await self.async_tools()).tools
        prefix = f"{DOMAIN}__"
        return {
            tool.name.removeprefix(prefix)
            for tool in tools
            if tool.name.startswith(prefix)
        }

    async def async_call(
        self, tool: str, context: Context | None = None, **args: Any
    ) -> llm.ToolResult:
        """Call a tool as a model does."""
        tools = await self.async_tools(context)
        return await tools.async_call_tool(llm.ToolInput(f"{DOMAIN}__{tool}", args))

    async def async_data(self, tool: str, **args: Any) -> JsonObjectType:
        """Call a tool that does not fail, and return what it answers."""
        result = await self.async_call(tool, **args)
        assert not result.error, result.data
        return result.data

    def digits_sent(self, count: int = 1) -> str:
        """Return the digits in the last message; so many were sent."""
        assert len(self.phone.messages) == count
        _, message = self.phone.messages[-1]
        (code,) = [
            word.strip(".") for word in message.split() if word.strip(".").isdigit()
        ]
        return code


def spoken(response: intent.IntentResponse) -> str:
    """Return what is said."""
    text = response.speech["plain"]["speech"]
    assert isinstance(text, str)
    return text


__all__ = ["ALLOWED", "FRONT_DOOR", "LANGUAGES", "PHONE", "VoiceHome", "spoken"]
