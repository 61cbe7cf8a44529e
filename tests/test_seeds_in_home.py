"""What `docs/seeds.md` names is there in Home Assistant: fields, answers and entities."""

from collections.abc import Iterator
import re

from homeassistant.helpers import entity_registry as er
import pytest

from tests.acting import FRONT_DOOR
from tests.everything import async_everything
from tests.simulated import Home
from tests.test_seeds_document import ANSWER, DOCUMENT, ENTITIES, ENTITY, FIELD

TOKENS = frozenset(re.findall(r"`([^`]+)`", DOCUMENT.partition("## Common to all")[2]))


def _keys(data: object) -> Iterator[str]:
    match data:
        case dict():
            yield from data
            for value in data.values():
                yield from _keys(value)
        case list():
            for value in data:
                yield from _keys(value)


async def test_actions(home: Home) -> None:
    """Each named field is taken, and each named answer is given."""
    await home.async_setup()
    done = await async_everything(home)
    taken = {f"{one.action}({field})" for one in done for field in one.fields}
    answered = {f"{one.action}:{key}" for one in done for key in _keys(one.response)}
    for kind, known in ((FIELD, taken), (ANSWER, answered)):
        named = {token for token in TOKENS if kind.fullmatch(token)}
        assert len(named) > 50
        assert named <= known, named - known


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_entities(home: Home, entity_registry: er.EntityRegistry) -> None:
    """Each named entity is there, with the attributes that are named."""
    await home.async_setup()
    await async_everything(home)
    await home.async_refresh(FRONT_DOOR)
    device_id = entity_registry.entities[FRONT_DOOR].device_id
    assert device_id is not None
    entities = {
        f"{entry.domain}.{entry.translation_key}": entry.entity_id
        for entry in er.async_entries_for_device(entity_registry, device_id)
    }
    named = [match for token in TOKENS if (match := ENTITY.fullmatch(token))]
    named = [match for match in named if match[1] in ENTITIES]
    assert len(named) > 15
    for match in named:
        state = home.hass.states.get(entities[f"{match[1]}.{match[2]}"])
        assert state is not None, match[0]
        assert match[3] is None or match[3] in state.attributes, match[0]
