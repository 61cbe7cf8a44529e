"""The simulator as a program."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import json
from pathlib import Path
import signal
import sys
from typing import Any

import aiohttp
import pytest

from simulator import Simulator, UsageError
from simulator.__main__ import build, main, moment, parser
from simulator.switch_table import SWITCHES

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def program(*arguments: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Run the program."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_start_and_stop(
    socket_enabled: None, session: aiohttp.ClientSession
) -> None:
    """One line of JSON has everything; a signal ends it cleanly."""
    async with program("--seed", "4", "--locks", "mk_keypad") as process:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 20)
        told: dict[str, Any] = json.loads(line)
        assert len(told["access_secret"]) == 32
        assert set(told["app_account"]) == {
            "country_code",
            "username",
            "password",
            "schema",
            "uid",
        }
        assert told["devices"][0]["family"] == "keypad"
        assert told["base_url"].startswith("http://127.0.0.1:")
        url = f"{told['control_url']}/devices"
        async with session.get(url) as response:
            assert await response.json() == told["devices"]
        process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(process.communicate(), 20)
        assert (process.returncode, out, err) == (0, b"", b"")


def test_lists(capsys: pytest.CaptureFixture[str]) -> None:
    """Help, switches and faults are told without serving."""
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    assert "wifi_sleepy" in capsys.readouterr().out
    assert main(["--switches"]) == 0
    out = capsys.readouterr().out
    assert all(switch.name in out and switch.tag in out for switch in SWITCHES)
    assert main(["--faults"]) == 0
    assert "timeout_after" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--host", "0.0.0.0"),
        ("--locks", "nothing"),
        ("--switch", "nothing=1"),
        ("--fault", "nothing"),
        ("--time", "soon"),
        ("--time", "nan"),
        ("--time", "1e30"),
        ("--switch", "clock_drift=nan"),
        ("--fault", "latency:seconds=-1"),
        ("--time", "2026-11-01T10:00:00"),
    ],
)
def test_nonsense(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]
) -> None:
    """Bad arguments are explained on standard error."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("simulator: ")


@pytest.mark.parametrize("port", ["70000", "-1", "x"])
def test_ports(capsys: pytest.CaptureFixture[str], port: str) -> None:
    """A port that is none ends in the usual way."""
    with pytest.raises(SystemExit):
        main(["--port", port])
    assert "invalid port value" in capsys.readouterr().err


def test_time() -> None:
    """The clock begins at seconds or at an ISO 8601 time."""
    assert moment(None) is None
    assert moment("1722397508") == 1722397508
    assert moment("2024-07-31T03:45:08+00:00") == 1722397508


async def test_options() -> None:
    """Clock, switches, faults and locks arrive in the world."""
    options = parser().parse_args(
        [
            *("--clock", "manual", "--time", "1722397508"),
            *("--switch", "list_lag=5", "--fault", "throttled:count=2,path=status"),
            *("--locks", "none"),
        ]
    )
    world = build(options).world
    assert world.clock.now() == 1722397508
    assert world.around.switches.number("list_lag") == 5
    rule = world.faults.rules()[0]
    assert (rule.count, rule.path) == (2, "status")
    assert world.locks == {}
    with pytest.raises(UsageError):
        Simulator(world, host="192.0.2.1")
