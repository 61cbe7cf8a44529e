"""Measurements that are processes of their own, with nothing else in their memory."""

import asyncio
import json
import sys
from typing import Any


async def async_alone(module: str, *arguments: str) -> Any:
    """Run a module of this folder and return the JSON of its last line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"benchmarks.{module}",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, module
    return json.loads(output.splitlines()[-1])
