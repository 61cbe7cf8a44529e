"""In which of the languages that there are texts for somebody is answered."""

from functools import cache
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.util.language import matches

_DEFAULT = "en"


async def async_spoken_language(hass: HomeAssistant, language: str) -> str:
    """Return the language to answer in: "de-CH" is German where there are no such texts.

    Home Assistant itself knows only the exact language, or English.
    """
    known = await hass.async_add_executor_job(_languages)
    return best_language(language, known)


def best_language(language: str, known: tuple[str, ...]) -> str:
    """Return which of the known languages comes closest, English where none does."""
    return next(iter(matches(language, known)), _DEFAULT)


@cache
def _languages() -> tuple[str, ...]:
    folder = Path(__file__).parent.parent / "translations"
    return tuple(sorted(path.stem for path in folder.glob("*.json")))
