"""What the documents that the product was asked for name, where no other test shows it.

`docs/seeds.md` lists all of it, with the tests that show the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
import json
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl

import pytest

from simulator.gateway import Gateway
from simulator.locks.members import Member
from simulator.locks.passwords import Outcome
from simulator.locks.reports import alarm
from tests.acting import (
    FRONT_DOOR,
    async_create,
    async_deliver,
    async_list,
    async_status,
    refusing,
    result_of,
    type_at,
)
from tests.residents import (
    act,
    async_do,
    async_members,
    async_methods,
    async_open_by_nobody,
    method_at,
    resident,
)
from tests.simulated import Home

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

# Parameters that are not sent: they have Tuya write to strangers, tell of a person what
# no door needs to know, or belong to somebody else's accounting.
NEVER_SENT = frozenset(
    {
        *("phone", "mobile", "country_code", "countryCode", "contact"),
        *("sms_template", "sms_param_map", "avatar", "birthday", "height", "weight"),
        *("iot_uid", "app_id", "msg_id", "request_id", "session_id", "query_id"),
        *("available_time", "is_record", "dev_id_list", "all_day", "allDay"),
    }
)
# Fields of answers of which nothing is kept or shown.
NEVER_KEPT = {
    "phone": "left-out-phone",
    "avatar": "https://left-out.test/avatar",
    "avatar_url": "https://left-out.test/avatar_url",
    "birthday": "left-out-birthday",
    "height": "left-out-height",
    "auth_result": "left-out-auth",
    "tags": "left-out-tags",
    "opt_uid": "left-out-opt",
    "msg_id": "left-out-msg",
    "iot_uid": "left-out-iot",
    "query_id": "left-out-query",
    "pwd": "left-out-pwd",
    "password": "left-out-password",
}
# What tells an entry of a list from other objects of an answer.
_IDS = ("id", "pwd_id", "user_id", "record_id", "unlock_sn")


def _names(data: object) -> Iterator[str]:
    match data:
        case dict():
            yield from data
            for value in data.values():
                yield from _names(value)
        case list():
            for value in data:
                yield from _names(value)


@contextmanager
def listening() -> Iterator[list[tuple[str, str, frozenset[str]]]]:
    """Note method, path and the names of all parameters of what the cloud is sent."""
    heard: list[tuple[str, str, frozenset[str]]] = []
    begin = Gateway.begin

    def note(gateway: Gateway, request: Any, base_url: str) -> Any:
        query = {name for name, _ in parse_qsl(request.raw_query)}
        body = set(_names(json.loads(request.body or "{}")))
        heard.append((request.method, request.raw_path, frozenset(query | body)))
        return begin(gateway, request, base_url)

    with patch.object(Gateway, "begin", note):
        yield heard


@contextmanager
def answering_more() -> Iterator[None]:
    """Let every entry that the cloud lists have the fields that nobody wants."""
    result = Gateway._result

    def grow(data: object) -> object:
        match data:
            case dict():
                grown = {key: grow(value) for key, value in data.items()}
                wanted = any(key in data for key in _IDS)
                return NEVER_KEPT | grown | NEVER_KEPT if wanted else grown
            case list():
                return [grow(value) for value in data]
        return data

    def more(gateway: Gateway, exchange: Any) -> Any:
        return grow(result(gateway, exchange))

    with patch.object(Gateway, "_result", more):
        yield


async def _async_everything(home: Home) -> list[object]:
    """Call every action that asks or changes something; return the answers."""
    lock, answers = FRONT_DOOR, list[object]()

    async def do(action: str, **data: Any) -> None:
        answers.append(await home.async_act(action, lock, **data))

    hours = {"weekdays": ["mon"], "daily_start": "08:00", "daily_end": "20:00"}
    window = {"start": "2026-06-01 12:00:00", "end": "2026-06-20 12:00:00"}
    await do("create_temp_password", name="Ann", one_time=True)
    await do("create_temp_password", name="Bob", **hours, **window)
    for kind in ("time_limited", "one_time", "dynamic"):
        await do("create_temp_password", name=kind, type=kind)
    await async_deliver(home, lock)
    await do("issue_clear_code", password="time_limited")
    await do("issue_clear_code", all=True, confirm=True)
    await do("update_password", password="one_time", new_name="Cat")
    await do("update_password", password="Ann", duration="03:00:00")
    await async_deliver(home, lock)
    await do("freeze_password", password="Ann")
    await async_deliver(home, lock)
    await do("list_passwords")
    await do("delete_password", password="Ann")
    await do("create_template_password", name="Fay", check_name=True, **hours, **window)
    await async_deliver(home, lock)
    await do("list_template_passwords")
    await do("list_template_passwords", password="Fay")
    await do("delete_template_password", password="Fay")
    await do("add_member", name="Gardener")
    await do("update_member", member="Gardener", new_name="Dan", role="admin", **window)
    await do("list_members", details=True)
    await do("list_unlock_methods")
    await do("update_unlock_method", method="fingerprint 3", assign_to="Dan")
    await do("update_unlock_method", method="thumb", new_name="left", duress=True)
    await do("remove_unlock_method", method="blue card")
    await do("enrol_unlock_method", member="Cleaner", type="card")
    await do("cancel_enrolment", type="card")
    await do("remove_member", member="Dan")
    act(home, lock, "method", slot=1)
    alarm(home.lock(lock), "pry", home.lock(lock).now)
    await do("list_records")
    await do("mark_alarms_read")
    await do("get_lock_info")
    return answers


async def test_what_is_never_sent(home: Home) -> None:
    """No action has Tuya write to anybody, or tells it of a person what it needn't know."""
    with listening() as heard:
        await home.async_setup()
        await _async_everything(home)
    sent = {name: path for _, path, names in heard for name in names}
    assert not NEVER_SENT & sent.keys(), sent
    # It was heard what is sent.
    assert {"password_id", "working_day", "sex", "nick_name", "end_time"} <= sent.keys()


