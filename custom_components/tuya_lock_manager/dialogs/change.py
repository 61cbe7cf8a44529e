"""Change a code that exists: its time, its name, its digits; put it to sleep; delete it."""

from collections.abc import Mapping
from functools import partial

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError

from ..answers import Answers
from ..domain.deeds import deeds_of
from ..domain.passwords import Password, PasswordStatus
from ..exceptions import refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import ChangedPassword, DeletedPassword, DigitsPool
from .base import Submitted
from .changes import asked_change, change_fields
from .codes import CodeSteps
from .markdown import escaped
from .shown import changed
from .words import Words


class ChangeSteps(CodeSteps):
    """The pages that change a code."""

    async def async_step_change_window(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Change when the code opens."""
        return await self._async_change("change_window", user_input)

    async def async_step_rename(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Change the name of the code."""
        return await self._async_change("rename", user_input)

    async def async_step_new_digits(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Give the code other digits."""
        return await self._async_change("new_digits", user_input)

    async def async_step_freeze(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Put the code to sleep."""
        return await self.async_once(partial(self._async_freeze, frozen=True))

    async def async_step_unfreeze(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Wake the code."""
        return await self.async_once(partial(self._async_freeze, frozen=False))

    async def async_step_delete(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Ask whether the code shall go."""
        try:
            _, _, code = self.found_code()
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        return self.async_show_menu(
            step_id="delete",
            menu_options=["delete_now", "code"],
            description_placeholders={
                "name": escaped(code.name),
                "lock": escaped(self.lock_name(self._lock)),
                "outcome": words.say("delete_ended" if code.ended else "delete_live"),
            },
        )

    async def async_step_delete_now(
        self, user_input: Submitted | None = None
    ) -> ConfigFlowResult:
        """Delete the code."""
        return await self.async_once(self._async_delete)

    async def _async_change(
        self, step_id: str, user_input: Submitted | None
    ) -> ConfigFlowResult:
        if user_input is None:
            return await self._async_change_form(step_id)
        return await self.async_once(partial(self._async_update, step_id, user_input))

    async def _async_change_form(
        self,
        step_id: str,
        entered: Submitted | None = None,
        errors: Mapping[str, HomeAssistantError] | None = None,
    ) -> ConfigFlowResult:
        """Show what can be changed, with what was entered."""
        try:
            manager, hub, code = self.found_code()
            _require_changeable(step_id, hub, code)
        except HomeAssistantError as err:
            return await self.async_show_problem(err)
        words = await Words.async_load(self.hass)
        needs_digits = manager.needs_digits(hub, code)
        return self.show_filled(
            step_id,
            change_fields(step_id, code, self.now(), needs_digits=needs_digits),
            entered,
            errors,
            words,
            name=escaped(code.name),
            lock=escaped(self.lock_name(self._lock)),
            digits=str(hub.digits),
            start=words.moment(code.start) if code.start else "?",
            needs_digits=words.say("change_needs_digits") if needs_digits else "",
        )

    async def _async_update(self, step_id: str, entered: Submitted) -> ConfigFlowResult:
        with self.answering() as answers:
            return await self._async_apply(step_id, entered, answers)

    async def _async_apply(
        self, step_id: str, entered: Submitted, answers: Answers
    ) -> ConfigFlowResult:
        """Change the code; show what came of it, or the form again."""
        words = await Words.async_load(self.hass)
        try:
            manager, hub, code = self.found_code()
            needs_digits = manager.needs_digits(hub, code)
            change = asked_change(
                step_id, entered, code, self.now(), needs_digits=needs_digits
            )
        except HomeAssistantError as err:
            return await self._async_change_form(step_id, entered, {self._lock: err})
        key = self._key

        async def update(manager: LockManager, hub: LockHub) -> ChangedPassword:
            return await manager.async_update(hub, key, change, DigitsPool(), answers)

        outcome = await self.async_work_on(self._lock, update)
        if isinstance(outcome, HomeAssistantError):
            return await self._async_change_form(
                step_id, entered, {self._lock: outcome}
            )
        return self._changed(words, outcome)

    async def _async_freeze(self, *, frozen: bool) -> ConfigFlowResult:
        key = self._key

        async def freeze(manager: LockManager, hub: LockHub) -> ChangedPassword:
            return await manager.async_freeze(hub, key, frozen=frozen)

        outcome = await self.async_work_on(self._lock, freeze)
        if isinstance(outcome, HomeAssistantError):
            return await self.async_show_problem(outcome)
        return self._changed(await Words.async_load(self.hass), outcome)

    async def _async_delete(self) -> ConfigFlowResult:
        key = self._key

        async def delete(manager: LockManager, hub: LockHub) -> DeletedPassword:
            return await manager.async_delete(hub, key)

        outcome = await self.async_work_on(self._lock, delete)
        if isinstance(outcome, HomeAssistantError):
            return await self.async_show_problem(outcome)
        words = await Words.async_load(self.hass)
        told = "gone" if outcome.already_gone else outcome.status
        return self.show_page(
            "result",
            text=words.say(
                f"deleted_{told}",
                name=escaped(outcome.name),
                lock=escaped(self.lock_name(self._lock)),
            ),
        )

    def _changed(self, words: Words, outcome: ChangedPassword) -> ConfigFlowResult:
        """Show a code after a change, with its digits if they are new."""
        text = changed(words, self.lock_name(self._lock), outcome)
        if outcome.code is None:
            return self.show_page("result", text=text)
        return self.show_page("created", codes=text, failures="")


def _require_changeable(step_id: str, hub: LockHub, code: Password) -> None:
    """Refuse a page for a code that was deleted, or ended, since the menu was shown."""
    if step_id in deeds_of(code, hub.traits):
        return
    going = code.status is PasswordStatus.REMOVING
    raise refused("change_of_removing" if going else "change_of_ended", name=code.name)
