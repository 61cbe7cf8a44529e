"""Add, renew and change a Tuya cloud project."""

from collections.abc import Mapping
from functools import partial
import re
from typing import Any, Final, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
)
from homeassistant.core import callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import voluptuous as vol

from .const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_DATA_CENTER,
    CONF_URL,
    DATA_CENTER_AUTO,
    DATA_CENTER_CUSTOM,
    DOMAIN,
    SUBENTRY_GUESTS,
)
from .flow_calls import call_listener
from .flow_errors import INVALID_AUTH, INVALID_URL, URL_NOT_USED, CheckError
from .flow_options import TuyaLockOptionsFlow
from .flow_probe import (
    DataCenter,
    Noting,
    check_credentials,
    data_centers_by_distance,
    find_data_center,
)
from .flow_schemas import REAUTH_SCHEMA, SECTION_CUSTOM, reconfigure_schema, user_schema
from .flow_url import base_url
from .guests.flow import GuestCalendarFlow
from .tuya_cloud import DATA_CENTERS

# Addresses stand outside the translations, so that nobody translates them.
_ADDRESSES: Final = {
    "platform_url": "https://platform.tuya.com/cloud/",
    "example_url": "https://openapi.example.com",
    "local_url": "http://127.0.0.1:8080",
}
# What can stand in the headers that carry the Access ID and the signature.
_VISIBLE_ASCII: Final = re.compile("[!-~]+")


