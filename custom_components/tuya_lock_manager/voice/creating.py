"""Make a code by voice; its digits go to the owner's notify entity, or are spoken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from homeassistant.components.notify import NotifyEntity
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.json import JsonObjectType

from ..actions.fields import aware, check_password_name, time_text
from ..actions.target import async_outcomes
from ..answers import Answers
from ..const import OPT_VOICE_CREATE
from ..dialogs.shown import notes_told
from ..dialogs.words import Words
from ..domain.passwords import PasswordType
from ..domain.windows import ONE_TIME
from ..exceptions import action_error, failed, refused
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import TuyaCloudError
from ..wishes import CreatedCode, DigitsPool, PasswordWish
from .answer import Answer, said_end, said_moment, sentences
from .caller import Caller, VoiceLock
from .post import async_post, require_recipient


@dataclass(frozen=True, slots=True)
class CodeWish:
    """What somebody asks for by voice.

    Without any time it is a code for one opening. `once` asks for one in a window.
    """

    name: str
    start: datetime | None = None
    end: datetime | None = None
    duration: timedelta | None = None
    once: bool = False

    @property
    def has_window(self) -> bool:
        """Return whether any time was told."""
        return (self.start, self.end, self.duration) != (None, None, None)


async def async_create(caller: Caller, lock: VoiceLock, wish: CodeWish) -> Answer:
    """Make a code on a lock.

    Raises ServiceValidationError for what isn't allowed or can't be met; then nothing was
    sent to the lock, and nobody was sent anything.
    """
    await caller.async_require(OPT_VOICE_CREATE, lock)
    check_password_name(wish.name, empty="voice_for_whom")
    recipient = _recipient(caller, lock)
    asked = await _async_wish(lock.hub, wish)
    with Answers() as answers:
        created = await _async_make(lock, asked, answers)
        sent = recipient is not None and await _async_send(
            caller, lock, created, recipient
        )
        if not sent and not lock.speaks_digits:
            # Leaving like this raises the repair that shows the digits once.
            raise failed("voice_not_sent", name=wish.name, lock=lock.name)
    return _told(caller, lock, created, sent=sent)


def _recipient(caller: Caller, lock: VoiceLock) -> NotifyEntity | None:
    """Return who is sent the digits; refuse where they could reach nobody."""
    if lock.notify is not None:
        return require_recipient(caller.hass, lock.notify)
    if not lock.speaks_digits:
        raise refused("voice_nowhere_to_send")
    return None


async def _async_wish(hub: LockHub, wish: CodeWish) -> PasswordWish:
    """Choose the type of code: what the lock can do of what was asked."""
    if not wish.has_window:
        if hub.traits.online_codes and not await _async_takes_offline(hub):
            return PasswordWish(
                type=PasswordType.CUSTOM,
                name=wish.name,
                duration=ONE_TIME,
                one_time=True,
            )
        return PasswordWish(type=PasswordType.ONE_TIME, name=wish.name)
    if hub.traits.online_codes:
        kind = PasswordType.CUSTOM
    else:
        kind = PasswordType.ONE_TIME if wish.once else PasswordType.TIME_LIMITED
    return PasswordWish(
        type=kind,
        name=wish.name,
        start=aware(wish.start),
        end=aware(wish.end),
        duration=wish.duration,
        one_time=wish.once and kind is PasswordType.CUSTOM,
    )


async def _async_takes_offline(hub: LockHub) -> bool:
    """Tell whether the lock is known to take offline codes."""
    try:
        return bool(await hub.async_supports_offline())
    except TuyaCloudError as err:
        raise action_error(err) from err


async def _async_make(
    lock: VoiceLock, wish: PasswordWish, answers: Answers
) -> CreatedCode:
    async def create(manager: LockManager, hub: LockHub) -> CreatedCode:
        return await manager.async_create(hub, wish, DigitsPool(), answers)

    outcomes = await async_outcomes({lock.entity_id: lock.target}, create)
    outcome = outcomes[lock.entity_id]
    if isinstance(outcome, HomeAssistantError):
        raise outcome
    return outcome


async def _async_send(
    caller: Caller, lock: VoiceLock, created: CreatedCode, recipient: NotifyEntity
) -> bool:
    """Send the digits in the language of the house."""
    if created.code is None:
        return False
    words = await Words.async_load(caller.hass)
    issued = created.issued
    message = words.say(
        "voice_message",
        name=issued.name,
        lock=lock.name,
        code=created.code,
        start=words.moment(issued.start),
        end=words.moment(issued.end),
    )
    title = words.say("voice_message_title", name=issued.name)
    notes = notes_told(words, lock.hub, created)
    return await async_post(recipient, title, sentences([message, *notes]))


def _told(
    caller: Caller, lock: VoiceLock, created: CreatedCode, *, sent: bool
) -> Answer:
    """Return what is said of a new code; its digits only where that is allowed."""
    words, issued = caller.words, created.issued
    now = lock.hub.client.now()
    code = created.code if lock.speaks_digits else None
    start = words.say("voice_now")
    if issued.start > now:
        start = said_moment(words, issued.start, now)
    notes = notes_told(words, lock.hub, created)
    text = words.say(
        "voice_created",
        name=issued.name,
        lock=lock.name,
        start=start,
        end=said_end(words, issued.end, now),
    )
    digits = words.say("voice_digits", digits=", ".join(code)) if code else ""
    where = words.say("voice_sent") if sent else ""
    data: JsonObjectType = {
        "created": True,
        "lock": lock.name,
        "id": issued.id,
        "name": issued.name,
        "type": issued.type.value,
        "status": created.status.value,
        "start": time_text(issued.start),
        "end": time_text(issued.end),
        "use_by": time_text(issued.use_by),
        "one_time": issued.one_time,
        "digits_sent_to_owner": sent,
        "notes": list(created.notes),
    }
    if code:
        data["code"] = code
    return Answer(sentences([text, digits, where, *notes]), data, (lock,), did=True)
