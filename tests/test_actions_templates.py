"""Template passwords by the actions: listed, made and deleted, at every kind of lock."""

from datetime import timedelta
from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.json import JsonObjectType
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from simulator.locks import issue
from simulator.locks.delivery import cut_off
from simulator.locks.passwords import Outcome
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    ONLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    async_status,
    check_error,
    check_text,
    failing,
    make_in_app,
    opens,
    refusing,
    result_of,
)
from tests.mending import issues
from tests.simulated import Home

# A lock that sleeps stays awake for a minute.
FALL_ASLEEP = timedelta(seconds=61)

# Whether the cloud keeps template passwords apart from the others, nobody knows.
BOOKS = ("shared", "apart")


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, home: Home) -> str:
    """Run a test in both kinds of clouds."""
    value: str = request.param
    home.world.around.switches.set("template_book", value)
    return value


async def async_make(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Make a template password on one lock and return its result."""
    response = await home.async_act(
        "create_template_password", lock, **{"name": "Ann", **data}
    )
    return result_of(response, lock)


async def async_templates(home: Home, lock: str, **data: Any) -> JsonObjectType:
    """Return what the action lists for one lock."""
    return result_of(
        await home.async_act("list_template_passwords", lock, **data), lock
    )


async def async_drop(home: Home, lock: str, which: object = "Ann") -> JsonObjectType:
    """Delete a template password of one lock."""
    response = await home.async_act("delete_template_password", lock, password=which)
    return result_of(response, lock)


def names(result: JsonObjectType) -> list[object]:
    """Return the names of a listing."""
    passwords = result["passwords"]
    assert isinstance(passwords, list)
    return [entry["name"] for entry in passwords if isinstance(entry, dict)]


def changes(home: Home) -> list[str]:
    """Return the paths of all requests that change something."""
    return [
        f"{request.method} {request.path.rpartition('/door-lock/')[2]}"
        for request in home.world.requests.entries
        if request.method in {"PUT", "DELETE"}
    ]


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_life(home: Home, lock: str, book: str) -> None:
    """It is watched like any custom code, and is there exactly once."""
    await home.async_setup()
    name = lock.partition(".")[2]
    told = async_capture_events(home.hass, "state_changed")
    made = await async_make(home, lock)
    assert (made["type"], made["status"]) == ("custom", "pending")
    assert home.state(f"sensor.{name}_pending_passwords") == "1"
    assert not home.lock(lock).codes

    await async_deliver(home, lock)
    (listed,) = await async_list(home, lock)
    assert (listed["id"], listed["name"]) == (made["id"], "Ann")
    assert (listed["status"], listed["made_here"]) == ("active", True)
    assert home.state(f"sensor.{name}_active_passwords") == "1"
    assert opens(home, lock, made["code"])

    await home.async_pass(FALL_ASLEEP)
    dropped = await async_drop(home, lock)
    assert (dropped["status"], dropped["already_gone"]) == ("removing", False)
    assert await async_status(home, lock, made["id"]) == "removing"
    assert home.lock(lock).codes

    await async_deliver(home, lock)
    # An `mk` keypad goes on saying that it is being deleted (measured).
    says_so = lock != GARDEN_GATE or book == "apart"
    after = "removed" if says_so else "removing"
    assert await async_status(home, lock, made["id"]) == after
    assert not opens(home, lock, made["code"])
    news = [
        change.data["new_state"].attributes["event_type"]
        for change in told
        if change.data["entity_id"] == f"event.{name}_password"
    ]
    expected = ["created", "delivered", "removed"]
    assert [new for new in news if new != "used"] == expected[: 3 if says_so else 2]
    if says_so:
        again = await async_drop(home, lock, made["id"])
        assert (again["status"], again["already_gone"]) == ("removed", True)
    assert len(changes(home)) == 1


@pytest.mark.parametrize("lock", [GARAGE, GARDEN_GATE])
async def test_a_lock_that_sleeps(home: Home, lock: str, book: str) -> None:
    """The code opens until the lock took the deletion; asking again doesn't lose that."""
    await home.async_setup()
    made = await async_make(home, lock, duration={"days": 2})
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    await async_drop(home, lock)
    await home.async_pass(timedelta(hours=5))
    # The template's own deletion of a code that goes already erases the record alone.
    again = await async_drop(home, lock, made["id"])
    assert (again["status"], again["already_gone"]) == ("removing", False)
    assert [change.partition("/")[0] for change in changes(home)] == [
        "DELETE template",
        "DELETE temp-passwords",
    ]
    assert await async_status(home, lock, made["id"]) == "removing"
    # Typing wakes it, so that it takes the deletion behind the guest.
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


async def test_deleted_in_the_app_a_moment_ago(home: Home) -> None:
    """Our list says that it is active; the detail says that it is on its way off."""
    await home.async_setup()
    made = await async_make(home, GARAGE)
    await async_deliver(home, GARAGE)
    await home.async_pass(FALL_ASLEEP)
    lock = home.lock(GARAGE)
    issue.delete(lock, issue.find(lock, int(str(made["id"]))))
    assert (await async_drop(home, GARAGE))["status"] == "removing"
    assert lock.book.live
    await async_deliver(home, GARAGE)
    assert not opens(home, GARAGE, made["code"])


@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, OFFICE])
async def test_a_record_that_is_gone(home: Home, lock: str, book: str) -> None:
    """It proves nothing: the code opens, and is called so until its end."""
    await home.async_setup()
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    simulated = home.lock(lock)
    simulated.book.remove(int(str(made["id"])), simulated.now)
    await home.async_refresh(lock)
    dropped = await async_drop(home, lock)
    assert (dropped["status"], dropped["already_gone"]) == ("removing", True)
    assert opens(home, lock, made["code"])
    await home.async_pass(timedelta(hours=1))
    assert await async_status(home, lock, made["id"]) == "removed"
    assert not opens(home, lock, made["code"])


