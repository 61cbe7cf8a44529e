"""What triggers and conditions have in common in an automation: a target, names."""

from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.template import is_template_string
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

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


def validated(config: ConfigType, options: VolDictType) -> ConfigType:
    """Return a valid configuration.

    Raises:
        vol.Invalid: an option is wrong, or nothing is targeted.
    """
    schema = vol.Schema(
        {
            vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Required(CONF_OPTIONS, default=dict): options,
        }
    )
    valid: ConfigType = schema(config)
    if not TargetSelection(valid[CONF_TARGET]).has_any_target:
        raise vol.Invalid("name a lock, device, area, floor or label as the target")
    return valid
