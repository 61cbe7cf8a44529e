"""Unlock methods: listed, changed, enrolled, removed; who opened; wrong wishes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.tuya_lock_manager import people, unlock_methods
from simulator.locks.members import Method
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    GARDEN_GATE,
    LOCKS,
    OFFICE,
    ONLINE_LOCKS,
    SHED,
    check_error,
    failing,
    opens,
    refusing,
    result_of,
)
from tests.residents import (
    act,
    async_do,
    async_methods,
    changes,
    enters,
    method_at,
    methods_of,
    part,
    resident,
)
from tests.simulated import Home

ACTIONS: dict[str, dict[str, Any]] = {
    "list_unlock_methods": {},
    "update_unlock_method": {"method": "thumb", "new_name": "left thumb"},
    "remove_unlock_method": {"method": "blue card"},
    "enrol_unlock_method": {"member": "Cleaner", "type": "card"},
    "cancel_enrolment": {"type": "card"},
    "attach_record": {"record": "?", "member": "Cleaner"},
}
CHANGES = {
    action: data
    for action, data in ACTIONS.items()
    if action not in {"list_unlock_methods", "attach_record"}
}

# What goes wrong after the work was done, and before it.
AFTER = ("reset_after", "broken_json")
BEFORE = ("reset", "http_5xx")

CODE = {lock: "9051726" if lock == GARAGE else "905172" for lock in LOCKS}


@pytest.fixture(autouse=True)
def quick_readings() -> Iterator[None]:
    """Read the lists at once when an answer was lost: the clock stands still here."""
    with patch.object(people, "SETTLE_PAUSES", (0, 0)):
        yield


def watching(home: Home, then: Callable[[float], object] = lambda _: None) -> Any:
    """Let the world's time pass while an enrolment is watched; `then` something happens."""

    async def pass_time(seconds: float) -> None:
        home.world.clock.advance(seconds)
        home.world.settle()
        then(seconds)

    return patch.object(unlock_methods.asyncio, "sleep", pass_time)


@pytest.mark.parametrize("lock", LOCKS)
async def test_listing(home: Home, lock: str) -> None:
    """Everybody's, then what waits for an owner; digits are not in it."""
    await home.async_setup()
    method_at(home, lock, "fingerprint", 2).hijack = True
    answer = await async_do(home, "list_unlock_methods", lock)
    assert (answer["waiting"], answer["any_waiting"]) == (1, True)
    listed = await async_methods(home, lock)
    assert {key: method["member"] for key, method in listed.items()} == {
        "fingerprint-1": "Owner",
        "fingerprint-2": "Partner",
        "password-1": "Cleaner",
        "card-1": "Neighbour",
        "fingerprint-3": None,
    }
    assert listed["fingerprint-2"] == {
        "id": "fingerprint-2",
        "type": "fingerprint",
        "number": 2,
        "name": "index finger",
        "member": "Partner",
        "member_id": resident(home, lock, "Partner").user_id,
        "special": True,
        "duress": True,
        "state": "confirmed",
    }
    assert listed["fingerprint-1"]["duress"] is False
    digits = methods_of(home, lock, "Cleaner")[0].digits
    assert digits
    assert digits not in str(answer)


@pytest.mark.parametrize("lists", ["all", "no_rich", "v1_0_only"])
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARDEN_GATE])
async def test_listing_of_one_member(home: Home, lock: str, lists: str) -> None:
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    (code,) = (await async_methods(home, lock, member="cleaner")).values()
    assert (code["id"], code["name"], code["duress"]) == ("password-1", "code", False)


@pytest.mark.parametrize("lock", LOCKS)
async def test_what_waits_for_an_owner(home: Home, lock: str) -> None:
    await home.async_setup()
    act(home, lock, "enrol", kind="card")
    waiting = await async_methods(home, lock, unassigned=True)
    assert set(waiting) == {"fingerprint-3", "card-2"}
    assert waiting["card-2"]["member"] is None
    home.lock(lock).people.methods = []
    answer = await async_do(home, "list_unlock_methods", lock, unassigned=True)
    assert answer == {"methods": [], "waiting": 0, "any_waiting": False}


