"""Reads a calendar's events as their calendar has them: the actions don't tell uids."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
import logging
import re

from homeassistant.components.calendar import DATA_COMPONENT, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..domain.bookings import FeedEvent
from .shown import GuestProblem

_LOGGER = logging.getLogger(__name__)

# Some calendars ask a server each time.
_TIMEOUT = 60

# The address of a feed is its key.
_ADDRESS = re.compile(r"\w+://\S+")


class FeedError(HomeAssistantError):
    """A calendar could not be read; `problem` says whether it is there at all."""

    def __init__(self, problem: GuestProblem, reason: str) -> None:
        """Keep what is the matter; the reason is for the owner."""
        super().__init__(reason)
        self.problem = problem


def calendar_entity_id(hass: HomeAssistant, calendar: str) -> str | None:
    """Return how a calendar is called now; None where it is gone from the registry."""
    return er.async_resolve_entity_id(er.async_get(hass), calendar)


async def async_read_events(
    hass: HomeAssistant, calendar: str, start: datetime, end: datetime
) -> tuple[FeedEvent, ...]:
    """Return the events of a calendar that touch a span; `calendar` as in the rules.

    Raises FeedError where it is not there, or can't be read now.
    """
    entity_id = calendar_entity_id(hass, calendar)
    if entity_id is None:
        raise FeedError(GuestProblem.CALENDAR_MISSING, calendar)
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component else None
    if entity is None:
        known = er.async_get(hass).async_get(entity_id)
        is_gone = known is None or known.disabled
        raise FeedError(
            GuestProblem.CALENDAR_MISSING if is_gone else GuestProblem.FEED_FAILING,
            entity_id,
        )
    if not entity.available:
        raise FeedError(GuestProblem.FEED_FAILING, f"{entity_id} is unavailable")
    try:
        async with asyncio.timeout(_TIMEOUT):
            events = await entity.async_get_events(hass, start, end)
    except (HomeAssistantError, TimeoutError) as err:
        reason = _ADDRESS.sub("…", str(err)) or entity_id
        raise FeedError(GuestProblem.FEED_FAILING, reason) from err
    except Exception as err:
        # Some other integration may raise anything, and quote in it the address of a feed,
        # which opens it, or a guest's phone number: only the kind of error is told.
        _LOGGER.error("%s while reading %s", type(err).__name__, entity_id)
        raise FeedError(GuestProblem.FEED_FAILING, type(err).__name__) from err
    return tuple(_as_read(events))


def _as_read(events: Iterable[CalendarEvent]) -> Iterator[FeedEvent]:
    for event in events:
        try:
            start, end = _utc(event.start), _utc(event.end)
        except OverflowError:
            continue  # "for ever" is no booking
        yield FeedEvent(
            title=_text(event.summary),
            start=start,
            end=end,
            description=_text(event.description),
            location=_text(event.location),
            uid=_text(event.uid) or None,
            recurrence_id=_text(event.recurrence_id) or None,
        )


def _text(told: object) -> str:
    """Return a text that can be stored, of whatever a calendar has in place of one.

    Somebody may have cut an emoji in two, and some calendars count their events.
    """
    return "" if told is None else str(told).encode("utf-8", "replace").decode()


def _utc(moment: date | datetime) -> date | datetime:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment
