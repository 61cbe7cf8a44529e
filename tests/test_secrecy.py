"""Nobody who should not see a code sees one: every place where Home Assistant keeps
or shows something is searched for digits, secrets, tokens and keys.
"""

import base64
from datetime import UTC, datetime, timedelta
import json
import logging
import re
import traceback
from typing import Any

from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.util import session_scope
from homeassistant.const import EVENT_CALL_SERVICE, MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import text as sql

from custom_components.tuya_lock_manager.domain.passwords import (
    IssuedCode,
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.domain.windows import Window
from custom_components.tuya_lock_manager.wishes import (
    CreatedCode,
    DigitsPool,
    PasswordWish,
)
from tests.acting import (
    FRONT_DOOR,
    GARAGE,
    LOCKS,
    OFFICE,
    ONLINE_LOCKS,
    SHED,
    async_create,
    async_deliver,
    async_list,
    result_of,
    type_at,
)
from tests.simulated import Home

KINDS = ("custom", "time_limited", "one_time", "dynamic")


class Places:
    """Everywhere that something may turn up."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Listen to all events from now on."""
        self.hass = hass
        self.events: list[Event] = []
        hass.bus.async_listen(MATCH_ALL, self._keep)

    @callback
    def _keep(self, event: Event) -> None:
        self.events.append(event)

    async def async_texts(self, storage: dict[str, Any]) -> dict[str, str]:
        """Return what each place holds."""
        hass = self.hass
        await async_wait_recording_done(hass)
        return {
            "recorder": await get_instance(hass).async_add_executor_job(_rows, hass),
            "events": repr([(event, event.data) for event in self.events]),
            "states": repr([state.as_dict() for state in hass.states.async_all()]),
            "issues": repr(list(ir.async_get(hass).issues.values())),
            "devices": repr(list(dr.async_get(hass).devices)),
            "entities": repr(list(er.async_get(hass).entities.values())),
            "storage": json.dumps(
                {
                    key: kept
                    for key, kept in storage.items()
                    if "config_entries" not in key
                },
                default=repr,
            ),
        }


def _rows(hass: HomeAssistant) -> str:
    """Return every row of every table of the recorder."""
    with session_scope(hass=hass, read_only=True) as session:
        tables = [
            row[0]
            for row in session.execute(
                sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            )
        ]
        return repr(
            [
                tuple(row)
                for table in tables
                for row in session.execute(sql(f"SELECT * FROM {table}"))  # noqa: S608
            ]
        )


def secrets_of(home: Home) -> dict[str, str]:
    """Return what opens a door, and what opens the account."""
    project = home.world.project
    found = {"access secret": project.access_secret}
    for token in project.tokens.values():
        found |= {f"token {token.access[:4]}": token.access}
        found |= {f"refresh token {token.refresh[:4]}": token.refresh}
    for ticket in project.tickets.values():
        found |= {f"ticket key {ticket.id[:4]}": ticket.key}
    for lock in home.world.locks.values():
        digits = [
            *(code.digits for code in lock.offline.values()),
            *(code.digits for code in lock.book.live.values()),
            *(method.digits for method in lock.people.methods if method.digits),
        ]
        for number in digits:
            found[f"digits {number}"] = number
            found[f"digits {number} in base64"] = base64.b64encode(
                number.encode()
            ).decode()
    return found


def check(texts: dict[str, str], secrets: dict[str, str]) -> None:
    """Check that no place holds a secret."""
    for place, content in texts.items():
        assert content, f"nothing was found in {place}"
        for what, secret in secrets.items():
            pattern = rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])"
            assert not re.search(pattern, content), f"{what} is in {place}"


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Log all that anybody has to say."""
    caplog.set_level(logging.DEBUG)


async def async_live(home: Home) -> list[object]:
    """Make, use, clear and delete codes of every kind; return their digits."""
    codes: list[object] = []
    for kind in KINDS:
        response = await home.async_act(
            "create_temp_password", list(LOCKS), type=kind, name=f"Guest {kind[:6]}"
        )
        assert response is not None
        for lock in LOCKS:
            result = result_of(response, lock)
            if "code" in result:
                codes.append(result["code"])
                await async_deliver(home, lock)
                type_at(home, lock, result["code"])
    response = await home.async_act(
        "create_template_password", list(LOCKS), name="Template"
    )
    for lock in ONLINE_LOCKS:
        code = result_of(response, lock)["code"]
        codes.append(code)
        await async_deliver(home, lock)
        type_at(home, lock, code)
        await home.async_act("list_template_passwords", lock)
        await home.async_act("list_template_passwords", lock, password="Template")
    for lock in (FRONT_DOOR, GARAGE, OFFICE, SHED):
        for data in ({"password": "Guest time_l"}, {"all": True, "confirm": True}):
            response = await home.async_act("issue_clear_code", lock, **data)
            clearing = result_of(response, lock)
            codes.append(clearing["code"])
            type_at(home, lock, clearing["code"])
    await home.async_act(
        "delete_password", [FRONT_DOOR, GARAGE, OFFICE], password="Guest custom"
    )
    await home.async_act("list_passwords", list(LOCKS))
    # The cloud's list of offline codes, which has the digits, is read twice a day.
    await home.async_pass(timedelta(hours=12, minutes=1))
    for lock in LOCKS:
        await home.async_refresh(lock)
    return codes


async def async_diagnostics(
    home: Home, hass_client: ClientSessionGenerator, user: MockUser
) -> str:
    """Download the account's diagnostics, with a login of now."""
    assert await async_setup_component(home.hass, "diagnostics", {})
    await home.hass.async_block_till_done()
    auth = home.hass.auth
    login = await auth.async_create_refresh_token(user, "https://home.example/")
    client = await hass_client(auth.async_create_access_token(login))
    path = f"/api/diagnostics/config_entry/{home.entry.entry_id}"
    response = await client.get(path)
    assert response.status == 200
    text: str = await response.text()
    return text


