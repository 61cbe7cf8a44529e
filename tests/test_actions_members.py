"""Members: listed, added, changed and removed; what the lock makes of it; wrong wishes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockUser
import voluptuous as vol

from custom_components.tuya_lock_manager import people
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    SHED,
    check_error,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.residents import (
    async_do,
    async_members,
    changes,
    enters,
    method_at,
    methods_of,
    part,
    resident,
)
from tests.simulated import Home

ACTIONS: dict[str, dict[str, Any]] = {
    "list_members": {},
    "add_member": {"name": "Gardener"},
    "update_member": {"member": "Cleaner", "new_name": "Gardener"},
    "remove_member": {"member": "Cleaner"},
}
CHANGES = {action: data for action, data in ACTIONS.items() if action != "list_members"}

# What goes wrong after the work was done, and before it.
AFTER = ("reset_after", "broken_json")
BEFORE = ("reset", "http_5xx")


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(people, "SETTLE_PAUSES", (0, 0)):
        yield


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing(home: Home, lock: str) -> None:
    """Everybody, with what an administrator may know of them."""
    await home.async_setup()
    listed = await async_members(home, lock)
    assert {name: member["kind"] for name, member in listed.items()} == {
        **dict.fromkeys(("Owner", "Partner"), "family"),
        **dict.fromkeys(("Cleaner", "Neighbour"), "panel"),
    }
    assert listed["Owner"] == {
        "id": resident(home, lock, "Owner").user_id,
        "name": "Owner",
        "kind": "family",
        "role": "owner",
        "effective": "active",
        "window": {
            "permanent": True,
            "start": None,
            "end": None,
            "state": "confirmed",
        },
        "contact": "49-1700000001",
    }
    assert listed["Partner"]["role"] == "normal"
    assert listed["Cleaner"]["contact"] is None


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing_of_one_kind(home: Home, lock: str) -> None:
    await home.async_setup()
    family = await async_do(home, "list_members", lock, kind="family")
    assert family["count"] == {"family": 2, "panel": 2}
    assert set(await async_members(home, lock, kind="family")) == {"Owner", "Partner"}
    assert set(await async_members(home, lock, kind="panel")) == {
        "Cleaner",
        "Neighbour",
    }


@pytest.mark.parametrize("lists", ["all", "no_rich"])
async def test_listing_with_unlock_methods(home: Home, lists: str) -> None:
    """Whether the list of members shows them, or each member is asked for."""
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 1).hijack = True
    listed = await async_members(home, FRONT_DOOR, details=True)
    owner = resident(home, FRONT_DOOR, "Owner").user_id
    assert listed["Owner"]["methods"] == [
        {
            "id": "fingerprint-1",
            "type": "fingerprint",
            "number": 1,
            "name": "thumb",
            "member": "Owner",
            "member_id": owner,
            "special": True,
            "duress": True,
            "state": "confirmed",
        }
    ]
    cards = listed["Neighbour"]["methods"]
    assert isinstance(cards, list)
    (card,) = cards
    assert isinstance(card, dict)
    assert (card["id"], card["name"], card["duress"]) == ("card-1", "blue card", False)


@pytest.mark.parametrize(
    ("switches", "roles"),
    [
        (
            {"user_types": "account_50"},
            {"Owner": None, "Partner": None, "Cleaner": "normal", "Neighbour": "admin"},
        ),
        (
            {"user_types": "documented"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
        (
            {"member_uid": "absent"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
        (
            {"member_lists": "no_rich"},
            {"Owner": "owner", "Partner": "normal", "Cleaner": None, "Neighbour": None},
        ),
    ],
)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, GARDEN_GATE])
async def test_readings_of_the_kinds(
    home: Home, lock: str, switches: dict[str, str], roles: dict[str, str | None]
) -> None:
    """Nobody is in the wrong family, and nobody's role is guessed."""
    for name, value in switches.items():
        home.world.around.switches.set(name, value)
    await home.async_setup()
    listed = await async_members(home, lock)
    assert {name: member["role"] for name, member in listed.items()} == roles
    assert {name for name, member in listed.items() if member["kind"] == "family"} == {
        "Owner",
        "Partner",
    }


