"""Only administrators reach the dialog, and nothing that it shows is kept anywhere."""

from http import HTTPStatus
import json
import logging
from typing import Any

from homeassistant.const import MATCH_ALL
from homeassistant.core import Event, HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.acting import FRONT_DOOR, GARAGE, async_deliver
from tests.dialogs import WINDOW, device_ids, digits_in, open_code, open_dialog
from tests.simulated import Home

FLOW = "/api/config/config_entries/options/flow"


@pytest.fixture(autouse=True)
async def _set_up(hass: HomeAssistant, home: Home) -> None:
    assert await async_setup_component(hass, "config", {})
    await home.async_setup()


async def test_a_person_goes_through_the_pages(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """As the browser does: what it gets is what the page shows."""
    client = await hass_client()

    async def send(path: str, **body: Any) -> dict[str, Any]:
        answer = await client.post(f"{FLOW}{path}", json=body)
        assert answer.status == HTTPStatus.OK
        page: dict[str, Any] = await answer.json()
        return page

    page = await send("", handler=home.entry.entry_id)
    path = f"/{page['flow_id']}"
    assert page["menu_options"][:4] == ["create", "codes", "clear", "alarms"]
    page = await send(path, next_step_id="create")
    page = await send(path, next_step_id="create_custom")
    fields = {field["name"]: field for field in page["data_schema"]}
    assert list(fields) == [
        *("locks", "name", "start", "end", "code", "one_time", "hours")
    ]
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    page = await send(path, **values)
    assert (page["step_id"], page["data_schema"]) == ("created", [])
    (code,) = digits_in(page["description_placeholders"]["codes"])
    # A form that was sent again is refused, and its button leads back only.
    answer = await client.post(f"{FLOW}{path}", json=values)
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert code not in await answer.text()
    page = await send(path)
    assert page["step_id"] == "init"
    page = await send(path, next_step_id="codes")
    page = await send(path, lock=device_ids(home, FRONT_DOOR)[0])
    (option,) = page["data_schema"][0]["selector"]["select"]["options"]
    page = await send(path, password=option["value"])
    assert page["step_id"] == "code"
    assert page["menu_options"][0] == "change_window"
    assert code not in json.dumps(page)


async def test_nobody_else_gets_in(
    home: Home, hass_client: ClientSessionGenerator, hass_admin_user: MockUser
) -> None:
    """Neither to begin, nor with the number of a dialog that an administrator opened."""
    dialog = await open_dialog(home, "create", "create_custom")
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    client = await hass_client()
    hass_admin_user.groups = []
    assert not hass_admin_user.is_admin
    for path, body in (
        ("", {"handler": home.entry.entry_id}),
        (f"/{dialog.id}", values),
    ):
        answer = await client.post(f"{FLOW}{path}", json=body)
        assert answer.status == HTTPStatus.UNAUTHORIZED
    assert (await client.get(f"{FLOW}/{dialog.id}")).status == HTTPStatus.UNAUTHORIZED
    assert not home.lock(FRONT_DOOR).book.live
    await dialog.submit(values)
    (code,) = digits_in(dialog.text)
    answer = await client.get(f"{FLOW}/{dialog.id}")
    assert answer.status == HTTPStatus.UNAUTHORIZED
    assert code not in await answer.text()


async def test_digits_are_nowhere_else(
    hass: HomeAssistant,
    home: Home,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In no entry, state, event, store or log, not even while the page is shown."""
    caplog.set_level(logging.DEBUG)
    events: list[Event] = []
    hass.bus.async_listen(MATCH_ALL, events.append)
    codes: list[str] = []
    for kind in ("custom", "time_limited", "one_time", "dynamic"):
        dialog = await open_dialog(home, "create", f"create_{kind}")
        values: dict[str, Any] = {"name": f"The {kind}"}
        if kind == "custom":
            values |= WINDOW
        if kind == "time_limited":
            values |= {key: WINDOW[key] for key in ("start", "end")}
        await dialog.submit({"locks": device_ids(home, FRONT_DOOR, GARAGE), **values})
        codes += digits_in(dialog.text)
    await async_deliver(home, FRONT_DOOR)
    for way in ("new_digits", "change_window"):
        dialog = await open_code(home, FRONT_DOOR, "The custom", way)
        await dialog.submit({"code": "90517"} if way == "new_digits" else {})
        codes.append("90517")
    dialog = await open_code(home, FRONT_DOOR, "The custom", "new_digits")
    await dialog.submit({"code": "905172"})
    codes += digits_in(dialog.text)
    dialog = await open_code(home, FRONT_DOOR, "The time_limited", "clear_one")
    await dialog.choose("clear_one_now")
    codes += digits_in(dialog.text)
    assert len(codes) == 12

    await dialog.back()
    await async_deliver(home, FRONT_DOOR)
    places = {
        "entry": repr(home.entry.as_dict()),
        "states": repr([state.as_dict() for state in hass.states.async_all()]),
        "events": repr([(event, event.data) for event in events]),
        "storage": json.dumps(hass_storage, default=repr),
        "log": caplog.text,
        "dialog": repr((vars(hass.config_entries.options), dialog.page)),
    }
    for place, content in places.items():
        assert content
        for code in codes:
            assert code not in content, place


async def test_an_account_that_was_removed(home: Home) -> None:
    """The dialog ends in words."""
    form = await open_dialog(home, "create", "create_custom")
    menu = await open_dialog(home)
    values = {"locks": device_ids(home, FRONT_DOOR), "name": "Ann", **WINDOW}
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await form.submit(values)
    assert (form.page["type"], form.page["reason"]) == ("abort", "account_removed")
    await menu.submit({"next_step_id": "codes"})
    assert menu.page["reason"] == "account_removed"
