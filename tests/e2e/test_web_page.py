"""The real front end shows the integration, and logs no error about it."""

import asyncio
from collections.abc import Iterator

from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright
import pytest

from demo.api import PASSWORD, USER
from demo.integration import DOMAIN, LockInHomeAssistant, add_integration, find_locks
from demo.walk import Walk

from .conftest import STATE

# Debian's browser; Playwright's own ones are downloads that can't always be had.
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
    # Nothing but loopback: no map tiles, no brand images of others.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PAGE_TIMEOUT = 45_000


@pytest.fixture
def locks(runner: asyncio.Runner, walk: Walk) -> dict[str, LockInHomeAssistant]:
    runner.run(add_integration(walk.world))
    return runner.run(find_locks(walk.world))


@pytest.fixture
def page(locks: dict[str, LockInHomeAssistant]) -> Iterator[Page]:
    # Playwright keeps an event loop running: everything else that needs one comes first.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*ARGUMENTS]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PAGE_TIMEOUT)
        yield page
        browser.close()


def test_integration_page(
    walk: Walk, locks: dict[str, LockInHomeAssistant], page: Page
) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.extend(_ours(message)))
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(walk.world.server.url)
    page.locator("input[name=username]").fill(USER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("home-assistant-main")).to_be_visible(timeout=PAGE_TIMEOUT)

    page.goto(f"{walk.world.server.url}/config/integrations/integration/{DOMAIN}")
    expect(page.get_by_text("Tuya Lock Manager").first).to_be_visible(
        timeout=PAGE_TIMEOUT
    )
    for lock in locks.values():
        expect(page.get_by_text(lock.name).first).to_be_visible(timeout=PAGE_TIMEOUT)
    page.screenshot(path=STATE / "integration.png")

    assert len(locks) >= 5
    assert errors == []


def _ours(message: ConsoleMessage) -> list[str]:
    """Return an error that is about this integration, its images included."""
    text = f"{message.text} {message.location.get('url', '')}"
    return [text] if message.type == "error" and DOMAIN in text else []
