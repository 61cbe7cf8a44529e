"""What the logbook is told: a sentence for each opening, alarm and ring."""

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, ATTR_NAME, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import ATTR_MESSAGE, DOMAIN, EVENT_HAPPENED
from .dialogs.words import Words
from .domain.alarms import alarm_of
from .domain.openings import Opening
from .domain.records import is_ring
from .tuya_cloud import LockRecord


@callback
def async_write_diary(
    hass: HomeAssistant,
    entry_id: str,
    device_id: str,
    record: LockRecord,
    opening: Opening | None,
    *,
    names: bool,
    late: bool,
) -> None:
    """Tell the logbook what a record says, under the name that the user gave the lock.

    The logbook keeps the text as it is, so it is in the language of Home Assistant.
    """
    words = Words.cached(hass)
    sentence = _sentence(words, record, opening, names=names)
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, device_id), entry_id
    )
    lock = er.async_get(hass).async_get_entity_id(Platform.LOCK, DOMAIN, device_id)
    if sentence is None or device is None or lock is None:
        return
    if late:  # The logbook writes when it was told.
        sentence = f"{sentence} · {words.moment(record.time)}"
    hass.bus.async_fire(
        EVENT_HAPPENED,
        {
            ATTR_DEVICE_ID: device.id,
            ATTR_ENTITY_ID: lock,
            ATTR_NAME: device.name_by_user or device.name,
            ATTR_MESSAGE: sentence,
        },
    )


def _sentence(
    words: Words, record: LockRecord, opening: Opening | None, *, names: bool
) -> str | None:
    """Return what follows the lock's name, with who it was if names may be said."""
    if opening is not None:
        how = words.method(opening.method)
        who = (opening.person or opening.password_name) if names else None
        if who:
            return words.say("diary_opened_by", who=who, how=how)
        return words.say("diary_opened", how=how)
    if alarm := alarm_of(record):
        return words.say("diary_alarm", alarm=words.alarm(alarm.type))
    return words.say("diary_rang") if is_ring(record) else None
