"""How full a battery is, as far as it can be believed."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.battery import battery_level


@pytest.mark.parametrize(
    ("status", "level"),
    [
        ({}, None),
        ({"residual_electricity": 80}, 80),
        ({"residual_electricity": 0}, 0),
        ({"residual_electricity": 100}, 100),
        ({"residual_electricity": -1}, None),
        ({"residual_electricity": 101}, None),
        ({"residual_electricity": "80"}, None),
        ({"residual_electricity": True}, None),
        ({"residual_electricity": 0, "battery_state": "high"}, None),
        ({"residual_electricity": 8, "battery_state": "high"}, None),
        ({"residual_electricity": 8, "battery_state": "low"}, 8),
        ({"residual_electricity": 0, "battery_state": "poweroff"}, 0),
        ({"residual_electricity": 80, "battery_state": ["high"]}, 80),
        ({"battery_state": "high"}, None),
    ],
)
def test_battery_level(status: dict[str, Any], level: int | None) -> None:
    assert battery_level(status) == level
