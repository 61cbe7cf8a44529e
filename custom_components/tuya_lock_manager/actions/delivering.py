"""What several actions on passwords share: waiting for the lock, and all or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from homeassistant.core import ServiceResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..delivery import Waiting
from ..domain.passwords import PasswordStatus
from ..exceptions import UnsettledError, failed, refused
from ..hub import LockHub
from ..manager import LockManager
from ..wishes import CreatedCode, PasswordWish
from .target import LockResult, Targets

ATTR_DELIVERY_TIMEOUT = "delivery_timeout"
ATTR_WAIT_FOR_DELIVERY = "wait_for_delivery"

_DEFAULT_TIMEOUT = 60
_LONGEST_TIMEOUT = 300

WAIT_FIELDS: VolDictType = {
    vol.Optional(ATTR_WAIT_FOR_DELIVERY, default=False): cv.boolean,
    vol.Optional(ATTR_DELIVERY_TIMEOUT, default=_DEFAULT_TIMEOUT): vol.Coerce(float),
}


def waiting_of(data: Mapping[str, Any]) -> Waiting:
    """Return how long an action waits for the lock.

    Raises ServiceValidationError for a limit out of bounds.
    """
    seconds: float = data[ATTR_DELIVERY_TIMEOUT]
    if not 1 <= seconds <= _LONGEST_TIMEOUT:
        raise refused("delivery_timeout_range", longest=str(_LONGEST_TIMEOUT))
    return Waiting(timedelta(seconds=seconds) if data[ATTR_WAIT_FOR_DELIVERY] else None)


@dataclass(slots=True)
class Together:
    """Codes of one call that are made on all locks or on none."""

    _made: dict[str, tuple[LockManager, CreatedCode]] = field(default_factory=dict)

    def add(self, manager: LockManager, hub: LockHub, created: CreatedCode) -> None:
        """Note what was made on a lock."""
        self._made[hub.id] = manager, created

    def check(self, targets: Targets, wish: PasswordWish) -> None:
        """Refuse the call if a lock can't be reached, or could not take it back."""
        for target in targets.values():
            if isinstance(target, ServiceValidationError):
                raise target
            manager, hub = target
            manager.check_undoable(hub, wish)

    async def async_take_back(
        self, targets: Targets, response: ServiceResponse
    ) -> None:
        """Take the codes back if one lock has none, and say so in each lock's result."""
        results = response or {}
        if all(_is_good(result) for result in results.values()):
            return
        for entity_id, target in targets.items():
            result = results[entity_id]
            if isinstance(target, ServiceValidationError):
                continue
            _, hub = target
            if hub.id in self._made and isinstance(result, dict):
                manager, created = self._made[hub.id]
                result.update(await _async_taken_back(manager, hub, created))


@contextmanager
def together_told(wish: PasswordWish) -> Iterator[None]:
    """Say what happens to a code that may exist, where the other locks get none."""
    try:
        yield
    except UnsettledError as err:
        if wish.all_or_nothing:
            raise failed("outcome_unknown_taken_back") from err
        raise


def _is_good(result: object) -> bool:
    """Tell whether a lock has, or still may take, its code."""
    failed = {PasswordStatus.FAILED.value, PasswordStatus.UNCONFIRMED.value}
    match result:
        case {"error": _}:
            return False
        case {"status": status}:
            return status not in failed
    return True


async def _async_taken_back(
    manager: LockManager, hub: LockHub, created: CreatedCode
) -> LockResult:
    try:
        deleted = await manager.async_delete(hub, created.issued.id)
    except HomeAssistantError as err:
        return {
            "taken_back": False,
            "error": {"key": err.translation_key, "message": str(err)},
        }
    return {"taken_back": True, "status": deleted.status.value, "code": None}
