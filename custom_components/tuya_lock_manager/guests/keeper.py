"""The keeper of one guest calendar: it makes the codes follow the bookings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..domain.guest_rules import GuestRules, rules_of
from .shown import GuestEvent, GuestsCode, GuestState

if TYPE_CHECKING:
    from ..account import TuyaLockConfigEntry


class GuestKeeper:
    """One guest calendar of an account.

    It listens to its calendar and reconciles by itself from `async_start` on. Whoever
    shows it reads `state`, `rules` and the listeners; `state.troubles` is what repairs
    are made of.
    """

    def __init__(
        self, hass: HomeAssistant, entry: TuyaLockConfigEntry, subentry: ConfigSubentry
    ) -> None:
        """Take the calendar's rules; nothing is read yet.

        Raises ValueError where the subentry stores no rules.
        """
        self.hass = hass
        self.subentry = subentry
        self.rules: GuestRules = rules_of(subentry.data)
        self._entry = entry
        self._state = GuestState()
        self._listeners: list[CALLBACK_TYPE] = []
        self._event_listeners: list[Callable[[GuestEvent], None]] = []

    @property
    def state(self) -> GuestState:
        """Return how the guest calendar stands."""
        return self._state

    @callback
    def async_add_listener(self, update: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call `update` when the state changed; return what ends that."""
        self._listeners.append(update)
        return lambda: self._listeners.remove(update)

    @callback
    def async_add_event_listener(
        self, happened: Callable[[GuestEvent], None]
    ) -> CALLBACK_TYPE:
        """Call `happened` with what happened; return what ends that."""
        self._event_listeners.append(happened)
        return lambda: self._event_listeners.remove(happened)

    async def async_reconcile(self) -> None:
        """Read the calendar and make the codes follow it; safe to run at any time."""

    @callback
    def async_codes(self) -> list[GuestsCode]:
        """Return the live codes that this guest calendar made."""
        return []
