"""What nobody looks at is not asked for: kind by kind, on a calm day of one lock."""

from collections import Counter

from homeassistant.helpers import entity_registry as er
import pytest

from tests.simulated import Home
from tests.test_cost import DAY, HOUR, async_begin

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        ({"family_members", "panel_members"}, {"devices": 24, "members": 2}),
        ({"unlocked", "unread_alarms"}, {"devices": 24, "records": 24}),
        ({"next_expiry", "codes"}, {"devices": 24, "passwords": 2, "offline": 1}),
        ({"battery", "connectivity"}, {"devices": 24}),
        ({"calls_this_month", "plan"}, {"devices": 2}),
    ],
)
async def test_what_is_asked_for(
    home: Home,
    entity_registry: er.EntityRegistry,
    shown: set[str],
    asked: dict[str, int],
) -> None:
    await async_begin(home, 1)
    kept = set()
    for entity in er.async_entries_for_config_entry(
        entity_registry, home.entry.entry_id
    ):
        name = entity.entity_id.partition("door_")[2]
        name = name or entity.entity_id.partition("simulated_")[2]
        if name in shown:
            kept.add(name)
        else:
            entity_registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
            )
    assert kept == shown
    await home.async_restart()
    # What the starts asked too soon is made up for on the first day.
    await home.async_pass_in_steps(DAY, HOUR)
    home.world.requests.clear()
    await home.async_pass_in_steps(DAY, HOUR)
    kinds = Counter(entry.calls for entry in home.world.requests.entries)
    kinds.pop("token")
    assert kinds == asked