@pytest.mark.parametrize("lock", LOCKS)
async def test_renaming(home: Home, lock: str) -> None:
    await home.async_setup()
    changed = await async_do(
        home, "update_unlock_method", lock, method="Thumb", new_name="left thumb"
    )
    assert method_at(home, lock, "fingerprint", 1).name == "left thumb"
    assert (changed["id"], changed["name"]) == ("fingerprint-1", "left thumb")
    assert (changed["member"], changed["confirmed"]) == ("Owner", True)


@pytest.mark.parametrize("lock", LOCKS)
async def test_duress(home: Home, lock: str) -> None:
    """The opening is also an alarm while it is on."""
    await home.async_setup()
    name, records = "index finger", home.lock(lock).records.records
    for on in (True, False):
        changed = await async_do(
            home, "update_unlock_method", lock, method=name, duress=on
        )
        assert (changed["duress"], changed["confirmed"]) == (on, True)
        assert method_at(home, lock, "fingerprint", 2).hijack is on
        before = len([record for record in records if record.code == "hijack"])
        if home.lock(lock).in_touch:
            assert enters(home, lock, "Partner")
            after = len([record for record in records if record.code == "hijack"])
            assert after - before == int(on)


@pytest.mark.parametrize("lock", LOCKS)
async def test_assigning(home: Home, lock: str) -> None:
    """To a member, to another one, to nobody; it opens the lock all the time."""
    await home.async_setup()
    finger = method_at(home, lock, "fingerprint", 3)

    async def update(**data: object) -> tuple[object, object]:
        changed = await async_do(
            home, "update_unlock_method", lock, method="fingerprint 3", **data
        )
        assert changed["confirmed"] is True
        return changed["member"], changed["name"]

    assert await update(assign_to="cleaner", new_name="ring finger") == (
        "Cleaner",
        "ring finger",
    )
    assert finger.user_id == resident(home, lock, "Cleaner").user_id
    assert await update(assign_to="Partner") == ("Partner", "ring finger")
    assert finger.user_id == resident(home, lock, "Partner").user_id
    before = changes(home)
    assert await update(assign_to="Partner") == ("Partner", "ring finger")
    assert changes(home) == before
    assert (await update(unassign=True))[0] is None
    assert finger.user_id is None
    assert await update(unassign=True)
    assert act(home, lock, "method", slot=3)["opened"]


async def test_a_move_that_stops_half_way(home: Home) -> None:
    """What was done is told; the method belongs to nobody then."""
    await home.async_setup()
    home.world.faults.parse("throttled:path=opmodes/actions/allocate")
    with pytest.raises(
        HomeAssistantError, match="Only a part was done: unassign"
    ) as caught:
        await async_do(
            home,
            "update_unlock_method",
            FRONT_DOOR,
            method="thumb",
            assign_to="Cleaner",
        )
    assert caught.value.translation_key == "half_done"
    assert (caught.value.translation_placeholders or {})["field"] == "assign_to"
    assert method_at(home, FRONT_DOOR, "fingerprint", 1).user_id is None


@pytest.mark.parametrize("lock", LOCKS)
async def test_removing(home: Home, lock: str) -> None:
    """A finger, a card and a password that are gone don't open."""
    await home.async_setup()
    digits = methods_of(home, lock, "Cleaner")[0].digits
    for which, key in (
        ("thumb", "fingerprint-1"),
        ("card 1", "card-1"),
        ("password-1", "password-1"),
    ):
        removed = await async_do(home, "remove_unlock_method", lock, method=which)
        assert (removed["id"], removed["status"]) == (key, "removed")
        assert removed["already_gone"] is False
    assert not opens(home, lock, digits)
    assert {(m.kind, m.slot) for m in home.lock(lock).people.methods} == {
        ("fingerprint", 2),
        ("fingerprint", 3),
    }


async def test_removing_what_goes_meanwhile(home: Home) -> None:
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    remove = client.remove_method

    async def both(*args: Any) -> None:
        home.lock(FRONT_DOOR).people.methods.remove(
            method_at(home, FRONT_DOOR, "card", 1)
        )
        await remove(*args)

    with patch.object(client, "remove_method", both):
        removed = await async_do(
            home, "remove_unlock_method", FRONT_DOOR, method="blue card"
        )
    assert (removed["status"], removed["already_gone"]) == ("removed", True)


