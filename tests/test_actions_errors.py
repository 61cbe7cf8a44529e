"""What the cloud refuses, in the user's words; the other locks don't notice."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.tuya_lock_manager import wishes
from custom_components.tuya_lock_manager.const import OPT_DIGITS, OPT_LOCKS
from custom_components.tuya_lock_manager.tuya_cloud import (
    OfflinePassword,
    OfflineRequest,
    TuyaLockClient,
)
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    OFFICE,
    ONLINE_LOCKS,
    TEXTS,
    async_create,
    async_deliver,
    async_list,
    async_status,
    check_error,
    check_text,
    contents,
    failing,
    make_in_app,
    opens,
    refusing,
    result_of,
    type_at,
)
from tests.simulated import Home

FAULTS = {
    "lock_full": "lock_full",
    "device_offline": "lock_offline",
    "not_authorised:code=28841105": "not_subscribed",
    "not_authorised:code=1106": "permission_denied",
    "quota": "quota_exhausted",
    "plan_expired": "plan_expired",
    "throttled:code=1199": "throttled",
    "throttled:code=1110": "throttled",
    "clock_skew": "clock_wrong",
    "ticket_expired": "refused_by_tuya",
}


def strike(home: Home, fault: str, lock: str, path: str, method: str) -> None:
    """Let a fault befall one kind of call to one lock."""
    kind, _, rest = fault.partition(":")
    where = f"path={home.lock(lock).id}/door-lock/{path},method={method}"
    home.world.faults.parse(f"{kind}:{','.join(filter(None, (where, rest)))}")


@pytest.mark.parametrize(("fault", "key"), FAULTS.items())
async def test_creation(home: Home, fault: str, key: str) -> None:
    """Each refusal has its own text, with Tuya's words and trace id."""
    await home.async_setup()
    strike(home, fault, FRONT_DOOR, "temp-password", "POST")
    with failing(home, key) as caught:
        await async_create(home, FRONT_DOOR)
    assert "tid " in str(caught.value)

    response = await home.async_act(
        "create_temp_password", [FRONT_DOOR, OFFICE], name="Ann"
    )
    assert response is not None
    check_error(response[FRONT_DOOR], key)
    made = result_of(response, OFFICE)
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, made["code"])
    assert not home.lock(FRONT_DOOR).book.live

    home.world.faults.remove()
    again = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, again["code"])


@pytest.mark.parametrize(
    ("fault", "key"), [("quota", "quota_exhausted"), ("device_offline", "lock_offline")]
)
@pytest.mark.parametrize("kind", ["time_limited", "one_time", "dynamic"])
async def test_creation_of_offline_codes(
    home: Home, kind: str, fault: str, key: str
) -> None:
    await home.async_setup()
    strike(home, fault, FRONT_DOOR, "offline-temp-password", "POST")
    strike(home, fault, FRONT_DOOR, "dynamic-password", "GET")
    with failing(home, key):
        await async_create(home, FRONT_DOOR, type=kind)
    assert not await async_list(home, FRONT_DOOR)


@pytest.mark.parametrize("code", ["2305", "2308", "1067"])
async def test_no_more_offline_codes(home: Home, code: str) -> None:
    """What the cloud answers then is not known: an unlisted code shows its words."""
    await home.async_setup()
    home.world.around.switches.set("offline_supply", code)
    with failing(home, "refused_by_tuya" if code == "1067" else "lock_full") as caught:
        await async_create(home, FRONT_DOOR, type="one_time")
    assert f"code {code}" in str(caught.value)


async def test_refused_deletion(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    strike(home, "throttled", FRONT_DOOR, "temp-passwords", "DELETE")
    with failing(home, "throttled"):
        await home.async_act("delete_password", FRONT_DOOR, password="Ann")
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"
    assert opens(home, FRONT_DOOR, made["code"])


async def test_refused_clearing(home: Home) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="time_limited")
    strike(home, "throttled", FRONT_DOOR, "offline-temp-password", "POST")
    with failing(home, "throttled"):
        await home.async_act("issue_clear_code", FRONT_DOOR, password="Ann")
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["clear_code_issued"]) == (made["id"], False)


