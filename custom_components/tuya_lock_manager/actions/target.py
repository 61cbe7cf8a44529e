"""Whom an action is for: the administrator check, its locks and its results.

Home Assistant's entity-service helpers skip unavailable entities in silence and
lose all results when one lock fails, so the actions resolve their targets here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID, ENTITY_MATCH_ALL
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
    UnknownUser,
)
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    target,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ..account import TuyaLockConfigEntry
from ..const import DOMAIN
from ..exceptions import failed, refused
from ..hub import LockHub
from ..manager import LockManager
from ..targets import excluded, excluded_locks, registered_locks, selected_locks
from .schema import action_schema

_LOGGER = logging.getLogger(__name__)

type Target = tuple[LockManager, LockHub]
# A lock whose account isn't loaded fails alone, as its own result.
type Targets = dict[str, Target | ServiceValidationError]
type LockResult = JsonObjectType


async def async_require_admin(hass: HomeAssistant, call: ServiceCall) -> None:
    """Refuse a user who is no administrator; automations have no user and pass."""
    if (user_id := call.context.user_id) is None:
        return
    user = await hass.auth.async_get_user(user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    if not user.is_admin:
        raise Unauthorized(context=call.context)


def target_schema(fields: VolDictType) -> vol.Schema:
    """Return the schema of an action: its target and its fields.

    A call without a target passes, so that the refusal is ours and translated.
    """
    return action_schema({**cv.ENTITY_SERVICE_FIELDS, **fields})


def async_resolve_locks(hass: HomeAssistant, call: ServiceCall) -> Targets:
    """Return the locks an action is for, by entity id.

    Unavailable and disabled locks count: a code can be wished for while a lock is
    away. Raises ServiceValidationError for an entity that is no lock of ours, for what
    does not exist, be it excluded, and when nothing is targeted at all.
    """
    selected = target.async_extract_referenced_entity_ids(
        hass, target.TargetSelection(call.data)
    )
    known = registered_locks(hass)
    if call.data.get(ATTR_ENTITY_ID) == ENTITY_MATCH_ALL:
        wanted = set(known)
    else:
        for entity_id in sorted(selected.referenced - known.keys()):
            raise refused("not_our_lock", entity=entity_id)
        _refuse_unknown(hass, call, selected)
        wanted = selected_locks(hass, selected)
    _refuse_unknown_exclusion(hass, excluded(hass, call.data))
    wanted -= excluded_locks(hass, call.data)
    if not wanted:
        raise refused("no_lock_targeted")
    return {
        entity_id: loaded_lock(hass, known[entity_id]) for entity_id in sorted(wanted)
    }


def _refuse_unknown(
    hass: HomeAssistant, call: ServiceCall, selected: target.SelectedEntities
) -> None:
    """Refuse what doesn't exist, and a device of another integration: it is a mistake.

    What else is in an area or has a label, isn't.
    """
    _refuse_missing(selected)
    registry = dr.async_get(hass)
    for device_id in sorted(target.TargetSelection(call.data).device_ids):
        device = registry.async_get(device_id)
        # The id of a device of several integrations means one of each.
        parts = registry.async_get_devices_for_composite_device_id(device_id)
        if device is not None and not any(
            entry.domain == DOMAIN
            for part in parts or (device,)
            if (entry := hass.config_entries.async_get_entry(part.config_entry_id))
        ):
            raise refused(
                "not_our_device", name=device.name_by_user or device.name or device.id
            )


def _refuse_unknown_exclusion(
    hass: HomeAssistant, selected: target.SelectedEntities
) -> None:
    """Refuse to exclude what doesn't exist: the lock that was meant would get the code."""
    _refuse_missing(selected)
    registry = er.async_get(hass)
    for entity_id in sorted(selected.referenced):
        if not (registry.async_get(entity_id) or hass.states.get(entity_id)):
            raise refused("not_our_lock", entity=entity_id)


