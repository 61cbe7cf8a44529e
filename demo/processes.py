"""Processes that end when we end, with everything that they started themselves."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
import os
from pathlib import Path
import shutil
import signal
import socket
from typing import Self

from .errors import DemoError

TAIL_LINES = 25
STOP_TIMEOUT = 30.0


_given: set[int] = set()


def free_port() -> int:
    """Return a TCP port on loopback that is free now and was not given out before."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in _given:
            _given.add(port)
            return port


def is_free(port: int) -> bool:
    """Say whether nobody listens on this TCP port of the loopback address."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class ChildProcess:
    """A program in a process group of its own, its output in a log file.

    Leaving the context stops the whole group: first with SIGTERM, after `STOP_TIMEOUT`
    seconds with SIGKILL. Should this process be killed without a chance to do that, the
    kernel ends the child (where `setpriv` is installed, as on every Debian).
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare a child; `command` is an argument list, `log` is overwritten."""
        self.name = name
        self.log = log
        self._command = [*_parent_death_prefix(), *command]
        self._cwd = cwd
        self._environment = {**os.environ, **(environment or {})}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *, capture: bool = False) -> asyncio.StreamReader | None:
        """Start it; with `capture`, standard output comes back instead of going to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if capture else log,
                stderr=log,
                cwd=self._cwd,
                env=self._environment,
                start_new_session=True,
            )
        return self._process.stdout

    @property
    def pid(self) -> int | None:
        """Return the process id, or `None` before the start."""
        return self._process.pid if self._process is not None else None

    def check_running(self) -> None:
        """Raise `DemoError` with the end of the log if the process has ended."""
        if self._process is None or self._process.returncode is None:
            return
        raise DemoError(
            f"{self.name} ended with status {self._process.returncode}; "
            f"the end of {self.log}:\n{self.tail()}"
        )

    def tail(self) -> str:
        """Return the last lines of the log."""
        with suppress(OSError):
            text = self.log.read_text(encoding="utf-8", errors="replace")
            return "\n".join(text.splitlines()[-TAIL_LINES:])
        return "(no log)"

    async def stop(self) -> None:
        """End the process and its group; returns when the process is gone."""
        if (process := self._process) is None:
            return
        self._process = None
        if process.returncode is None:
            _signal_group(process.pid, signal.SIGTERM)
            try:
                async with asyncio.timeout(STOP_TIMEOUT):
                    await process.wait()
            except TimeoutError, asyncio.CancelledError:
                _signal_group(process.pid, signal.SIGKILL)
                await process.wait()
        # Whatever it started and left behind.
        _signal_group(process.pid, signal.SIGKILL)

    async def kill(self) -> None:
        """End the process and its group at once, as a power cut does."""
        if (process := self._process) is None:
            return
        self._process = None
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()

    async def __aenter__(self) -> Self:
        """Return the child; it is started by `start`."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        """Stop the child."""
        await self.stop()


def _parent_death_prefix() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, number)