async def test_a_cloud_that_lists_panel_members_only(home: Home) -> None:
    """The family is unknown there, and nobody says that there is none."""
    home.world.around.switches.set("member_lists", "v1_0_only")
    await home.async_setup()
    answer = await async_do(home, "list_members", FRONT_DOOR)
    assert answer["count"] == {"family": None, "panel": 2}
    listed = await async_members(home, FRONT_DOOR, kind="panel")
    assert set(listed) == {"Cleaner", "Neighbour"}
    assert (listed["Cleaner"]["effective"], listed["Cleaner"]["window"]) == (None, None)
    with refusing(home, "members_of_kind_not_told", reads=True) as caught:
        await async_members(home, FRONT_DOOR, kind="family")
    assert caught.value.translation_placeholders == {"lock": "Front door"}


async def test_an_outage_is_no_empty_list(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members")
    with failing(home, "cloud_error"):
        await async_members(home, FRONT_DOOR)


async def test_no_list_at_all(home: Home) -> None:
    await home.async_setup()
    with (
        patch.object(
            people,
            "async_people",
            side_effect=people.failed("members_not_told", lock="A"),
        ),
        failing(home, "members_not_told"),
    ):
        await async_members(home, FRONT_DOOR)


@pytest.mark.parametrize("lock", LOCKS)
async def test_adding(home: Home, lock: str) -> None:
    """The lock knows the new member, and so do the sensors."""
    await home.async_setup()
    added = await async_do(home, "add_member", lock, name=" Gardener ")
    assert added["id"] == resident(home, lock, "Gardener").user_id
    assert (added["name"], added["kind"]) == ("Gardener", "panel")
    assert added["confirmed"] is True
    assert "contact" not in added
    await home.hass.async_block_till_done()
    sensor = f"sensor.{lock.partition('.')[2]}_panel_members"
    assert home.state(sensor) == "3"
    assert set(await async_members(home, lock, kind="panel")) > {"Gardener"}


async def test_adding_on_many_locks(home: Home) -> None:
    await home.async_setup()
    await async_do(home, "add_member", OFFICE, name="Gardener")
    response = await home.async_act("add_member", [FRONT_DOOR, OFFICE], name="gardener")
    assert response is not None
    check_error(
        response[OFFICE],
        "member_name_taken",
        name=f"Gardener ({resident(home, OFFICE, 'Gardener').user_id})",
    )
    assert resident(home, FRONT_DOOR, "gardener")


@pytest.mark.parametrize("lock", LOCKS)
async def test_renaming(home: Home, lock: str) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_member", lock, member="cleaner", new_name="Gardener"
    )
    assert changed["id"] == resident(home, lock, "Gardener").user_id
    assert (changed["name"], changed["confirmed"]) == ("Gardener", True)
    # By id, and to what the same member is called already.
    again = await async_do(
        home, "update_member", lock, member=changed["id"], new_name="GARDENER"
    )
    assert again["name"] == "GARDENER"
    assert resident(home, lock, "GARDENER").user_id == changed["id"]


@pytest.mark.parametrize("reading", ["documented", "account_50"])
@pytest.mark.parametrize("lock", LOCKS)
async def test_roles(home: Home, lock: str, reading: str) -> None:
    """Where no list tells the role, nobody says that it was confirmed."""
    home.world.around.switches.set("user_types", reading)
    await home.async_setup()
    for name, told in (
        ("Partner", reading == "documented"),
        ("Cleaner", reading == "account_50"),
    ):
        for role in ("admin", "normal"):
            changed = await async_do(
                home, "update_member", lock, member=name, role=role
            )
            assert resident(home, lock, name).role == role
            assert changed["confirmed"] is told
            assert changed["role"] == (role if told else None)