@pytest.mark.parametrize("name", ["both", "dp_tunnel", "dpTunnel"])
async def test_the_tunnel(home: Home, name: str) -> None:
    """Whichever spelling the cloud honours, the code leaves the lock."""
    home.world.around.switches.set("template_tunnel_name", name)
    await home.async_setup()
    made = await async_make(home, OFFICE)
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, made["code"])
    await async_drop(home, OFFICE)
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, made["code"])


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_once(home: Home, lock: str, book: str) -> None:
    """It opens once."""
    await home.async_setup()
    made = await async_make(home, lock, one_time=True)
    await async_deliver(home, lock)
    assert opens(home, lock, made["code"])
    assert not opens(home, lock, made["code"])


async def test_hours(home: Home, book: str) -> None:
    """It opens at the hours that were asked for, and is read back with them."""
    await home.async_setup()
    hours = {"weekdays": ["mon"], "daily_start": "14:00:00", "daily_end": "16:00:00"}
    made = await async_make(home, FRONT_DOOR, duration={"hours": 6}, **hours)
    await async_deliver(home, FRONT_DOOR)
    assert not opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(hours=2))
    assert opens(home, FRONT_DOOR, made["code"])
    detail = await async_templates(home, FRONT_DOOR, password="Ann")
    assert detail["periodic"] is True
    assert detail["schedule"] is not None


async def test_hours_that_the_cloud_drops(home: Home, book: str) -> None:
    """A code that would open all week goes again, by its own door."""
    home.world.around.switches.set("schedule_block", "dropped")
    await home.async_setup()
    with pytest.raises(HomeAssistantError) as caught:
        await async_make(home, FRONT_DOOR, weekdays=["mon"], duration={"days": 9})
    check_text(caught.value, "schedule_not_kept")
    assert len(changes(home)) == 1
    assert changes(home)[0].startswith("DELETE template")
    await async_deliver(home, FRONT_DOOR)
    assert not home.lock(FRONT_DOOR).codes


async def test_list_and_detail(home: Home, book: str) -> None:
    """Pages and states are Tuya's, the status ours; one-time offline codes are there too."""
    await home.async_setup()
    first = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    once = await async_create(home, FRONT_DOOR, type="one_time", name="Bob")
    last = await async_make(home, FRONT_DOOR, name="Cleo", duration={"days": 1})
    everything = await async_templates(home, FRONT_DOOR)
    assert sorted(map(str, names(everything))) == ["Ann", "Bob", "Cleo"]
    assert (everything["total"], everything["has_more"]) == (3, False)
    passwords = everything["passwords"]
    assert isinstance(passwords, list)
    statuses = {
        entry["id"]: (entry["type"], entry["status"])
        for entry in passwords
        if isinstance(entry, dict)
    }
    assert statuses == {
        first["id"]: ("custom", "active"),
        once["id"]: ("one_time", "active"),
        last["id"]: ("custom", "pending"),
    }
    page = await async_templates(home, FRONT_DOOR, offset=1, limit=1)
    assert (len(names(page)), page["total"], page["has_more"]) == (1, 3, True)
    assert names(await async_templates(home, FRONT_DOOR, state="invalid")) == []

    await home.async_pass(timedelta(hours=7))
    assert names(await async_templates(home, FRONT_DOOR, state="valid")) == ["Cleo"]
    over = await async_templates(home, FRONT_DOOR, state="invalid")
    assert sorted(map(str, names(over))) == ["Ann", "Bob"]
    detail = await async_templates(home, FRONT_DOOR, password=last["id"])
    assert detail["id"] == last["id"]
    assert (detail["operation"], detail["delivery"]) == ("add", "success")
    assert (detail["confirmed_by_lock"], detail["status"]) == (True, "active")
    assert detail["devices"] == [home.lock(FRONT_DOOR).id]
    answers = repr((everything, page, over, detail))
    assert not any(str(made["code"]) in answers for made in (first, once, last))


