"""Values that several tests use."""

from typing import Final

from custom_components.tuya_lock_manager.tuya_cloud import Device

ACCESS_ID: Final = "p1a2b3c4d5e6f7g8h9i0"
ACCESS_SECRET: Final = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
NEW_SECRET: Final = "a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4"


def lock(device_id: str, *, name: str = "Front door", category: str = "ms") -> Device:
    """Return a lock as the cloud lists it."""
    return Device.from_json(
        {"id": device_id, "name": name, "category": category, "online": True}
    )
