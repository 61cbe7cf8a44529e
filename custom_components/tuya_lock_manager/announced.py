"""What is announced in Home Assistant for automations to hear: see trigger.py.

Announcements need no entity, so they are made while event entities are disabled, too.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homeassistant.util.signal_type import SignalType

from .const import DOMAIN

if TYPE_CHECKING:
    from .activity import News
    from .hub import LockHub
    from .lifecycle import CodeNews

# Which ends of codes automations were warned of, by how long before they want to be.
type Warned = Mapping[str, frozenset[str]]

# A record that was never told.
SIGNAL_RECORD: SignalType[LockHub, News] = SignalType(f"{DOMAIN}_record")
# Something happened to a code.
SIGNAL_CODE: SignalType[LockHub, CodeNews] = SignalType(f"{DOMAIN}_code")
# The codes of a lock were looked at; whether after nobody had listened for a while, and
# for the first time since the start what automations had been warned of before it.
SIGNAL_CODES_SEEN: SignalType[LockHub, bool, Warned | None] = SignalType(
    f"{DOMAIN}_codes_seen"
)
