"""Which of our locks a target means: entities, devices, areas, floors, labels."""

from collections.abc import Iterator

from homeassistant.const import Platform
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
def selected_locks(hass: HomeAssistant, selected: target.SelectedEntities) -> set[str]:
    """Return the lock entities of this integration in a selection, disabled ones too."""
    chosen = (
        selected.referenced
        | selected.indirectly_referenced
        | set(_disabled_entities(hass, selected))
    )
    return chosen & registered_locks(hass).keys()


def _disabled_entities(
    hass: HomeAssistant, selected: target.SelectedEntities
) -> Iterator[str]:
    """Yield the targeted devices' disabled entities, which targets leave out.

    The devices include those of targeted areas; an entity that has an area of its own
    is targeted by that one.
    """
    registry = er.async_get(hass)
    for device_id in selected.referenced_devices:
        for entity in er.async_entries_for_device(
            registry, device_id, include_disabled_entities=True
        ):
            elsewhere = selected.referenced_areas and entity.area_id
            if entity.disabled_by and not entity.hidden_by and not elsewhere:
                yield entity.entity_id
