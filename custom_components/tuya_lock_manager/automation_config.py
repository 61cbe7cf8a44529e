"""What triggers and conditions have in common in an automation: a target, names."""

from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.typing import ConfigType, VolDictType
import voluptuous as vol

CONF_PASSWORD = "password"

NAME_LIST = vol.All(cv.ensure_list, [cv.string])
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
