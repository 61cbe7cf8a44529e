"""The rules for custom integrations hold on the newest Home Assistant, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from demo.integration import DOMAIN
from demo.world import REPOSITORY
from tests.rules import check_icons, check_manifest, check_services, check_translations
from tests.rules.manifest import categories, connectivity

COMPONENT = REPOSITORY / "custom_components" / DOMAIN


@pytest.mark.parametrize(
    "check", [check_icons, check_manifest, check_services, check_translations]
)
def test_component_follows_the_rules(check: Callable[[Path], list[str]]) -> None:
    assert check(COMPONENT) == []


def test_vocabularies_are_home_assistants_own() -> None:
    assert len(categories()) > 20
    assert {"cloud", "zigbee", "bluetooth"} <= connectivity()