def _refuse_missing(selected: target.SelectedEntities) -> None:
    """Refuse a device, area, floor or label that doesn't exist."""
    for key, missing in (
        ("no_such_device", selected.missing_devices),
        ("no_such_area", selected.missing_areas),
        ("no_such_floor", selected.missing_floors),
        ("no_such_label", selected.missing_labels),
    ):
        for name in sorted(missing):
            raise refused(key, name=name)


def loaded_lock(
    hass: HomeAssistant, entity: er.RegistryEntry
) -> Target | ServiceValidationError:
    """Return the manager and the lock behind a registered lock entity."""
    entry: TuyaLockConfigEntry | None = (
        hass.config_entries.async_get_entry(entity.config_entry_id)
        if entity.config_entry_id
        else None
    )
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        return refused("account_not_loaded", entity=entity.entity_id)
    hub = entry.runtime_data.locks.get(entity.unique_id)
    if hub is None:
        return refused("lock_not_in_account", entity=entity.entity_id)
    return entry.runtime_data.manager, hub


async def _outcome[ResultT](
    target_or_error: Target | ServiceValidationError,
    work: Callable[[LockManager, LockHub], Coroutine[Any, Any, ResultT]],
) -> ResultT | HomeAssistantError:
    """Do the work on one lock; what fails comes back as an error, never up."""
    if isinstance(target_or_error, ServiceValidationError):
        return target_or_error
    manager, hub = target_or_error
    # A caller that goes away, such as a script that is restarted, must not cut a change
    # in two: what was made would be forgotten.
    task = hub.account.hass.async_create_task(work(manager, hub))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(_note_unheard)
        raise
    except HomeAssistantError as err:
        return err
    except Exception:
        # The other locks' results hold codes that exist: they must not be lost
        # to a defect that shows on one lock only.
        _LOGGER.exception("Unexpected error while working on a lock")
        return failed("unexpected")


@callback
def _note_unheard(task: asyncio.Task[Any]) -> None:
    """Note what became of work whose caller is gone."""
    error = None if task.cancelled() else task.exception()
    if isinstance(error, HomeAssistantError):
        _LOGGER.info("What nobody waits for any more failed: %s", error)
    elif error is not None:
        _LOGGER.error("Unexpected error while working on a lock", exc_info=error)


async def async_outcomes[ResultT](
    targets: Mapping[str, Target | ServiceValidationError],
    work: Callable[[LockManager, LockHub], Coroutine[Any, Any, ResultT]],
) -> dict[str, ResultT | HomeAssistantError]:
    """Do the work on each lock; return its result, or its error, by the target's key.

    Work that has begun is finished, even if the caller goes away.
    """
    outcomes = await asyncio.gather(
        *(_outcome(lock, work) for lock in targets.values())
    )
    return dict(zip(targets, outcomes, strict=True))


async def async_run(
    targets: Targets,
    work: Callable[[LockManager, LockHub], Coroutine[Any, Any, LockResult]],
) -> ServiceResponse:
    """Do the work on each lock and answer with one result per lock.

    A lock that failed has `{"error": {"key": …, "message": …}}`. Raises the error of
    the first lock when nothing succeeded anywhere.
    """
    outcomes = await async_outcomes(targets, work)
    errors = [err for err in outcomes.values() if isinstance(err, HomeAssistantError)]
    if len(errors) == len(outcomes):
        raise errors[0]
    return {
        entity_id: {"error": error_view(outcome)}
        if isinstance(outcome, HomeAssistantError)
        else outcome
        for entity_id, outcome in outcomes.items()
    }


def error_view(err: HomeAssistantError) -> JsonObjectType:
    """Return an error as a part of an answer."""
    return {"key": err.translation_key, "message": str(err)}


def admin_action(
    hass: HomeAssistant,
    handler: Callable[[ServiceCall, Targets], Awaitable[ServiceResponse]],
) -> Callable[[ServiceCall], Coroutine[None, None, ServiceResponse]]:
    """Wrap a handler so that only administrators and automations reach it."""

    async def handle(call: ServiceCall) -> ServiceResponse:
        await async_require_admin(hass, call)
        return await handler(call, async_resolve_locks(hass, call))

    return handle
