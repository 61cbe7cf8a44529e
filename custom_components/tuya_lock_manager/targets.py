"""Which of our locks a target means: entities, devices, areas, floors, labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.const import CONF_EXCLUDE, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, target

from .const import DOMAIN


@callback
def registered_locks(hass: HomeAssistant) -> dict[str, er.RegistryEntry]:
    """Return every lock entity of this integration by its id, disabled ones included."""
    registry = er.async_get(hass)
    return {
        entity.entity_id: entity
        for entry in hass.config_entries.async_entries(DOMAIN)
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        if entity.domain == Platform.LOCK
    }


@callback
def selected_locks(
    hass: HomeAssistant, selected: target.SelectedEntities, *, with_hidden: bool = False
) -> set[str]:
    """Return the lock entities of this integration in a selection, disabled ones too."""
    chosen = (
        selected.referenced
        | selected.indirectly_referenced
        | set(_other_entities(hass, selected, with_hidden=with_hidden))
    )
    return chosen & registered_locks(hass).keys()


@callback
def excluded(hass: HomeAssistant, config: Mapping[str, Any]) -> target.SelectedEntities:
    """Return what a target's `exclude` means, which Home Assistant has since 2026.11."""
    selection = target.TargetSelection(config.get(CONF_EXCLUDE) or {})
    return target.async_extract_referenced_entity_ids(hass, selection)


@callback
def excluded_locks(hass: HomeAssistant, config: Mapping[str, Any]) -> set[str]:
    """Return the lock entities that a target excludes, disabled and hidden ones too.

    Home Assistant leaves out no disabled ones, and none at all where all are meant.
    """
    return selected_locks(hass, excluded(hass, config), with_hidden=True)


def _other_entities(
    hass: HomeAssistant, selected: target.SelectedEntities, *, with_hidden: bool
) -> Iterator[str]:
    """Yield the targeted devices' disabled entities, which targets leave out; hidden ones.

    The devices include those of targeted areas; an entity that has an area of its own
    is targeted by that one.
    """
    registry = er.async_get(hass)
    for device_id in selected.referenced_devices:
        for entity in er.async_entries_for_device(
            registry, device_id, include_disabled_entities=True
        ):
            elsewhere = selected.referenced_areas and entity.area_id
            if elsewhere or (entity.hidden_by and not with_hidden):
                continue
            if entity.disabled_by or entity.hidden_by:
                yield entity.entity_id
