"""Every switch has each of its behaviours, and says where it stands."""

from collections.abc import Callable

import aiohttp
import pytest

from simulator import Simulator, UsageError, World
from simulator.switch_table import SWITCHES
from simulator.switches import Switch
from simulator.tags import C, D, H, I, M
from tests.simulator.customer import Customer
from tests.simulator.observations import OBSERVATIONS

NUMBERS = {
    "gateway_queue": ("0", "1"),
    "list_lag": ("0", "5"),
    "delivery_seconds": ("3", "9"),
    "clock_drift": ("0", "7200"),
    "wrong_code_alarm": ("1", "3"),
}


def test_every_switch_is_observed() -> None:
    """None is missing, none is made up."""
    assert set(OBSERVATIONS) == {switch.name for switch in SWITCHES}


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
async def test_behaviours_differ(
    socket_enabled: None,
    new_world: Callable[[], World],
    session: aiohttp.ClientSession,
    switch: Switch,
) -> None:
    """Under each value the same acts have another outcome."""
    values = switch.values or NUMBERS[switch.name]
    assert switch.default in values
    seen: dict[str, str] = {}
    for value in values:
        async with Simulator(new_world()) as simulator:
            customer = Customer(simulator, session)
            await customer.connect()
            simulator.world.around.switches.set(switch.name, value)
            seen[value] = repr(await OBSERVATIONS[switch.name](customer))
    assert len(set(seen.values())) == len(values), seen


def test_table() -> None:
    """Each row is named once, tagged, explained, and has its default."""
    assert len({switch.name for switch in SWITCHES}) == len(SWITCHES)
    for switch in SWITCHES:
        assert switch.tag in {D, M, C, I, H}
        assert switch.doc
        assert switch.check(switch.default) == switch.default


@pytest.mark.parametrize(
    "assignment",
    ["hex_case", "hex_case=red", "nothing=1", "list_lag=soon", "nothing@x=1"],
)
def test_nonsense(new_world: Callable[[], World], assignment: str) -> None:
    """Unknown switches and values are refused."""
    with pytest.raises(UsageError):
        new_world().around.switches.parse(assignment)


def test_one_device_alone(new_world: Callable[[], World]) -> None:
    """A switch can hold for one device; a reset takes all back."""
    switches = new_world().around.switches
    switches.parse("hex_case@bf1=lenient")
    assert switches.get("hex_case", "bf1") == "lenient"
    assert switches.get("hex_case", "bf2") == "strict"
    switches.parse("hex_case=lenient")
    assert switches.get("hex_case", "bf2") == "lenient"
    switches.reset()
    assert switches.get("hex_case", "bf1") == "strict"