@pytest.mark.parametrize("report", ["opaque", "digits"])
@pytest.mark.usefixtures("everything_logged")
async def test_random_digits_are_nowhere(
    recorder_mock: Recorder,
    home: Home,
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_admin_user: MockUser,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    report: str,
) -> None:
    """Only the response has them, whatever the lock's raw data points hold."""
    home.world.around.switches.set("offline_report_value", report)
    places = Places(hass)
    await home.async_setup()
    codes = await async_live(home)
    assert len(codes) == len(set(codes)) + 4  # three locks share one code, twice
    await home.async_pass(timedelta(seconds=30))

    texts = await places.async_texts(hass_storage)
    texts["log"] = caplog.text
    texts["diagnostics"] = await async_diagnostics(home, hass_client, hass_admin_user)
    secrets = secrets_of(home)
    assert secrets.keys() >= {f"digits {code}" for code in codes}
    check(texts, secrets)
    # The search does find what is there.
    assert "Guest custom" in texts["storage"]
    assert "create_temp_password" in texts["recorder"]
    assert "jtmspro" in texts["diagnostics"]
    assert "temp-password" in caplog.text
    assert "Guest custom" in str(await async_list(home, FRONT_DOOR))
    with pytest.raises(AssertionError, match="token .* is in"):
        check({"a place": next(iter(home.world.project.tokens))}, secrets)


@pytest.mark.usefixtures("everything_logged")
async def test_chosen_digits_are_in_the_call_alone(
    recorder_mock: Recorder,
    home: Home,
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant records what an action is given; that is all there is of them."""
    places = Places(hass)
    await home.async_setup()
    await async_create(home, FRONT_DOOR, code="905172")
    await async_deliver(home, FRONT_DOOR)
    type_at(home, FRONT_DOOR, "905172")
    await home.async_refresh(FRONT_DOOR)
    for code in ("9051726", "121212", 905171, "90517a"):
        with pytest.raises(HomeAssistantError) as caught:
            await async_create(home, FRONT_DOOR, name="Bob", code=code)
        told = [caught.value, caught.value.__cause__, caught.value.__context__]
        shown = "".join(traceback.format_exception(caught.value))
        for content in (*map(repr, told), *map(str, told)):
            assert str(code) not in content
        assert not re.search(rf"reason.*{code}", shown)
    with pytest.raises(HomeAssistantError) as caught:
        await async_create(home, FRONT_DOOR, **{"905173": None})
    assert "no field ******." in str(caught.value)
    assert "905173" not in repr(caught.value.translation_placeholders)

    texts = await places.async_texts(hass_storage)
    texts["recorder"] = texts["recorder"].replace('"code":"905172"', "")
    texts["events"] = repr(
        [event for event in places.events if event.event_type != EVENT_CALL_SERVICE]
    )
    texts["log"] = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components", "aiohttp"))
    )
    check(texts, secrets_of(home))


@pytest.mark.usefixtures("everything_logged")
@pytest.mark.parametrize(
    "fault",
    [
        "reset",
        "http_5xx",
        "broken_json",
        "wrong_types",
        "null_result",
    ],
)
async def test_errors_tell_no_secrets(
    home: Home, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    """Neither those of a creation nor those of a list."""
    await home.async_setup()
    await async_create(home, FRONT_DOOR, type="one_time")
    home.world.faults.parse(f"{fault}:path=offline-temp-password")
    with pytest.raises(HomeAssistantError) as caught:
        await async_create(home, FRONT_DOOR, type="one_time")
    shown = "".join(traceback.format_exception(caught.value))
    await home.async_pass(timedelta(hours=12, minutes=1))
    check({"log": caplog.text, "error": shown}, secrets_of(home))


NOW = datetime(2026, 6, 1, tzinfo=UTC)


def test_objects_hide_their_digits() -> None:
    issued = IssuedCode(
        id="1",
        type=PasswordType.CUSTOM,
        name="Ann",
        start=NOW,
        end=NOW + timedelta(hours=1),
        issued_at=NOW,
    )
    pool = DigitsPool()
    digits = pool.digits(6, Window(NOW, NOW + timedelta(hours=1)))
    for thing, secret in (
        (PasswordWish(type=PasswordType.CUSTOM, name="Ann", code="905172"), "905172"),
        (
            CreatedCode(issued=issued, status=PasswordStatus.PENDING, code="905172"),
            "905172",
        ),
        (pool, digits),
    ):
        assert secret not in repr(thing)
        assert secret not in str(thing)
