"""Actions on records: list what happened at a lock, and mark its alarms as read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..const import DOMAIN
from ..domain.history import TYPES, Happening, HappeningKind, history
from ..domain.select import plain_name
from ..exceptions import failed, refused
from ..hub import LockHub
from ..manager import LockManager
from ..tuya_cloud import JsonValue
from .fields import ATTR_LIMIT, ATTR_OFFSET, Page, aware, time_text
from .target import LockResult, Targets, admin_action, async_run, target_schema

ATTR_END = "end"
ATTR_KIND = "kind"
ATTR_START = "start"
ATTR_TYPES = "types"
ATTR_WHO = "who"

KIND_ALL = "all"
KINDS: dict[str, tuple[HappeningKind, ...]] = {
    KIND_ALL: tuple(HappeningKind),
    "unlock": (HappeningKind.UNLOCK,),
    "alarm": (HappeningKind.ALARM,),
}

DEFAULT_SPAN = timedelta(days=7)
DEFAULT_LIMIT = 50
MOST = 500

LIST_SCHEMA = target_schema(
    {
        vol.Optional(ATTR_KIND, default=KIND_ALL): cv.string,
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_TYPES): vol.All(cv.ensure_list, [cv.string]),
        vol.Optional(ATTR_WHO): vol.All(cv.string, vol.Strip),
        vol.Optional(ATTR_OFFSET, default=0): object,
        vol.Optional(ATTR_LIMIT, default=DEFAULT_LIMIT): object,
    }
)
MARK_SCHEMA = target_schema({})


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions on records."""
    for name, handler, schema, response in (
        ("list_records", _async_list, LIST_SCHEMA, SupportsResponse.ONLY),
        ("mark_alarms_read", _async_mark, MARK_SCHEMA, SupportsResponse.OPTIONAL),
    ):
        hass.services.async_register(
            DOMAIN, name, admin_action(hass, handler), schema, response
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked for; `start` and `end` are None where the lock's clock decides."""

    kinds: tuple[HappeningKind, ...]
    types: frozenset[str]
    start: datetime | None
    end: datetime | None
    who: str | None
    page: Page

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """Return the span of time that is asked for; raises where there is none."""
        end = self.end or now
        start = self.start or end - DEFAULT_SPAN
        if start > now:
            raise refused("records_start_in_future")
        if start >= end:
            raise refused("records_end_before_start")
        return start, min(end, now)


def _question(data: dict[str, Any]) -> _Question:
    kind: str = data[ATTR_KIND]
    if kind not in KINDS:
        raise refused("not_a_record_kind")
    possible = frozenset(name for one in KINDS[kind] for name in TYPES[one])
    types = frozenset[str](data.get(ATTR_TYPES) or possible)
    if unknown := sorted(types - possible):
        raise refused(
            "not_a_record_type", type=unknown[0], types=", ".join(sorted(possible))
        )
    return _Question(
        kinds=KINDS[kind],
        types=types,
        start=aware(data.get(ATTR_START)),
        end=aware(data.get(ATTR_END)),
        who=data.get(ATTR_WHO) or None,
        page=Page.of(data, MOST),
    )


async def _async_list(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """List what happened at each lock in a span of time, read from the cloud."""
    question = _question(call.data)

    async def list_(manager: LockManager, hub: LockHub) -> LockResult:
        start, end = question.span(hub.client.now())
        records, complete = await manager.async_records(hub, start, end)
        found = history(
            records,
            hub.passwords.data or (),
            hub.usage.typed,
            kinds=question.kinds,
            types=question.types,
        )
        if question.who is not None:
            found = _about(hub, found, question.who)
        page: list[JsonValue] = [
            _view(hub, happening) for happening in question.page.cut(found)
        ]
        return {
            "records": page,
            # Where there is too much to read it all, nobody knows how much it is.
            "total": len(found) if complete else None,
            "has_more": question.page.is_followed(len(found)) or not complete,
            "start": time_text(start),
            "end": time_text(end),
        }

    return await async_run(targets, list_)


def _about(
    hub: LockHub, happenings: Iterable[Happening], who: str
) -> tuple[Happening, ...]:
    """Return what somebody did; raises for a name that nobody and nothing has."""
    everything = tuple(happenings)
    wanted = plain_name(who)
    found = tuple(happening for happening in everything if wanted in happening.who)
    if found or wanted in _known(hub):
        return found
    named = {name for happening in everything for name in _names(happening)}
    raise refused("nobody_in_records", candidates=", ".join(sorted(named)) or "-")


def _known(hub: LockHub) -> set[str]:
    """Return who may simply not have come: the members and passwords of the lock."""
    people = hub.members.data.members if hub.members.data else ()
    names = [name for person in people for name in (person.id, person.name)]
    names += [
        name for code in hub.passwords.data or () for name in (code.id, code.name)
    ]
    return {plain_name(name) for name in names if name}


def _names(happening: Happening) -> list[str]:
    record, opening = happening.record, happening.opening
    guest = opening.password_name if opening else None
    return [name for name in (record.user_name, record.method_name, guest) if name]


def _view(hub: LockHub, happening: Happening) -> JsonValue:
    record, opening = happening.record, happening.opening
    read_mark = hub.memory.alarms_read
    return {
        "id": record.id,
        "time": time_text(record.time),
        "kind": happening.kind.value,
        "type": str(happening.type),
        "member": record.user_name or None,
        "member_id": record.user_id or None,
        "method": record.method_name or None,
        "password": opening.password_name if opening else None,
        "password_id": opening.password_id if opening else None,
        "read": None
        if happening.kind is not HappeningKind.ALARM or read_mark is None
        else record.time <= read_mark,
    }


async def _async_mark(call: ServiceCall, targets: Targets) -> ServiceResponse:
    """Mark the alarms of each lock as read."""

    return await async_run(targets, async_mark_read)


async def async_mark_read(manager: LockManager, hub: LockHub) -> LockResult:
    """Mark the alarms of one lock as read; return how many were not, and are not now."""
    if not hub.activity.has_answer:
        raise failed("records_not_read", lock=hub.name)
    marked = hub.activity.async_mark_alarms_read()
    return {"marked": marked, "unread": hub.activity.data.unread_alarms}
