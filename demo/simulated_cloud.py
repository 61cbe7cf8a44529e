"""The simulated Tuya cloud as a process, and its control API."""

import asyncio
from dataclasses import dataclass, field
import json
from pathlib import Path
import sys

import aiohttp

from .api import Json
from .errors import DemoError
from .processes import ChildProcess

START_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class SimulatedLock:
    """A lock that the simulator says it has."""

    device_id: str
    name: str
    family: str


@dataclass(frozen=True, slots=True)
class CloudAccess:
    """What the simulator prints at its start: where it is and who may use it."""

    base_url: str
    control_url: str
    access_id: str
    access_secret: str = field(repr=False)
    locks: tuple[SimulatedLock, ...]


class SimulatedCloud:
    """The simulator, started as a program and driven through its control port."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        *,
        port: int,
        control_port: int,
        log: Path,
        repository: Path,
    ) -> None:
        """Describe a simulator on two TCP ports of the loopback address."""
        self._http = http
        self._process = ChildProcess(
            "the simulator",
            [
                sys.executable,
                *("-m", "simulator"),
                *("--port", str(port)),
                *("--control-port", str(control_port)),
                # The same project and the same locks at every start.
                *("--seed", "1"),
            ],
            log=log,
            cwd=repository,
        )
        self._drain: asyncio.Task[None] | None = None
        self._access: CloudAccess | None = None

    @property
    def access(self) -> CloudAccess:
        """Return where the simulated cloud is; only after `start`."""
        if self._access is None:
            raise DemoError("the simulator has not been started")
        return self._access

    async def start(self) -> None:
        """Start the process and read its one line of JSON."""
        output = await self._process.start(capture=True)
        if output is None:
            raise DemoError("the simulator has no output")
        try:
            async with asyncio.timeout(START_TIMEOUT):
                line = await output.readline()
        except TimeoutError:
            line = b""
        if not line.strip():
            # It either ended, which the log explains, or hangs.
            await asyncio.sleep(0.2)
            self._process.check_running()
            raise DemoError(f"the simulator said nothing within {START_TIMEOUT:g} s")
        self._access = _access(json.loads(line))
        self._drain = asyncio.create_task(_discard(output))

    async def stop(self) -> None:
        """End the process."""
        await self._process.stop()
        if self._drain is not None:
            self._drain.cancel()

    def check_running(self) -> None:
        """Raise `DemoError` if the process has ended by itself."""
        self._process.check_running()

    async def look(self, path: str) -> Json:
        """Return what the control API shows."""
        return await self._control(path, method="GET")

    async def add_fault(self, kind: str, **fields: object) -> None:
        """Let something go wrong from now on."""
        await self._control("/faults", {"kind": kind, **fields})

    async def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        await self._control("/faults", method="DELETE")

    async def _control(
        self, path: str, data: Json = None, *, method: str = "POST"
    ) -> Json:
        url = f"{self.access.control_url}{path}"
        body = (data or {}) if method == "POST" else None
        async with self._http.request(method, url, json=body) as response:
            if response.status >= 400:
                raise DemoError(f"simulator control {path}: {await response.text()}")
            return await response.json()

    def example(self, action: str, device_id: str, data: str = "") -> str:
        """Return a command line that a person can use for a control call."""
        url = f"{self.access.control_url}/locks/{device_id}/{action}"
        return f"curl -X POST {url}" + (f" -d '{data}'" if data else "")

    async def secrets(self) -> dict[str, list[str]]:
        """Return the digits of every code there ever was, and the newest tokens."""
        url = f"{self.access.control_url}/secrets"
        async with self._http.get(url) as response:
            secrets: dict[str, list[str]] = await response.json()
            return secrets

    async def try_code(self, device_id: str, code: str) -> bool:
        """Type a code at a lock's keypad; return whether the lock opened."""
        answer = await self._control(f"/locks/{device_id}/keypad", {"code": code})
        return bool(answer["opened"])

    async def wake(self, device_id: str) -> None:
        """Touch a lock's keypad: it wakes, takes what waits for it and reports."""
        await self._control(f"/locks/{device_id}/wake")

    async def raise_alarm(self, device_id: str) -> bool:
        """Pry a lock open; return whether its model reports that."""
        answer = await self._control(f"/locks/{device_id}/alarm", {"type": "pry"})
        return bool(answer["reported"])


def _access(line: Json) -> CloudAccess:
    return CloudAccess(
        base_url=line["base_url"],
        control_url=line["control_url"],
        access_id=line["access_id"],
        access_secret=line["access_secret"],
        locks=tuple(
            SimulatedLock(device["id"], device["name"], device["family"])
            for device in line["devices"]
            if device["lock"]
        ),
    )


async def _discard(output: asyncio.StreamReader) -> None:
    # A full pipe would stop the process at its next line.
    while await output.read(65536):
        pass
