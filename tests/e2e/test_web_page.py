"""The real front end shows the integration, and logs no error about it."""

import asyncio

from playwright.async_api import expect

from demo.integration import LockInHomeAssistant
from demo.walk import Walk

from .browser import DESKTOP, opened


def test_integration_page(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    runner.run(_look(walk, locks))


async def _look(walk: Walk, locks: dict[str, LockInHomeAssistant]) -> None:
    assert len(locks) >= 5
    async with opened(walk.world.server.url, DESKTOP) as browser:
        for lock in locks.values():
            await expect(browser.page.get_by_text(lock.name).first).to_be_visible()
        await browser.picture("integration")
        assert browser.errors == []
