"""Who may write into a lock's calendar: administrators, and automations.

Home Assistant lets everybody do it who may control the entity.
"""

from typing import Any

from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components.websocket_api import ActiveConnection, current_connection
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.acting import FRONT_DOOR, GARAGE, async_create, async_deliver, async_list
from tests.booking import CODE, Person, calendar_of, refusal
from tests.residents import changes
from tests.simulated import Home

FRONT = calendar_of(FRONT_DOOR)
EVENT = {
    "entity_id": FRONT,
    "summary": "Ann",
    "start_date": "2026-06-02",
    "end_date": "2026-06-03",
}


@pytest.fixture
async def resident(hass: HomeAssistant, hass_admin_user: MockUser) -> User:
    """Return somebody of the house who may control everything, and is no administrator.

    The first user of a house would be its owner.
    """
    user = await hass.auth.async_create_user("Resident", group_ids=[GROUP_ID_USER])
    assert not user.is_admin
    assert user.permissions.check_entity(FRONT, POLICY_CONTROL)
    return user


async def _async_token(hass: HomeAssistant, user: User) -> str:
    login = await hass.auth.async_create_refresh_token(user, "https://home.example/")
    return hass.auth.async_create_access_token(login)


@pytest.fixture
async def other(
    hass: HomeAssistant,
    person: Person,
    resident: User,
    hass_ws_client: WebSocketGenerator,
) -> Person:
    """Return the resident in front of the form, beside the administrator."""
    token = await _async_token(hass, resident)
    return Person(hass, await hass_ws_client(hass, token))


async def test_the_form(home: Home, person: Person, other: Person) -> None:
    """A resident sees everything and changes nothing, whatever came just before."""
    await person.async_create(**CODE)
    await async_deliver(home, FRONT_DOOR)
    shown = await other.async_event()
    assert shown["summary"] == "Ann"
    before = changes(home)
    for answer in (
        await other.async_create(summary="Bob", description="code: 940271"),
        await other.async_save(shown, summary="Bob"),
        await other.async_save(shown),
        await other.async_remove(shown),
        await other.async_remove({"uid": "697"}),
    ):
        assert refusal(answer) == "calendar_needs_admin"
    assert changes(home) == before
    assert (await person.async_save(shown, summary="Eve"))["success"]
    assert refusal(await other.async_remove(shown)) == "calendar_needs_admin"
    assert (await person.async_remove(shown))["success"]


async def test_the_entity_remembers_another_caller(
    home: Home,
    hass: HomeAssistant,
    person: Person,
    other: Person,
    hass_admin_user: MockUser,
    resident: User,
) -> None:
    """The last action was an administrator's, or a resident's: that is not who comes now."""
    admin, nobody = Context(user_id=hass_admin_user.id), Context(user_id=resident.id)
    await hass.services.async_call(
        "calendar", "create_event", EVENT, blocking=True, context=admin
    )
    assert refusal(await other.async_create(**CODE)) == "calendar_needs_admin"
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "calendar", "create_event", EVENT, blocking=True, context=nobody
        )
    assert (await person.async_create(**CODE))["success"]


