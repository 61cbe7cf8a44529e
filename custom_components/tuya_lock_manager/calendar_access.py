"""Who may write into a lock's calendar: Home Assistant asks for no more than control."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from homeassistant.components.websocket_api import current_connection
from homeassistant.core import Context, HomeAssistant, callback

from .exceptions import refused


@dataclass(slots=True)
class _Call:
    """An action; `context` tells by whom it is called, as long as it is under way."""

    context: Context | None = None


# The call that this task belongs to. An entity's own context is that of the last one,
# whoever has come since.
_call: ContextVar[_Call | None] = ContextVar("tuya_lock_manager_call", default=None)


@contextmanager
def calling() -> Generator[None]:
    """Serve the call of an action.

    Afterwards it counts for nothing, in this task and in those that it left behind.
    """
    call = _Call()
    before = _call.set(call)
    try:
        yield
    finally:
        call.context = None
        _call.reset(before)


@callback
def async_note_call(context: Context) -> None:
    """Note by whom the action is called that is being served."""
    if (call := _call.get()) is not None:
        call.context = context


async def async_require_admin(hass: HomeAssistant) -> None:
    """Refuse a user who is no administrator; automations have no user and pass.

    A call of an action says itself who is behind it. What isn't one comes over somebody's
    connection; an automation inherits the connection of whoever set it off, so that is
    looked at second.
    """
    call = _call.get()
    if call is not None and call.context is not None:
        user_id = call.context.user_id
        user = None if user_id is None else await hass.auth.async_get_user(user_id)
        is_admin = user_id is None or (user is not None and user.is_admin)
    else:
        connection = current_connection.get()
        is_admin = connection is None or connection.user.is_admin
    if not is_admin:
        raise refused("calendar_needs_admin")
