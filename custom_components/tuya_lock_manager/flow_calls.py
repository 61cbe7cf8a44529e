"""Calls that forms make before the account they are for is set up.

They count for the project like all others, so the account takes them over when it is.
"""

from collections.abc import Callable

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN
from .tuya_cloud import CallKind

type CallListener = Callable[[CallKind], None]

# By Access ID and base URL: a project has a count of its own in each data centre.
_CALLS: HassKey[dict[tuple[str, str], list[CallKind]]] = HassKey(f"{DOMAIN}_flow_calls")


@callback
def call_listener(hass: HomeAssistant, access_id: str, url: str) -> CallListener:
    """Return what notes the calls of a form to one data centre."""
    noted = hass.data.setdefault(_CALLS, {})
    return noted.setdefault((access_id, url), []).append


@callback
def async_take_calls(
    hass: HomeAssistant, access_id: str, url: str
) -> tuple[CallKind, ...]:
    """Return the calls that were noted for a project, and forget them."""
    noted = hass.data.setdefault(_CALLS, {})
    return tuple(noted.pop((access_id, url), ()))
