"""Descriptions of devices: built-in ones, and files as people write them."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator import SimClock, Simulator, UsageError, World
from simulator.descriptions import built_in, describe, load
from simulator.home import DEFAULT_LOCKS
from simulator.locks.delivery import app_nearby, wake
from simulator.locks.family import Family
from simulator.locks.keypad import type_code
from tests.simulator.conftest import NOW
from tests.simulator.customer import Customer, digits_for

FILES = Path(__file__).parent / "fixtures/devices"
FAMILIES = {
    "zigbee_partial": ("ms", Family.ZIGBEE),
    "wifi_no_codes": ("ms", Family.WIFI),
    "ble_nameless_codes": ("jtmspro", Family.BLUETOOTH_GATEWAY),
    "ble_alone": ("jtmspro", Family.BLUETOOTH),
    "keypad_text_values": ("mk", Family.KEYPAD),
    "odd_category": ("zzlock", Family.BLUETOOTH_GATEWAY),
    "empty": ("jtmspro", Family.WIFI),
}


def test_built_in_ones() -> None:
    """One of each family, with data points and a sample."""
    assert set(DEFAULT_LOCKS) == set(built_in())
    descriptions = [load(name) for name in DEFAULT_LOCKS]
    assert [d.family for d in descriptions] == list(Family)
    for description in descriptions:
        assert description.status
        assert description.sample
        assert description.product_id


@pytest.mark.parametrize("name", FAMILIES)
def test_files_are_read(name: str) -> None:
    """Missing, null and odd fields get ordinary values."""
    description = load(str(FILES / f"{name}.json"))
    assert (description.category, description.family) == FAMILIES[name]
    assert description.name
    codes = {point.code for point in (*description.functions, *description.status)}
    assert not any(code.startswith("(") for code in codes)


@pytest.mark.parametrize("name", FAMILIES)
async def test_a_lock_from_a_file_lives(
    socket_enabled: None, session: aiohttp.ClientSession, name: str
) -> None:
    """Every description becomes a lock that takes a code and opens."""
    path = str(FILES / f"{name}.json")
    world = World(seed=5, locks=[path], clock=SimClock(NOW, manual=True))
    async with Simulator(world) as simulator:
        customer = Customer(simulator, session)
        await customer.connect()
        lock = next(iter(world.locks.values()))
        device = await customer.get(f"/v1.0/devices/{lock.id}")
        assert device["category"] == FAMILIES[name][0]
        assert device["product_id"]
        assert ("model" in device) is (lock.device.model is not None)
        assert all(entry["code"] for entry in device["status"])
        for path in ("/v1.1/devices/{}/specifications", "/v1.0/devices/{}/functions"):
            answer = await customer.call("GET", path.format(lock.id))
            assert answer.code == (0 if lock.device.codes() else 2009)
        await customer.create(lock, digits_for(lock))
        customer.pass_time(5)
        wake(lock, lock.now)
        app_nearby(lock, lock.now)
        assert type_code(lock, digits_for(lock)).opened
        app_nearby(lock, lock.now)
        assert lock.records.records[-1].code.startswith("unlock_temporary")


async def test_several_of_a_kind(session: aiohttp.ClientSession) -> None:
    """The same model twice has two names; a home may have no lock at all."""
    world = World(seed=5, locks=["wifi_sleepy", "wifi_sleepy"])
    assert [lock.device.name for lock in world.locks.values()] == ["Garage", "Garage 2"]
    assert World(seed=5, locks=[]).locks == {}


def test_same_seed_same_world() -> None:
    """Ids and keys repeat; without a seed they don't."""
    worlds = [World(seed=seed) for seed in (1, 1, None)]
    ids = [list(world.devices) for world in worlds]
    secrets = [world.project.access_secret for world in worlds]
    assert ids[0] == ids[1] != ids[2]
    assert secrets[0] == secrets[1] != secrets[2]
    assert len(secrets[0]) == 32


@pytest.mark.parametrize("text", ["[]", "1", "no json"])
def test_what_is_no_description(tmp_path: Path, text: str) -> None:
    """Only a JSON object is one."""
    path = tmp_path / "lock.json"
    path.write_text(text)
    with pytest.raises(UsageError):
        load(str(path))
    with pytest.raises(UsageError):
        load("no such lock")


@pytest.mark.parametrize(
    "raw",
    [
        {"specification": {"functions": None, "status": [1, "x", {"type": 5}]}},
        {"status_sample": [None, 5, {"code": "a", "value": None}]},
        {"gateway": "yes", "online": "false", "sub": "true", "model": 5},
        {"category": "", "product_id": 17, "time_zone": 3},
    ],
)
def test_wrong_types_are_survived(raw: dict[str, Any]) -> None:
    """Fields of the wrong type are read as well as can be."""
    assert describe(json.loads(json.dumps(raw)), "name").category
