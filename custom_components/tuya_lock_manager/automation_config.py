"""What triggers and conditions have in common in an automation: a target, names."""

from homeassistant.const import CONF_OPTIONS, CONF_TARGET, Platform
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.template import is_template_string
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

from .const import DOMAIN

CONF_PASSWORD = "password"
GROUP_DOMAIN = "group"


def _name(value: object) -> str:
    """Validate a name: options are fixed, so a template would be a name that nobody has."""
    name = cv.string(value)
    if is_template_string(name):
        raise vol.Invalid(
            "templates can't be used here; compare the name in a condition"
        )
    return name


def _given(names: list[str]) -> list[str]:
    """Return names without the lines of a form that were left empty."""
    return [name for name in names if name.strip()]


NAME_LIST = vol.All(cv.ensure_list, [_name], _given)
PASSWORD_NAMES: VolDictType = {vol.Optional(CONF_PASSWORD, default=list): NAME_LIST}


def validated(
    hass: HomeAssistant, config: ConfigType, options: VolDictType
) -> ConfigType:
    """Return a valid configuration.

    Raises:
        vol.Invalid: an option is wrong, nothing is targeted, or what is no lock of ours.
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
        if _is_no_lock_of_ours(hass, entity_id):
            raise vol.Invalid(f"{entity_id} is not a lock of Tuya Lock Manager")
    return valid


def _is_no_lock_of_ours(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether something is no lock, or another integration's: nothing will be heard.

    One that isn't registered may be a lock of ours that is yet to come; a group may have
    locks.
    """
    domain = split_entity_id(entity_id)[0]
    if domain != Platform.LOCK:
        return domain != GROUP_DOMAIN
    entity = er.async_get(hass).async_get(entity_id)
    return entity is not None and entity.platform != DOMAIN
