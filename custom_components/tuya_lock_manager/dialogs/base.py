"""What all steps share: the locks of the account, work on them, the pages of results."""

from abc import abstractmethod
import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, override

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..account import TuyaLockConfigEntry
from ..actions.target import Target, async_outcomes
from ..answers import Answers
from ..exceptions import refused
from ..hub import LockHub
from ..lock_names import lock_names
from ..manager import LockManager
from .fields import FIELD_CODE, field_of
from .markdown import escaped, listed
from .words import Words

type Submitted = dict[str, Any]
type Work[ResultT] = Callable[[LockManager, LockHub], Coroutine[Any, Any, ResultT]]


class LockDialog(OptionsFlow):
    """A dialog about the locks of one account."""

    _running: asyncio.Task[ConfigFlowResult] | None = None
    # How many answers to a page wait for what it does.
    _waiting = 0
    _is_closed = False

    @abstractmethod
    async def async_step_init(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Show the menu."""

    async def async_step_result(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Go on from the page that tells what was done."""
        return await self._async_after("result", user_input)

    async def async_step_problem(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Go on from the page that tells why something is not possible."""
        return await self._async_after("problem", user_input)

    async def _async_after(
        self, step_id: str, user_input: Submitted | None
    ) -> ConfigFlowResult:
        """Return to the menu; a page that is only looked at again stays.

        What it shows is in the flow's current step alone, and goes with it.
        """
        page = self.cur_step
        if user_input is None and page is not None and page["step_id"] == step_id:
            return page
        return await self.async_step_init()

    @callback
    def show_page(self, step_id: str, **texts: str) -> ConfigFlowResult:
        """Show a page with nothing to fill in, whose button goes on."""
        return self.async_show_form(
            step_id=step_id, data_schema=vol.Schema({}), description_placeholders=texts
        )

    @callback
    def show_filled(
        self,
        step_id: str,
        fields: VolDictType,
        entered: Submitted | None,
        errors: Mapping[str, HomeAssistantError] | None,
        words: Words,
        **texts: str,
    ) -> ConfigFlowResult:
        """Show fields with what was entered in them, and why it can't be done.

        Digits that were refused are not shown again.
        """
        field = field_of((errors or {}).values(), fields)
        kept = dict(entered or {})
        if field == FIELD_CODE:
            kept.pop(FIELD_CODE, None)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), kept),
            errors={field: "refused"} if errors else None,
            description_placeholders={
                "reason": self._reason(words, errors) if errors else "",
                "time_zone": escaped(self.hass.config.time_zone),
                **texts,
            },
        )

    async def async_show_problem(self, err: HomeAssistantError) -> ConfigFlowResult:
        """Show why something is not possible, and the way back."""
        words = await Words.async_load(self.hass)
        return self.show_page("problem", reason=escaped(words.error(err)))

    async def async_once(
        self, work: Callable[[], Coroutine[Any, Any, ConfigFlowResult]]
    ) -> ConfigFlowResult:
        """Do what a page asks for once, whatever happens to the page.

        Home Assistant lets two answers to one page in at the same time: the second one
        gets what the first one does.
        """
        if self._running is None:
            self._running = self.hass.async_create_task(work(), eager_start=False)
            self._running.add_done_callback(self._async_ran)
        self._waiting += 1
        try:
            return await asyncio.shield(self._running)
        finally:
            self._waiting -= 1

    @callback
    def _async_ran(self, task: asyncio.Task[ConfigFlowResult]) -> None:
        self._running = None
        if not task.cancelled():
            # Whoever waited is told of an error; if nobody did, it is no defect.
            task.exception()

    @override
    @callback
    def async_remove(self) -> None:
        """Note that the dialog was closed."""
        self._is_closed = True

    @contextmanager
    def answering(self) -> Iterator[Answers]:
        """Hand digits over to the page that shows them.

        A dialog that was closed meanwhile shows none: a repair will.
        """
        with Answers() as answers:
            yield answers
            if self._is_closed or not self._waiting:
                raise AbortFlow("dialog_closed")

    def _account(self) -> TuyaLockConfigEntry:
        """Return the account; one that was removed ends the dialog."""
        entry: TuyaLockConfigEntry | None = self.hass.config_entries.async_get_entry(
            self.handler
        )
        if entry is None:
            raise AbortFlow("account_removed")
        return entry

    async def async_state(self) -> str:
        """Return why nothing can be done with the locks, or nothing if it can."""
        try:
            self.hubs()
        except ServiceValidationError as err:
            words = await Words.async_load(self.hass)
            return escaped(words.error(err))
        return ""

    def hubs(self) -> dict[str, LockHub]:
        """Return the locks by device id, sorted by name.

        Raises ServiceValidationError while the account isn't loaded, or has none.
        """
        entry = self._account()
        if entry.state is not ConfigEntryState.LOADED:
            raise refused("account_not_loaded", entity=entry.title)
        names = self.lock_names()
        hubs = {
            device_id: hub
            for device_id, hub in entry.runtime_data.locks.items()
            if device_id in names
        }
        if not hubs:
            raise refused("no_lock_in_account", account=entry.title)
        return dict(sorted(hubs.items(), key=lambda item: names[item[0]].casefold()))

    def target(self, device_id: str) -> Target | ServiceValidationError:
        """Return the manager and the lock, or why they are not there any more."""
        entry = self._account()
        if entry.state is not ConfigEntryState.LOADED:
            return refused("account_not_loaded", entity=entry.title)
        if (hub := entry.runtime_data.locks.get(device_id)) is None:
            return refused("lock_not_in_account", entity=self.lock_name(device_id))
        return entry.runtime_data.manager, hub

    async def async_work[ResultT](
        self, device_ids: Iterable[str], work: Work[ResultT]
    ) -> dict[str, ResultT | HomeAssistantError]:
        """Do something on each lock; return its result or its error by device id."""
        return await async_outcomes(
            {device_id: self.target(device_id) for device_id in device_ids}, work
        )

    async def async_work_on[ResultT](
        self, device_id: str, work: Work[ResultT]
    ) -> ResultT | HomeAssistantError:
        """Do something on one lock."""
        return (await self.async_work([device_id], work))[device_id]

    def now(self) -> datetime:
        """Return the cloud's time, which is what windows are held against."""
        entry = self._account()
        if entry.state is not ConfigEntryState.LOADED:
            return dt_util.utcnow()
        return entry.runtime_data.account.client.now()

    def failures(self, words: Words, errors: Mapping[str, HomeAssistantError]) -> str:
        """Return what failed on which lock, as Markdown."""
        return listed(
            f"**{escaped(self.lock_name(lock))}**: {escaped(words.error(err))}"
            for lock, err in errors.items()
        )

    def _reason(self, words: Words, errors: Mapping[str, HomeAssistantError]) -> str:
        """Return what failed as plain text; locks are named where they differ."""
        told = {lock: words.error(err) for lock, err in errors.items()}
        if len(set(told.values())) == 1:
            return next(iter(told.values()))
        return " ".join(f"{self.lock_name(lock)}: {err}" for lock, err in told.items())

    def lock_name(self, device_id: str) -> str:
        """Return what the user calls a lock."""
        return self.lock_names().get(device_id, device_id)

    def lock_names(self) -> dict[str, str]:
        """Return the names of the entry's locks by Tuya device id."""
        return lock_names(self.hass, self.handler)


def parted[ResultT](
    outcomes: Mapping[str, ResultT | HomeAssistantError],
) -> tuple[dict[str, ResultT], dict[str, HomeAssistantError]]:
    """Return what was done, and what failed."""
    done: dict[str, ResultT] = {}
    errors: dict[str, HomeAssistantError] = {}
    for key, outcome in outcomes.items():
        if isinstance(outcome, HomeAssistantError):
            errors[key] = outcome
        else:
            done[key] = outcome
    return done, errors
