"""How full a lock's battery is, as far as its report can be believed."""

from collections.abc import Mapping

from ..tuya_cloud import JsonValue

# Some locks report 0, or a tenth of the truth, beside a word that says otherwise.
_LEAST_LEVEL = {"high": 50, "medium": 15}
_IS_LOW = {"high": False, "medium": False, "low": True, "poweroff": True}
BATTERY_CODES = frozenset({"residual_electricity", "battery_state"})


def battery_level(status: Mapping[str, JsonValue]) -> int | None:
    """Return the level in per cent, None where the lock doesn't report a credible one.

    `residual_electricity` is 0 to 100, or -1 for "hide"; `battery_state` is a word
    (standard status set of locks). A number that contradicts the word is not believed.
    """
    level = status.get("residual_electricity")
    if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= 100:
        return None
    word = status.get("battery_state")
    if isinstance(word, str) and level < _LEAST_LEVEL.get(word, 0):
        return None
    return level


def battery_is_low(status: Mapping[str, JsonValue]) -> bool | None:
    """Return whether the battery should be changed, None where the lock doesn't tell.

    The lock's own word decides; without one it is low below what is called medium.
    """
    word = status.get("battery_state")
    if isinstance(word, str) and word in _IS_LOW:
        return _IS_LOW[word]
    level = battery_level(status)
    return None if level is None else level < _LEAST_LEVEL["medium"]
