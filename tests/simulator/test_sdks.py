"""Tuya's own Python SDKs, unchanged, against the simulator."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from tuya_connector import TuyaOpenAPI as Connector
from tuya_iot import AuthType, TuyaDeviceManager, TuyaOpenAPI, TuyaOpenMQ

from simulator import Simulator, World
from simulator.locks.delivery import wake
from simulator.locks.keypad import type_code
from tests.simulator.customer import DAY, digits_for, door, seal

NAMES = ("Front door", "Garage", "Garden gate")


@pytest.fixture
async def simulator(socket_enabled: None) -> AsyncGenerator[Simulator]:
    """Return a simulator on the machine's time, which the SDKs sign."""
    async with Simulator(World(seed=3)) as running:
        yield running


def walk(simulator: Simulator, api: Any, name: str) -> None:
    """List, create, open, delete; in a thread, for the SDKs block."""
    world = simulator.world
    lock = world.lock(name)
    digits = digits_for(lock)
    devices = api.get("/v1.0/iot-01/associated-users/devices", {"size": 50})
    assert lock.id in [device["id"] for device in devices["result"]["devices"]]
    ticket = api.post(f"{door(lock)}/password-ticket")["result"]
    now = int(world.clock.now())
    answer = api.post(
        f"{door(lock)}/temp-password",
        {
            "name": "Gäste",
            "password": seal(digits, ticket["ticket_key"], world.project.access_secret),
            "password_type": "ticket",
            "ticket_id": ticket["ticket_id"],
            "effective_time": now,
            "invalid_time": now + DAY,
        },
    )
    password_id = answer["result"]["id"]
    assert not type_code(lock, digits).opened
    world.clock.advance(5)
    world.settle()
    wake(lock, lock.now)
    assert type_code(lock, digits).opened
    listed = api.get(f"{door(lock)}/temp-passwords", {"valid": True})["result"]
    assert [(shown["id"], shown["name"]) for shown in listed] == [
        (password_id, "Gäste")
    ]
    assert api.delete(f"{door(lock)}/temp-passwords/{password_id}")["result"] is True
    world.clock.advance(5)
    world.settle()
    wake(lock, lock.now)
    assert not type_code(lock, digits).opened


@pytest.mark.parametrize("name", NAMES)
async def test_connector(simulator: Simulator, name: str) -> None:
    """tuya-connector-python: a project's token."""
    project = simulator.world.project
    api = Connector(simulator.base_url, project.access_id, project.access_secret)

    def use() -> None:
        assert api.connect()["success"] is True
        assert api.token_info.uid == project.uid
        walk(simulator, api, name)

    await asyncio.to_thread(use)


async def test_connector_renews(simulator: Simulator) -> None:
    """It refreshes before the end, and connects again after 1010."""
    project = simulator.world.project
    api = Connector(simulator.base_url, project.access_id, project.access_secret)
    path = f"/v1.0/users/{project.uid}/devices"

    def use() -> None:
        api.connect()
        first = api.token_info.access_token
        api.token_info.expire_time = 0
        assert api.get(path)["success"] is True
        assert api.token_info.access_token != first
        simulator.world.project.revoke_tokens()
        assert api.get(path)["code"] == 1010
        assert api.get(path)["success"] is True

    await asyncio.to_thread(use)


def log_in(simulator: Simulator, kind: AuthType) -> TuyaOpenAPI:
    """Return the SDK's session of the app account."""
    project = simulator.world.project
    account = project.account
    api = TuyaOpenAPI(
        simulator.base_url, project.access_id, project.access_secret, kind
    )
    answer = api.connect(
        account.username, account.password, account.country_code, account.schema
    )
    assert answer["success"] is True
    assert api.token_info.uid == account.uid
    return api


@pytest.mark.parametrize("kind", list(AuthType))
@pytest.mark.parametrize("name", NAMES)
async def test_iot_sdk(simulator: Simulator, name: str, kind: AuthType) -> None:
    """tuya-iot-py-sdk: both kinds of logins, and its refresh."""

    def use() -> None:
        api = log_in(simulator, kind)
        walk(simulator, api, name)
        first = api.token_info.access_token
        api.token_info.expire_time = 0
        assert api.get(f"/v1.0/users/{api.token_info.uid}/devices")["success"] is True
        assert api.token_info.access_token != first

    await asyncio.to_thread(use)


@pytest.mark.parametrize("kind", list(AuthType))
async def test_device_manager(simulator: Simulator, kind: AuthType) -> None:
    """The SDK's own device manager fills its cache."""
    lock = simulator.world.lock("Front door")

    def use() -> None:
        api = log_in(simulator, kind)
        manager = TuyaDeviceManager(api, TuyaOpenMQ(api))
        if kind == AuthType.SMART_HOME:
            manager.update_device_list_in_smart_home()
            assert len(manager.device_map) == 8
        else:
            manager.update_device_caches([lock.id])
        device = manager.device_map[lock.id]
        assert device.name == "Front door"
        assert device.status["residual_electricity"] == 65
        assert "alarm_lock" in device.status_range
        infos = manager.get_device_list_info([lock.id])["result"]["list"]
        assert infos[0]["id"] == lock.id
        states = manager.get_device_list_status([lock.id])["result"]
        assert states[0]["id"] == lock.id
        assert manager.get_device_functions(lock.id)["success"] is True

    await asyncio.to_thread(use)