@pytest.mark.parametrize("spelling", ["any", "snake", "camel", "wrapped"])
@pytest.mark.parametrize("lock", LOCKS)
async def test_a_window(home: Home, lock: str, spelling: str) -> None:
    """The member opens within it and not before or after, and for good without one."""
    home.world.around.switches.set("member_schedule", spelling)
    await home.async_setup()
    changed = await async_do(
        home,
        "update_member",
        lock,
        member="Owner",
        start="2026-06-01 13:00:00",
        end="2026-06-01 14:00:00+02:00",
    )
    assert changed["effective"] == "not_yet"
    assert changed["window"] == {
        "permanent": False,
        "start": "2026-06-01T13:00:00+02:00",
        "end": "2026-06-01T14:00:00+02:00",
        "state": "confirmed",
    }
    assert changed["confirmed"] is True
    assert not enters(home, lock, "Owner")
    await home.async_pass(timedelta(hours=1))
    assert enters(home, lock, "Owner")
    assert (await async_members(home, lock))["Owner"]["effective"] == "active"
    await home.async_pass(timedelta(hours=1))
    assert not enters(home, lock, "Owner")
    assert (await async_members(home, lock))["Owner"]["effective"] == "ended"

    # Extended, and the start stays.
    longer = await async_do(
        home, "update_member", lock, member="Owner", end="2026-06-01 20:00:00"
    )
    assert part(longer, "window")["start"] == "2026-06-01T13:00:00+02:00"
    assert enters(home, lock, "Owner")
    later = await async_do(
        home, "update_member", lock, member="Owner", start="2026-06-01 19:00:00"
    )
    assert part(later, "window")["end"] == "2026-06-01T20:00:00+02:00"
    assert not enters(home, lock, "Owner")

    free = await async_do(home, "update_member", lock, member="Owner", permanent=True)
    assert part(free, "window")["permanent"] is True
    assert (free["effective"], free["confirmed"]) == ("active", True)
    assert enters(home, lock, "Owner")


async def test_a_window_that_begins_now(home: Home) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Owner", end="2026-06-01 14:00:00"
    )
    assert part(changed, "window")["start"] == "2026-06-01T12:30:00+02:00"
    assert enters(home, FRONT_DOOR, "Owner")


async def test_everything_at_once(home: Home) -> None:
    await home.async_setup()
    changed = await async_do(
        home,
        "update_member",
        FRONT_DOOR,
        member="Partner",
        new_name="Ann",
        role="admin",
        end="2026-06-02 12:00:00",
    )
    ann = resident(home, FRONT_DOOR, "Ann")
    assert (ann.role, ann.permanent) == ("admin", False)
    assert (changed["role"], changed["confirmed"]) == ("admin", True)
    assert changes(home) == 3


async def test_half_of_it(home: Home) -> None:
    """A half-done job says which half."""
    await home.async_setup()
    home.world.faults.parse("throttled:path=actions/role")
    with pytest.raises(
        HomeAssistantError, match="Only a part was done: new_name"
    ) as caught:
        await async_do(
            home,
            "update_member",
            FRONT_DOOR,
            member="Cleaner",
            new_name="Ann",
            role="admin",
        )
    assert caught.value.translation_key == "half_done"
    told = caught.value.translation_placeholders or {}
    assert told["field"] == "role"
    assert "too many requests" in told["detail"]
    assert resident(home, FRONT_DOOR, "Ann").role == "normal"


@pytest.mark.parametrize("lock", LOCKS)
async def test_removing(home: Home, lock: str) -> None:
    """The member's password and card open no longer."""
    await home.async_setup()
    digits = methods_of(home, lock, "Cleaner")[0].digits
    assert opens(home, lock, digits)
    user_id = resident(home, lock, "Cleaner").user_id
    removed = await async_do(home, "remove_member", lock, member="Cleaner")
    assert removed == {
        "id": user_id,
        "name": "Cleaner",
        "status": "removed",
        "already_gone": False,
    }
    assert user_id not in home.lock(lock).people.members
    assert not opens(home, lock, digits)
    sensor = f"sensor.{lock.partition('.')[2]}_panel_members"
    await home.hass.async_block_till_done()
    assert home.state(sensor) == "1"


