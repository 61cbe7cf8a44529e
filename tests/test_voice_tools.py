"""The tools of language models: offered, refused, asked back, without digits."""

from pathlib import Path
from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context
from homeassistant.helpers import device_registry as dr, entity_registry as er, llm
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.tuya_lock_manager import llm as tools
from custom_components.tuya_lock_manager.const import DOMAIN
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    OFFICE,
    TEXTS,
    async_create,
    async_deliver,
    async_list,
    opens,
)
from tests.mending import issues
from tests.simulated import Home
from tests.voicing import ALLOWED, PHONE, VoiceHome

READING = {"list_codes", "get_last_opening", "get_unread_alarms"}


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> VoiceHome:
    """Return a house in which two locks are exposed."""
    house = VoiceHome(home)
    await house.async_setup(tmp_path, (FRONT_DOOR, GARAGE))
    return house


async def test_what_is_offered(house: VoiceHome) -> None:
    """Only what is allowed, and nothing where no lock is exposed."""
    assert await house.async_tool_names() == READING
    house.allow(voice_create=True)
    assert await house.async_tool_names() == READING | {"create_code"}
    house.allow(voice_delete=True)
    every = READING | {"create_code", "delete_code"}
    assert await house.async_tool_names() == every
    instance = await house.async_tools()
    assert "wait for a clear yes" in instance.api_prompt
    ours = {
        tool.name.removeprefix(f"{DOMAIN}__"): tool
        for tool in instance.tools
        if tool.integration == DOMAIN
    }
    assert ours.keys() == every
    for name, tool in ours.items():
        notes = tool.annotations
        assert notes.read_only is (name in READING)
        assert notes.destructive is (name == "delete_code")
        assert tool.title
        assert tool.description
    # Another interface has none of them.
    context = instance.llm_context
    assert tools.async_get_tools(house.hass, context, "other") is None
    for lock in (FRONT_DOOR, GARAGE):
        async_expose_entity(house.hass, "conversation", lock, False)
    assert tools.async_get_tools(house.hass, context, llm.LLM_API_ASSIST) is None


async def test_reading(house: VoiceHome) -> None:
    home = house.home
    await async_create(home, FRONT_DOOR, name="Ann")
    await async_deliver(home, FRONT_DOOR)
    data = await house.async_data("list_codes", lock="Front door")
    (told,) = _locks(data)
    (code,) = told["codes"]
    assert (code["name"], code["status"]) == ("Ann", "active")
    assert "code" not in code
    data = await house.async_data("get_last_opening", lock="Front door")
    (told,) = _locks(data)
    assert told["last_opening"]["who"] == "Partner"
    assert [
        lock["lock"] for lock in _locks(await house.async_data("get_unread_alarms"))
    ]
    assert len(_locks(await house.async_data("list_codes"))) == 2