async def test_who_comes_after_a_call_is_nobody_of_it(
    home: Home,
    hass: HomeAssistant,
    hass_admin_user: MockUser,
    resident: User,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """What listens for connections may have been started by whoever called before."""
    await home.async_setup()
    for name, user_id in (("Ann", hass_admin_user.id), ("Bob", None)):
        await hass.services.async_call(
            "calendar",
            "create_event",
            {**EVENT, "summary": name},
            blocking=True,
            context=Context(user_id=user_id),
        )
    token = await _async_token(hass, resident)
    other = Person(hass, await hass_ws_client(hass, token))
    before = changes(home)
    assert refusal(await other.async_create(**CODE)) == "calendar_needs_admin"
    assert changes(home) == before


async def test_a_call_on_the_connection_of_another(
    home: Home,
    hass: HomeAssistant,
    hass_admin_user: MockUser,
    resident: User,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """It is the one who calls that counts, and not whose connection set something off."""
    await home.async_setup()
    connections = []

    @callback
    def note(*told: Any) -> None:
        connections.append(current_connection.get())

    hass.bus.async_listen("look", note)
    admin = await hass_ws_client(hass)
    await admin.send_json_auto_id({"type": "fire_event", "event_type": "look"})
    await admin.receive_json()
    (connection,) = connections
    assert isinstance(connection, ActiveConnection)
    assert connection.user.is_admin
    before = changes(home)
    leaked = current_connection.set(connection)
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "calendar",
            "create_event",
            EVENT,
            blocking=True,
            context=Context(user_id=resident.id),
        )
    current_connection.reset(leaked)
    assert changes(home) == before


async def test_the_action_over_http(
    home: Home,
    hass: HomeAssistant,
    resident: User,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await home.async_setup()
    assert await async_setup_component(hass, "api", {})
    client = await hass_client_no_auth()
    token = await _async_token(hass, resident)
    before = changes(home)
    answer = await client.post(
        "/api/services/calendar/create_event",
        json=EVENT,
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status == 400
    assert "Only an administrator" in await answer.text()
    assert changes(home) == before


async def test_the_action(home: Home, hass: HomeAssistant, resident: User) -> None:
    """By the user behind the call; the error is ours, and translated."""
    await home.async_setup()
    before = changes(home)
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(
            "calendar",
            "create_event",
            EVENT,
            blocking=True,
            context=Context(user_id=resident.id),
        )
    assert caught.value.translation_key == "calendar_needs_admin"
    assert changes(home) == before
    await hass.services.async_call("calendar", "create_event", EVENT, blocking=True)
    assert [code["name"] for code in await async_list(home, FRONT_DOOR)] == ["Ann"]


async def test_the_action_over_a_connection(
    home: Home, person: Person, other: Person
) -> None:
    call: dict[str, Any] = {
        "domain": "calendar",
        "service": "create_event",
        "service_data": EVENT,
    }
    before = changes(home)
    answer = await other.async_send("call_service", **call)
    assert answer["error"]["translation_key"] == "calendar_needs_admin"
    assert changes(home) == before
    assert (await person.async_send("call_service", **call))["success"]
    assert len(await async_list(home, FRONT_DOOR)) == 1


async def test_several_calendars_at_once(
    home: Home, hass: HomeAssistant, resident: User
) -> None:
    """Each of them is refused, and each of them made."""
    await home.async_setup()
    both = {**EVENT, "entity_id": [FRONT, calendar_of(GARAGE)]}
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "calendar",
            "create_event",
            both,
            blocking=True,
            context=Context(user_id=resident.id),
        )
    await hass.services.async_call("calendar", "create_event", both, blocking=True)
    for lock, made in ((FRONT_DOOR, 1), (GARAGE, 1)):
        assert len(await async_list(home, lock)) == made


async def test_automations_and_scripts(
    home: Home, hass: HomeAssistant, person: Person, other: Person
) -> None:
    """A resident may set off an automation that makes a code, and no script that does.

    Home Assistant starts the automation on the resident's connection.
    """
    action = {"action": "calendar.create_event", "data": {**EVENT, **CODE}}
    assert await async_setup_component(
        hass, "input_button", {"input_button": {"guest": {"name": "Guest"}}}
    )
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "state", "entity_id": "input_button.guest"},
                "actions": action,
            }
        },
    )
    assert await async_setup_component(
        hass, "script", {"script": {"guest": {"sequence": [action]}}}
    )
    before = changes(home)
    answer = await other.async_send(
        "call_service", domain="script", service="guest", service_data={}
    )
    assert not answer["success"]
    assert changes(home) == before
    answer = await other.async_send(
        "call_service",
        domain="input_button",
        service="press",
        service_data={"entity_id": "input_button.guest"},
    )
    assert answer["success"]
    await hass.async_block_till_done()
    assert [code["name"] for code in await async_list(home, FRONT_DOOR)] == ["Ann"]


async def test_reading_is_for_everybody(home: Home, other: Person) -> None:
    await async_create(home, FRONT_DOOR)
    assert len(await other.async_events()) == 1
    answer = await other.async_send(
        "call_service",
        domain="calendar",
        service="get_events",
        service_data={"entity_id": FRONT, "duration": {"days": 2}},
        return_response=True,
    )
    (event,) = answer["result"]["response"][FRONT]["events"]
    assert event["summary"] == "Ann"
