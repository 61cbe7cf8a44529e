"""A homeowner's way through the integration's own page, on a desktop and on a phone.

Nothing but the front end is touched: what is made is tried at the simulated keypads. The
pictures that are taken on the way lie in .local/e2e/pictures; docs/images has some of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
import re

import pytest

from demo.integration import LockInHomeAssistant
from demo.waiting import wait_for
from demo.walk import Walk

from .browser import DESKTOP, PHONE, Browser, Dialog, Screen, opened

MENU = "Tuya Lock Manager"
DELIVERY_TIMEOUT = 60.0
GUESTS = {"desktop": ("Cleaner", "Gardener"), "phone": ("Neighbour", "Painter")}

type Locks = dict[str, LockInHomeAssistant]
type Part = Callable[[Visit], Awaitable[None]]


class Visit:
    """Somebody at the front end who can also go to the doors."""

    def __init__(self, browser: Browser, walk: Walk, locks: Locks) -> None:
        """Remember the world around the browser."""
        self.browser = browser
        self._walk = walk
        self._ids = {lock.name: lock.device_id for lock in locks.values()}
        walk.locks = locks
        # Visits must not meet each other's codes.
        self.guest, self.other_guest = GUESTS[browser.screen.name]

    async def opens(self, lock: str, digits: str) -> bool:
        """Type digits at a keypad."""
        return await self._walk.world.cloud.try_code(self._ids[lock], digits)

    async def pry(self, lock: str) -> None:
        """Let a lock raise an alarm, and Home Assistant hear of it."""
        device_id = self._ids[lock]
        ours = self._walk.locks[device_id]
        before = await self._walk.state(ours, "alarm")
        await self._walk.world.cloud.raise_alarm(device_id)
        await self._walk.refresh(ours)
        await self._walk.wait_for_news(ours, "alarm", before)

    async def wait_until_opens(self, lock: str, digits: str, *, opens: bool) -> None:
        """Wait until a keypad takes digits, or takes them no more."""

        async def look() -> bool:
            return await self.opens(lock, digits) is opens

        await wait_for(f"{lock} opens: {opens}", look, timeout=DELIVERY_TIMEOUT)

    async def code(self, lock: str, name: str) -> Dialog:
        """Go to the page of one code, from the integration's page."""
        dialog = await self.browser.configure()
        await dialog.choose("Codes that exist")
        await dialog.tick(lock)
        await dialog.submit("Next")
        await dialog.expect_text("Those that need a look come first")
        await dialog.picture("codes")
        await dialog.tick(name)
        await dialog.submit("Next")
        await dialog.expect_title("A code")
        return dialog


def digits_in(text: str) -> list[str]:
    """Return the codes that a page shows: they stand alone in their lines."""
    return re.findall(r"^(\d{6,10})$", text, flags=re.MULTILINE)


async def make_code(visit: Visit) -> None:
    """A code for two locks is shown once, and opens both."""
    dialog = await visit.browser.configure()
    await dialog.picture("menu")
    await dialog.choose("Make a code")
    await dialog.expect_text("For a chosen time")
    await dialog.picture("kinds")
    await dialog.choose("For a chosen time")
    await dialog.tick("Front door")
    await dialog.tick("Office")
    await dialog.fill("Name", visit.guest)
    await dialog.picture("make")
    await dialog.submit("Make the code")
    await dialog.expect_title("Your code")
    text = await dialog.text()
    await dialog.picture("code")
    # Both locks take six digits, so one code is for both.
    assert len(set(digits_in(text))) == 1
    assert "Opens from" in text
    for lock in ("Front door", "Office"):
        await visit.wait_until_opens(lock, digits_in(text)[0], opens=True)
    await dialog.submit("Back to the menu")
    await dialog.expect_title(MENU)
    await dialog.close()


