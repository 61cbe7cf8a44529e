"""Issue clearing codes: for one code, or for all that a lock works out itself."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..answers import Answers
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import CreatedCode
from .base import Submitted
from .codes import CodeSteps
from .markdown import escaped, listed
from .shown import made
from .words import Words

type Clearing = Callable[
    [LockManager, LockHub, Answers], Coroutine[Any, Any, CreatedCode]
]


class ClearSteps(CodeSteps):
    """The pages that issue clearing codes. Each asks first: a new one may end others."""

    async def async_step_clear_one(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Ask whether a clearing code for the code is wanted."""
        try:
            _, _, code = self.found_code()
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        return self.async_show_menu(
            step_id="clear_one",
            menu_options=["clear_one_now", "code"],
            description_placeholders={
                "name": escaped(code.name),
                "lock": escaped(self.lock_name(self._lock)),
            },
        )

    async def async_step_clear_one_now(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Issue it."""
        key = self._key

        async def clear(
            manager: LockManager, hub: LockHub, answers: Answers
        ) -> CreatedCode:
            return await manager.async_clear_one(hub, key, answers)

        return await self.async_once(partial(self._async_issue, clear))

    async def async_step_clear(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Choose the lock whose codes are to be cleared, unless there is only one."""
        try:
            hubs = self.hubs()
        except ServiceValidationError as err:
            return await self.async_show_problem(err)
        locks = [lock for lock, hub in hubs.items() if hub.memory.offline is not False]
        if not locks:
            return await self.async_show_problem(refused("no_lock_computes_codes"))
        if (page := await self.async_pick_lock("clear", locks, user_input)) is not None:
            return page
        return await self.async_step_clear_all()

    async def async_step_clear_all(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Ask whether all these guests shall be locked out."""

        async def locked_out(manager: LockManager, hub: LockHub) -> list[str]:
            return [code.name for code in await manager.async_locked_out(hub)]

        outcome = await self.async_work_on(self._lock, locked_out)
        if isinstance(outcome, HomeAssistantError):
            return await self.async_show_problem(outcome)
        words = await Words.async_load(self.hass)
        guests = listed(map(escaped, outcome)) or words.say("clear_all_nobody")
        return self.async_show_menu(
            step_id="clear_all",
            menu_options=["clear_all_now", "init"],
            description_placeholders={
                "guests": guests,
                "lock": escaped(self.lock_name(self._lock)),
            },
        )

    async def async_step_clear_all_now(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Issue it."""

        async def clear(
            manager: LockManager, hub: LockHub, answers: Answers
        ) -> CreatedCode:
            return await manager.async_clear_all(hub, answers)

        return await self.async_once(partial(self._async_issue, clear))

    async def _async_issue(self, clear: Clearing) -> ConfigFlowResult:
        """Issue a clearing code; show it."""
        with self.answering() as answers:

            async def issue(
                manager: LockManager, hub: LockHub
            ) -> tuple[LockHub, CreatedCode]:
                return hub, await clear(manager, hub, answers)

            outcome = await self.async_work_on(self._lock, issue)
            if isinstance(outcome, HomeAssistantError):
                return await self.async_show_problem(outcome)
            words = await Words.async_load(self.hass)
            hub, created = outcome
            text = made(words, self.lock_name(self._lock), hub, created)
            return self.show_page("created", codes=text, failures="")
