"""icons.json: every icon is one of Material Design Icons, and nothing lacks one."""

from collections.abc import Iterator
from pathlib import Path

import homeassistant.helpers.config_validation as cv
import voluptuous as vol
from voluptuous.humanize import humanize_error

from .files import Content, difference, english, icons, services
from .texts import key

ICON = vol.All(str, vol.Match(r"^mdi:[a-z0-9]+(-[a-z0-9]+)*$"))
STATES = cv.schema_with_slug_keys(ICON, slug_validator=key)
SCHEMA = vol.Schema(
    {
        vol.Optional("entity"): cv.schema_with_slug_keys(
            cv.schema_with_slug_keys(
                {
                    vol.Optional("default"): ICON,
                    vol.Optional("range"): {vol.Coerce(float): ICON},
                    vol.Optional("state"): STATES,
                    vol.Optional("state_attributes"): cv.schema_with_slug_keys(
                        {vol.Optional("default"): ICON, vol.Optional("state"): STATES},
                        slug_validator=key,
                    ),
                },
                slug_validator=key,
            ),
            slug_validator=cv.slug,
        ),
        vol.Optional("services"): cv.schema_with_slug_keys(
            {vol.Required("service"): ICON, vol.Optional("sections"): STATES},
            slug_validator=cv.slug,
        ),
        vol.Optional("triggers"): cv.schema_with_slug_keys(
            {vol.Required("trigger"): ICON}, slug_validator=cv.slug
        ),
        vol.Optional("conditions"): cv.schema_with_slug_keys(
            {vol.Required("condition"): ICON}, slug_validator=cv.slug
        ),
    }
)


def check_icons(folder: Path) -> list[str]:
    """Check the icons of the component in this folder."""
    content = icons(folder)
    try:
        SCHEMA(content)
    except vol.Invalid as error:
        return [f"icons.json: {humanize_error(content, error)}"]
    texts = english(folder)
    shown = set(services(folder))
    with_icon = set(content.get("services", {}))
    named = set(_entity_keys(texts.get("entity", {})))
    drawn = set(_entity_keys(content.get("entity", {})))
    return [
        *difference(shown, with_icon, "action {} has no icon"),
        *difference(with_icon, shown, "there is an icon for {}, which is no action"),
        *difference(named, drawn, "entity {} has no icon"),
        *difference(drawn, named, "there is an icon for {}, which has no name"),
    ]


def _entity_keys(platforms: Content) -> Iterator[str]:
    """Yield `<platform>.<key>` for each entity, without those that are only a name."""
    for platform, entities in platforms.items():
        for entity in entities:
            yield f"{platform}.{entity}"
