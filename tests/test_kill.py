"""Killed at any step of a change, Home Assistant loses nothing and doubles nothing.

What was asked for is there, or it is reported. The steps are those between which a
process can die: before and after each save of the journal and each request. The end to
end tests kill a real process at moments of chance.
"""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    async_create,
    async_deliver,
    async_list,
    opens,
    result_of,
)
from tests.dying import Death
from tests.mending import Fixer, issues
from tests.simulated import Home

# One more than there are, so that the last run is killed after it was through. Whether a
# code is frozen is in no answer, so nothing is saved after it was sent.
STEPS = range(1, 8)
FREEZING_STEPS = range(1, 6)


@pytest.fixture
def fixer(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fixer:
    return Fixer(hass, hass_client)


async def async_die(
    home: Home, storage: dict[str, Any], at: int, action: str, lock: str, **data: Any
) -> Death:
    """Act, die at a step, and start again."""
    death = Death(home, storage, at)
    await death.async_save_first()
    with death.run():
        await home.async_act(action, lock, **data)
    # Every step has its run, and the last run has no step left.
    steps = FREEZING_STEPS if action == "freeze_password" else STEPS
    assert (at == steps[-1]) is (death.steps < at)
    await home.hass.async_block_till_done()
    await death.async_rise()
    await async_deliver(home, lock)
    await home.async_refresh(lock)
    return death


def open_entries(home: Home, lock: str) -> list[object]:
    """Return what the journal of a lock still tells of."""
    hub = home.entry.runtime_data.locks[home.lock(lock).id]
    return [entry.outcome.value for entry in hub.memory.journal.values()]


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_creation(
    home: Home, hass_storage: dict[str, Any], fixer: Fixer, lock: str, at: int
) -> None:
    """There is one code, and its digits can be seen; or none, and that is said."""
    await home.async_setup()
    death = await async_die(
        home, hass_storage, at, "create_temp_password", lock, name="Ann"
    )
    listed = await async_list(home, lock)
    live = home.lock(lock).book.live
    assert [str(key) for key in live] == [code["id"] for code in listed]
    if not live:
        expected = {"creation_not_done"} if death.was_written_down else set[str]()
        assert issues(home.hass).keys() == expected
        await async_create(home, lock)
        assert len(home.lock(lock).book.live) == 1
        return
    (code,) = listed
    assert (code["status"], code["made_here"]) == ("active", True)
    assert issues(home.hass).keys() == {"digits_unseen"}
    await fixer.async_open("digits_unseen")
    shown = await fixer.async_choose("show")
    assert opens(home, lock, shown["description_placeholders"]["digits"])
    assert (await fixer.async_answer({}))["type"] == "create_entry"
    assert not issues(home.hass)
    assert not open_entries(home, lock)


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("book", ["shared", "apart"])
async def test_template_creation(
    home: Home, hass_storage: dict[str, Any], fixer: Fixer, book: str, at: int
) -> None:
    """The same for a code by the template door, whichever list shows it."""
    home.world.around.switches.set("template_book", book)
    await home.async_setup()
    action = "create_template_password"
    death = await async_die(home, hass_storage, at, action, FRONT_DOOR, name="Ann")
    listed = await async_list(home, FRONT_DOOR)
    live = home.lock(FRONT_DOOR).book.live
    assert [str(key) for key in live] == [code["id"] for code in listed]
    if not live:
        expected = {"creation_not_done"} if death.was_written_down else set[str]()
        assert issues(home.hass).keys() == expected
        return
    (code,) = listed
    assert (code["status"], code["made_here"]) == ("active", True)
    await fixer.async_open("digits_unseen")
    shown = await fixer.async_choose("show")
    assert opens(home, FRONT_DOOR, shown["description_placeholders"]["digits"])


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("book", ["shared", "apart"])
async def test_template_deletion(
    home: Home, hass_storage: dict[str, Any], book: str, at: int
) -> None:
    """The code opens, and says so; or it is off the lock, and says that."""
    home.world.around.switches.set("template_book", book)
    await home.async_setup()
    response = await home.async_act(
        "create_template_password", FRONT_DOOR, name="Ann", duration={"days": 1}
    )
    made = result_of(response, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    action = "delete_template_password"
    await async_die(home, hass_storage, at, action, FRONT_DOOR, password="Ann")
    (code,) = await async_list(home, FRONT_DOOR)
    opened = opens(home, FRONT_DOOR, made["code"])
    assert code["status"] == ("active" if opened else "removed")


@pytest.mark.parametrize("at", STEPS)
async def test_creation_with_chosen_digits(
    home: Home, hass_storage: dict[str, Any], at: int
) -> None:
    """Whoever asked knows the digits; the life-cycle event tells that the code is there."""
    await home.async_setup()
    death = await async_die(
        home,
        hass_storage,
        at,
        "create_temp_password",
        FRONT_DOOR,
        name="Ann",
        code="905172",
    )
    listed = await async_list(home, FRONT_DOOR)
    if listed:
        (code,) = listed
        assert (code["status"], code["made_here"]) == ("active", True)
        assert opens(home, FRONT_DOOR, "905172")
        assert not issues(home.hass)
        event = home.hass.states.get("event.front_door_password")
        assert event is not None
        assert event.attributes["event_type"] in {"created", "delivered"}
    else:
        expected = {"creation_not_done"} if death.was_written_down else set[str]()
        assert issues(home.hass).keys() == expected
    assert len(home.lock(FRONT_DOOR).book.live) == len(listed)


@pytest.mark.parametrize("at", STEPS)
async def test_change_of_the_window(
    home: Home, hass_storage: dict[str, Any], at: int
) -> None:
    """What is shown is what the lock has, and the digits are the same."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    before = str(made["end"])
    after = before.replace("T13", "T15")
    assert before != after
    death = await async_die(
        home,
        hass_storage,
        at,
        "update_password",
        FRONT_DOOR,
        password="Ann",
        end=after,
    )
    (code,) = await async_list(home, FRONT_DOOR)
    (held,) = home.lock(FRONT_DOOR).book.live.values()
    on_lock = home.local(held.end).isoformat(timespec="seconds")
    assert code["end"] == on_lock
    assert code["change"] is None
    if on_lock == after:
        assert not issues(home.hass)
    else:
        expected = {"change_not_done"} if death.was_written_down else set[str]()
        assert issues(home.hass).keys() == expected
    assert opens(home, FRONT_DOOR, made["code"])
    await home.async_act("update_password", FRONT_DOOR, password="Ann", new_name="Bea")
    await async_deliver(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("at", STEPS)
async def test_new_digits(
    home: Home, hass_storage: dict[str, Any], fixer: Fixer, at: int
) -> None:
    """Nobody is left with a code of which nobody knows the digits."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    death = await async_die(
        home,
        hass_storage,
        at,
        "update_password",
        FRONT_DOOR,
        password="Ann",
        new_name="Bea",
        new_code=True,
    )
    (code,) = await async_list(home, FRONT_DOOR)
    if opens(home, FRONT_DOOR, made["code"]):
        expected = {"change_not_done"} if death.was_written_down else set[str]()
        assert issues(home.hass).keys() == expected
        assert code["name"] == "Ann"
        return
    assert code["name"] == "Bea"
    assert issues(home.hass).keys() == {"digits_unseen"}
    await fixer.async_open("digits_unseen")
    shown = await fixer.async_choose("show")
    assert opens(home, FRONT_DOOR, shown["description_placeholders"]["digits"])


@pytest.mark.parametrize("at", STEPS)
async def test_new_digits_alone(
    home: Home, hass_storage: dict[str, Any], fixer: Fixer, at: int
) -> None:
    """No list tells whether that was done, so it is said and can be done again."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    death = await async_die(
        home,
        hass_storage,
        at,
        "update_password",
        FRONT_DOOR,
        password="Ann",
        new_code=True,
    )
    old = opens(home, FRONT_DOOR, made["code"])
    if not death.was_written_down:
        assert old
        assert not issues(home.hass)
        return
    (key,) = issues(home.hass)
    await fixer.async_open(key)
    if key == "change_unknown":
        await fixer.async_choose("new_digits")
        shown = await fixer.async_answer({})
        await async_deliver(home, FRONT_DOOR)
    else:
        assert key == "digits_unseen"
        assert not old
        shown = await fixer.async_choose("show")
    assert opens(home, FRONT_DOOR, shown["description_placeholders"]["digits"])


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_deletion(
    home: Home, hass_storage: dict[str, Any], fixer: Fixer, lock: str, at: int
) -> None:
    """A code that opens is never called removed."""
    await home.async_setup()
    made = await async_create(home, lock)
    await async_deliver(home, lock)
    death = await async_die(
        home, hass_storage, at, "delete_password", lock, password="Ann"
    )
    (code,) = await async_list(home, lock)
    if not opens(home, lock, made["code"]):
        assert code["status"] == "removed"
        assert not issues(home.hass)
        return
    assert code["status"] == "active"
    if not death.was_written_down:
        assert not issues(home.hass)
        return
    assert issues(home.hass).keys() == {"deletion_not_done"}
    await fixer.async_open("deletion_not_done")
    assert (await fixer.async_choose("delete"))["type"] == "create_entry"
    await async_deliver(home, lock)
    assert not opens(home, lock, made["code"])
    assert not issues(home.hass)


@pytest.mark.parametrize("at", FREEZING_STEPS)
@pytest.mark.parametrize("frozen", [True, False])
async def test_freezing(
    home: Home, hass_storage: dict[str, Any], frozen: bool, at: int
) -> None:
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    if not frozen:
        await home.async_act("freeze_password", FRONT_DOOR, password="Ann")
        await async_deliver(home, FRONT_DOOR)
    death = await async_die(
        home,
        hass_storage,
        at,
        "freeze_password",
        FRONT_DOOR,
        password="Ann",
        frozen=frozen,
    )
    (code,) = await async_list(home, FRONT_DOOR)
    is_frozen = not opens(home, FRONT_DOOR, made["code"])
    assert code["status"] == ("frozen" if is_frozen else "active")
    assert code["change"] is None
    done = is_frozen is frozen
    reported = {"change_not_done"} if death.was_written_down and not done else set()
    assert issues(home.hass).keys() == reported


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("kind", ["time_limited", "one_time"])
@pytest.mark.parametrize("listing", ["present", "absent"])
async def test_offline_creation(
    home: Home,
    hass_storage: dict[str, Any],
    fixer: Fixer,
    kind: str,
    listing: str,
    at: int,
) -> None:
    """It may exist unseen, and that is said; it is never asked for again."""
    home.world.around.switches.set("offline_list", listing)
    await home.async_setup()
    death = await async_die(
        home,
        hass_storage,
        at,
        "create_temp_password",
        FRONT_DOOR,
        name="Ann",
        type=kind,
    )
    made = home.lock(FRONT_DOOR).offline
    assert len(made) <= 1
    if not death.was_written_down:
        assert not made
        assert not issues(home.hass)
        return
    (key,) = issues(home.hass)
    await fixer.async_open(key)
    if key == "offline_digits_unseen":
        shown = await fixer.async_choose("show")
        assert opens(home, FRONT_DOOR, shown["description_placeholders"]["digits"])
        assert (await fixer.async_answer({}))["type"] == "create_entry"
    else:
        assert key == "offline_code_unknown"
        assert (await fixer.async_choose("keep"))["type"] == "create_entry"
    assert not issues(home.hass)
    assert not open_entries(home, FRONT_DOOR)
