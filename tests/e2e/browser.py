"""A person at the front end: Chromium on a desktop's or a phone's width."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
import re

from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect

from demo.api import PASSWORD, USER
from demo.integration import DOMAIN

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
PICTURES = STATE / "pictures"


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody looks at, in CSS pixels."""

    name: str
    width: int
    height: int


DESKTOP = Screen("desktop", 1280, 900)
PHONE = Screen("phone", 390, 844)


@dataclass
class Browser:
    """A logged-in administrator; `errors` is what the front end says about us."""

    page: Page
    url: str
    screen: Screen
    errors: list[str] = field(default_factory=list)

    async def log_in(self) -> None:
        """Log in as the demo's user."""
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        await self.page.goto(self.url)
        await self.page.locator("input[name=username]").fill(USER)
        await self.page.locator("input[name=password]").fill(PASSWORD)
        await self.page.locator("input[name=password]").press("Enter")
        await expect(self.page.locator("home-assistant-main")).to_be_visible(
            timeout=PAGE_TIMEOUT
        )

    async def open_integration(self) -> None:
        """Go to the integration's own page."""
        await self.page.goto(
            f"{self.url}/config/integrations/integration/{DOMAIN}",
        )
        await self.page.locator("ha-config-entry-row").first.wait_for()

    async def configure(self) -> Dialog:
        """Press the button with the cog wheel."""
        await self.page.get_by_role("button", name="Configure").first.click()
        dialog = Dialog(self, self.page.locator("dialog-data-entry-flow"))
        await dialog.expect_title("Tuya Lock Manager")
        return dialog

    async def picture(self, name: str) -> Path:
        """Keep what is on the screen."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}-{self.screen.name}.png"
        await self.page.screenshot(path=path, animations="disabled")
        return path

    def _listen(self, message: ConsoleMessage) -> None:
        """Remember an error that is about this integration, its images included."""
        text = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and DOMAIN in text:
            self.errors.append(text)


@dataclass(frozen=True, slots=True)
class Dialog:
    """The dialog of a flow, read and used as a person does."""

    browser: Browser
    locator: Locator

    async def expect_title(self, title: str) -> None:
        """Wait for the page with this title."""
        heading = self.locator.get_by_text(title, exact=True).first
        await expect(heading).to_be_visible(timeout=PAGE_TIMEOUT)

    async def expect_text(self, text: str) -> None:
        """Wait for a page that says something."""
        await expect(self.locator.get_by_text(text).first).to_be_visible(
            timeout=PAGE_TIMEOUT
        )

    async def choose(self, option: str) -> None:
        """Choose from a menu."""
        await self.locator.get_by_text(option, exact=True).first.click()

    async def tick(self, label: str) -> None:
        """Tick a box, or choose one of several, by the beginning of its label."""
        boxes = self.locator.locator(
            "ha-checkbox, ha-radio-option, wa-radio, ha-formfield"
        )
        await boxes.filter(has_text=label).first.click()

    async def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        await self.locator.get_by_role("textbox", name=label).first.fill(text)

    async def value(self, label: str) -> str:
        """Return what a field holds."""
        return await self.locator.get_by_role("textbox", name=label).input_value()

    async def close(self) -> None:
        """Press the cross, and wait until the dialog has gone."""
        cross = self.locator.get_by_role("button", name="Close").first
        await cross.click()
        await expect(cross).to_be_hidden()

    async def pick_next_month(self, label: str, day: int) -> None:
        """Choose a day of the next month in a field with a date and a time."""
        field = self.locator.locator("ha-selector-datetime").filter(has_text=label)
        await field.locator("ha-date-input").click()
        calendar = self.browser.page.locator("ha-dialog-date-picker")
        await calendar.locator("ha-icon-button-next").click()
        await calendar.get_by_role("button", name=re.compile(rf" {day}$")).click()
        await calendar.locator("ha-button").filter(has_text="OK").click()
        await expect(calendar.locator("ha-icon-button-next")).to_be_hidden()

    async def submit(self, label: str) -> None:
        """Press the button under the form."""
        await self.locator.get_by_role("button", name=label, exact=True).click()

    async def text(self) -> str:
        """Return what the page says, once it says something: markdown comes late."""
        said = self.locator.locator("ha-markdown-element").first
        await expect(said).to_contain_text(re.compile(r"\S"), timeout=PAGE_TIMEOUT)
        return await said.inner_text()

    async def picture(self, name: str) -> Path:
        """Keep what is on the screen, once nothing moves any more."""
        await self.browser.page.wait_for_timeout(400)
        return await self.browser.picture(name)


@asynccontextmanager
async def opened(url: str, screen: Screen) -> AsyncIterator[Browser]:
    """Open a browser, logged in, on the integration's own page."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*ARGUMENTS]
        )
        page = await chromium.new_page(
            viewport={"width": screen.width, "height": screen.height}
        )
        page.set_default_timeout(PAGE_TIMEOUT)
        browser = Browser(page, url, screen)
        await browser.log_in()
        await browser.open_integration()
        yield browser
        await chromium.close()
