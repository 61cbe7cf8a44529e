"""Repairs as an administrator sees them, and their fix flows through the web API."""

from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.tuya_lock_manager.const import DOMAIN

URL = "/api/repairs/issues/fix"


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return the active repairs of the integration by translation key."""
    found = [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    ]
    by_key = {str(issue.translation_key): issue for issue in found}
    assert len(by_key) == len(found)
    return by_key


class Fixer:
    """An administrator who mends what the repairs tell."""

    def __init__(self, hass: HomeAssistant, client: ClientSessionGenerator) -> None:
        """Take what the web API is reached with."""
        self._hass = hass
        self._client = client
        self._flow = ""

    async def async_open(self, key: str) -> dict[str, Any]:
        """Open the fix flow of a repair and return its first step."""
        assert await async_setup_component(self._hass, "repairs", {})
        issue = issues(self._hass)[key]
        assert issue.is_fixable
        step = await self._async_post(
            URL, {"handler": DOMAIN, "issue_id": issue.issue_id}
        )
        self._flow = step["flow_id"]
        return step

    async def async_choose(self, option: str) -> dict[str, Any]:
        """Choose from a menu."""
        return await self.async_answer({"next_step_id": option})

    async def async_answer(self, data: dict[str, Any]) -> dict[str, Any]:
        """Fill in a form."""
        return await self._async_post(f"{URL}/{self._flow}", data)

    async def _async_post(self, url: str, data: dict[str, Any]) -> dict[str, Any]:
        # The access of a test's usual client ends while time passes.
        auth = self._hass.auth
        (token,) = (
            token
            for user in await auth.async_get_users()
            if user.is_admin
            for token in user.refresh_tokens.values()
        )
        client = await self._client(auth.async_create_access_token(token))
        response = await client.post(url, json=data)
        assert response.status == HTTPStatus.OK, await response.text()
        answer = await response.json()
        assert isinstance(answer, dict)
        await self._hass.async_block_till_done()
        return answer


def digits_in(step: dict[str, Any]) -> str:
    """Return the digits that a form shows."""
    digits = step["description_placeholders"]["digits"]
    assert isinstance(digits, str)
    return digits
