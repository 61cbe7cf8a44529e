"""Enrolling unlock methods: presented at the lock, watched, called off."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.tuya_lock_manager import enrolment, settling
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    ONLINE_LOCKS,
    SHED,
    failing,
    opens,
    telling,
)
from tests.residents import (
    AFTER,
    BEFORE,
    act,
    async_do,
    async_methods,
    changes,
    enters,
    methods_of,
    part,
    resident,
)
from tests.simulated import Home

CODE = {lock: "9051726" if lock == GARAGE else "905172" for lock in LOCKS}


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(settling, "SETTLE_PAUSES", (0, 0)):
        yield


def watching(home: Home, then: Callable[[float], object] = lambda _: None) -> Any:
    """Let the world's time pass while an enrolment is watched; `then` something happens."""

    async def pass_time(seconds: float) -> None:
        home.world.clock.advance(seconds)
        home.world.settle()
        then(seconds)

    return patch.object(enrolment.asyncio, "sleep", pass_time)


@pytest.mark.parametrize("kind", ["fingerprint", "card", "face"])
@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_enrolling_what_is_presented(home: Home, lock: str, kind: str) -> None:
    """The lock waits for a minute; what is presented then opens the door."""
    await home.async_setup()
    answer = await async_do(
        home, "enrol_unlock_method", lock, member="Cleaner", type=kind
    )
    assert answer == {
        "member": "Cleaner",
        "member_id": resident(home, lock, "Cleaner").user_id,
        "status": "started",
        "present_within": 60,
        "method": None,
    }
    with failing(home, "lock_busy"):
        await async_do(
            home, "update_unlock_method", lock, method="thumb", new_name="left"
        )
    slot = act(home, lock, "present")["slot"]
    assert enters(home, lock, "Cleaner", kind)
    assert f"{kind}-{slot}" in await async_methods(home, lock, member="Cleaner")


@pytest.mark.parametrize("lock", LOCKS)
async def test_enrolling_a_password(home: Home, lock: str) -> None:
    """It comes by itself within seconds; the lock without a gateway can't be reached."""
    await home.async_setup()
    fields = {"member": "Neighbour", "type": "password", "code": CODE[lock]}
    if lock == SHED:
        with failing(home, "lock_offline"):
            await async_do(home, "enrol_unlock_method", lock, **fields)
        return
    with watching(home):
        answer = await async_do(home, "enrol_unlock_method", lock, wait=True, **fields)
    assert answer["status"] == "enrolled"
    assert answer["present_within"] is None
    method = part(answer, "method")
    assert (method["id"], method["member"]) == ("password-2", "Neighbour")
    assert CODE[lock] not in str(answer)
    assert opens(home, lock, CODE[lock])


async def test_a_password_without_waiting(home: Home) -> None:
    await home.async_setup()
    answer = await async_do(
        home,
        "enrol_unlock_method",
        FRONT_DOOR,
        member="Neighbour",
        type="password",
        code="005172",
    )
    assert (answer["status"], answer["present_within"]) == ("started", None)
    await home.async_pass(timedelta(seconds=6))
    assert opens(home, FRONT_DOOR, "005172")


