"""Whether a door is open, as far as a report can be understood."""

from typing import Any

import pytest

from custom_components.tuya_lock_manager.domain.door import door_is_open, reports_door


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        ({}, None),
        ({"closed_opened_kit": "AQAB"}, True),
        ({"closed_opened_kit": "AQAC"}, False),
        ({"closed_opened_kit": ""}, None),
        ({"closed_opened": "open"}, True),
        ({"closed_opened": "opened"}, True),
        ({"closed_opened": "close"}, False),
        ({"closed_opened": "closed"}, False),
        ({"closed_opened": "unknown"}, None),
        ({"doorcontact_state": True}, True),
        ({"doorcontact_state": False}, False),
        ({"doorcontact_state": 1}, None),
        ({"doorcontact_state": ["open"]}, None),
        ({"doorcontact_state": None, "closed_opened": "open"}, True),
        ({"open_close": True, "door_opened": True}, None),
    ],
)
def test_door_is_open(status: dict[str, Any], is_open: bool | None) -> None:
    assert door_is_open(status) is is_open


def test_which_models_report_it() -> None:
    assert reports_door({"closed_opened_kit", "unlock_card_kit"})
    assert reports_door({"closed_opened"})
    assert reports_door({"doorcontact_state"})
    assert not reports_door({"open_close", "door_opened", "reverse_lock"})
    assert not reports_door(())
