"""The main job on real parts, step by step; `script/demo --check` takes the same steps."""

import asyncio

import pytest

from demo.walk import STEPS, Step, Walk

_failed: list[str] = []


@pytest.mark.parametrize("step", STEPS, ids=[step.__name__ for step in STEPS])
def test_step(runner: asyncio.Runner, walk: Walk, step: Step) -> None:
    # Each step goes on where the one before it stopped.
    if _failed:
        pytest.fail(f"not reached: the step {_failed[0]!r} failed")
    _failed.append(step.__name__)
    seen = runner.run(_take(step, walk))
    _failed.clear()
    print("\n".join(seen))  # noqa: T201 - shown when a later assertion fails
    assert seen


async def _take(step: Step, walk: Walk) -> list[str]:
    return await step(walk)
