"""Everything that a user can ask of a lock, once, with every field."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from homeassistant.core import ServiceResponse

from simulator.locks.delivery import wake
from simulator.locks.reports import alarm
from tests.acting import FRONT_DOOR, GARAGE, async_deliver, result_of, type_at
from tests.residents import act, async_open_by_nobody
from tests.simulated import Home

HOURS = {
    "weekdays": ["mon"],
    "daily_start": "08:00",
    "daily_end": "20:00",
    "accept_unenforced": True,
}
WINDOW = {"start": "2026-06-01 12:00:00", "end": "2026-06-20 12:00:00"}
DURATION = {"duration": "03:00:00"}


@dataclass(frozen=True)
class Done:
    """An action that was called, and its answer."""

    action: str
    fields: frozenset[str]
    response: ServiceResponse


type Do = Callable[..., Coroutine[Any, Any, Any]]


async def async_everything(home: Home) -> list[Done]:
    """Call every action in every way; return what was done, in turn."""
    done: list[Done] = []

    async def do(action: str, *, at: str = FRONT_DOOR, **data: Any) -> Any:
        response = await home.async_act(action, at, **data)
        done.append(Done(action, frozenset(data), response))
        return result_of(response, at)

    await _async_make_codes(home, do)
    await _async_change_codes(home, do)
    await _async_templates(home, do)
    await _async_members(do)
    await _async_methods(home, do)
    await _async_records(home, do)
    await do("get_lock_info")
    # Of these locks only this one asks whether somebody may come in.
    lock = home.lock(GARAGE)
    lock.device.put("unlock_request", 60, lock.now)
    wake(lock, lock.now)
    await do("answer_unlock_request", at=GARAGE, accept=True)
    return done


async def _async_make_codes(home: Home, do: Do) -> None:
    ann = await do(
        "create_temp_password", name="Ann", one_time=True, reference="4711", **DURATION
    )
    await do("create_temp_password", name="Bob", code="905172", **HOURS, **WINDOW)
    for kind in ("time_limited", "one_time", "dynamic"):
        await do("create_temp_password", name=kind, type=kind)
    await do(
        "create_temp_password",
        name="Gus",
        type="one_time",
        allow_rounding=True,
        **DURATION,
    )
    await async_deliver(home, FRONT_DOOR)
    assert type_at(home, FRONT_DOOR, ann["code"]).opened
    await do("issue_clear_code", password="time_limited")
    await do("issue_clear_code", all=True, confirm=True)


async def _async_change_codes(home: Home, do: Do) -> None:
    await do("update_password", password="one_time", new_name="Cat")
    await do("update_password", password="Bob", new_code=True, **HOURS, **WINDOW)
    await async_deliver(home, FRONT_DOOR)
    await do("update_password", password="Bob", code="804631", **DURATION)
    await async_deliver(home, FRONT_DOOR)
    await do("freeze_password", password="Bob", frozen=True)
    await async_deliver(home, FRONT_DOOR)
    await do(
        "list_passwords",
        types=["custom"],
        states=["in_effect"],
        statuses=["active"],
        only_clearable=False,
        offset=0,
        limit=10,
    )
    await do("list_passwords")
    await do("delete_password", password="Bob")
    await do("clean_up_passwords")


async def _async_templates(home: Home, do: Do) -> None:
    name = "create_template_password"
    await do(name, name="Fay", check_name=True, code="713954", **HOURS, **WINDOW)
    await do(name, name="Eve", one_time=True, **DURATION)
    await async_deliver(home, FRONT_DOOR)
    await do("list_template_passwords", state="valid", offset=0, limit=10)
    await do("list_template_passwords", password="Fay")
    await do("delete_template_password", password="Fay")


async def _async_members(do: Do) -> None:
    await do("add_member", name="Gardener")
    await do("update_member", member="Gardener", new_name="Dan", role="admin", **WINDOW)
    await do("update_member", member="Dan", permanent=True)
    await do("list_members", kind="all", details=True, offset=0, limit=10)


async def _async_methods(home: Home, do: Do) -> None:
    await do("list_unlock_methods", unassigned=True)
    await do("list_unlock_methods", member="Owner")
    await do("list_unlock_methods")
    name = "update_unlock_method"
    await do(name, method="fingerprint 3", assign_to="Dan", new_name="thumb")
    await do(name, method="thumb", member="Owner", new_name="left", duress=True)
    await do(name, method="fingerprint 3", unassign=True)
    await do("remove_unlock_method", method="blue card", member="Neighbour")
    await do("enrol_unlock_method", member="Cleaner", type="card", wait=False)
    await do("cancel_enrolment", type="card")
    await do("enrol_unlock_method", member="Cleaner", type="password", code="390517")
    await home.async_refresh(FRONT_DOOR)
    await do("remove_member", member="Dan")


async def _async_records(home: Home, do: Do) -> None:
    nobodys = await async_open_by_nobody(home, FRONT_DOOR)
    act(home, FRONT_DOOR, "method", slot=1)
    lock = home.lock(FRONT_DOOR)
    alarm(lock, "pry", lock.now)
    await home.async_refresh(FRONT_DOOR)
    await do("attach_record", record=nobodys, member="Cleaner")
    await do("list_records")
    await do(
        "list_records",
        kind="unlock",
        types=["fingerprint"],
        who="Owner",
        start="2026-06-01 00:00:00",
        end="2026-06-02 00:00:00",
        offset=0,
        limit=10,
    )
    await do("mark_alarms_read")
