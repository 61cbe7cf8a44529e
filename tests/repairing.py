"""What the tests of repairs share: the registry, and the HTTP API of fix flows."""

from http import HTTPStatus
import json
from pathlib import Path
from string import Formatter
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components import tuya_lock_manager
from custom_components.tuya_lock_manager.const import DOMAIN
from custom_components.tuya_lock_manager.issues import IssueKind
from tests.simulated import Home

_FOLDER = Path(tuya_lock_manager.__file__).parent
TEXTS: dict[str, Any] = json.loads(
    (_FOLDER / "translations" / "en.json").read_text("utf-8")
)["issues"]


def repairs(home: Home) -> list[ir.IssueEntry]:
    """Return the repairs that are shown, each with a text for all that it needs."""
    issues = ir.async_get(home.hass).issues
    found = [
        issue
        for (domain, _), issue in issues.items()
        if domain == DOMAIN and issue.active
    ]
    for issue in found:
        _check_text(issue)
    return found


def kinds(home: Home) -> list[str]:
    """Return the kinds of the repairs that are shown, in their order."""
    return sorted(str(issue.translation_key) for issue in repairs(home))


def the_repair(home: Home) -> ir.IssueEntry:
    """Return the only repair that is shown."""
    (issue,) = repairs(home)
    return issue


def _check_text(issue: ir.IssueEntry) -> None:
    """Check that a repair is translated and leaves no placeholder open."""
    texts = TEXTS[str(issue.translation_key)]
    assert ("fix_flow" in texts) is issue.is_fixable
    given = issue.translation_placeholders or {}
    # The flows of repairs about codes fill in what they ask for.
    whole = issue.translation_key in set(IssueKind)
    for text in _leaves(texts) if whole else [texts["title"]]:
        wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert wanted <= given.keys()


def _leaves(texts: dict[str, Any]) -> list[str]:
    return [
        leaf
        for text in texts.values()
        for leaf in ([text] if isinstance(text, str) else _leaves(text))
    ]


class FixFlow:
    """A fix flow, driven as the frontend drives it."""

    def __init__(self, home: Home, hass_client: ClientSessionGenerator) -> None:
        """Take the home and the way to its API."""
        self._home = home
        self._hass_client = hass_client
        self._flow_id = ""

    async def async_start(self, issue: ir.IssueEntry) -> dict[str, Any]:
        """Press "Fix" at a repair and return the first form."""
        assert await async_setup_component(self._home.hass, REPAIRS, {})
        form = await self._async_post("", handler=issue.domain, issue_id=issue.issue_id)
        self._flow_id = form["flow_id"]
        return form

    async def async_submit(self, **data: Any) -> dict[str, Any]:
        """Submit the form and return what comes next."""
        result = await self._async_post(f"/{self._flow_id}", **data)
        await self._home.hass.async_block_till_done(wait_background_tasks=True)
        return result

    async def _async_post(self, path: str, **data: Any) -> dict[str, Any]:
        """Ask as the administrator, whose access would end while time passes."""
        auth = self._home.hass.auth
        (token,) = (
            token
            for user in await auth.async_get_users()
            if user.is_admin
            for token in user.refresh_tokens.values()
        )
        client = await self._hass_client(auth.async_create_access_token(token))
        response = await client.post(f"/api/repairs/issues/fix{path}", json=data)
        assert response.status == HTTPStatus.OK
        result: dict[str, Any] = await response.json()
        return result