async def test_made_in_the_app(home: Home) -> None:
    """What another made is listed, and can be deleted from here."""
    await home.async_setup()
    password_id = make_in_app(home, OFFICE, "Dan", "905172")
    await async_deliver(home, OFFICE)
    listed = await async_templates(home, OFFICE)
    assert names(listed) == ["Dan"]
    (known,) = await async_list(home, OFFICE)
    assert (known["id"], known["made_here"]) == (str(password_id), False)
    assert (await async_drop(home, OFFICE, "Dan"))["status"] == "removing"
    await async_deliver(home, OFFICE)
    assert not opens(home, OFFICE, "905172")


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_one_that_expired(home: Home, lock: str, book: str) -> None:
    """Its record goes, by this action and by the other one."""
    await home.async_setup()
    for action in ("delete_template_password", "delete_password"):
        await async_make(home, lock, duration="00:05:00")
        await async_deliver(home, lock)
        await home.async_pass(timedelta(minutes=6))
        response = await home.async_act(action, lock, password="Ann")
        deleted = result_of(response, lock)
        assert (deleted["status"], deleted["already_gone"]) == ("removed", False)
        assert not home.lock(lock).book.live


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_the_other_action(home: Home, lock: str, book: str) -> None:
    """A code is a code: `delete_password` takes this one, too."""
    await home.async_setup()
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    await home.async_pass(FALL_ASLEEP)
    response = await home.async_act("delete_password", lock, password="Ann")
    assert result_of(response, lock)["status"] == "removing"
    await async_deliver(home, lock)
    assert not opens(home, lock, made["code"])


async def test_a_change(home: Home, book: str) -> None:
    """A cloud with one book changes it; one with two says that it can't be changed."""
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    change: dict[str, Any] = {
        "password": "Ann",
        "new_name": "Eve",
        "duration": {"hours": 9},
    }
    if book == "apart":
        with failing(home, "template_not_changed"):
            await home.async_act("update_password", FRONT_DOOR, **change)
        (listed,) = await async_list(home, FRONT_DOOR)
        assert (listed["name"], listed["status"]) == ("Ann", "active")
        assert opens(home, FRONT_DOOR, made["code"])
        return
    await home.async_act("update_password", FRONT_DOOR, **change)
    await async_deliver(home, FRONT_DOOR)
    await home.async_pass(timedelta(hours=8))
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["name"], listed["status"]) == ("Eve", "active")
    assert opens(home, FRONT_DOOR, made["code"])
    # It is still deleted by its own door.
    await home.async_act("delete_password", FRONT_DOOR, password="Eve")
    assert changes(home)[-1].startswith("DELETE template")


async def test_what_it_costs(home: Home) -> None:
    """Only what the other list lacks is asked for, and only while it can change."""
    await home.async_setup()
    await async_make(home, FRONT_DOOR, name="Old", duration="00:30:00")
    await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)

    async def asked() -> list[str]:
        home.world.requests.clear()
        await home.async_refresh(FRONT_DOOR)
        paths = [request.path for request in home.world.requests.entries]
        return [
            path.partition("/template/")[2] for path in paths if "/template/" in path
        ]

    assert await asked() == []
    home.world.around.switches.set("template_book", "apart")
    assert len(await asked()) == 3  # the list and two details
    await home.async_pass(timedelta(minutes=31))
    assert len(await asked()) == 2
    statuses = {
        one["name"]: one["status"] for one in await async_list(home, FRONT_DOOR)
    }
    assert statuses == {"Old": "expired", "Ann": "active"}
    await home.async_pass(timedelta(minutes=31))
    assert await asked() == []


