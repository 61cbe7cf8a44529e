"""Everything that can be made to go wrong."""

import json
import random
import time
from typing import Any

import aiohttp
import pytest

from simulator import UsageError
from simulator.faults import DOCS, FaultKind, missing_fields, wrong_types
from tests.simulator.customer import Customer, door

LIST = "/v1.0/iot-01/associated-users/devices"

CODES = {
    FaultKind.EXPIRED_TOKEN: 1010,
    FaultKind.REVOKED_TOKEN: 1010,
    FaultKind.THROTTLED: 1199,
    FaultKind.QUOTA: 28841004,
    FaultKind.PLAN_EXPIRED: 28841002,
    FaultKind.NOT_AUTHORISED: 28841105,
    FaultKind.CLOCK_SKEW: 1013,
    FaultKind.DEVICE_OFFLINE: 2001,
    FaultKind.LOCK_FULL: 2303,
    FaultKind.TICKET_EXPIRED: 2405,
}


def add(customer: Customer, kind: str, **fields: Any) -> None:
    """Add a fault."""
    customer.simulator.world.faults.add({"kind": kind, **fields})


@pytest.mark.parametrize(("kind", "code"), CODES.items())
async def test_refusals(customer: Customer, kind: FaultKind, code: int) -> None:
    """Each strikes as often as it is told to, keeps nothing, and is over."""
    lock = customer.lock("Front door")
    body = await customer.wish(lock, "830517")
    add(customer, kind, path="temp-password", count=1)
    path = f"{door(lock)}/temp-password"
    assert (await customer.call("POST", path, body)).code == code
    assert lock.book.live == {}
    assert customer.simulator.world.faults.rules()[0].as_json()["hits"] == 1
    if code == 1010:
        assert (await customer.call("POST", path, body)).code == 1010
        await customer.connect()
    if kind is FaultKind.TICKET_EXPIRED:
        body = await customer.wish(lock, "830517")
    assert (await customer.call("POST", path, body)).code == 0


@pytest.mark.parametrize(
    ("kind", "code"), [("throttled", 1110), ("not_authorised", 1106)]
)
async def test_chosen_codes(customer: Customer, kind: str, code: int) -> None:
    """Some faults have a choice of codes."""
    add(customer, kind, code=code)
    assert (await customer.call("GET", LIST)).code == code


@pytest.mark.parametrize(
    ("kind", "done"),
    [("timeout_before", 0), ("timeout_after", 1), ("reset", 0), ("reset_after", 1)],
)
async def test_lost_answers(customer: Customer, kind: str, done: int) -> None:
    """No answer comes; the work was done, or not."""
    lock = customer.lock("Front door")
    body = await customer.wish(lock, "830517")
    add(customer, kind, path="temp-password", count=1)
    old = customer.session
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=0.3)
    ) as customer.session:
        with pytest.raises((TimeoutError, aiohttp.ClientError)):
            await customer.call("POST", f"{door(lock)}/temp-password", body)
    customer.session = old
    assert len(lock.book.live) == done
    assert customer.simulator.world.requests.entries[-1].fault == (kind,)


async def test_latency(customer: Customer) -> None:
    """An answer comes late."""
    add(customer, "latency", seconds=0.2)
    begin = time.monotonic()
    await customer.call("GET", LIST)
    assert time.monotonic() - begin >= 0.2


async def test_server_error(customer: Customer) -> None:
    """A page of HTML with a status."""
    add(customer, "http_5xx", code=503)
    with pytest.raises(json.JSONDecodeError):
        await customer.call("GET", LIST)


async def test_broken_json(customer: Customer) -> None:
    """The answer is cut short, the work is done."""
    lock = customer.lock("Front door")
    body = await customer.wish(lock, "830517")
    add(customer, "broken_json", path="temp-password")
    with pytest.raises(json.JSONDecodeError):
        await customer.call("POST", f"{door(lock)}/temp-password", body)
    assert len(lock.book.live) == 1


async def test_spoilt_results(customer: Customer) -> None:
    """The result is null, of other types, or lacks fields."""
    add(customer, "null_result", count=1)
    assert (await customer.call("GET", LIST)).result is None
    add(customer, "wrong_types", count=1)
    spoilt = (await customer.call("GET", LIST)).result
    assert isinstance(spoilt["devices"], dict)
    add(customer, "missing_fields", count=1)
    spoilt = (await customer.call("GET", LIST)).result
    assert not {"devices", "has_more", "last_row_key", "total"} <= set(spoilt)


def test_spoiling_changes_every_type() -> None:
    """No value keeps its type; every object loses a field."""
    values: list[Any] = [None, True, 1, 1.5, "a", [1], {"a": 1}]
    for value in values:
        changed = wrong_types(value)
        if isinstance(value, dict):
            changed, value = changed["a"], value["a"]  # type: ignore[index,call-overload]
        assert type(changed) is not type(value)
    for seed in range(50):
        full: Any = {"a": 1, "b": [{"c": 1}]}
        kept: Any = missing_fields(full, random.Random(seed))
        assert set(kept) < set(full)


async def test_rates_counts_and_filters(customer: Customer) -> None:
    """Rules strike by path, pattern, family, method, rate, after a number of calls."""
    lock = customer.lock("Front door")
    add(customer, "throttled", path="/v1.0/devices/*/status")
    add(customer, "quota", calls="records")
    add(customer, "plan_expired", method="PUT")
    add(customer, "device_offline", path="temp-passwords", skip=2)
    assert (await customer.call("GET", LIST)).code == 0
    status = await customer.call("GET", f"/v1.0/devices/{lock.id}/status")
    assert status.code == 1199
    assert (await customer.call("GET", f"{door(lock)}/records")).code == 28841004
    assert (await customer.call("PUT", f"/v1.0/devices/{lock.id}", {})).code == 28841002
    codes = [
        (await customer.call("GET", f"{door(lock)}/temp-passwords")).code
        for _ in range(3)
    ]
    assert codes == [0, 0, 2001]
    customer.simulator.world.faults.remove()
    add(customer, "throttled", rate=0.5)
    codes = [(await customer.call("GET", LIST)).code for _ in range(40)]
    assert 5 < codes.count(1199) < 35


@pytest.mark.parametrize(
    "line",
    ["nothing", "latency:seconds=soon", "latency:colour=red", "latency:count"],
)
async def test_nonsense(customer: Customer, line: str) -> None:
    """What can't be understood is refused, and nothing is added."""
    with pytest.raises(UsageError):
        customer.simulator.world.faults.parse(line)
    assert customer.simulator.world.faults.rules() == ()


def test_every_fault_is_explained() -> None:
    """The command line can tell about each."""
    assert set(DOCS) == set(FaultKind)
