"""Control calls that make no sense: one clear line, and nothing changed."""

import json
from typing import Any

import pytest

from simulator import SimClock, UsageError, World
from tests.simulator.customer import Customer


async def post(customer: Customer, path: str, text: str) -> tuple[int, Any]:
    """Send a control call."""
    url = customer.simulator.control_url + path
    async with customer.session.post(url, data=text) as response:
        return response.status, json.loads(await response.text())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/clock", '{"set": NaN}'),
        ("/clock", '{"set": 1e300}'),
        ("/clock", '{"set": -5}'),
        ("/clock", '{"advance": 1' + "0" * 400 + "}"),
        ("/clock", '{"advance": -9000000000}'),
        ("/clock", "[" * 100_000),
        ("/switches", '{"clock_drift": "nan"}'),
        ("/switches", '{"clock_drift": "inf"}'),
        ("/switches", '{"list_lag": "5", "hex_case": "red"}'),
        ("/faults", '{"kind": "latency", "seconds": "nan"}'),
        ("/faults", '{"kind": "latency", "seconds": -1}'),
        ("/faults", '{"kind": "latency", "skip": 1e999}'),
        ("/faults", '{"kind": "latency", "count": "many"}'),
        ("/faults", '{"kind": "latency", "rate": 2}'),
        ("/faults", '{"kind": "http_5xx", "code": 200}'),
        ("/plan", '{"quota": "some"}'),
        ("/plan", '{"expired": "perhaps"}'),
        ("/devices", '{"source": "/"}'),
        ("/locks/Garage/settings", '{"name": "Barn", "digits": 0}'),
        ("/locks/Garage/settings", '{"capacity": -1}'),
        ("/locks/Garage/settings", '{"online": "perhaps"}'),
        ("/locks/Garage/battery", '{"percent": "half"}'),
        ("/locks/Garage/fingerprint", '{"slot": "first"}'),
    ],
)
async def test_refused(customer: Customer, path: str, text: str) -> None:
    """Status 400 and a reason; the world is as it was."""
    world = customer.simulator.world
    before = world.clock.now(), world.around.switches.as_json(), world.devices_json()
    status, answer = await post(customer, path, text)
    assert (status, list(answer)) == (400, ["error"])
    assert "\n" not in answer["error"]
    after = world.clock.now(), world.around.switches.as_json(), world.devices_json()
    assert after == before
    assert world.faults.rules() == ()
    assert world.project.plan.quota is None


async def test_unknown_paths_answer_json(customer: Customer) -> None:
    """They have a status of their own."""
    assert (await post(customer, "/nothing", ""))[0] == 404
    assert (await post(customer, "/locks/Garage", ""))[0] == 405


async def test_half_a_character(customer: Customer) -> None:
    """Names that are no text can be shown."""
    text = '{"name": "a\\ud800"}'
    status, answer = await post(customer, "/locks/Garage/settings", text)
    assert (status, answer["name"]) == (200, "a?")


@pytest.mark.parametrize("moment", [float("nan"), float("inf"), -1.0, 1e12])
def test_no_point_of_time(moment: float) -> None:
    """A clock never shows what no date can be made of."""
    with pytest.raises(UsageError):
        SimClock(moment)
    world = World(seed=1, clock=SimClock(5, manual=True), locks=[])
    with pytest.raises(UsageError):
        world.clock.set(moment)
    assert world.clock.now() == 5