class TuyaLockConfigFlow(ConfigFlow, domain=DOMAIN):
    """Ask for a cloud project and try it before it is stored."""

    VERSION = 1
    MINOR_VERSION = 1

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> TuyaLockOptionsFlow:
        """Return the flow behind the Configure button."""
        return TuyaLockOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what can be added to a project."""
        return {SUBENTRY_GUESTS: GuestCalendarFlow}

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add a cloud project."""
        problem: CheckError | None = None
        if user_input is not None:
            try:
                access_id = _credential(user_input, CONF_ACCESS_ID)
                secret = _credential(user_input, CONF_ACCESS_SECRET)
                candidates = self._candidates(user_input)
                if len(candidates) == 1:
                    await self._async_claim(access_id, candidates[0])
                found = await find_data_center(
                    async_get_clientsession(self.hass),
                    access_id,
                    secret,
                    candidates,
                    self._noting(access_id),
                )
            except CheckError as error:
                problem = error
            else:
                await self._async_claim(access_id, found)
                return self.async_create_entry(
                    title=found.title,
                    data={
                        CONF_ACCESS_ID: access_id,
                        CONF_ACCESS_SECRET: secret,
                        CONF_DATA_CENTER: found.key,
                        CONF_URL: found.url,
                    },
                )
        schema = user_schema(show_url=_wants_url(user_input))
        return self._show("user", schema, user_input, problem)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start when Tuya no longer takes the stored secret."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the new secret of the same project."""
        entry = self._get_reauth_entry()
        access_id: str = entry.data[CONF_ACCESS_ID]
        problem: CheckError | None = None
        if user_input is not None:
            try:
                secret = _credential(user_input, CONF_ACCESS_SECRET)
                # Whatever else may be wrong, an expired plan for instance, must not
                # keep a right secret from being stored.
                await check_credentials(
                    async_get_clientsession(self.hass),
                    access_id,
                    secret,
                    entry.data[CONF_URL],
                    self._noting(access_id),
                )
            except CheckError as error:
                problem = error
            else:
                return self._store(entry, data_updates={CONF_ACCESS_SECRET: secret})
        return self._show(
            "reauth_confirm", REAUTH_SCHEMA, None, problem, access_id=access_id
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the secret or the data centre; the project stays the same."""
        entry = self._get_reconfigure_entry()
        access_id: str = entry.data[CONF_ACCESS_ID]
        problem: CheckError | None = None
        if user_input is not None:
            try:
                secret: str = entry.data[CONF_ACCESS_SECRET]
                if user_input.get(CONF_ACCESS_SECRET):
                    secret = _credential(user_input, CONF_ACCESS_SECRET)
                found = await find_data_center(
                    async_get_clientsession(self.hass),
                    access_id,
                    secret,
                    self._candidates(user_input),
                    self._noting(access_id),
                )
            except CheckError as error:
                problem = error
            else:
                return await self._async_move(entry, secret, found)
        present = user_input or _form_of(entry.data)
        schema = reconfigure_schema(show_url=_wants_url(present))
        return self._show("reconfigure", schema, present, problem, access_id=access_id)

    def _noting(self, access_id: str) -> Noting:
        """Return what notes the calls, so that the account counts them later."""
        return partial(call_listener, self.hass, access_id)

    async def _async_claim(self, access_id: str, data_center: DataCenter) -> None:
        """Take the unique id of a project, or end the flow if another entry has it."""
        await self.async_set_unique_id(f"{access_id}@{data_center.host}")
        self._abort_if_unique_id_configured()

    async def _async_move(
        self, entry: ConfigEntry, secret: str, found: DataCenter
    ) -> ConfigFlowResult:
        """Store what reconfiguring found."""
        access_id: str = entry.data[CONF_ACCESS_ID]
        unique_id = f"{access_id}@{found.host}"
        if unique_id != entry.unique_id:
            await self._async_claim(access_id, found)
        before = DataCenter(entry.data[CONF_DATA_CENTER], entry.data[CONF_URL])
        return self._store(
            entry,
            unique_id=unique_id,
            # A title that the user chose stays.
            title=found.title if entry.title == before.title else entry.title,
            data_updates={
                CONF_ACCESS_SECRET: secret,
                CONF_DATA_CENTER: found.key,
                CONF_URL: found.url,
            },
        )

    def _store(self, entry: ConfigEntry, **changes: Any) -> ConfigFlowResult:
        """Store the changes, and have the account set up with them.

        A loaded entry is reloaded by its update listener. That one hears of changes
        only, and an entry that could not be set up has none.
        """
        before = entry.data
        result = self.async_update_and_abort(entry, **changes)
        if entry.state is not ConfigEntryState.LOADED or entry.data == before:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result

    def _candidates(self, user_input: Mapping[str, Any]) -> tuple[DataCenter, ...]:
        """Return the data centres to try for what was chosen.

        Raises:
            CheckError: The address of an own cloud is missing, wrong or not used.
        """
        choice: str = user_input[CONF_DATA_CENTER]
        address = user_input[SECTION_CUSTOM].get(CONF_URL, "").strip()
        if choice == DATA_CENTER_CUSTOM:
            try:
                return (DataCenter(choice, base_url(address)),)
            except ValueError as error:
                raise CheckError(INVALID_URL) from error
        if address:
            raise CheckError(URL_NOT_USED)
        if choice == DATA_CENTER_AUTO:
            return data_centers_by_distance(
                self.hass.config.country, self.hass.config.time_zone
            )
        return (DataCenter(choice, DATA_CENTERS[choice]),)

    def _show(
        self,
        step_id: str,
        schema: vol.Schema,
        values: Mapping[str, Any] | None,
        problem: CheckError | None,
        **placeholders: str,
    ) -> ConfigFlowResult:
        """Show a form with what was entered, the secret excepted."""
        shown = {
            key: value
            for key, value in (values or {}).items()
            if key != CONF_ACCESS_SECRET
        }
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            errors={} if problem is None else {problem.field: problem.key},
            description_placeholders={
                **_ADDRESSES,
                **placeholders,
                "answer": "" if problem is None else problem.answer,
            },
        )


def _credential(user_input: Mapping[str, Any], field: str) -> str:
    """Return a credential without the blanks that copying added.

    Raises:
        CheckError: It can't be one, so that there is nothing to ask Tuya.
    """
    text: str = user_input[field].strip()
    if not _VISIBLE_ASCII.fullmatch(text):
        raise CheckError(INVALID_AUTH, field=field)
    return text


def _wants_url(values: Mapping[str, Any] | None) -> bool:
    """Say whether a form has to show the address of an own cloud."""
    return values is not None and (
        values[CONF_DATA_CENTER] == DATA_CENTER_CUSTOM
        or bool(values[SECTION_CUSTOM].get(CONF_URL))
    )


def _form_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of an entry as the values of the form."""
    custom = data[CONF_DATA_CENTER] == DATA_CENTER_CUSTOM
    return {
        CONF_DATA_CENTER: data[CONF_DATA_CENTER],
        SECTION_CUSTOM: {CONF_URL: data[CONF_URL]} if custom else {},
    }