async def test_made_elsewhere_and_apart(home: Home) -> None:
    """It is found by its own list, and followed until the lock has taken its deletion."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR, duration={"days": 1})
    await async_deliver(home, FRONT_DOOR)
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_setup()
    assert await async_list(home, FRONT_DOOR) == []
    (listed,) = names(await async_templates(home, FRONT_DOOR))
    assert listed == "Ann"
    assert (await async_drop(home, FRONT_DOOR))["status"] == "removing"
    assert opens(home, FRONT_DOOR, made["code"])
    await async_deliver(home, FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "removed"
    assert not opens(home, FRONT_DOOR, made["code"])


async def test_a_one_time_code(home: Home) -> None:
    """In effect it can't be deleted; once it has ended, its entry goes."""
    await home.async_setup()
    made = await async_create(home, FRONT_DOOR, type="one_time")
    with refusing(home, "not_deletable_one_time", reads=True):
        await async_drop(home, FRONT_DOOR)
    assert opens(home, FRONT_DOOR, made["code"])
    await home.async_pass(timedelta(hours=7))
    dropped = await async_drop(home, FRONT_DOOR)
    assert (dropped["status"], dropped["already_gone"]) == ("removed", False)
    assert names(await async_templates(home, FRONT_DOOR)) == []
    assert await async_list(home, FRONT_DOOR) == []


async def test_a_restart(home: Home, book: str) -> None:
    """The code is found again, with its digits, and told once."""
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR, duration={"days": 1})
    await async_deliver(home, FRONT_DOOR)
    await home.async_restart()
    (listed,) = await async_list(home, FRONT_DOOR)
    assert (listed["id"], listed["status"]) == (made["id"], "active")
    with refusing(home, "code_taken", reads=True):
        await async_make(home, FRONT_DOOR, name="Bob", code=made["code"])


async def test_an_outage_is_no_empty_list(home: Home) -> None:
    """While the details can't be read, nobody says that the code is gone."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    made = await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    home.world.faults.parse("http_5xx:path=template,method=GET")
    await home.async_refresh(FRONT_DOOR)
    assert home.state("sensor.front_door_active_passwords") == "unavailable"
    home.world.faults.remove()
    await home.async_refresh(FRONT_DOOR)
    assert await async_status(home, FRONT_DOOR, made["id"]) == "active"


async def test_a_code_that_the_lock_refused(home: Home) -> None:
    """The detail tells, and it opens nothing."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    cut_off(home.lock(FRONT_DOOR))
    made = await async_make(home, FRONT_DOOR)
    await home.async_pass_in_steps(timedelta(minutes=1), timedelta(seconds=5))
    assert await async_status(home, FRONT_DOOR, made["id"]) == "failed"
    assert not opens(home, FRONT_DOOR, made["code"])


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.FULL])
@pytest.mark.parametrize("lock", [FRONT_DOOR, OFFICE])
async def test_deleted_after_the_lock_refused_it(
    home: Home, lock: str, outcome: Outcome
) -> None:
    """Not the record alone goes: the lock is asked, and what it says is told."""
    await home.async_setup()
    home.lock(lock).forced.append(outcome)
    made = await async_make(home, lock)
    await async_deliver(home, lock)
    assert await async_status(home, lock, made["id"]) == "failed"
    await async_drop(home, lock)
    await home.async_pass_in_steps(timedelta(minutes=2), timedelta(seconds=5))
    assert await async_status(home, lock, made["id"]) == "removed"
    assert not issues(home.hass)


async def test_deleted_after_a_refusal_that_is_told_apart(home: Home) -> None:
    """Where only the template door knows the code, it is deleted by that."""
    home.world.around.switches.set("template_book", "apart")
    await home.async_setup()
    home.lock(FRONT_DOOR).forced.append(Outcome.FAILED)
    await async_make(home, FRONT_DOOR)
    await async_deliver(home, FRONT_DOOR)
    assert (await async_drop(home, FRONT_DOOR))["status"] in {"removing", "removed"}
    assert changes(home)[-1].startswith("DELETE template/")
    assert not home.lock(FRONT_DOOR).book.live


async def test_check_name(home: Home) -> None:
    """Tuya refuses a name that is taken only where it is asked to."""
    await home.async_setup()
    await async_make(home, FRONT_DOOR)
    with failing(home, "name_taken"):
        await async_make(home, FRONT_DOOR, check_name=True, duration="02:00:00")
    await async_make(home, FRONT_DOOR, duration="02:00:00")


