"""Steps that the tests of the dialogs behind the Configure button have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir

from custom_components import tuya_lock_manager
from tests.simulated import Home

_TEXTS: dict[str, Any] = json.loads(
    (Path(tuya_lock_manager.__file__).parent / "translations" / "en.json").read_text(
        "utf-8"
    )
)
OPTIONS: dict[str, Any] = _TEXTS["options"]
COMMON: dict[str, str] = _TEXTS["common"]

MENU = ["create", "codes", "clear", "alarms", "privacy", "voice", "plan", "lock"]
START, END = "2026-06-01 12:30:00", "2026-06-01 18:00:00"
WINDOW = {"start": START, "end": END, "one_time": False, "hours": {}}
TIME_LIMITED = {"start": WINDOW["start"], "end": WINDOW["end"]}
BACK: dict[str, Any] = {}


class Dialog:
    """A person in front of the dialog."""

    def __init__(self, home: Home, page: ConfigFlowResult) -> None:
        """Look at the first page."""
        self.home = home
        self.page = page
        self.id = page["flow_id"]

    @property
    def step(self) -> str:
        """Return which page is shown."""
        return self.page["step_id"]

    @property
    def menu(self) -> list[str]:
        """Return what the menu offers."""
        assert self.page["type"] is FlowResultType.MENU
        options = self.page["menu_options"]
        assert isinstance(options, list)
        return options

    @property
    def text(self) -> str:
        """Return the description as it reads; nothing of it may be left open."""
        texts = OPTIONS["step"][self.step]
        self._check_texts(texts)
        return self._filled(texts.get("description", ""))

    def _filled(self, text: str) -> str:
        placeholders = self.page["description_placeholders"] or {}
        fields = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert fields <= placeholders.keys(), text
        return text.format(**placeholders)

    def _check_texts(self, texts: dict[str, Any]) -> None:
        """Check that all there is on the page has a text, and that it can be filled."""
        assert texts["title"]
        if self.page["type"] is FlowResultType.MENU:
            for option in self.menu:
                self._filled(texts["menu_options"][option])
                self._filled(texts.get("menu_option_descriptions", {}).get(option, ""))
            return
        schema = self.page["data_schema"]
        assert schema is not None
        for field, validator in schema.schema.items():
            inner = getattr(validator, "schema", None)
            if inner is None:
                self._filled(texts["data"][field.schema])
                self._filled(texts.get("data_description", {}).get(field.schema, ""))
                continue
            block = texts["sections"][field.schema]
            assert block["name"]
            for name in inner.schema:
                assert block["data"][name.schema]

    @property
    def errors(self) -> dict[str, str]:
        """Return what is said at which field."""
        return {
            field: self._filled(OPTIONS["error"][key])
            for field, key in (self.page["errors"] or {}).items()
        }

    @property
    def fields(self) -> dict[str, Any]:
        """Return the values that the fields show."""
        schema = self.page["data_schema"]
        assert schema is not None
        shown: dict[str, Any] = {}
        for field in schema.schema:
            if field.description and "suggested_value" in field.description:
                shown[field.schema] = field.description["suggested_value"]
            elif callable(getattr(field, "default", None)):
                shown[field.schema] = field.default()
        return shown

    def labels(self, field: str) -> dict[str, str]:
        """Return the labels to choose from in a field, by their values."""
        schema = self.page["data_schema"]
        assert schema is not None
        options = schema.schema[field].config["options"]
        return {option["value"]: option["label"] for option in options}

    async def choose(self, option: str) -> Dialog:
        """Take one way of a menu."""
        assert option in self.menu
        return await self.submit({"next_step_id": option})

    async def submit(self, values: dict[str, Any]) -> Dialog:
        """Press the button of a page."""
        self.page = await self.home.hass.config_entries.options.async_configure(
            self.id, values
        )
        if self.page["type"] in {FlowResultType.FORM, FlowResultType.MENU}:
            assert self.text is not None
        return self

    async def back(self) -> Dialog:
        """Go back to the menu from a page that only tells something."""
        await self.submit(BACK)
        assert self.step == "init"
        return self


async def open_dialog(home: Home, *way: str) -> Dialog:
    """Open the dialog and go a way through its menus."""
    page = await home.hass.config_entries.options.async_init(home.entry.entry_id)
    dialog = Dialog(home, page)
    assert dialog.step == "init"
    for option in way:
        await dialog.choose(option)
    return dialog


async def open_list(home: Home, lock: str) -> Dialog:
    """Open the list of a lock's codes."""
    dialog = await open_dialog(home, "codes")
    return await dialog.submit({"lock": device_ids(home, lock)[0]})


async def open_code(home: Home, lock: str, name: str, *way: str) -> Dialog:
    """Open the page of a code, and go a way from there."""
    dialog = await open_list(home, lock)
    assert dialog.step == "codes_of"
    (value,) = [
        value
        for value, label in dialog.labels("password").items()
        if label.startswith(f"{name} ·")
    ]
    await dialog.submit({"password": value})
    assert dialog.step == "code"
    for option in way:
        await dialog.choose(option)
    return dialog


def device_ids(home: Home, *locks: str) -> list[str]:
    """Return the Tuya device ids of lock entities."""
    return [home.lock(lock).id for lock in locks]


def digits_in(text: str) -> list[str]:
    """Return the codes that a page shows."""
    return re.findall(r"^## (\d+)$", text, re.MULTILINE)


@contextmanager
def never_shown_elsewhere(home: Home) -> Iterator[list[str]]:
    """Check that digits are in no state and not in the entry."""
    codes: list[str] = []
    yield codes
    assert codes
    held = json.dumps(
        [
            dict(home.entry.data),
            dict(home.entry.options),
            [state.as_dict() for state in home.hass.states.async_all()],
        ],
        default=str,
    )
    for code in codes:
        assert code not in held


async def make(home: Home, kind: str, *locks: str, **values: Any) -> Dialog:
    """Fill in the form of a type, and send it."""
    dialog = await open_dialog(home, "create", f"create_{kind}")
    window = {"custom": WINDOW, "time_limited": TIME_LIMITED}.get(kind, {})
    wanted = {"locks": device_ids(home, *locks), "name": "Ann", **window, **values}
    return await dialog.submit(wanted)


def unseen(home: Home) -> list[str | None]:
    """Return the repairs about digits that nobody has seen."""
    return [
        issue.translation_key
        for issue in ir.async_get(home.hass).issues.values()
        if issue.translation_key and "unseen" in issue.translation_key
    ]
