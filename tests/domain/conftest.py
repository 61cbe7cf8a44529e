"""The domain needs no Home Assistant, so its tests start none."""

import pytest


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Replace the fixture that starts Home Assistant for every test."""
