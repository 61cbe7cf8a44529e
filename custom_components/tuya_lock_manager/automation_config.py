"""What triggers and conditions have in common in an automation: a target, names."""

from homeassistant.const import CONF_OPTIONS, CONF_TARGET, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.template import is_template_string
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

from .const import DOMAIN

CONF_PASSWORD = "password"


def _name(value: object) -> str:
    """Validate a name: options are fixed, so a template would be a name that nobody has."""
    name = cv.string(value)
    if is_template_string(name):
        raise vol.Invalid(
            "templates can't be used here; compare the name in a condition"
        )
    return name


NAME_LIST = vol.All(cv.ensure_list, [_name])
PASSWORD_NAMES: VolDictType = {vol.Optional(CONF_PASSWORD, default=list): NAME_LIST}


def validated(
    hass: HomeAssistant, config: ConfigType, options: VolDictType
) -> ConfigType:
    """Return a valid configuration.

    Raises:
        vol.Invalid: an option is wrong, nothing is targeted, or the lock of somebody else.
    """
    schema = vol.Schema(
        {
            vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Required(CONF_OPTIONS, default=dict): options,
        }
    )
    valid: ConfigType = schema(config)
    selection = TargetSelection(valid[CONF_TARGET])
    if not selection.has_any_target:
        raise vol.Invalid("name a lock, device, area, floor or label as the target")
    for entity_id in sorted(selection.entity_ids):
        if _is_anothers_lock(hass, entity_id):
            raise vol.Invalid(f"{entity_id} is not a lock of Tuya Lock Manager")
    return valid


def _is_anothers_lock(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether a lock belongs to another integration, of which nothing will be heard.

    One that isn't registered may be a lock of ours that is yet to come.
    """
    entity = er.async_get(hass).async_get(entity_id)
    return (
        entity is not None
        and entity.domain == Platform.LOCK
        and entity.platform != DOMAIN
    )
