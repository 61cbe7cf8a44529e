"""Diagnostics: enough to help, and nothing that tells who, where, or how to get in."""

from datetime import timedelta
import json
from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

from simulator.locks.keypad import type_code
from tests.guest_forms import async_add, filled
from tests.simulated import Home

SECOND = timedelta(seconds=1)


async def _async_live(home: Home) -> list[str]:
    """Make codes of several kinds and use one; return their digits."""
    digits = []
    for lock, wish in (
        ("front_door", {"name": "Guest Ann"}),
        ("front_door", {"name": "Guest Ben", "type": "time_limited"}),
        ("garage", {"name": "Guest Cat", "one_time": True}),
        ("office", {"name": "Guest Dan", "type": "one_time"}),
    ):
        made = await home.async_act("create_temp_password", f"lock.{lock}", **wish)
        assert made is not None
        code = made[f"lock.{lock}"]
        assert isinstance(code, dict)
        digits.append(str(code["code"]))
    await home.async_pass_in_steps(10 * SECOND, SECOND)
    assert type_code(home.lock("lock.front_door"), digits[0]).opened
    await home.async_refresh("lock.front_door")
    return digits


async def _async_add_guests(home: Home) -> set[str]:
    """Add a guest calendar; return what nobody else is to know of it."""
    home.hass.states.async_set("calendar.villa_rosa", "off")
    home.hass.states.async_set("notify.phone_of_ann", "unknown")
    values = filled(
        [home.lock("lock.front_door").id],
        name="Villa Rosa",
        calendar="calendar.villa_rosa",
        events={"include": "Rosa", "exclude": ["Uncle Bob"]},
        digits={"digits_from": "pattern", "pattern": "Anns? (.*)"},
        tell={
            "notify": "notify.phone_of_ann",
            "message": "Dear {{ guest }}: {{ code }}",
        },
    )
    subentry_id = await async_add(home.hass, home.entry, values)
    texts = {"Rosa", "villa_rosa", "Uncle Bob", "Anns?", "phone_of_ann", "Dear"}
    return {subentry_id, *texts}


async def test_snapshot(
    hass: HomeAssistant,
    home: Home,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    """What a helper gets to see."""
    await home.async_setup()
    await _async_add_guests(home)
    await _async_live(home)
    assert (
        await get_diagnostics_for_config_entry(hass, hass_client, home.entry)
        == snapshot
    )


async def test_nothing_private(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator
) -> None:
    """No id, name, address, secret or digit of anybody or anything is in it."""
    await home.async_setup()
    guests = await _async_add_guests(home)
    digits = await _async_live(home)
    text = json.dumps(
        await get_diagnostics_for_config_entry(hass, hass_client, home.entry)
    )
    project = home.world.project
    private = {
        project.access_id,
        project.access_secret,
        project.uid,
        project.account.uid,
        project.account.username,
        home.simulator.base_url,
        home.entry.entry_id,
        home.entry.title,
        *project.tokens,
        *(token.refresh for token in project.tokens.values()),
        *digits,
        *guests,
    }
    for device in home.world.devices.values():
        private |= {
            device.id,
            device.name,
            device.uuid,
            device.local_key,
            device.owner_id,
            device.ip,
        }
    for lock in home.world.locks.values():
        private |= {str(password_id) for password_id in lock.book.live}
        private |= {str(password_id) for password_id in lock.offline}
        private |= {record.id for record in lock.records.records}
        for member in lock.people.members.values():
            private |= {member.user_id, member.name, member.uid, member.contact}
        for method in lock.people.methods:
            private |= {method.digits or "", method.name}
    private |= {"Guest Ann", "Guest Ben", "Guest Cat", "Guest Dan"}
    private -= {"", "code"}
    assert len(private) > 100
    assert [secret for secret in private if secret in text] == []


async def test_an_outage(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator
) -> None:
    """The kinds of errors are told, without their texts."""
    await home.async_setup()
    garage = home.world.lock("Garage").id
    home.world.faults.parse(f"http_5xx:path={garage}")
    await home.async_refresh("lock.garage")
    diagnostics: dict[str, Any] = await get_diagnostics_for_config_entry(
        hass, hass_client, home.entry
    )
    health = {"last_update_success": False, "last_error": "ServerError"}
    (ill,) = [lock for lock in diagnostics["locks"] if lock["family"] == "wifi"]
    assert {key: ill["passwords"][key] for key in health} == health
    assert {key: ill["activity"][key] for key in health} == health
    assert ill["members"] == health
    for lock in diagnostics["locks"]:
        assert lock is ill or lock["members"]["last_error"] is None
    assert diagnostics["account"] == {"last_update_success": True, "last_error": None}


async def test_what_was_never_read(
    hass: HomeAssistant, home: Home, hass_client: ClientSessionGenerator
) -> None:
    """A lock of which nothing is known can be told of, too, and what its user chose."""
    garage = home.world.lock("Garage").id
    home.world.faults.parse(f"http_5xx:path={garage}")
    home.entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        home.entry,
        options={"names": False, "locks": {garage: {"digits": 8, "family": "zigbee"}}},
    )
    await hass.config_entries.async_setup(home.entry.entry_id)
    await hass.async_block_till_done()
    diagnostics: dict[str, Any] = await get_diagnostics_for_config_entry(
        hass, hass_client, home.entry
    )
    assert diagnostics["names"] is False
    (ill,) = [lock for lock in diagnostics["locks"] if lock["digits"] == 8]
    assert ill["family"] == "zigbee"
    assert ill["digits_are_known"] is True
    assert ill["data_points"] is None
    assert ill["passwords"]["codes"] == []
    assert ill["activity"]["records"] is None