async def test_removing_a_family_member(home: Home) -> None:
    """It works for all but the owner, and for that one Tuya's refusal is explained."""
    await home.async_setup()
    await async_do(home, "remove_member", FRONT_DOOR, member="Partner")
    for action, data in (
        ("remove_member", {}),
        ("update_member", {"role": "normal"}),
    ):
        with failing(home, "family_member_refused") as caught:
            await async_do(home, action, FRONT_DOOR, member="Owner", **data)
        assert "Owner (" in str(caught.value)
        assert "code 2306" in str(caught.value)
    assert resident(home, FRONT_DOOR, "Owner")


async def test_removing_somebody_who_goes_meanwhile(home: Home) -> None:
    """That is success, and said."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    remove = client.remove_member

    async def both(device_id: str, user_id: str) -> None:
        del home.lock(FRONT_DOOR).people.members[user_id]
        await remove(device_id, user_id)

    with patch.object(client, "remove_member", both):
        removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert (removed["status"], removed["already_gone"]) == ("removed", True)


async def test_removed_and_not_read_again(home: Home) -> None:
    """Then it is prudent to say that it is under way."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    removed = await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    assert removed["status"] == "removing"


async def test_changed_and_not_read_again(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=3")
    changed = await async_do(
        home, "update_member", FRONT_DOOR, member="Cleaner", new_name="Ann"
    )
    assert (changed["name"], changed["confirmed"]) == ("Cleaner", False)
    assert resident(home, FRONT_DOOR, "Ann")


@pytest.mark.parametrize("action", ACTIONS)
async def test_only_administrators(
    home: Home, hass_read_only_user: MockUser, hass_admin_user: MockUser, action: str
) -> None:
    await home.async_setup()
    data = ACTIONS[action]
    asked = len(home.world.requests.entries)
    with pytest.raises(Unauthorized):
        await home.async_act(
            action, OFFICE, context=Context(user_id=hass_read_only_user.id), **data
        )
    assert len(home.world.requests.entries) == asked
    admin = Context(user_id=hass_admin_user.id)
    assert await home.async_act(action, OFFICE, context=admin, **data)


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("not_a_member_kind", "list_members", {"kind": "guests"}),
        ("new_name_empty", "add_member", {"name": " "}),
        ("name_not_printable", "add_member", {"name": "Ann\nBob"}),
        ("new_name_empty", "update_member", {"member": "Cleaner", "new_name": ""}),
        (
            "name_not_printable",
            "update_member",
            {"member": "Cleaner", "new_name": "A\x7f"},
        ),
        ("not_a_role", "update_member", {"member": "Cleaner", "role": "owner"}),
        ("nothing_to_change", "update_member", {"member": "Cleaner"}),
        (
            "nothing_to_change",
            "update_member",
            {"member": "Cleaner", "permanent": False},
        ),
        (
            "permanent_or_window",
            "update_member",
            {"member": "Cleaner", "permanent": True, "end": "2026-06-02 12:00:00"},
        ),
        ("no_lock_targeted", "add_member", {"name": "Ann", "entity_id": []}),
    ],
)
async def test_what_is_refused_without_a_question(
    home: Home, key: str, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with refusing(home, key):
        await home.hass.services.async_call(
            "tuya_lock_manager",
            action,
            {"entity_id": FRONT_DOOR, **fields},
            blocking=True,
            return_response=True,
        )


@pytest.mark.parametrize("action", CHANGES)
async def test_a_lock_of_somebody_else(home: Home, action: str) -> None:
    await home.async_setup()
    for lock in ("lock.unheard_of", "sensor.front_door_panel_members"):
        with refusing(home, "not_our_lock"):
            await home.async_act(action, lock, **CHANGES[action])


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("no_such_member", "update_member", {"member": "Clean", "new_name": "Ann"}),
        ("no_such_member", "update_member", {"member": "", "new_name": "Ann"}),
        ("no_such_member", "remove_member", {"member": "Gardener"}),
        ("member_name_taken", "add_member", {"name": "OWNER"}),
        (
            "member_name_taken",
            "update_member",
            {"member": "Cleaner", "new_name": "owner"},
        ),
        (
            "window_end_before_start",
            "update_member",
            {
                "member": "Cleaner",
                "start": "2026-06-02 12:00:00",
                "end": "2026-06-02 11:00:00",
            },
        ),
        (
            "window_in_past",
            "update_member",
            {"member": "Cleaner", "end": "2026-06-01 12:30:00"},
        ),
        (
            "window_out_of_range",
            "update_member",
            {"member": "Cleaner", "end": "2290-01-01 00:00:00"},
        ),
        (
            "member_window_no_end",
            "update_member",
            {"member": "Cleaner", "start": "2026-06-02 12:00:00"},
        ),
    ],
)
@pytest.mark.parametrize("lock", LOCKS)
async def test_what_is_refused_after_a_look(
    home: Home, lock: str, key: str, action: str, fields: dict[str, Any]
) -> None:
    """Only the lists were read."""
    await home.async_setup()
    before = home.lock(lock).as_json()["members"]
    with refusing(home, key, reads=True):
        await home.async_act(action, lock, **fields)
    assert home.lock(lock).as_json()["members"] == before