async def test_not_read_again(home: Home) -> None:
    """What was done stays done, and nothing is said to be seen."""
    await home.async_setup()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    removed = await async_do(
        home, "remove_unlock_method", FRONT_DOOR, method="blue card"
    )
    assert (removed["name"], removed["status"]) == ("blue card", "removing")
    home.world.faults.remove()
    home.world.faults.parse("http_5xx:calls=members,method=GET,skip=2")
    changed = await async_do(
        home, "update_unlock_method", FRONT_DOOR, method="thumb", new_name="left"
    )
    assert (changed["name"], changed["confirmed"]) == ("thumb", False)
    assert method_at(home, FRONT_DOOR, "fingerprint", 1).name == "left"


async def test_one_name_of_two(home: Home) -> None:
    """The owner tells them apart, and so do type and number."""
    await home.async_setup()
    method_at(home, FRONT_DOOR, "fingerprint", 2).name = "thumb"
    with refusing(home, "ambiguous_method", reads=True) as caught:
        await async_do(home, "remove_unlock_method", FRONT_DOOR, method="thumb")
    assert (caught.value.translation_placeholders or {})["candidates"] == (
        "thumb (fingerprint-1, Owner), thumb (fingerprint-2, Partner)"
    )
    removed = await async_do(
        home, "remove_unlock_method", FRONT_DOOR, method="thumb", member="Partner"
    )
    assert removed["id"] == "fingerprint-2"
    changed = await async_do(
        home,
        "update_unlock_method",
        FRONT_DOOR,
        method="fingerprint 1",
        member="Owner",
        new_name="left",
    )
    assert changed["name"] == "left"


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

    with patch.object(unlock_methods.asyncio, "sleep", pass_time):
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


async def _async_open_by_nobody(home: Home, lock: str) -> str:
    """Have an unassigned finger open; return the id of the record."""
    act(home, lock, "method", slot=3)
    record = home.lock(lock).records.records[-1]
    assert record.user_id == ""
    return record.id


@pytest.mark.parametrize("lock", ONLINE_LOCKS)
async def test_attaching_a_record(home: Home, lock: str) -> None:
    """Home Assistant reads it when it is asked, and knows who it was afterwards."""
    await home.async_setup()
    record_id = await _async_open_by_nobody(home, lock)
    answer = await async_do(
        home, "attach_record", lock, record=record_id, member="Partner"
    )
    partner = resident(home, lock, "Partner").user_id
    assert answer == {
        "record": record_id,
        "time": "2026-06-01T12:30:00+02:00",
        "member": "Partner",
        "member_id": partner,
    }
    record = home.lock(lock).records.find(record_id)
    assert record is not None
    assert (record.user_id, record.user_name) == (partner, "Partner")
    # Once more is nothing to do; to another member it is refused.
    before = changes(home)
    assert answer == await async_do(
        home, "attach_record", lock, record=record_id, member="Partner"
    )
    assert changes(home) == before
    with refusing(home, "record_not_attachable", reads=True):
        await async_do(home, "attach_record", lock, record=record_id, member="Cleaner")


async def test_records_that_can_not_be_attached(home: Home) -> None:
    await home.async_setup()
    records = home.lock(FRONT_DOOR).records.records
    (alarm, *_) = [record.id for record in records if record.is_alarm]
    with refusing(home, "record_not_attachable", reads=True):
        await async_do(
            home, "attach_record", FRONT_DOOR, record=alarm, member="Cleaner"
        )
    with refusing(home, "no_such_record", reads=True) as caught:
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")
    assert caught.value.translation_placeholders == {"candidates": "-"}
    record_id = await _async_open_by_nobody(home, FRONT_DOOR)
    with refusing(home, "no_such_record", reads=True) as caught:
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")
    assert caught.value.translation_placeholders == {
        "candidates": f"{record_id} (2026-06-01 10:30:00 UTC)"
    }
    with refusing(home, "no_such_member", reads=True):
        await async_do(
            home, "attach_record", FRONT_DOOR, record=record_id, member="Gardener"
        )
    home.world.faults.parse("http_5xx:calls=records")
    home.world.faults.parse("http_5xx:calls=logs")
    with failing(home, "records_not_read"):
        await async_do(home, "attach_record", FRONT_DOOR, record="1", member="Cleaner")


