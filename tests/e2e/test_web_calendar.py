"""A code made, renamed and deleted with the dialogs of Home Assistant's own calendar."""

import asyncio
import re

from playwright.async_api import Locator, expect

from demo.integration import LockInHomeAssistant
from demo.walk import Walk

from .browser import DESKTOP, PAGE_TIMEOUT, Browser, opened
from .test_web_form import Visit

DIGITS = "864203"
LOCK = "Front door"


def test_the_calendar(
    runner: asyncio.Runner, walk: Walk, locks: dict[str, LockInHomeAssistant]
) -> None:
    runner.run(_visit(walk, locks))


async def _visit(walk: Walk, locks: dict[str, LockInHomeAssistant]) -> None:
    async with opened(walk.world.server.url, DESKTOP) as browser:
        visit = Visit(browser, walk, locks)
        await browser.page.goto(f"{browser.url}/calendar")
        await _make(visit)
        await _rename(browser)
        await _delete(visit)
        await _refused(browser)
        assert browser.errors == []


def _form(browser: Browser) -> Locator:
    return browser.page.locator("dialog-calendar-event-editor")


async def _begin(browser: Browser, name: str) -> Locator:
    """Begin a new event; the first calendar is the front door's."""
    await browser.page.get_by_role("button", name="Add event").click()
    form = _form(browser)
    await form.get_by_role("textbox", name="Summary").fill(name)
    await expect(form.locator("ha-entity-picker")).to_contain_text(LOCK)
    return form


async def _make(visit: Visit) -> None:
    """A whole day, with digits in the description, which no page shows again."""
    browser = visit.browser
    form = await _begin(browser, "Calendar guest")
    await form.get_by_role("textbox", name="Description").fill(f"code: {DIGITS}")
    await form.locator("ha-switch#all_day").click()
    await browser.picture("calendar-form")
    await form.get_by_role("button", name="Add event").click()
    await visit.wait_until_opens(LOCK, DIGITS, opens=True)
    await expect(_event(browser, "Calendar guest")).to_be_visible()


async def _rename(browser: Browser) -> None:
    detail = await _open(browser, "Calendar guest")
    assert DIGITS not in await browser.page.content()
    await detail.get_by_role("button", name="Edit event").click()
    form = _form(browser)
    description = form.get_by_role("textbox", name="Description")
    assert DIGITS not in await description.input_value()
    await form.get_by_role("textbox", name="Summary").fill("Late guest")
    await form.get_by_role("button", name="Save event").click()
    await expect(_event(browser, "Late guest")).to_be_visible(timeout=PAGE_TIMEOUT)


async def _delete(visit: Visit) -> None:
    browser = visit.browser
    detail = await _open(browser, "Late guest")
    await expect(detail).to_contain_text("Custom (sent to the lock)")
    await browser.picture("calendar-event")
    await detail.get_by_role("button", name="Delete event").click()
    await browser.page.get_by_role("button", name="Delete", exact=True).click()
    await visit.wait_until_opens(LOCK, DIGITS, opens=False)


async def _refused(browser: Browser) -> None:
    """The form says why something can't be, and stays."""
    form = await _begin(browser, "Cleaner")
    repeat = form.locator("ha-recurrence-rule-editor ha-select").first
    await repeat.click()
    await repeat.locator("ha-dropdown-item").filter(has_text="Weekly").click()
    await form.get_by_role("button", name="Add event").click()
    await expect(form.locator("ha-alert")).to_contain_text("A code needs an end")
    await form.get_by_role("button", name=re.compile("Close|Dismiss")).first.click()


def _event(browser: Browser, name: str) -> Locator:
    return browser.page.get_by_text(name, exact=True).first


async def _open(browser: Browser, name: str) -> Locator:
    """Look at an event."""
    await _event(browser, name).click()
    detail = browser.page.locator("dialog-calendar-event-detail")
    await expect(detail.get_by_role("button", name="Delete event")).to_be_visible()
    return detail
