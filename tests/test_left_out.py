"""What of the source documents is left out: it is not sent, and not kept.

`docs/seeds.md` says why.
"""

from typing import Any

import pytest

from tests.acting import FRONT_DOOR, OFFICE, ONLINE_LOCKS, async_deliver
from tests.everything import async_everything
from tests.listening import answering_more, listening
from tests.residents import async_do, resident
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


async def test_what_is_never_sent(home: Home) -> None:
    """No action has Tuya write to anybody, or tells it of a person what it needn't know."""
    with listening() as heard:
        await home.async_setup()
        await async_everything(home)
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
        answers = await async_everything(home)
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
