"""The calendar of the booking site: what stands in rental.json, read anew each time."""

from datetime import datetime
import json
from pathlib import Path
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from homeassistant.helpers.typing import ConfigType, DiscoveryInfoType

FILE = "rental.json"


async def async_setup_platform(
    hass: HomeAssistant,
    config: ConfigType,
    async_add_entities: AddEntitiesCallback,
    discovery_info: DiscoveryInfoType | None = None,
) -> None:
    """Set up the calendar."""
    async_add_entities([RentalCalendar(Path(hass.config.path(FILE)))])


class RentalCalendar(CalendarEntity):
    """Bookings as a site lists them, each with an identity of its own."""

    _attr_name = "Bookings"
    _attr_unique_id = "rental"
    _attr_should_poll = False

    def __init__(self, file: Path) -> None:
        """Remember the file; there may be none."""
        self._file = file

    @property
    @override
    def event(self) -> CalendarEvent | None:
        return None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the bookings that touch a span."""
        events = await hass.async_add_executor_job(self._read)
        return [
            event
            for event in events
            if event.end_datetime_local > start_date
            and event.start_datetime_local < end_date
        ]

    def _read(self) -> list[CalendarEvent]:
        if not self._file.exists():
            return []
        return [
            CalendarEvent(
                start=datetime.fromisoformat(booking["start"]),
                end=datetime.fromisoformat(booking["end"]),
                summary=booking["guest"],
                uid=booking["uid"],
            )
            for booking in json.loads(self._file.read_text("utf-8"))
        ]
