"""How full a battery is, as far as it can be believed."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.battery import (
    battery_is_low,
    battery_level,
)


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


@pytest.mark.parametrize(
    ("status", "low"),
    [
        ({}, None),
        ({"battery_state": "high"}, False),
        ({"battery_state": "medium"}, False),
        ({"battery_state": "low"}, True),
        ({"battery_state": "poweroff"}, True),
        ({"battery_state": "flat"}, None),
        ({"battery_state": ["low"]}, None),
        ({"residual_electricity": 14}, True),
        ({"residual_electricity": 15}, False),
        ({"residual_electricity": -1}, None),
        ({"residual_electricity": 5, "battery_state": "medium"}, False),
        ({"residual_electricity": 5, "battery_state": "flat"}, True),
    ],
)
def test_battery_is_low(status: dict[str, Any], low: bool | None) -> None:
    assert battery_is_low(status) is low
