"""What the tests of a lock's calendar share: a person at its form."""

from datetime import datetime, timedelta
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from tests.acting import FRONT_DOOR, TEXTS, async_list
from tests.simulated import Home

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SERIES = {"recurrence_range": "THISANDFUTURE"}
CODE = {"description": "code: 905172"}


def calendar_of(lock: str) -> str:
    """Return the calendar of a lock entity."""
    return f"calendar.{lock.partition('.')[2]}_codes"


class Person:
    """Somebody with a calendar's form in front of them."""

    def __init__(self, hass: HomeAssistant, client: MockHAClientWebSocket) -> None:
        """Sit down at a connection."""
        self.hass = hass
        self._client = client

    async def async_send(self, command: str, **data: Any) -> dict[str, Any]:
        """Send a command; return the answer."""
        await self._client.send_json_auto_id({"type": command, **data})
        answer: dict[str, Any] = await self._client.receive_json()
        return answer

    async def async_ask(self, what: str, lock: str, **data: Any) -> dict[str, Any]:
        """Create, update or delete an event of a lock's calendar."""
        return await self.async_send(
            f"calendar/event/{what}", entity_id=calendar_of(lock), **data
        )

    async def async_create(
        self, lock: str = FRONT_DOOR, **fields: Any
    ) -> dict[str, Any]:
        """Put an event into a calendar: the next hour, if nothing else is said."""
        return await self.async_ask("create", lock, event=asked_event(**fields))

    async def async_save(
        self, shown: dict[str, Any], lock: str = FRONT_DOOR, **fields: Any
    ) -> dict[str, Any]:
        """Open an event in the form, change something, and save it."""
        span = fields.pop("recurrence_range", "")
        event = {
            "summary": shown["summary"],
            "description": shown["description"],
            "dtstart": in_form(shown["start"]),
            "dtend": in_form(shown["end"]),
        }
        if "rrule" in shown:
            event["rrule"] = shown["rrule"]
        return await self.async_ask(
            "update",
            lock,
            uid=shown["uid"],
            recurrence_id=shown.get("recurrence_id", ""),
            recurrence_range=span,
            event={**event, **fields},
        )

    async def async_remove(
        self, shown: dict[str, Any], lock: str = FRONT_DOOR, **fields: Any
    ) -> dict[str, Any]:
        """Delete an event."""
        return await self.async_ask(
            "delete",
            lock,
            uid=shown["uid"],
            recurrence_id=shown.get("recurrence_id", ""),
            **{"recurrence_range": "", **fields},
        )

    async def async_events(
        self,
        lock: str = FRONT_DOOR,
        start: datetime | None = None,
        length: timedelta = 60 * DAY,
    ) -> list[dict[str, Any]]:
        """Look at a calendar as its panel does; without a start, from yesterday on."""
        start = start or dt_util.now() - DAY
        answer = await self.async_send(
            "calendar/event/subscribe",
            entity_id=calendar_of(lock),
            start=start.isoformat(),
            end=(start + length).isoformat(),
        )
        assert answer["success"], answer
        pushed = await self._client.receive_json()
        await self.async_send("unsubscribe_events", subscription=answer["id"])
        events: list[dict[str, Any]] | None = pushed["event"]["events"]
        assert events is not None
        return events

    async def async_event(self, lock: str = FRONT_DOOR, **span: Any) -> dict[str, Any]:
        """Return the only event of a calendar."""
        (event,) = await self.async_events(lock, **span)
        return event


def in_form(moment: str | datetime) -> str:
    """Return a moment as Home Assistant's form sends it: local, in whole minutes."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return dt_util.as_local(moment).strftime("%Y-%m-%dT%H:%M:00")


def asked_event(**fields: Any) -> dict[str, Any]:
    """Return an event as the form sends it."""
    now = dt_util.now()
    default = {
        "summary": "Ann",
        "description": "",
        "dtstart": in_form(now + HOUR),
        "dtend": in_form(now + 2 * HOUR),
    }
    return {**default, **fields}


def refusal(answer: dict[str, Any]) -> str:
    """Return the key of the text that a request was refused with."""
    assert not answer["success"]
    said = answer["error"]["message"]
    (key,) = [key for key, text in TEXTS.items() if _says(text, said)]
    return key


def _says(text: str, said: str) -> bool:
    """Tell whether something is a text of ours, without the stop at its end."""
    parts = map(re.escape, re.split(r"\{\w+\}", text.removesuffix(".")))
    return re.fullmatch(".+".join(parts), said) is not None


async def async_listed(home: Home, lock: str = FRONT_DOOR) -> dict[str, Any]:
    """Return the only code of a lock."""
    (code,) = await async_list(home, lock)
    return code