async def refuse_wrong_input(visit: Visit) -> None:
    """What can't be is said in the form, which keeps what was entered."""
    dialog = await visit.browser.configure()
    await dialog.choose("Make a code")
    await dialog.choose("For a chosen time")
    await dialog.tick("Front door")
    await dialog.fill("Name", visit.guest)
    await dialog.fill("Digits", "12")
    await dialog.submit("Make the code")
    await dialog.expect_text("6 digits")
    assert await dialog.value("Name") == visit.guest
    await dialog.close()


async def change_code(visit: Visit) -> None:
    """A code is listed with its status, renamed, extended and given new digits."""
    renamed = f"{visit.guest} 2"
    dialog = await visit.code("Front door", visit.guest)
    await dialog.picture("one-code")
    assert "Active" in await dialog.text()
    await dialog.choose("Rename")
    await dialog.fill("Name", renamed)
    await dialog.submit("Rename")
    await dialog.expect_text(renamed)
    await dialog.submit("Back to the menu")
    await dialog.close()
    dialog = await visit.code("Front door", renamed)
    await dialog.choose("New digits")
    await dialog.submit("Give new digits")
    await dialog.expect_title("Your code")
    (digits,) = digits_in(await dialog.text())
    await visit.wait_until_opens("Front door", digits, opens=True)
    await dialog.submit("Back to the menu")
    await dialog.close()


async def delete_code(visit: Visit) -> None:
    """A deleted code opens no more, once the lock has taken the deletion."""
    dialog = await visit.code("Office", visit.guest)
    await dialog.choose("Delete")
    await dialog.expect_title("Delete this code?")
    await dialog.picture("delete")
    await dialog.choose("Delete it")
    await dialog.expect_title("Done")
    await dialog.submit("Back to the menu")
    await dialog.expect_title(MENU)
    await dialog.close()


async def clear_code(visit: Visit) -> None:
    """A code that works without internet ends by a clearing code typed at the lock."""
    guest = visit.other_guest
    dialog = await visit.browser.configure()
    await dialog.choose("Make a code")
    await dialog.choose("Works without internet")
    await dialog.tick("Shed")
    await dialog.fill("Name", guest)
    await dialog.pick_next_month("End", 15)
    await dialog.submit("Make the code")
    await dialog.expect_title("Your code")
    text = await dialog.text()
    assert "Use it by" in text
    (digits,) = digits_in(text)
    await dialog.picture("offline-code")
    assert await visit.opens("Shed", digits)
    await dialog.submit("Back to the menu")
    await dialog.close()
    dialog = await visit.code("Shed", guest)
    await dialog.choose("Clearing code")
    await dialog.choose("Issue it")
    await dialog.expect_title("Your code")
    (clearing,) = digits_in(await dialog.text())
    assert not await visit.opens("Shed", clearing)
    assert not await visit.opens("Shed", digits)
    await dialog.submit("Back to the menu")
    await dialog.close()


async def read_alarms(visit: Visit) -> None:
    """Unread alarms are shown and marked as read."""
    await visit.pry("Front door")
    dialog = await visit.browser.configure()
    await dialog.choose("Alarms")
    await dialog.expect_text("nobody has marked as read")
    await dialog.picture("alarms")
    await dialog.submit("Mark as read")
    await dialog.submit("Back to the menu")
    await dialog.expect_title(MENU)
    await dialog.close()


PARTS: tuple[Part, ...] = (
    make_code,
    refuse_wrong_input,
    change_code,
    delete_code,
    clear_code,
    read_alarms,
)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=lambda screen: screen.name)
def test_the_form(
    runner: asyncio.Runner, walk: Walk, locks: Locks, screen: Screen
) -> None:
    runner.run(_visit(walk, locks, screen))


async def _visit(walk: Walk, locks: Locks, screen: Screen) -> None:
    async with opened(walk.world.server.url, screen) as browser:
        visit = Visit(browser, walk, locks)
        for part in PARTS:
            await part(visit)
        assert browser.errors == []