async def test_a_record_before_any_was_read(home: Home) -> None:
    home.world.faults.parse("http_5xx:calls=records,count=12")
    await home.async_setup()
    home.world.faults.remove()
    record_id = await _async_open_by_nobody(home, OFFICE)
    await async_do(home, "attach_record", OFFICE, record=record_id, member="Cleaner")


@pytest.mark.parametrize("action", ACTIONS)
async def test_only_administrators(
    home: Home, hass_read_only_user: MockUser, hass_admin_user: MockUser, action: str
) -> None:
    await home.async_setup()
    data = dict(ACTIONS[action])
    if action == "attach_record":
        data["record"] = await _async_open_by_nobody(home, OFFICE)
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
        (
            "member_or_unassigned",
            "list_unlock_methods",
            {"member": "Cleaner", "unassigned": True},
        ),
        (
            "new_name_empty",
            "update_unlock_method",
            {"method": "thumb", "new_name": " "},
        ),
        (
            "name_not_printable",
            "update_unlock_method",
            {"method": "thumb", "new_name": "A\nB"},
        ),
        ("nothing_to_change", "update_unlock_method", {"method": "thumb"}),
        (
            "assign_or_unassign",
            "update_unlock_method",
            {"method": "thumb", "assign_to": "Cleaner", "unassign": True},
        ),
        (
            "not_an_unlock_type",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "key"},
        ),
        (
            "not_an_unlock_type",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "finger_vein"},
        ),
        ("not_an_unlock_type", "cancel_enrolment", {"type": ""}),
        (
            "password_needs_code",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password"},
        ),
        (
            "code_only_for_password",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "card", "code": "905172"},
        ),
        (
            "code_not_text",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": 905172},
        ),
        (
            "code_not_digits",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "9O5172"},
        ),
        (
            "code_length",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "9051726"},
        ),
        (
            "code_weak",
            "enrol_unlock_method",
            {"member": "Cleaner", "type": "password", "code": "123456"},
        ),
    ],
)
async def test_what_is_refused_without_a_question(
    home: Home, key: str, action: str, fields: dict[str, Any]
) -> None:
    await home.async_setup()
    with refusing(home, key) as caught:
        await async_do(home, action, FRONT_DOOR, **fields)
    assert str(fields.get("code", "-")) not in str(caught.value)


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_lock_of_somebody_else(home: Home, action: str) -> None:
    await home.async_setup()
    for lock in ("lock.unheard_of", "sensor.front_door_panel_members"):
        with refusing(home, "not_our_lock"):
            await home.async_act(action, lock, **ACTIONS[action])


@pytest.mark.parametrize(
    ("key", "action", "fields"),
    [
        ("no_such_member", "list_unlock_methods", {"member": "Gardener"}),
        (
            "no_such_method",
            "update_unlock_method",
            {"method": "toe", "new_name": "toes"},
        ),
        (
            "no_such_method",
            "update_unlock_method",
            {"method": "thumb", "member": "Cleaner", "new_name": "left"},
        ),
        (
            "no_such_member",
            "update_unlock_method",
            {"method": "thumb", "member": "Gardener", "new_name": "left"},
        ),
        (
            "no_such_member",
            "update_unlock_method",
            {"method": "thumb", "assign_to": "Gardener"},
        ),
        ("no_such_method", "remove_unlock_method", {"method": "card 7"}),
        ("method_needs_owner", "remove_unlock_method", {"method": "fingerprint 3"}),
        (
            "no_such_member",
            "enrol_unlock_method",
            {"member": "Gardener", "type": "card"},
        ),
        ("no_such_record", "attach_record", {"record": "1", "member": "Cleaner"}),
    ],
)
@pytest.mark.parametrize("lock", LOCKS)
async def test_what_is_refused_after_a_look(
    home: Home, lock: str, key: str, action: str, fields: dict[str, Any]
) -> None:
    """Only the lists were read."""
    await home.async_setup()
    before = home.lock(lock).as_json()["methods"]
    with refusing(home, key, reads=True):
        await async_do(home, action, lock, **fields)
    assert home.lock(lock).as_json()["methods"] == before


