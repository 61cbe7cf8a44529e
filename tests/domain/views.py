"""Inventories for the tests of the domain."""

from typing import Any

from custom_components.tuya_lock_manager.domain.families import LockFamily
from custom_components.tuya_lock_manager.domain.inventory import inventory
from custom_components.tuya_lock_manager.domain.passwords import Password

from .builders import NOW


def view(**sources: Any) -> tuple[Password, ...]:
    """Return the inventory of a Wi-Fi lock, now."""
    heard = {"reported_until": sources.get("now", NOW)}
    return inventory(
        **{"online": (), "family": LockFamily.WIFI, "now": NOW, **heard, **sources}
    )


def only(**sources: Any) -> Password:
    """Return the only code in an inventory."""
    (code,) = view(**sources)
    return code
