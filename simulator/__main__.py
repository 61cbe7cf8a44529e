"""The simulator as a program."""

import argparse
import asyncio
from collections.abc import Sequence
import contextlib
from datetime import datetime
import json
import signal
import sys

from .clock import SimClock
from .descriptions import built_in
from .errors import UsageError
from .faults import DOCS
from .server import Simulator
from .switch_table import SWITCHES
from .world import World


def port(given: str) -> int:
    """Return the number of a port.

    Raises:
        ValueError: it is none.
    """
    number = int(given)
    if not 0 <= number <= 65535:
        raise ValueError(f"{number} is no port")
    return number


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    arguments = argparse.ArgumentParser(
        prog="python -m simulator",
        description="A loopback Tuya cloud with locks that behave like locks. At its start it "
        "prints one line of JSON with everything that a client needs.",
        epilog="The control API is described in simulator/README.md.",
    )
    add = arguments.add_argument
    add("--host", default="127.0.0.1", help="a loopback address (default: %(default)s)")
    add("--port", type=port, default=0, help="of the cloud; 0 takes a free one")
    add(
        "--control-port",
        type=port,
        default=0,
        help="of the control API; 0 takes a free one",
    )
    add("--seed", type=int, help="makes ids, keys and chance repeatable")
    add(
        "--locks",
        action="append",
        metavar="NAME|FILE",
        help=f"a lock of the home; repeat for more. Built in: {', '.join(built_in())}; "
        "a device description file; or none. Without it, all built-in ones",
    )
    add(
        "--fault",
        action="append",
        default=[],
        metavar="KIND[:FIELD=VALUE,…]",
        help="something that goes wrong from the start; see --faults",
    )
    add(
        "--switch",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="how the cloud or a lock behaves where sources disagree; see --switches",
    )
    add("--time", help="what the clock shows at first: seconds since 1970, or ISO 8601")
    add(
        "--clock",
        choices=("running", "manual"),
        default="running",
        help="a running clock, or one that only the control API moves",
    )
    add("--switches", action="store_true", help="list the switches and leave")
    add("--faults", action="store_true", help="list the faults and leave")
    return arguments


def moment(given: str | None) -> float | None:
    """Return a point of time as seconds since 1970.

    Raises:
        UsageError: unreadable, or without a zone.
    """
    if given is None:
        return None
    try:
        return float(given)
    except ValueError:
        pass
    try:
        parsed = datetime.fromisoformat(given)
    except ValueError as err:
        raise UsageError(f"--time: {given} is neither seconds nor ISO 8601") from err
    if parsed.tzinfo is None:
        raise UsageError("--time needs a zone, such as 2026-11-01T10:00:00+00:00")
    return parsed.timestamp()


def build(options: argparse.Namespace) -> Simulator:
    """Return the simulator that the options describe; it isn't started."""
    sources = (
        None if options.locks is None else [s for s in options.locks if s != "none"]
    )
    clock = SimClock(moment(options.time), manual=options.clock == "manual")
    world = World(seed=options.seed, locks=sources, clock=clock)
    for assignment in options.switch:
        world.around.switches.parse(assignment)
    for fault in options.fault:
        world.faults.parse(fault)
    return Simulator(
        world, host=options.host, port=options.port, control_port=options.control_port
    )


async def run(options: argparse.Namespace) -> None:
    """Serve until a signal or the control API ends it."""
    simulator = build(options)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, simulator.stopped.set)
    async with simulator:
        print(json.dumps(simulator.started()), flush=True)
        await simulator.stopped.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    options = parser().parse_args(arguments)
    if options.switches:
        for switch in SWITCHES:
            values = " | ".join(switch.values) or "number"
            print(
                f"{switch.name}  [{switch.tag}]  default {switch.default}  ({values})"
            )
            print(f"    {switch.doc}")
        return 0
    if options.faults:
        for kind, doc in DOCS.items():
            print(f"{kind.value:16} {doc}")
        print(
            "fields: path (part or pattern with *), calls, method, count, rate, skip, seconds, code"
        )
        return 0
    try:
        asyncio.run(run(options))
    except UsageError as err:
        print(f"simulator: {err}", file=sys.stderr)
        return 2
    except OSError as err:
        print(f"simulator: {err.strerror or err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