async def test_what_is_never_kept(
    home: Home, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """What an answer has beside what is wanted goes nowhere."""
    caplog.set_level("DEBUG")
    with answering_more():
        await home.async_setup()
        answers = await _async_everything(home)
        await home.async_refresh(FRONT_DOOR)
        await home.hass.config_entries.async_unload(home.entry.entry_id)
        await home.hass.async_block_till_done()
    states = [state.as_dict() for state in home.hass.states.async_all()]
    kept = {key: value for key, value in hass_storage.items() if "tuya" in key}
    assert kept
    for place in (answers, states, kept, caplog.text):
        assert "left-out" not in str(place)


async def test_a_record_of_nobody(home: Home) -> None:
    """The cloud names nobody with a zero; that is no member of that id."""
    await home.async_setup()
    record_id = await async_open_by_nobody(home, FRONT_DOOR)
    await home.async_refresh(FRONT_DOOR)
    records = (await async_do(home, "list_records", FRONT_DOOR))["records"]
    assert isinstance(records, list)
    (record,) = [
        entry
        for entry in records
        if isinstance(entry, dict) and entry["id"] == record_id
    ]
    assert (record["member"], record["member_id"]) == (None, None)
    told = home.hass.states.get("event.front_door_unlocked")
    assert told is not None
    assert told.attributes["user_id"] is None
    with refusing(home, "nobody_in_records", reads=True):
        await async_do(home, "list_records", FRONT_DOOR, who="0")


@pytest.mark.parametrize("lists", ["all", "no_rich", "v1_0_only"])
async def test_the_contact_of_a_member(home: Home, lists: str) -> None:
    """Each list of members spells it its own way; no state has it."""
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    resident(home, FRONT_DOOR, "Cleaner").contact = "49-1700000077"
    listed = await async_members(home, FRONT_DOOR)
    assert listed["Cleaner"]["contact"] == "49-1700000077"
    states = [state.as_dict() for state in home.hass.states.async_all()]
    assert "1700000077" not in str(states)
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Cleaner", new_name="Dan"
    )
    assert "1700000077" not in str(changed)


