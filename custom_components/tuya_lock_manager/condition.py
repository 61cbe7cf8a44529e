"""Conditions: whether locks have active codes or unread alarms, for automations.

They look at what is known of the locks, not at sensors, so they work while those are
disabled. Where the answer hangs on a lock of which nothing is known now, there is none: an
outage is not the absence of codes.
"""

from abc import abstractmethod
from typing import Any, ClassVar, Unpack, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConditionErrorMessage
from homeassistant.helpers.condition import (
    Condition,
    ConditionCheckParams,
    ConditionConfig,
)
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

from .automation_config import CONF_PASSWORD, PASSWORD_NAMES, validated
from .awaited import AwaitedLocks, loaded_hubs
from .const import DOMAIN
from .domain.passwords import CLEARING_TYPES, Password, PasswordStatus
from .hub import LockHub
from .issues import RequestKind
from .told_facts import is_one_of, plain_names
from .turns import LockCoordinator

CONF_BEHAVIOR = "behavior"
BEHAVIOR_ANY = "any"
BEHAVIOR_ALL = "all"
_BEHAVIOR: VolDictType = {
    vol.Optional(CONF_BEHAVIOR, default=BEHAVIOR_ANY): vol.In(
        [BEHAVIOR_ANY, BEHAVIOR_ALL]
    )
}


class LockCondition(Condition):
    """Base: something is so at one of the targeted locks, or at all of them."""

    _kind: ClassVar[RequestKind]
    options_schema: ClassVar[VolDictType]

    @override
    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Validate the target and the options."""
        return validated(hass, config, cls.options_schema)

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Initialize the condition."""
        super().__init__(hass, config)
        self._options: dict[str, Any] = config.options or {}
        self._locks = AwaitedLocks(hass, config.target or {}, frozenset({self._kind}))

    @override
    async def _async_setup(self) -> None:
        self._locks.async_start()

    @override
    def _async_unload(self) -> None:
        self._locks.async_stop()

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        hubs = loaded_hubs(self._hass)
        answers = [self._answer(hubs.get(lock_id)) for lock_id in self._locks.ids]
        if not (answers and self._locks.is_complete):
            answers.append(None)
        decisive: bool = self._options[CONF_BEHAVIOR] == BEHAVIOR_ANY
        if decisive in answers:
            return decisive
        if None in answers:
            raise ConditionErrorMessage(
                DOMAIN, "nothing is known of a targeted lock at the moment"
            )
        return not decisive

    def _answer(self, hub: LockHub | None) -> bool | None:
        """Return whether it is so at a lock, None where nobody knows."""
        if hub is None or not hub.is_listed or not self._source(hub).is_up_to_date:
            return None
        return self._is_so(hub)

    @abstractmethod
    def _source(self, hub: LockHub) -> LockCoordinator[Any]:
        """Return what knows it."""

    @abstractmethod
    def _is_so(self, hub: LockHub) -> bool:
        """Tell whether it is so at a lock."""


class HasActivePassword(LockCondition):
    """A code opens the lock now; its name may be asked for."""

    _kind = RequestKind.PASSWORDS
    options_schema = {**_BEHAVIOR, **PASSWORD_NAMES}

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Initialize the condition."""
        super().__init__(hass, config)
        self._names = plain_names(self._options.get(CONF_PASSWORD, ()))

    @override
    def _source(self, hub: LockHub) -> LockCoordinator[Any]:
        return hub.passwords

    @override
    def _is_so(self, hub: LockHub) -> bool:
        return any(map(self._counts, hub.passwords.data))

    def _counts(self, password: Password) -> bool:
        if password.type in CLEARING_TYPES:
            return False
        is_meant = not self._names or is_one_of(self._names, password.name, password.id)
        return is_meant and password.status is PasswordStatus.ACTIVE


class HasUnreadAlarms(LockCondition):
    """The lock raised alarms that nobody marked as read."""

    _kind = RequestKind.RECORDS
    options_schema = _BEHAVIOR

    @override
    def _source(self, hub: LockHub) -> LockCoordinator[Any]:
        return hub.activity

    @override
    def _is_so(self, hub: LockHub) -> bool:
        return hub.activity.data.unread_alarms > 0


CONDITIONS: dict[str, type[Condition]] = {
    "has_active_password": HasActivePassword,
    "has_unread_alarms": HasUnreadAlarms,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of the integration."""
    return CONDITIONS