async def test_a_name_that_is_taken(home: Home) -> None:
    await home.async_setup()
    home.world.around.switches.set("duplicate_names", "refused")
    await async_create(home, FRONT_DOOR)
    with failing(home, "name_taken"):
        await async_create(home, FRONT_DOOR, end="2026-06-02 12:00:00")


async def test_a_start_that_the_cloud_takes_for_past(home: Home) -> None:
    """It is sent again with a start that isn't, and that one is answered."""
    await home.async_setup()
    home.world.around.switches.set("past_start", "refused")
    made = await async_create(
        home, FRONT_DOOR, start="2026-06-01 12:00:00", duration="01:00:00"
    )
    assert made["start"] == "2026-06-01T12:30:02+02:00"
    assert made["end"] == "2026-06-01T13:00:00+02:00"
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
    with refusing(home, "window_in_past", sends=True):
        await async_create(
            home,
            FRONT_DOOR,
            name="Bob",
            start="2026-06-01 12:00:00",
            end="2026-06-01 12:30:13",
        )


async def test_digits_that_the_lock_has(home: Home) -> None:
    """Chosen ones are refused; random ones are drawn anew, and that is all."""
    await home.async_setup()
    make_in_app(home, GARAGE, "Somebody", "9051726")
    with failing(home, "code_taken_at_lock"):
        await async_create(home, GARAGE, code="9051726")
    with patch.object(wishes, "random_digits", return_value="9051726"):
        made = await async_create(home, GARAGE)
    assert made["code"] != "9051726"
    await async_deliver(home, GARAGE)
    assert opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_digits_that_the_lock_itself_refuses(home: Home, lock: str) -> None:
    """The cloud took them, so the code fails later; the first one goes on opening."""
    await home.async_setup()
    first = make_in_app(home, lock, "Somebody", "905172")
    await async_deliver(home, lock)
    made = await async_create(home, lock, code="905172")
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "failed"
    await home.async_refresh(lock)
    assert await async_status(home, lock, str(first)) == "active"
    assert type_at(home, lock, "905172").password_id == first


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_the_wrong_number_of_digits_is_learned(home: Home, lock: str) -> None:
    """A lock of another length than its family's gets a code all the same, once."""
    await home.async_setup()
    length = 7 if lock == FRONT_DOOR else 6
    home.lock(lock).digits = length
    made = await async_create(home, lock)
    assert len(str(made["code"])) == length
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])

    asked = len(home.world.requests.entries)
    await async_create(home, lock, name="Bob")
    posts = [r for r in list(home.world.requests.entries)[asked:] if r.method == "POST"]
    assert [post.code for post in posts] == [0, 0]  # a ticket and the code


async def test_no_number_of_digits_fits(home: Home) -> None:
    """The first refusal is told, and nothing is learned."""
    await home.async_setup()
    home.lock(FRONT_DOOR).digits = 8
    for _ in range(2):
        with failing(home, "request_refused") as caught:
            await async_create(home, FRONT_DOOR)
        assert "code 1109" in str(caught.value)
    home.lock(FRONT_DOOR).digits = 6
    assert len(str((await async_create(home, FRONT_DOOR))["code"])) == 6


async def test_a_chosen_number_of_digits_is_believed(home: Home) -> None:
    """No other one is tried."""
    await home.async_setup()
    simulated = home.lock(FRONT_DOOR)
    simulated.digits = 7
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_LOCKS: {simulated.id: {OPT_DIGITS: 6}}}
    )
    await home.hass.async_block_till_done()
    with failing(home, "request_refused"):
        await async_create(home, FRONT_DOOR)
    home.hass.config_entries.async_update_entry(
        home.entry, options={OPT_LOCKS: {simulated.id: {OPT_DIGITS: 7}}}
    )
    assert len(str((await async_create(home, FRONT_DOOR))["code"])) == 7


