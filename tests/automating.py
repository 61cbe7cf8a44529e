"""What the tests of triggers, conditions and blueprints share: automations, and what they hear."""

from collections.abc import Sequence
from typing import Any

from homeassistant.components.automation import DOMAIN as AUTOMATION_DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.tuya_lock_manager.const import DOMAIN

# What the variables of a trigger have from Home Assistant itself.
_ALWAYS = {"id", "idx", "alias", "platform", "description"}


def trigger(
    key: str, target: dict[str, Any] | str, *, word: str = "trigger", **options: Any
) -> dict[str, Any]:
    """Return a trigger of ours as YAML has it; a target that is a text is an entity."""
    chosen = {"entity_id": target} if isinstance(target, str) else target
    return {word: f"{DOMAIN}.{key}", "target": chosen} | (
        {"options": options} if options else {}
    )


def condition(key: str, target: dict[str, Any] | str, **options: Any) -> dict[str, Any]:
    """Return a condition of ours as YAML has it."""
    return trigger(key, target, word="condition", **options)


def device_of(hass: HomeAssistant, lock: str) -> str:
    """Return the id of a lock's device."""
    entity = er.async_get(hass).async_get(lock)
    assert entity is not None
    assert entity.device_id is not None
    return entity.device_id


class Automation:
    """An automation that only notes what it is told."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Take what is to be noted from an action that is called nowhere else."""
        self._hass = hass
        self._calls = async_mock_service(hass, "test", "note")

    async def async_set_up(
        self,
        *triggers: dict[str, Any],
        others: Sequence[dict[str, Any]] = (),
        **more: Any,
    ) -> None:
        """Set the automation up, and others, as somebody who writes YAML does."""
        config = {
            "alias": "Listener",
            "mode": "queued",
            "max": 100,
            "triggers": list(triggers),
            "actions": [{"action": "test.note", "data": {"told": "{{ trigger }}"}}],
            **more,
        }
        assert await async_setup_component(
            self._hass, AUTOMATION_DOMAIN, {AUTOMATION_DOMAIN: [config, *others]}
        )
        await self._hass.async_block_till_done()
        # An automation with an invalid part has no state, or is unavailable.
        state = self._hass.states.get("automation.listener")
        assert state is not None
        assert state.state == "on"

    def told(self) -> list[dict[str, Any]]:
        """Return what it was told since it was asked last, without what is always there."""
        told = [
            {
                key: value
                for key, value in call.data["told"].items()
                if key not in _ALWAYS
            }
            for call in self._calls
        ]
        self._calls.clear()
        return told