def _locks(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is told of each lock."""
    locks: list[dict[str, Any]] = data["locks"]
    return locks


async def test_a_code_is_made_and_its_digits_sent(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    data = await house.async_data(
        "create_code",
        lock="Front door",
        name="Ann",
        start="2026-06-02T09:00:00",
        end="2026-06-02T12:00:00",
    )
    assert data["start"] == "2026-06-02T09:00:00+02:00"
    assert data["digits_sent_to_owner"] is True
    digits = house.digits_sent()
    assert digits not in repr(data)
    once = await house.async_data("create_code", lock="Front door", name="Courier")
    assert once["type"] == "one_time"
    assert opens(house.home, FRONT_DOOR, house.digits_sent(2))
    house.allow(voice_speak=True)
    data = await house.async_data(
        "create_code", lock="Garage", name="Ben", duration_minutes=90
    )
    assert data["code"] == house.digits_sent(3)


async def test_a_code_is_deleted_only_after_it_was_asked_back(house: VoiceHome) -> None:
    house.allow(**ALLOWED)
    created = await async_create(house.home, FRONT_DOOR, name="Ann")
    other = await async_create(house.home, FRONT_DOOR, name="Ben", duration="02:00:00")
    # Whatever the model says: the first call only asks.
    asked = await house.async_data("delete_code", code="ann", confirm=True)
    assert asked["needs_confirmation"] is True
    asked = await house.async_data("delete_code", code=str(created["id"]))
    assert asked["would_delete"] == {
        "id": created["id"],
        "name": "Ann",
        "type": "custom",
        "status": "pending",
        "start": created["start"],
        "end": created["end"],
        "use_by": None,
        "one_time": False,
    }
    # A yes is for what was asked about.
    asked = await house.async_data("delete_code", code=str(other["id"]), confirm=True)
    assert asked["needs_confirmation"] is True
    await house.async_data("delete_code", code="Ann")
    done = await house.async_data("delete_code", code="Ann", confirm=True)
    assert done["deleted"] is True
    statuses = {
        code["name"]: code["status"]
        for code in await async_list(house.home, FRONT_DOOR)
    }
    assert statuses == {"Ann": "removing", "Ben": "pending"}


async def test_refusals_are_answered(
    house: VoiceHome, hass_read_only_user: MockUser
) -> None:
    """A model gets a key and a sentence; nothing was made."""
    house.allow(**ALLOWED)
    reader = Context(user_id=hass_read_only_user.id)
    instance = await house.async_tools()
    for context, tool, args, key in (
        (None, "create_code", {"name": "Ann"}, "voice_which_lock"),
        (
            None,
            "create_code",
            {"name": "Ann", "lock": "Front door"},
            "voice_nowhere_to_send",
        ),
        (reader, "create_code", {"name": "Ann", "lock": "Garage"}, "voice_not_admin"),
        (reader, "delete_code", {"code": "Ann"}, "voice_not_admin"),
        (None, "create_code", {"name": " ", "lock": "Garage"}, "voice_for_whom"),
        (
            None,
            "create_code",
            {"name": "Ann", "lock": "Garage", "start": "soon"},
            "voice_time_unclear",
        ),
        (None, "delete_code", {"code": "Ann"}, "voice_no_such_code"),
        (
            None,
            "create_code",
            {"name": "Ann", "lock": "Garage", "start": "2026-06-02"},
            "voice_time_unclear",
        ),
        (
            None,
            "create_code",
            {"name": "Ann", "lock": "Garage", "start": "2026-02-30T09:00:00"},
            "voice_time_unclear",
        ),
        (None, "create_code", {"name": "Ann", "lock": " "}, "voice_which_lock"),
        (None, "list_codes", {"lock": "Office"}, "voice_no_such_lock"),
        (None, "list_codes", {"lock": OFFICE}, "voice_no_such_lock"),
        (None, "list_codes", {"lock": 5}, "wrong_arguments"),
        (None, "create_code", {"lock": "Garage"}, "wrong_arguments"),
        (
            None,
            "create_code",
            {"name": "Ann", "lock": "Garage", "code": "739251"},
            "wrong_arguments",
        ),
    ):
        result = await house.async_call(tool, context, **args)
        assert result.error
        assert result.data["error"] == key, args
        message = result.data["message"]
        assert message
        assert key == "wrong_arguments" or str(message)[:12] == TEXTS[key][:12]
    assert not house.home.lock(GARAGE).book.live
    # A tool that the model was told of before the lock was hidden.
    async_expose_entity(house.hass, "conversation", FRONT_DOOR, False)
    call = llm.ToolInput(f"{DOMAIN}__list_codes", {"lock": "Front door"})
    result = await instance.async_call_tool(call)
    assert result.data["error"] == "voice_no_such_lock"
    house.allow(voice_create=False)
    call = llm.ToolInput(f"{DOMAIN}__create_code", {"name": "Ann", "lock": "Garage"})
    result = await instance.async_call_tool(call)
    assert result.data["error"] == "voice_not_allowed_create"


async def test_a_lock_as_models_call_it(house: VoiceHome) -> None:
    """By any of its names in any case; and nothing may be said of an argument."""
    house.allow(**ALLOWED, voice_notify=PHONE)
    registry = er.async_get(house.hass)
    registry.async_update_entity(GARAGE, aliases=["Car port", er.COMPUTED_NAME])
    await house.hass.async_block_till_done()
    for count, name in enumerate(("garage", "car port", GARAGE, " Garage "), 1):
        data = await house.async_data(
            "create_code",
            lock=name,
            name=f"Ann {count}",
            start=None,
            end="2026-06-02T12:00",
            duration_minutes=None,
            one_time=None,
        )
        assert data["lock"] == "Garage"
        assert data["end"] == "2026-06-02T12:00:00+02:00"
    assert len(house.phone.messages) == 4


async def test_two_locks_with_one_name(house: VoiceHome) -> None:
    """They are offered by what tells them apart."""
    house.allow(**ALLOWED, voice_notify=PHONE)
    devices = dr.async_get(house.hass)
    for lock in (FRONT_DOOR, GARAGE):
        entity = er.async_get(house.hass).async_get(lock)
        assert entity is not None
        assert entity.device_id is not None
        devices.async_update_device(entity.device_id, name_by_user="Door")
    await house.hass.async_block_till_done()
    instance = await house.async_tools()
    for tool in instance.tools:
        if tool.integration == DOMAIN:
            assert f"In(['{FRONT_DOOR}', '{GARAGE}'])" in repr(tool.parameters.schema)
    result = await house.async_call("create_code", lock="Door", name="Ann")
    assert result.data["error"] == "voice_which_lock"
    await house.async_data("create_code", lock=GARAGE, name="Ann")
    assert [code["name"] for code in await async_list(house.home, GARAGE)] == ["Ann"]
    assert not await async_list(house.home, FRONT_DOOR)


async def test_a_broken_phone_leaves_a_repair(house: VoiceHome) -> None:
    house.allow(**ALLOWED, voice_notify=PHONE)
    house.phone.is_broken = True
    result = await house.async_call("create_code", name="Ann", lock="Front door")
    assert result.error
    assert result.data["error"] == "voice_not_sent"
    assert issues(house.hass).keys() == {"offline_digits_unseen"}


async def test_locks_that_are_not_exposed_are_not_in_the_tools(
    house: VoiceHome,
) -> None:
    instance = await house.async_tools()
    for tool in instance.tools:
        if tool.integration == DOMAIN:
            assert "Office" not in repr(tool.parameters.schema)
    await async_create(house.home, OFFICE, name="Hidden")
    assert "Hidden" not in repr(await house.async_data("list_codes"))