async def test_offline_codes_of_the_app(home: Home) -> None:
    """The cloud's list tells when they were made, and whose code one clears."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    response = await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    clearing = result_of(response, FRONT_DOOR)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    listed = {code["id"]: code for code in await async_list(home, FRONT_DOOR)}
    assert listed[ann["id"]]["created"] == "2026-06-01T12:30:00+02:00"
    assert listed[ann["id"]]["clear_code_issued"] is True
    assert listed[ann["id"]]["clears_start"] is None
    told = listed[clearing["id"]]
    assert (told["type"], told["clears"]) == ("clear_one", "Ann")
    assert (told["clears_start"], told["clears_end"]) == (ann["start"], ann["end"])


@pytest.mark.parametrize("data", [{"password": "Ann"}, {"all": True, "confirm": True}])
async def test_the_life_of_a_clearing_code(home: Home, data: dict[str, Any]) -> None:
    """It can be renamed, is used up by being typed, and is deleted then."""
    await home.async_setup()
    ann = await async_create(home, FRONT_DOOR, type="time_limited")
    assert type_at(home, FRONT_DOOR, ann["code"]).opened
    await home.async_pass(MINUTE)
    made = await async_do(home, "issue_clear_code", FRONT_DOOR, **data)
    renamed = await async_do(
        home,
        "update_password",
        FRONT_DOOR,
        password=made["id"],
        new_name="For the cleaner",
    )
    assert renamed["name"] == "For the cleaner"
    code = home.lock(FRONT_DOOR).offline[int(str(made["id"]))]
    assert code.name == "For the cleaner"
    await home.async_pass(MINUTE)
    type_at(home, FRONT_DOOR, made["code"])
    await home.async_pass(MINUTE)
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, ann["id"]) == "cleared"
    assert await async_status(home, FRONT_DOOR, made["id"]) == "used"
    for password in (made["id"], ann["id"]):
        deleted = await async_do(home, "delete_password", FRONT_DOOR, password=password)
        assert deleted["status"] == "removed"


@pytest.mark.parametrize("form", ["numbers", "words"])
async def test_delivery_in_both_forms(home: Home, form: str) -> None:
    """On its way, on the lock, refused by it: told by numbers or by words."""
    home.world.around.switches.set("delivery_status_form", form)
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "pending"
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    refused = await async_create(home, FRONT_DOOR, name="Bob")
    await async_deliver(home, FRONT_DOOR)
    (listed,) = await async_list(home, FRONT_DOOR, statuses="failed")
    assert (listed["id"], listed["failure"]) == (refused["id"], "failed")


async def test_types_of_the_list(home: Home) -> None:
    """Each type can be asked for alone, whether it was made here or in the app."""
    await home.async_setup()
    for kind in ("custom", "time_limited", "one_time", "dynamic"):
        await async_create(home, FRONT_DOOR, type=kind, name=kind)
    for data in ({"password": "time_limited"}, {"all": True, "confirm": True}):
        await home.async_act("issue_clear_code", FRONT_DOOR, **data)
    types = {"custom", "time_limited", "one_time", "dynamic", "clear_one", "clear_all"}
    for kind in types:
        listed = await async_list(home, FRONT_DOOR, types=kind)
        assert [code["type"] for code in listed] == [kind]
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    for kind in types - {"dynamic"}:
        listed = await async_list(home, FRONT_DOOR, types=kind)
        assert [(code["type"], code["made_here"]) for code in listed] == [(kind, False)]


async def test_deleting_what_is_yet_to_come(home: Home) -> None:
    """A custom code can be deleted before its time, a time-limited one can't."""
    await home.async_setup()
    window = {"start": "2026-06-01 14:00:00", "end": "2026-06-01 16:00:00"}
    made = await async_create(home, FRONT_DOOR, **window)
    await async_create(home, FRONT_DOOR, type="time_limited", name="Bob", **window)
    await async_deliver(home, FRONT_DOOR)
    listed = await async_list(home, FRONT_DOOR, states="not_yet")
    assert {code["name"] for code in listed} == {"Ann", "Bob"}
    await async_do(home, "delete_password", FRONT_DOOR, password="Ann")
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    with refusing(home, "not_deletable_time_limited"):
        await async_do(home, "delete_password", FRONT_DOOR, password="Bob")
    await home.async_pass(2 * HOUR)
    assert not type_at(home, FRONT_DOOR, made["code"]).opened


@pytest.mark.parametrize("lists", ["all", "no_rich"])
async def test_many_members(home: Home, lists: str) -> None:
    """A list of several pages is read and counted as a whole."""
    home.world.around.switches.set("member_lists", lists)
    people = home.world.lock("Front door").people.members
    for number in range(120):
        user_id = f"many{number:06}"
        people[user_id] = Member(user_id, f"Tenant {number}", number + 10)
    await home.async_setup()
    answer = await async_do(home, "list_members", FRONT_DOOR)
    assert answer["count"] == {"family": 2, "panel": 122}
    assert home.state("sensor.front_door_panel_members") == "122"
    members = answer["members"]
    assert isinstance(members, list)
    assert len(members) == 124


async def test_an_ordinary_method(home: Home) -> None:
    """A method is special or not, apart from the duress alarm."""
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 2).special = True
    listed = await async_methods(home, FRONT_DOOR)
    assert (
        listed["fingerprint-1"]["special"],
        listed["fingerprint-1"]["duress"],
    ) == (False, False)
    assert (
        listed["fingerprint-2"]["special"],
        listed["fingerprint-2"]["duress"],
    ) == (True, False)


async def test_kinds_that_wait(home: Home) -> None:
    """A finger, a password and a card that were enrolled at the lock wait by kind."""
    await home.async_setup()
    for kind in ("password", "card"):
        act(home, FRONT_DOOR, "enrol", kind=kind)
    waiting = await async_methods(home, FRONT_DOOR, unassigned=True)
    kinds = {method["type"] for method in waiting.values()}
    assert kinds == {"fingerprint", "password", "card"}
