"""Who may write into a lock's calendar: Home Assistant asks for no more than control."""

from contextvars import ContextVar

from homeassistant.components.websocket_api import current_connection
from homeassistant.core import Context, HomeAssistant, callback

from .exceptions import refused

# The call of an action that is under way. An entity's own context is that of the last
# one, whoever has come since.
_called: ContextVar[Context | None] = ContextVar("tuya_lock_manager_call", default=None)


@callback
def async_note_call(context: Context) -> None:
    """Note by whom an action is called, for all that this task does now."""
    _called.set(context)


async def async_require_admin(hass: HomeAssistant) -> None:
    """Refuse a user who is no administrator; automations have no user and pass.

    A call of an action says itself who is behind it. What isn't one comes over somebody's
    connection; an automation inherits the connection of whoever set it off, so that is
    looked at second.
    """
    if (context := _called.get()) is not None:
        user_id = context.user_id
        user = None if user_id is None else await hass.auth.async_get_user(user_id)
        is_admin = user_id is None or (user is not None and user.is_admin)
    else:
        connection = current_connection.get()
        is_admin = connection is None or connection.user.is_admin
    if not is_admin:
        raise refused("calendar_needs_admin")
