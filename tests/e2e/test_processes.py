"""Nothing that the demo starts outlives it."""

import asyncio
from pathlib import Path
import sys
import time

import pytest

from demo.errors import DemoError
from demo.processes import ChildProcess, free_port, is_free

# A program that starts another one in its own process group and prints both ids.
PARENT = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), child.pid, flush=True)
{extra}
time.sleep(60)
"""
STUBBORN = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"


def _child(tmp_path: Path, code: str) -> ChildProcess:
    return ChildProcess(
        "a test", [sys.executable, "-c", code], log=tmp_path / "log", cwd=tmp_path
    )


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] != "Z"


async def _run_and_stop(child: ChildProcess) -> list[int]:
    output = await child.start(capture=True)
    assert output is not None
    pids = [int(pid) for pid in (await output.readline()).split()]
    assert len(pids) == 2
    assert all(_alive(pid) for pid in pids)
    await child.stop()
    return pids


@pytest.mark.parametrize("extra", ["", STUBBORN], ids=["obedient", "stubborn"])
def test_stop_ends_the_whole_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str
) -> None:
    monkeypatch.setattr("demo.processes.STOP_TIMEOUT", 0.5)
    pids = asyncio.run(_run_and_stop(_child(tmp_path, PARENT.format(extra=extra))))
    deadline = time.monotonic() + 5
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if _alive(pid)] == []


async def _start_and_check(child: ChildProcess) -> None:
    await child.start()
    for _ in range(100):
        await asyncio.sleep(0.05)
        child.check_running()


def test_end_of_a_program_is_told_with_its_last_words(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit('it broke')")
    with pytest.raises(DemoError, match=r"status 1(.|\n)*it broke"):
        asyncio.run(_start_and_check(child))


def test_free_port_is_free() -> None:
    assert is_free(free_port())