async def test_the_candidates_are_told(home: Home) -> None:
    await home.async_setup()
    with refusing(home, "no_such_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Gardener")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 3
    for member in home.lock(FRONT_DOOR).people.members.values():
        assert f"{member.name} ({member.user_id})" in candidates

    resident(home, FRONT_DOOR, "Neighbour").name = "cleaner"
    with refusing(home, "ambiguous_member", reads=True) as caught:
        await async_do(home, "remove_member", FRONT_DOOR, member="Cleaner")
    candidates = (caught.value.translation_placeholders or {})["candidates"]
    assert candidates.count(",") == 1
    removed = await async_do(
        home,
        "remove_member",
        FRONT_DOOR,
        member=resident(home, FRONT_DOOR, "cleaner").user_id,
    )
    assert removed["name"] == "cleaner"
    assert resident(home, FRONT_DOOR, "Cleaner")


async def test_hours_are_not_overwritten(home: Home) -> None:
    """The request would let the member in at all hours."""
    await home.async_setup()
    cleaner = resident(home, FRONT_DOOR, "Cleaner")
    cleaner.schedule = [
        {"start_minute": 540, "end_minute": 720, "working_day": 127, "all_day": False}
    ]
    for fields in ({"permanent": True}, {"end": "2026-06-02 12:00:00"}):
        with refusing(home, "member_has_hours", reads=True):
            await async_do(
                home, "update_member", FRONT_DOOR, member="Cleaner", **fields
            )
    cleaner.schedule = [
        {"start_minute": 0, "end_minute": 1439, "working_day": 127, "all_day": True}
    ]
    await async_do(home, "update_member", FRONT_DOOR, member="Cleaner", permanent=True)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("add_member", {"kind": "x"}),
        ("update_member", {"member": "A", "start": "soon"}),
    ],
)
async def test_what_the_schema_refuses(
    home: Home, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with pytest.raises(vol.Invalid):
        await async_do(home, action, FRONT_DOOR, **fields)
    assert not changes(home)


REFUSALS = {
    "throttled:code=1199": "throttled",
    "quota": "quota_exhausted",
    "plan_expired": "plan_expired",
    "not_authorised:code=28841105": "not_subscribed",
    "not_authorised:code=1106": "permission_denied",
    "device_offline": "lock_offline",
}


@pytest.mark.parametrize(("fault", "key"), REFUSALS.items())
@pytest.mark.parametrize("action", CHANGES)
async def test_what_the_cloud_refuses(
    home: Home, action: str, fault: str, key: str
) -> None:
    """In the user's words; the other locks don't notice."""
    await home.async_setup()
    kind, _, rest = fault.partition(":")
    for method in ("POST", "PUT", "DELETE"):
        where = f"path={home.lock(FRONT_DOOR).id},method={method}"
        home.world.faults.parse(f"{kind}:{','.join(filter(None, (where, rest)))}")
    with failing(home, key):
        await async_do(home, action, FRONT_DOOR, **CHANGES[action])
    response = await home.async_act(action, [FRONT_DOOR, SHED], **CHANGES[action])
    assert response is not None
    check_error(response[FRONT_DOOR], key)
    assert "error" not in result_of(response, SHED)


def sent(home: Home, lock: str) -> int:
    """Return how many changes of members were sent to a lock."""
    device_id = home.lock(lock).id
    return sum(
        request.method != "GET" and request.device_id == device_id
        for request in home.world.requests.entries
    )


LOST: dict[str, tuple[str, dict[str, Any]]] = {
    "add": ("add_member", {"name": "Ann"}),
    "name": ("update_member", {"member": "Cleaner", "new_name": "Ann"}),
    "role": ("update_member", {"member": "Partner", "role": "admin"}),
    "window": ("update_member", {"member": "Cleaner", "end": "2026-06-02 12:00:00"}),
    "remove": ("remove_member", {"member": "Cleaner"}),
}


def state_of(home: Home, lock: str) -> list[object]:
    """Return what a lock and the cloud know of its people."""
    return [
        (member.name, member.role, member.permanent, member.end)
        for member in home.lock(lock).people.members.values()
    ]


@pytest.mark.parametrize("fault", AFTER)
@pytest.mark.parametrize("what", LOST)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_lost_answers_of_what_was_done(
    home: Home, lock: str, what: str, fault: str
) -> None:
    """The lists say so, and nothing is sent twice."""
    await home.async_setup()
    before = state_of(home, lock)
    action, data = LOST[what]
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls=members,method={method},count=1")
    answer = await async_do(home, action, lock, **data)
    assert state_of(home, lock) != before
    assert answer.get("confirmed", True) is True
    assert answer.get("status", "removed") == "removed"
    assert sent(home, lock) == 1


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("what", LOST)
async def test_lost_answers_of_what_was_not_done(
    home: Home, what: str, fault: str
) -> None:
    """That is said after looking."""
    await home.async_setup()
    before = state_of(home, FRONT_DOOR)
    action, data = LOST[what]
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls=members,method={method},count=1")
    with failing(home, "change_not_seen"):
        await async_do(home, action, FRONT_DOOR, **data)
    assert state_of(home, FRONT_DOOR) == before
    assert sent(home, FRONT_DOOR) == 1
    home.world.faults.remove()
    await async_do(home, action, FRONT_DOOR, **data)
    assert state_of(home, FRONT_DOOR) != before


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_a_lost_answer_that_no_list_settles(home: Home, fault: str) -> None:
    """The role of a panel member is not listed in one reading."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=actions/role,count=1")
    with pytest.raises(HomeAssistantError, match="no list tells") as caught:
        await async_do(
            home, "update_member", FRONT_DOOR, member="Cleaner", role="admin"
        )
    assert caught.value.translation_key == "change_not_told"
    assert sent(home, FRONT_DOOR) == 1


async def test_neither_the_answer_nor_the_list(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:calls=members,method=POST,count=1")
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    with pytest.raises(HomeAssistantError, match="not known whether") as caught:
        await async_do(home, "add_member", FRONT_DOOR, name="Ann")
    assert caught.value.translation_key == "outcome_unknown"
    assert sent(home, FRONT_DOOR) == 1


async def test_a_list_that_can_be_read_at_last(home: Home) -> None:
    await home.async_setup()
    home.world.faults.parse("reset_after:calls=members,method=POST,count=1")
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2,count=1")
    added = await async_do(home, "add_member", FRONT_DOOR, name="Ann")
    assert added["id"] == resident(home, FRONT_DOOR, "Ann").user_id


async def test_contacts_stay_out_of_logs(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await home.async_setup()
    await async_members(home, FRONT_DOOR)
    for name in ("Owner", "Partner"):
        contact = resident(home, FRONT_DOOR, name).contact
        assert contact
        assert contact not in caplog.text
        assert contact not in repr(home.entry.runtime_data.locks)