async def test_a_face_raises_no_duress_alarm(home: Home) -> None:
    await home.async_setup()
    owner = resident(home, GARAGE, "Owner").user_id
    home.lock(GARAGE).people.methods.append(Method("face", 1, "face", 1, owner))
    with refusing(home, "duress_not_for_type", reads=True) as caught:
        await async_do(
            home,
            "update_unlock_method",
            GARAGE,
            method="face",
            new_name="Ann",
            duress=True,
        )
    assert "face (face-1, Owner)" in str(caught.value)
    (face,) = [
        method
        for method in (await async_methods(home, GARAGE, member="Owner")).values()
        if method["type"] == "face"
    ]
    assert face["duress"] is None


REFUSALS = {
    "throttled:code=1110": "throttled",
    "quota": "quota_exhausted",
    "not_authorised:code=28841105": "not_subscribed",
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
    response = await home.async_act(action, [FRONT_DOOR, OFFICE], **CHANGES[action])
    assert response is not None
    check_error(response[FRONT_DOOR], key)
    assert "error" not in result_of(response, OFFICE)


LOST: dict[str, tuple[str, dict[str, Any]]] = {
    "name": ("update_unlock_method", {"method": "thumb", "new_name": "left"}),
    "duress": ("update_unlock_method", {"method": "thumb", "duress": True}),
    "unassign": ("update_unlock_method", {"method": "thumb", "unassign": True}),
    "assign": (
        "update_unlock_method",
        {"method": "fingerprint 3", "assign_to": "Cleaner"},
    ),
    "remove": ("remove_unlock_method", {"method": "blue card"}),
}


def _strike(home: Home, fault: str) -> None:
    """Let a fault befall each kind of change of methods once."""
    for method in ("POST", "PUT", "DELETE"):
        home.world.faults.parse(f"{fault}:calls=methods,method={method},count=1")


@pytest.mark.parametrize("fault", AFTER)
@pytest.mark.parametrize("what", LOST)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE])
async def test_lost_answers_of_what_was_done(
    home: Home, lock: str, what: str, fault: str
) -> None:
    """The lists say so, and nothing is sent twice."""
    await home.async_setup()
    before = home.lock(lock).as_json()["methods"]
    action, data = LOST[what]
    _strike(home, fault)
    answer = await async_do(home, action, lock, **data)
    assert home.lock(lock).as_json()["methods"] != before
    assert answer.get("confirmed", True) is True
    assert answer.get("status", "removed") == "removed"
    assert changes(home) == 1


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("what", LOST)
async def test_lost_answers_of_what_was_not_done(
    home: Home, what: str, fault: str
) -> None:
    """That is said after looking."""
    await home.async_setup()
    before = home.lock(FRONT_DOOR).as_json()["methods"]
    action, data = LOST[what]
    _strike(home, fault)
    with failing(home, "change_not_seen"):
        await async_do(home, action, FRONT_DOOR, **data)
    assert home.lock(FRONT_DOOR).as_json()["methods"] == before
    assert changes(home) == 1


async def test_a_name_that_no_list_settles(home: Home) -> None:
    """What nobody owns is listed without a name."""
    await home.async_setup()
    fields = {"method": "fingerprint 3", "new_name": "ring"}
    changed = await async_do(home, "update_unlock_method", FRONT_DOOR, **fields)
    assert (changed["name"], changed["confirmed"]) == ("", False)
    assert method_at(home, FRONT_DOOR, "fingerprint", 3).name == "ring"
    _strike(home, "reset_after")
    with failing(home, "change_not_told"):
        await async_do(home, "update_unlock_method", FRONT_DOOR, **fields)


@pytest.mark.parametrize("fault", AFTER)
async def test_a_password_whose_answer_was_lost(home: Home, fault: str) -> None:
    """The list shows that it came; it was sent once and opens."""
    await home.async_setup()
    home.world.faults.parse(f"{fault}:path=actions/entry,count=1")

    async def pass_time(_: float) -> None:
        home.world.clock.advance(6)

    with patch.object(people.asyncio, "sleep", pass_time):
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
    with failing(home, "enrolment_unknown"):
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