@pytest.mark.parametrize("after", [1, 2, 3, 4, None])
async def test_waiting_for_a_finger(home: Home, after: int | None) -> None:
    """It is looked for at 5, 15, 30 and 60 seconds, and no more often."""
    await home.async_setup()
    pauses: list[float] = []

    def pass_by(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == after:
            home.world.clock.set(home.world.clock.now() - 1)
            act(home, FRONT_DOOR, "present")

    asked = len(home.asked(FRONT_DOOR, "methods"))
    with watching(home, pass_by):
        answer = await async_do(
            home,
            "enrol_unlock_method",
            FRONT_DOOR,
            member="Cleaner",
            type="fingerprint",
            wait=True,
        )
    assert pauses == [5, 10, 15, 30][:after]
    if after is None:
        assert (answer["status"], answer["method"]) == ("not_seen", None)
        # What there was, the wish, and a look after each pause.
        assert len(home.asked(FRONT_DOOR, "methods")) - asked <= 3 + 2 + 4
    else:
        assert answer["status"] == "enrolled"
        assert part(answer, "method")["id"] == "fingerprint-4"


async def test_waiting_while_nothing_can_be_read(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:path=opmodes,method=GET,skip=1")
    with watching(home):
        answer = await async_do(
            home,
            "enrol_unlock_method",
            FRONT_DOOR,
            member="Cleaner",
            type="card",
            wait=True,
        )
    assert answer["status"] == "started"


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_cancelling(home: Home, lock: str) -> None:
    """The lock takes no finger any more, and other changes go through."""
    await home.async_setup()
    await async_do(home, "enrol_unlock_method", lock, member="Cleaner", type="card")
    answer = await async_do(home, "cancel_enrolment", lock, type="card")
    assert answer == {"status": "cancelled"}
    assert act(home, lock, "present")["enrolled"] is False
    await async_do(home, "update_unlock_method", lock, method="thumb", new_name="left")


async def test_cancelling_while_it_is_watched(home: Home) -> None:
    """Waiting doesn't keep anybody from calling it off."""
    await home.async_setup()
    watched = False

    async def pass_time(seconds: float) -> None:
        nonlocal watched
        if not watched:
            watched = True
            await async_do(home, "cancel_enrolment", FRONT_DOOR, type="card")
        home.world.clock.advance(seconds)

    with patch.object(enrolment.asyncio, "sleep", pass_time):
        answer = await async_do(
            home,
            "enrol_unlock_method",
            FRONT_DOOR,
            member="Cleaner",
            type="card",
            wait=True,
        )
    assert answer["status"] == "not_seen"


@pytest.mark.parametrize("fields", [{"type": "card"}, {"type": "password"}])
async def test_enrolling_for_the_family(home: Home, fields: dict[str, Any]) -> None:
    """Tuya refuses it for app accounts, and that is said."""
    await home.async_setup()
    if fields["type"] == "password":
        fields = {**fields, "code": "905172"}
    with failing(home, "family_cannot_enrol") as caught:
        await async_do(
            home, "enrol_unlock_method", FRONT_DOOR, member="Partner", **fields
        )
    assert "Partner (" in str(caught.value)
    assert "code 1109" in str(caught.value)
    assert "905172" not in str(caught.value)


@pytest.mark.parametrize("fault", AFTER)
async def test_a_password_whose_answer_was_lost(home: Home, fault: str) -> None:
    """The list shows that it came; it was sent once and opens."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=actions/entry,count=1")

    async def pass_time(_: float) -> None:
        home.world.clock.advance(6)

    with patch.object(settling.asyncio, "sleep", pass_time):
        answer = await async_do(
            home,
            "enrol_unlock_method",
            FRONT_DOOR,
            member="Neighbour",
            type="password",
            code="905172",
        )
    assert answer["status"] == "started"
    assert opens(home, FRONT_DOOR, "905172")
    assert len(methods_of(home, FRONT_DOOR, "Neighbour")) == 2


async def test_a_password_that_did_not_come(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset:path=actions/entry,count=1")
    with failing(home, "change_not_seen"):
        await async_do(
            home,
            "enrol_unlock_method",
            FRONT_DOOR,
            member="Neighbour",
            type="password",
            code="905172",
        )


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_a_finger_whose_answer_was_lost(home: Home, fault: str) -> None:
    """Nobody knows whether the lock waits; whoever watches it sees what comes."""
    await home.async_setup()
    fields = {"member": "Cleaner", "type": "fingerprint"}
    home.world.faults.parse(f"{fault}:path=actions/entry,count=2")
    if fault in AFTER:
        expected = telling("enrolment_unknown", HomeAssistantError)
    else:
        expected = failing(home, "enrolment_unknown")
    with expected:
        await async_do(home, "enrol_unlock_method", FRONT_DOOR, **fields)
    await home.async_pass(timedelta(seconds=61))
    with watching(home, lambda _: act(home, FRONT_DOOR, "present")):
        answer = await async_do(
            home, "enrol_unlock_method", FRONT_DOOR, wait=True, **fields
        )
    assert answer["status"] == ("enrolled" if fault in AFTER else "not_seen")


async def test_a_cancellation_whose_answer_was_lost(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:path=actions/cancel,count=1")
    with failing(home, "enrolment_unknown"):
        await async_do(home, "cancel_enrolment", FRONT_DOOR, type="card")
    assert changes(home) == 1


async def test_digits_stay_out_of_logs(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await home.async_setup()
    told: list[str] = []
    for code in ("905172", "9051726"):
        for fault in ("", "throttled:path=actions/entry,count=1"):
            if fault:
                home.world.faults.parse(fault)
            try:
                await async_do(
                    home,
                    "enrol_unlock_method",
                    FRONT_DOOR,
                    member="Cleaner",
                    type="password",
                    code=code,
                )
            except HomeAssistantError as err:
                told += [str(err), repr(err)]
    logged = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components", "tests", "aiohttp"))
    ]
    assert logged
    assert not [text for text in logged + told if "905172" in text]