async def test_a_lock_that_lost_its_offline_codes(home: Home) -> None:
    """What the cloud said of it once is not true any more."""
    await home.async_setup()
    home.world.around.switches.set("offline_support", "all")
    await async_create(home, GARDEN_GATE, type="time_limited")
    home.world.around.switches.set("offline_support", "by_model")
    with failing(home, "offline_codes_unsupported", ServiceValidationError):
        await async_create(home, GARDEN_GATE, type="time_limited", name="Bob")


async def test_an_answer_with_a_window_that_makes_no_sense(home: Home) -> None:
    """The code exists, so it is answered with the window that was asked for."""
    await home.async_setup()
    create = TuyaLockClient.create_offline_password

    async def reversed_window(
        client: TuyaLockClient, device_id: str, request: OfflineRequest
    ) -> OfflinePassword:
        answer = await create(client, device_id, request)
        return replace(answer, start=answer.end, end=answer.start)

    with patch.object(TuyaLockClient, "create_offline_password", reversed_window):
        made = await async_create(home, FRONT_DOOR, type="time_limited")
    assert made["start"] == "2026-06-01T12:00:00+02:00"
    assert made["end"] == "2026-06-01T14:00:00+02:00"
    assert opens(home, FRONT_DOOR, made["code"])


async def test_a_full_wifi_lock(home: Home) -> None:
    """The eleventh code is refused by the cloud; there is room after a deletion."""
    await home.async_setup()
    for number in range(10):
        await async_create(home, GARAGE, name=f"Guest {number}")
    with failing(home, "lock_full"):
        await async_create(home, GARAGE, name="Ann")
    await home.async_act("delete_password", GARAGE, password="Guest 3")
    await async_create(home, GARAGE, name="Ann")


async def test_another_secret(home: Home) -> None:
    """The login is refused, which is told in these words."""
    await home.async_setup()
    home.world.project.access_secret = "x" * 32
    with failing(home, "invalid_credentials"):
        await async_create(home, FRONT_DOOR)


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_a_token_that_ended_is_renewed(home: Home, lock: str) -> None:
    """That is no error for anybody."""
    await home.async_setup()
    home.world.faults.parse("expired_token:count=1")
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])


async def test_a_token_that_is_always_refused(home: Home) -> None:
    await home.async_setup()
    strike(home, "revoked_token", FRONT_DOOR, "temp-password", "POST")
    with failing(home, "token_refused"):
        await async_create(home, FRONT_DOOR)


async def test_nobody_is_told_of_a_list_that_could_not_be_read(home: Home) -> None:
    """An outage is no empty list, neither of passwords nor of people locked out."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="one_time")
    strike(home, "http_5xx", FRONT_DOOR, "temp-passwords", "GET")
    await home.async_refresh(FRONT_DOOR)
    before = contents(home)
    for action, data in (
        ("list_passwords", {}),
        ("issue_clear_code", {"all": True}),
        ("delete_password", {"password": "Bob"}),
        ("issue_clear_code", {"password": "Bob"}),
    ):
        with failing(home, "list_not_read") as caught:
            await home.async_act(action, FRONT_DOOR, **data)
        check_text(caught.value, "list_not_read")
        assert caught.value.translation_placeholders == {"lock": "Front door"}
    assert contents(home) == before
    assert "{" not in TEXTS["list_not_read"].format(lock="")
    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    assert len(await async_list(home, FRONT_DOOR)) == 1


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("quota", "quota_exhausted"),
        ("plan_expired", "plan_expired"),
        ("not_authorised", "not_subscribed"),
        ("clock_skew", "clock_wrong"),
    ],
)
async def test_why_a_list_could_not_be_read(home: Home, fault: str, key: str) -> None:
    """What only its user can mend is said by each action that needs the list."""
    await home.async_setup()
    strike(home, fault, FRONT_DOOR, "temp-passwords", "GET")
    await home.async_refresh(FRONT_DOOR)
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("create_temp_password", {"name": "Ann"}),
        ("list_passwords", {}),
        ("delete_password", {"password": "Bob"}),
        ("clean_up_passwords", {}),
    )
    for action, data in questions:
        with failing(home, key):
            await home.async_act(action, FRONT_DOOR, **data)
