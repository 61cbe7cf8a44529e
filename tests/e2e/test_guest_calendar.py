"""A homeowner adds a guest calendar in the front end; the guest goes to the door."""

import asyncio
from datetime import UTC, datetime, timedelta
import json
import re

from playwright.async_api import Locator, expect
import pytest

from demo.integration import LockInHomeAssistant
from demo.walk import Walk

from .browser import DESKTOP, PAGE_TIMEOUT, Browser, Dialog, opened
from .doors import wait_until_opens

LOCK = "Front door"
GUEST = "Ada Lovelace"
TITLE = "Lakeside flat"

_DIGITS = re.compile(r"\b\d{6}\b")

type Locks = dict[str, LockInHomeAssistant]


@pytest.fixture
def rental(walk: Walk) -> None:
    """Let somebody be here for two days."""
    now = datetime.now(UTC)
    booking = {
        "guest": GUEST,
        "uid": "ada",
        "start": (now - timedelta(hours=1)).isoformat(),
        "end": (now + timedelta(days=2)).isoformat(),
    }
    file = walk.world.server.folder / "rental.json"
    file.write_text(json.dumps([booking]), "utf-8")


def test_a_guest_calendar(
    runner: asyncio.Runner, walk: Walk, locks: Locks, rental: None
) -> None:
    runner.run(_visit(walk, {lock.name: lock.device_id for lock in locks.values()}))


async def _visit(walk: Walk, ids: dict[str, str]) -> None:
    async with opened(walk.world.server.url, DESKTOP) as browser:
        await _add(browser)
        digits = await _digits(browser)
        await wait_until_opens(walk, ids[LOCK], digits, opens=True)
        await _look_at_device(browser)
        await _remove(browser)
        # The guest still gets in until the owner decides.
        assert await walk.world.cloud.try_code(ids[LOCK], digits)
        repair = await _repair(browser, "Codes of a removed guest calendar")
        await repair.choose("Delete the codes")
        await wait_until_opens(walk, ids[LOCK], digits, opens=False)
        assert browser.errors == []


async def _add(browser: Browser) -> None:
    """Fill in the form; what is wrong with it is said where it was entered."""
    page = browser.page
    await page.get_by_role("button", name="Add guest calendar").first.click()
    dialog = Dialog(browser, page.locator("dialog-data-entry-flow"))
    await dialog.expect_title("Add a guest calendar")
    await dialog.fill("Name", TITLE)
    await dialog.tick(LOCK)
    await dialog.locator.locator("ha-entity-picker").first.click()
    await page.get_by_text("Bookings").first.click()
    await dialog.picture("guest-calendar")
    await _block(dialog, "Digits").click()
    await dialog.tick("Digits found in the event")
    await dialog.submit("Add")
    await dialog.expect_text("Enter the pattern, or choose random digits.")
    await dialog.picture("guest-calendar-digits")
    await dialog.tick("Random digits")
    await dialog.submit("Add")
    await expect(page.get_by_text(TITLE).first).to_be_visible(timeout=PAGE_TIMEOUT)
    await dialog.picture("guest-calendar-added")


def _block(dialog: Dialog, name: str) -> Locator:
    panels = dialog.locator.locator("ha-expansion-panel")
    return panels.get_by_text(name, exact=True).first


async def _digits(browser: Browser) -> str:
    """Read the digits of the code in the repair that shows them."""
    dialog = await _repair(browser, "Nobody has seen the digits")
    await dialog.choose("Show the digits once")
    # The page before it stands until Home Assistant has answered.
    said = dialog.locator.locator("ha-markdown-element").first
    await expect(said).to_contain_text(_DIGITS, timeout=PAGE_TIMEOUT)
    (digits,) = _DIGITS.findall(await dialog.text())
    assert isinstance(digits, str)
    await dialog.submit("I have them")
    await dialog.expect_title("Success")
    return digits


async def _repair(browser: Browser, title: str) -> Dialog:
    page = browser.page
    await page.goto(f"{browser.url}/config/repairs")
    await page.get_by_text(title).first.click()
    return Dialog(browser, page.locator("dialog-data-entry-flow"))


async def _look_at_device(browser: Browser) -> None:
    """The guest is on the guest calendar's own page."""
    await browser.open_integration()
    await browser.page.get_by_text(TITLE).last.click()
    for text in (GUEST, "On the lock", "Code made"):
        await expect(browser.page.get_by_text(text).first).to_be_visible()
    await browser.page.wait_for_timeout(400)
    await browser.picture("guest-calendar-device")


async def _remove(browser: Browser) -> None:
    """Remove the guest calendar, which Home Assistant does without a question of ours."""
    await browser.open_integration()
    page = browser.page
    row = page.locator("ha-config-sub-entry-row").filter(has_text=TITLE)
    await row.get_by_role("button", name="Menu").first.click()
    await page.get_by_role("menuitem", name="Delete").click()
    question = page.locator("dialog-box")
    await question.get_by_role("button", name="Delete").click()
    await expect(row).to_have_count(0)
