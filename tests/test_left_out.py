"""What of the source documents is left out: it is not sent, and not kept.

`docs/seeds.md` says why.
"""

from typing import Any

import pytest

from simulator.locks.reports import alarm
from tests.acting import FRONT_DOOR, OFFICE, ONLINE_LOCKS, async_deliver
from tests.listening import answering_more, listening
from tests.residents import act, async_do, resident
from tests.simulated import Home

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
    sent = {name: asked.path for asked in heard for name in asked.names}
    assert not NEVER_SENT & sent.keys(), sent
    # It was heard what is sent.
    assert {"password_id", "working_day", "sex", "nick_name", "end_time"} <= sent.keys()


async def test_what_is_never_kept(
    home: Home, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """What an answer has beside what is wanted goes nowhere."""
    caplog.set_level("DEBUG")
    with answering_more(NEVER_KEPT):
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


async def test_what_is_sent_of_a_member(home: Home) -> None:
    """The name, and the sex that the endpoint demands, which nobody is asked for."""
    await home.async_setup()
    with listening() as heard:
        await async_do(home, "add_member", FRONT_DOOR, name="Gardener")
    (body,) = [asked.body for asked in heard if asked.method == "POST"]
    assert body == {"nick_name": "Gardener", "sex": 1}
    resident(home, FRONT_DOOR, "Gardener").profile["sex"] = 2
    with listening() as heard:
        await async_do(
            home, "update_member", FRONT_DOOR, member="Gardener", new_name="Dan"
        )
    (body,) = [asked.body for asked in heard if asked.method == "PUT"]
    assert body == {"nick_name": "Dan", "sex": 2}


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_the_channel_of_a_template_password(home: Home, lock: str) -> None:
    """Creation and deletion go by way of the cloud, and through the gateway if any."""
    await home.async_setup()
    with listening() as heard:
        await async_do(home, "create_template_password", lock, name="Ann")
        await async_deliver(home, lock)
        await async_do(home, "delete_template_password", lock, password="Ann")
    made, deleted = (
        asked.body
        for asked in heard
        if asked.path.rpartition("/template/")[1] and asked.method != "GET"
    )
    channel: dict[str, object] = {"dp_tunnel": 2, "dpTunnel": 2}
    if lock == OFFICE:
        channel |= {"bluetooth_symbolic": True, "bluetoothSymbolic": True}
    assert deleted == channel
    assert made.items() >= channel.items()
    assert ("bluetooth_symbolic" in made) is (lock == OFFICE)
