"""What the logbook is told: a sentence for each opening, alarm and ring."""

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, ATTR_NAME, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from .const import ATTR_MESSAGE, DOMAIN, EVENT_HAPPENED
from .domain.alarms import alarm_of
from .domain.openings import Opening
from .domain.records import is_ring
from .domain.sentences import RANG, alarm_sentence, opening_sentence, told_late
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
    """Tell the logbook what a record says, under the name that the user gave the lock."""
    sentence = _sentence(record, opening, names=names)
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, device_id), entry_id
    )
    lock = er.async_get(hass).async_get_entity_id(Platform.LOCK, DOMAIN, device_id)
    if sentence is None or device is None or lock is None:
        return
    if late:
        zone = dt_util.get_default_time_zone()
        sentence = told_late(sentence, record.time, zone)
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
    record: LockRecord, opening: Opening | None, *, names: bool
) -> str | None:
    if opening is not None:
        return opening_sentence(opening, names=names)
    if alarm := alarm_of(record):
        return alarm_sentence(alarm)
    return RANG if is_ring(record) else None