@pytest.mark.parametrize("fault", [*AFTER, *BEFORE])
async def test_a_record_whose_answer_was_lost(home: Home, fault: str) -> None:
    await home.async_setup()
    record_id = await _async_open_by_nobody(home, FRONT_DOOR)
    home.world.faults.parse(f"{fault}:path=actions/allocate,count=1")
    fields = {"record": record_id, "member": "Cleaner"}
    if fault in BEFORE:
        with failing(home, "change_not_seen"):
            await async_do(home, "attach_record", FRONT_DOOR, **fields)
    else:
        await async_do(home, "attach_record", FRONT_DOOR, **fields)
    assert changes(home) == 1


async def test_a_cloud_that_does_not_tell_what_waits(home: Home) -> None:
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    for error in (
        unlock_methods.UnsupportedError("no"),
        people.InvalidRequestError("no", code=1109),
    ):
        with patch.object(client, "list_unassigned_methods", side_effect=error):
            answer = await async_do(home, "list_unlock_methods", FRONT_DOOR)
            assert (answer["waiting"], answer["any_waiting"]) == (None, None)
            assert "fingerprint-3" not in str(answer["methods"])
            with failing(home, "waiting_methods_not_told"):
                await async_do(home, "list_unlock_methods", FRONT_DOOR, unassigned=True)


async def test_a_cloud_without_the_other_lists(home: Home) -> None:
    """The list of members tells what it can."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    error = unlock_methods.UnsupportedError("no")
    with (
        patch.object(client, "list_methods", side_effect=error),
        patch.object(client, "list_assigned_methods", side_effect=error),
    ):
        (thumb,) = (await async_methods(home, FRONT_DOOR, member="Owner")).values()
        assert (thumb["name"], thumb["special"]) == ("thumb", False)
        assert (thumb["duress"], thumb["state"]) == (None, None)
        changed = await async_do(
            home, "update_unlock_method", FRONT_DOOR, method="thumb", duress=True
        )
        assert (changed["duress"], changed["confirmed"]) == (None, False)
        assert method_at(home, FRONT_DOOR, "fingerprint", 1).hijack


async def test_a_method_without_a_number(home: Home) -> None:
    """It is listed, and can't be changed from here."""
    await home.async_setup()
    client = home.entry.runtime_data.account.client
    method = unlock_methods.UnlockMethod("unlock_new", None, "palm")
    with patch.object(client, "list_methods", return_value=(method,)):
        (palm,) = (await async_methods(home, FRONT_DOOR, member="Owner")).values()
        assert (palm["id"], palm["number"]) == ("new", None)
        for action, data in (
            ("remove_unlock_method", {}),
            ("update_unlock_method", {"new_name": "left"}),
        ):
            with refusing(home, "method_has_no_number", reads=True):
                await async_do(
                    home, action, FRONT_DOOR, method="palm", member="Owner", **data
                )


@pytest.mark.parametrize("lists", ["no_rich", "v1_0_only"])
async def test_changes_where_members_are_listed_without_methods(
    home: Home, lists: str
) -> None:
    home.world.around.switches.set("member_lists", lists)
    await home.async_setup()
    changed = await async_do(
        home, "update_unlock_method", FRONT_DOOR, method="blue card", new_name="red"
    )
    assert (changed["name"], changed["confirmed"]) == ("red", True)
    removed = await async_do(home, "remove_unlock_method", FRONT_DOOR, method="red")
    assert removed["status"] == "removed"
    assert home.lock(FRONT_DOOR).people.method("card", 1) is None


@pytest.mark.parametrize(
    "switches",
    [
        {"user_types": "account_50"},
        {"member_uid": "absent"},
        {"member_uid": "absent", "user_types": "account_50"},
    ],
)
@pytest.mark.parametrize("lock", [FRONT_DOOR, GARAGE, GARDEN_GATE])
async def test_the_kind_in_paths(
    home: Home, lock: str, switches: dict[str, str]
) -> None:
    """Family and panel are told apart by every reading of the lists."""
    for name, value in switches.items():
        home.world.around.switches.set(name, value)
    await home.async_setup()
    for which in ("thumb", "blue card"):
        removed = await async_do(home, "remove_unlock_method", lock, method=which)
        assert removed["status"] == "removed"


async def test_digits_stay_out_of_logs(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await home.async_setup()
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
                assert code not in str(err)
                assert code not in repr(err)
    logged = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components", "tests", "aiohttp"))
    ]
    assert logged
    assert not [text for text in logged if "905172" in text]
