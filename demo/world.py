"""The demo's two programs together, started and stopped as one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import fcntl
import json
from pathlib import Path

import aiohttp

from .api import HomeAssistantApi
from .errors import DemoError
from .home_assistant import CONFIGURATION, FIRST_START_TIMEOUT, HomeAssistantServer
from .processes import free_port, is_free
from .simulated_cloud import SimulatedCloud
from .waiting import wait_for

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Options:
    """How to start; a port of `None` takes a free one.

    `components` are folders with integrations that Home Assistant finds besides ours.
    """

    folder: Path
    port: int | None = None
    simulator_port: int | None = None
    control_port: int | None = None
    keep: bool = False
    configuration: str = CONFIGURATION
    components: tuple[Path, ...] = ()


@dataclass(slots=True)
class World:
    """A simulated cloud and a Home Assistant that we are logged in to."""

    http: aiohttp.ClientSession
    cloud: SimulatedCloud
    server: HomeAssistantServer
    api: HomeAssistantApi
    kept: bool

    async def restart_home_assistant(self) -> None:
        """End Home Assistant's process, start another on the same data, log in again."""
        await self.server.stop()
        await self.start_home_assistant()

    async def start_home_assistant(self) -> None:
        """Start Home Assistant on the data that is there, and log in again."""
        await self.server.start(self.http)
        await self.api.log_in()
        await self.wait_until_running()

    async def wait_until_running(self) -> None:
        """Wait for the end of Home Assistant's start."""
        await wait_for(
            "end of Home Assistant's start",
            self._is_running,
            timeout=FIRST_START_TIMEOUT,
        )

    async def _is_running(self) -> bool:
        self.check_running()
        return await self.api.is_running()

    def check_running(self) -> None:
        """Raise `DemoError` if either program has ended by itself."""
        self.cloud.check_running()
        self.server.check_running()


PORTS = {
    "port": "--port",
    "simulator_port": "--simulator-port",
    "control_port": "--control-port",
}


def _choose_ports(options: Options) -> dict[str, int]:
    """Return the three ports: those asked for, else the last run's, else free ones.

    The kept config entry of a last run only fits a simulator on the same port.
    """
    memory = options.folder / "ports.json"
    last: dict[str, int] = {}
    if options.keep and memory.exists():
        last = json.loads(memory.read_text("utf-8"))
    ports: dict[str, int] = {}
    for name, flag in PORTS.items():
        port = getattr(options, name) or last.get(name) or free_port()
        if not is_free(port) or port in ports.values():
            raise DemoError(f"port {port} is taken; choose another one with {flag}")
        ports[name] = port
    memory.write_text(json.dumps(ports), "utf-8")
    return ports


@asynccontextmanager
async def running_world(options: Options) -> AsyncIterator[World]:
    """Start both programs; on the way out stop them, whatever happened."""
    options.folder.mkdir(parents=True, exist_ok=True)
    with (options.folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError(f"another demo is running in {options.folder}") from error
        async with aiohttp.ClientSession() as http:
            world = _make_world(http, options)
            try:
                await _start(world)
                yield world
            finally:
                await asyncio.gather(world.server.stop(), world.cloud.stop())


def _make_world(http: aiohttp.ClientSession, options: Options) -> World:
    ports = _choose_ports(options)
    cloud = SimulatedCloud(
        http,
        port=ports["simulator_port"],
        control_port=ports["control_port"],
        log=options.folder / "simulator.log",
        repository=REPOSITORY,
    )
    server = HomeAssistantServer(
        options.folder / "config",
        ports["port"],
        repository=REPOSITORY,
        configuration=options.configuration,
        components=options.components,
    )
    kept = server.prepare(keep=options.keep)
    return World(http, cloud, server, HomeAssistantApi(http, server.url), kept)


async def _start(world: World) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(world.cloud.start())
            group.create_task(world.server.start(world.http))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    if world.kept:
        await world.api.log_in()
    else:
        await world.api.onboard()
    await world.wait_until_running()
