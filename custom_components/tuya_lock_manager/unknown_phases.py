"""Numbers of Tuya's that nobody has documented, told once to whoever reads the log."""

from collections.abc import Iterable
import logging

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .domain.families import LockFamily
from .domain.status import is_unknown_phase
from .tuya_cloud import OnlinePassword

_LOGGER = logging.getLogger(__name__)

# What was told since Home Assistant was started.
_TOLD: HassKey[set[tuple[LockFamily, int]]] = HassKey(f"{__package__}_unknown_phases")


@callback
def async_tell_unknown_phases(
    hass: HomeAssistant, listed: Iterable[OnlinePassword], family: LockFamily
) -> None:
    """Log each unknown phase once for each family; the codes themselves stay unnamed."""
    told = hass.data.setdefault(_TOLD, set())
    for password in listed:
        phase = password.phase
        if phase is None or (family, phase) in told:
            continue
        if is_unknown_phase(password, family):
            told.add((family, phase))
            _LOGGER.warning(
                "Tuya lists a code in phase %s, which is not known for locks of the "
                "family %s; its status is shown as unknown",
                phase,
                family.value,
            )
