"""A home with the integration in it, and the simulated cloud with its locks."""

from datetime import datetime, timedelta
import re
import time
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, ServiceResponse
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion
from syrupy.matchers import path_type

from custom_components.tuya_lock_manager.const import (
    CONF_ACCESS_ID,
    CONF_ACCESS_SECRET,
    CONF_DATA_CENTER,
    CONF_URL,
    DOMAIN,
)
from simulator import SimClock, Simulator, World
from simulator.locks.lock import Lock


class Home:
    """What a test does: act as a user, stand at a door, let time pass."""

    def __init__(
        self, hass: HomeAssistant, simulator: Simulator, freezer: FrozenDateTimeFactory
    ) -> None:
        """Describe the account; it is set up by `async_setup`.

        Its owner wants to hear of news within a quarter of an hour.
        """
        self.hass = hass
        self.simulator = simulator
        self.world = simulator.world
        self._freezer = freezer
        started = simulator.started()
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="Tuya Lock Manager (simulated)",
            unique_id=f"{started['access_id']}@127.0.0.1",
            data={
                CONF_ACCESS_ID: started["access_id"],
                CONF_ACCESS_SECRET: started["access_secret"],
                CONF_DATA_CENTER: "custom",
                CONF_URL: simulator.base_url,
            },
        )

    async def async_setup(self) -> None:
        """Add the account and set it up."""
        self.entry.add_to_hass(self.hass)
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done()

    async def async_act(
        self,
        action: str,
        lock: str | list[str],
        *,
        context: Context | None = None,
        **data: Any,
    ) -> ServiceResponse:
        """Call an action of the integration for lock entities; return its response."""
        return await self.hass.services.async_call(
            DOMAIN,
            action,
            {"entity_id": lock, **data},
            blocking=True,
            return_response=True,
            context=context,
        )

    async def async_refresh(self, lock: str) -> None:
        """Press the refresh button of a lock entity."""
        button = f"button.{lock.partition('.')[2]}_refresh"
        await self.hass.services.async_call(
            "button", "press", {"entity_id": button}, blocking=True
        )
        await self.hass.async_block_till_done()

    async def async_pass(self, duration: timedelta) -> None:
        """Let time pass for Home Assistant and for the locks alike."""
        self.move(duration)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    def move(self, duration: timedelta) -> None:
        """Move the clocks; nobody waits for what falls due."""
        self._freezer.tick(duration)
        self.world.clock.advance(duration.total_seconds())
        async_fire_time_changed(self.hass)

    async def async_pass_in_steps(self, duration: timedelta, step: timedelta) -> None:
        """Let time pass step by step: whatever falls due is done at its own time."""
        passed = timedelta()
        while passed < duration:
            await self.async_pass(min(step, duration - passed))
            passed += step

    async def async_restart(self) -> None:
        """Unload the account and set it up again."""
        await self.hass.config_entries.async_reload(self.entry.entry_id)
        await self.hass.async_block_till_done()

    def asked(
        self, entity_id: str | None = None, calls: str | None = None
    ) -> list[float]:
        """Return when the cloud was asked: about a lock, by a family of calls, or at all."""
        device_id = None if entity_id is None else self.lock(entity_id).id
        return [
            entry.time
            for entry in self.world.requests.entries
            if device_id in {None, entry.device_id} and calls in {None, entry.calls}
        ]

    def local(self, moment: float) -> datetime:
        """Return a moment of the simulated world as a person here would write it."""
        return datetime.fromtimestamp(moment, dt_util.get_default_time_zone())

    def state(self, entity_id: str) -> str:
        """Return the state of an entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None, entity_id
        return state.state

    async def async_check_entities(
        self, platform: Platform, snapshot: SnapshotAssertion
    ) -> None:
        """Set up one platform alone; its entities are as the snapshot shows them."""
        with patch("custom_components.tuya_lock_manager.PLATFORMS", [platform]):
            await self.async_setup()
            await snapshot_platform(
                self.hass,
                er.async_get(self.hass),
                without_ids(snapshot),
                self.entry.entry_id,
            )

    def lock(self, entity_id: str) -> Lock:
        """Return the simulated lock behind a lock entity."""
        state = self.hass.states.get(entity_id)
        assert state is not None, entity_id
        return self.world.lock(state.name)


def without_ids(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return a snapshot in which unique ids don't carry the ids that chance made."""
    return snapshot.with_defaults(
        matcher=path_type(
            {"unique_id": (str,)},
            replacer=lambda unique_id, _: re.sub("^[^_]*", "<device id>", unique_id),
        )
    )


def new_world(seed: int = 7) -> World:
    """Return a world that begins now and whose clock only a test moves."""
    return World(seed=seed, clock=SimClock(time.time(), manual=True))


def leave_only(home: Home, *locks: str) -> None:
    """Leave these locks alone in the home."""
    for name in [lock.device.name for lock in home.world.locks.values()]:
        if name not in locks:
            home.world.remove_device(home.world.lock(name).id)