async def test_twins(home: Home, book: str) -> None:
    """Two of one name and window may both vanish, whichever door they come by."""
    await home.async_setup()
    window = {"start": "2026-06-01 14:00:00", "end": "2026-06-01 18:00:00"}
    await async_make(home, FRONT_DOOR, **window)
    with refusing(home, "twin_password", reads=True):
        await async_make(home, FRONT_DOOR, **window)
    with refusing(home, "twin_password", reads=True):
        await async_create(home, FRONT_DOOR, **window)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"code": 905172}, "code_not_text"),
        ({"code": "90517x"}, "code_not_digits"),
        ({"code": "9051"}, "code_length"),
        ({"code": "123456"}, "code_weak"),
        ({"name": ""}, "name_empty"),
        ({"name": "A" * 21}, "name_too_long"),
        ({"name": "A\nB"}, "name_not_printable"),
        (
            {"start": "2026-06-01 18:00:00", "end": "2026-06-01 17:00:00"},
            "window_end_before_start",
        ),
        ({"start": "2026-06-01 09:00:00", "duration": "01:00:00"}, "window_in_past"),
        (
            {"end": "2026-06-01 18:00:00", "duration": "01:00:00"},
            "window_end_and_duration",
        ),
        ({"weekdays": ["noday"]}, "schedule_weekdays"),
    ],
)
async def test_wrong_input(home: Home, data: dict[str, Any], key: str) -> None:
    """Each wrong wish has its own text, and nothing is sent; nor read for digits."""
    await home.async_setup()
    await home.async_pass(timedelta(minutes=2))
    with refusing(home, key, reads=not key.startswith("code_")):
        await async_make(home, FRONT_DOOR, **data)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"state": "old"}, "not_a_template_state"),
        ({"offset": -1}, "offset_negative"),
        ({"offset": "two"}, "not_a_whole_number"),
        ({"limit": 0}, "limit_out_of_range"),
        ({"limit": 501}, "limit_out_of_range"),
    ],
)
async def test_wrong_questions(home: Home, data: dict[str, Any], key: str) -> None:
    await home.async_setup()
    with refusing(home, key):
        await async_templates(home, FRONT_DOOR, **data)


async def test_which_one(home: Home) -> None:
    """Who is not there, or is there twice, is refused with those that are."""
    await home.async_setup()
    made = [
        await async_make(home, FRONT_DOOR, duration={"hours": hours})
        for hours in (1, 2)
    ]
    for action in ("list_template_passwords", "delete_template_password"):
        with refusing(home, "ambiguous_password", reads=True) as caught:
            await home.async_act(action, FRONT_DOOR, password="ann")
        assert all(str(one["id"]) in str(caught.value) for one in made)
        with refusing(home, "no_such_password", reads=True):
            await home.async_act(action, FRONT_DOOR, password="Bob")


async def test_a_lock_that_only_a_phone_reaches(home: Home) -> None:
    """It lists, and takes no codes from afar."""
    await home.async_setup()
    with refusing(home, "online_codes_need_gateway"):
        await async_make(home, SHED)
    assert (await async_templates(home, SHED))["total"] == 0


async def test_locks_without_the_list(home: Home) -> None:
    """They say so, beside the answers of those that have it; nothing is made."""
    await home.async_setup()
    absent = home.lock(GARAGE)
    home.world.around.switches.set("template_paths", "absent", absent.id)
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("list_template_passwords", {}),
        ("create_template_password", {"name": "Ann"}),
        ("delete_template_password", {"password": "Ann"}),
    )
    for action, data in questions:
        with refusing(home, "templates_unsupported", reads=True):
            await home.async_act(action, GARAGE, **data)
    response = await home.async_act(
        "create_template_password", [GARAGE, OFFICE], name="Ann"
    )
    assert response is not None
    check_error(response[GARAGE], "templates_unsupported", lock="Garage")
    await async_deliver(home, OFFICE)
    assert opens(home, OFFICE, result_of(response, OFFICE)["code"])
    assert not absent.book.live


async def test_every_lock_in_one_call(home: Home) -> None:
    """Locks of equal length get equal digits, in one answer."""
    await home.async_setup()
    response = await home.async_act(
        "create_template_password", list(LOCKS), name="Ann", duration={"hours": 3}
    )
    codes = {lock: result_of(response, lock).get("code") for lock in LOCKS}
    assert codes[SHED] is None
    assert codes[FRONT_DOOR] == codes[OFFICE] == codes[GARDEN_GATE]
    assert len(str(codes[GARAGE])) == 7
    assert result_of(response, OFFICE)["notes"] == ["other_length_than_others"]
