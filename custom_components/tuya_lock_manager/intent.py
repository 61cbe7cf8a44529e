"""Intents: what the sentences in custom_sentences/ ask for."""

from abc import abstractmethod
from typing import Any, ClassVar, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, intent
import voluptuous as vol

from .domain.spoken import as_said
from .voice.answer import Answer
from .voice.caller import Caller
from .voice.cancelling import async_cancel, keep
from .voice.creating import async_create
from .voice.reading import async_active_codes, async_last_opening, async_unread_alarms
from .voice.spoken import take_apart

SLOT_CODE = "code"
SLOT_CONFIRM = "confirm"
SLOT_DETAILS = "details"
SLOT_WHERE = "where"
SLOT_WHO = "who"
# The whole sentence; no slot.
_SENTENCE = "sentence"

# The errors after which another agent may try: the sentence named something else, was a
# yes to somebody else's question, or was said in words that only a model understands.
_NOT_MEANT = {
    "voice_no_lock": intent.IntentResponseErrorCode.NO_VALID_TARGETS,
    "voice_no_such_lock": intent.IntentResponseErrorCode.NO_VALID_TARGETS,
    "voice_nothing_asked": intent.IntentResponseErrorCode.NO_INTENT_MATCH,
    "voice_not_understood": intent.IntentResponseErrorCode.NO_INTENT_MATCH,
    "voice_time_unclear": intent.IntentResponseErrorCode.NO_INTENT_MATCH,
}


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents."""
    for handler in (
        ActiveCodesIntent(),
        LastOpeningIntent(),
        UnreadAlarmsIntent(),
        CreateCodeIntent(),
        CancelCodeIntent(),
    ):
        intent.async_register(hass, handler)


class _VoiceIntent(intent.IntentHandler):
    """Answers a sentence in its own language, errors too."""

    slots: ClassVar[tuple[str, ...]] = (SLOT_WHERE,)

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """Return the slots; all are words, and none has to be there."""
        return {vol.Optional(slot): cv.string for slot in self.slots}

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Answer, or say why not."""
        given = self.async_validate_slots(intent_obj.slots)
        sentence = intent_obj.text_input or ""
        said = {
            slot: as_said(str(given[slot]["value"]), sentence)
            for slot in self.slots
            if slot in given
        }
        said[_SENTENCE] = sentence
        caller = await Caller.async_load(
            intent_obj.hass,
            intent_obj.context,
            assistant=intent_obj.assistant,
            language=intent_obj.language,
            device_id=intent_obj.device_id or intent_obj.satellite_id,
        )
        response = intent_obj.create_response()
        try:
            answer = await self.async_answer(caller, said)
        except HomeAssistantError as err:
            code = _NOT_MEANT.get(
                err.translation_key or "",
                intent.IntentResponseErrorCode.FAILED_TO_HANDLE,
            )
            response.async_set_error(code, caller.words.error(err))
            return response
        response.response_type = (
            intent.IntentResponseType.ACTION_DONE
            if answer.did
            else intent.IntentResponseType.QUERY_ANSWER
        )
        response.async_set_speech(answer.text)
        response.async_set_results(
            [
                intent.IntentResponseTarget(
                    name=lock.name,
                    type=intent.IntentResponseTargetType.ENTITY,
                    id=lock.entity_id,
                )
                for lock in answer.locks
            ]
        )
        return response

    @abstractmethod
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        """Answer what was said; raises HomeAssistantError with what can't be done."""


class ActiveCodesIntent(_VoiceIntent):
    """Which codes open a lock."""

    intent_type = "TuyaLockManagerActiveCodes"
    description = "Tells which codes of a lock are active"

    @override
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        locks = take_apart(caller, said.get(SLOT_WHERE)).asked_locks()
        return await async_active_codes(caller, locks)


class LastOpeningIntent(_VoiceIntent):
    """Who opened a lock last."""

    intent_type = "TuyaLockManagerLastOpening"
    description = "Tells who opened a lock last, when and how"

    @override
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        locks = take_apart(caller, said.get(SLOT_WHERE)).asked_locks()
        return await async_last_opening(caller, locks)


class UnreadAlarmsIntent(_VoiceIntent):
    """Which alarms nobody has seen."""

    intent_type = "TuyaLockManagerUnreadAlarms"
    description = "Tells the alarms of a lock that nobody has seen"

    @override
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        locks = take_apart(caller, said.get(SLOT_WHERE)).asked_locks()
        return await async_unread_alarms(caller, locks)


class CreateCodeIntent(_VoiceIntent):
    """Make a code for somebody."""

    intent_type = "TuyaLockManagerCreateCode"
    description = "Makes a code for a guest, if the owner allows it"
    slots = (SLOT_WHO, SLOT_DETAILS, SLOT_WHERE)

    @override
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        spoken = take_apart(
            caller,
            said.get(SLOT_WHO),
            said.get(SLOT_DETAILS),
            said.get(SLOT_WHERE),
            sentence=said.get(_SENTENCE),
        )
        lock, wish = spoken.code_wish()
        return await async_create(caller, lock, wish)


class CancelCodeIntent(_VoiceIntent):
    """Take a code away; it is asked back first."""

    intent_type = "TuyaLockManagerCancelCode"
    description = "Deletes a guest's code, if the owner allows it; asks back first"
    slots = (SLOT_CODE, SLOT_WHERE, SLOT_CONFIRM)

    @override
    async def async_answer(self, caller: Caller, said: dict[str, str]) -> Answer:
        answered = said.get(SLOT_CONFIRM, "").casefold()
        if answered == "false":
            return keep(caller)
        spoken = take_apart(caller, said.get(SLOT_CODE), said.get(SLOT_WHERE))
        locks, meant = spoken.meant_code()
        return await async_cancel(
            caller, locks, meant, confirmed=answered == "true", at_once=True
        )
