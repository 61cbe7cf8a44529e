"""A day with people at all locks: members, methods, records, changes and requests.

What is done is done on every lock; a lock that can't says so. What Home Assistant then
says has to be what the simulated lock holds.
"""

from datetime import timedelta

from homeassistant.components.lock import DOMAIN as LOCK_DOMAIN
from homeassistant.exceptions import HomeAssistantError

from simulator.acts import ACTS
from simulator.locks.enrolment import present
from simulator.locks.keypad import type_code
from simulator.locks.lock import Lock
from tests.acting import GARAGE
from tests.walking import Walk, would_open


def _names(lock: Lock) -> set[str]:
    return {member.name for member in lock.people.members.values()}


async def async_visit(walk: Walk) -> None:
    """Do everything that the walk through the life of codes leaves out."""
    walk.home.hass.loop.set_debug(False)
    await _async_members_and_methods(walk)
    await _async_changes_of_codes(walk)
    await _async_periodic(walk)
    await _async_templates(walk)
    await _async_records_and_alarms(walk)
    await _async_from_afar(walk)


async def _async_members_and_methods(walk: Walk) -> None:
    await walk.async_act("add_member", "add", name="Gardener")
    await walk.async_act(
        "update_member", "limit", member="Gardener", end="2026-06-03 12:00:00"
    )
    await walk.async_act("update_member", "rename", member="Cleaner", new_name="Ute")
    await walk.async_act("enrol_unlock_method", "enrol", member="Gardener", type="card")
    for lock in walk.locks.values():
        present(lock)
    await walk.async_act("cancel_enrolment", "cancel", type="card")
    await walk.async_act(
        "update_unlock_method",
        "assign",
        method="fingerprint 3",
        assign_to="Gardener",
        new_name="green thumb",
        duress=True,
    )
    await _async_check_people(walk, "Gardener", "Ute")
    await walk.async_act("remove_unlock_method", "remove", method="green thumb")
    await walk.async_act("remove_member", "leave", member="Gardener")
    await _async_check_people(walk, "Ute")


async def _async_check_people(walk: Walk, *expected: str) -> None:
    """Check that the lists are the people and methods of the locks."""
    members = await walk.async_act("list_members", "members", details=True)
    methods = await walk.async_act("list_unlock_methods", "methods")
    for entity_id, lock in walk.locks.items():
        assert set(expected) <= _names(lock), entity_id
        if entity_id in members:
            listed = members[entity_id]["members"]
            assert isinstance(listed, list)
            names = {member["name"] for member in listed}
            assert names <= _names(lock)
            assert set(expected) <= names, entity_id
        if entity_id in methods:
            listed = methods[entity_id]["methods"]
            assert isinstance(listed, list)
            found = {(method["type"], method["number"]) for method in listed}
            there = {(method.kind, method.slot) for method in lock.people.methods}
            assert found <= there, entity_id
            owners = {method["member"] for method in listed} - {None}
            assert owners <= _names(lock)


async def _async_changes_of_codes(walk: Walk) -> None:
    """Freeze, wake, rename and extend a code; what is called frozen doesn't open."""
    await walk.async_create("Gus", duration={"hours": 4})
    await walk.async_deliver()
    await walk.async_act("freeze_password", "freeze", password="Gus")
    await walk.async_deliver()
    for made in walk.made:
        if walk.statuses[made.lock, "Gus"] == "frozen":
            assert not would_open(walk.locks[made.lock], made.digits)
    await walk.async_act("freeze_password", "wake", password="Gus", frozen=False)
    await walk.async_deliver()
    await walk.async_act(
        "update_password", "extend", password="Gus", new_name="Guy", duration="09:00:00"
    )
    await walk.async_deliver()
    await walk.async_type("Gus")


async def _async_periodic(walk: Walk) -> None:
    """A code for hours that never come today: it may open only where that was accepted."""
    answers = await walk.async_act(
        "create_temp_password",
        "periodic",
        name="Hal",
        duration={"days": 20},
        weekdays=["sun"],
        daily_start="08:00",
        daily_end="09:00",
    )
    await walk.async_deliver()
    for entity_id, answer in answers.items():
        lock = walk.locks[entity_id]
        assert not would_open(lock, str(answer["code"])), entity_id


async def _async_templates(walk: Walk) -> None:
    answers = await walk.async_act(
        "create_template_password", "template", name="Ida", duration={"hours": 3}
    )
    await walk.async_deliver()
    listed = await walk.async_act("list_template_passwords", "templates")
    for entity_id, answer in answers.items():
        assert type_code(walk.locks[entity_id], str(answer["code"])).opened, entity_id
        passwords = listed[entity_id]["passwords"]
        assert isinstance(passwords, list)
        assert "Ida" in {code["name"] for code in passwords}
    deleted = await walk.async_act(
        "delete_template_password", "delete template", password="Ida"
    )
    await walk.async_deliver()
    await walk.async_pass(timedelta(minutes=1))
    for entity_id, answer in deleted.items():
        assert answer["status"] in {"removing", "removed"}
        opens = would_open(walk.locks[entity_id], str(answers[entity_id]["code"]))
        assert not opens or answer["status"] == "removing", entity_id


async def _async_records_and_alarms(walk: Walk) -> None:
    """Who opened is who did, and what was marked as read stays so."""
    for lock in walk.locks.values():
        ACTS["method"](walk.home.world, lock, {"member": "Owner"})
        ACTS["alarm"](walk.home.world, lock, {"type": "pry"})
    await walk.async_learn()
    records = await walk.async_act("list_records", "records", start="2026-05-30 12:00")
    for entity_id, answer in records.items():
        there = {record.id: record for record in walk.locks[entity_id].records.records}
        listed = answer["records"]
        assert isinstance(listed, list)
        assert listed, entity_id
        for record in listed:
            if record["id"] in there and record["member"] is not None:
                assert record["member"] == there[record["id"]].user_name
    marked = await walk.async_act("mark_alarms_read", "mark")
    for entity_id, answer in marked.items():
        assert answer["unread"] == 0, entity_id


async def _async_from_afar(walk: Walk) -> None:
    """Answer who asks at the garage, and open and lock what can be."""
    garage = walk.locks[GARAGE]
    for accept in (False, True):
        ACTS["doorbell"](walk.home.world, garage, {})
        await walk.async_act("answer_unlock_request", "answer", accept=accept)
    await walk.async_act("get_lock_info", "info")
    for action in ("unlock", "lock"):
        for entity_id in walk.locks:
            try:
                await walk.home.hass.services.async_call(
                    LOCK_DOMAIN, action, {"entity_id": entity_id}, blocking=True
                )
            except HomeAssistantError as err:
                walk.note_error(action, entity_id, err.translation_key)
