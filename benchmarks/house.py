"""A Home Assistant as in a real house, for what is measured in a process of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import logging
import tempfile
from typing import Any
from unittest.mock import patch

from aiohttp.resolver import AsyncResolver
from homeassistant.core import HomeAssistant
from homeassistant.helpers import aiohttp_client, entity as entity_helper
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.tuya_lock_manager.const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_DATA_CENTER,
    CONF_URL,
    DOMAIN,
)


@asynccontextmanager
async def house() -> AsyncIterator[HomeAssistant]:
    """Run Home Assistant with an empty folder of its own; every entity is enabled."""
    logging.disable(logging.INFO)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(entity_helper.Entity, "entity_registry_enabled_default", new=True),
    ):
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.loop.set_debug(False)
            hass.data.pop(DATA_CUSTOM_COMPONENTS)
            # Nothing is looked up: the cloud is at an address of this machine.
            resolver = AsyncResolver()
            vars(resolver)["real_close"] = resolver.close
            with patch.object(
                aiohttp_client, "_async_make_resolver", return_value=resolver
            ):
                try:
                    yield hass
                finally:
                    await hass.async_stop(force=True)


def account(at: dict[str, Any]) -> MockConfigEntry:
    """Return the account of a simulated cloud."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Tuya",
        data={
            CONF_ACCESS_ID: at["access_id"],
            CONF_ACCESS_SECRET: at["access_secret"],
            CONF_DATA_CENTER: "custom",
            CONF_URL: at["base_url"],
        },
    )


async def async_set_up(hass: HomeAssistant, at: dict[str, Any]) -> MockConfigEntry:
    """Add the account and wait until all is read."""
    entry = account(at)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry
