"""Whether a door is open, as far as a lock's report says so beyond doubt.

Taken are the codes whose two values are known from documents or measured locks:

- `closed_opened_kit` of keypads: base64 of a channel byte and a big-endian number, 1 open
  and 2 closed (measured: `AQAB`, `AQAC`);
- `closed_opened`: the words open and closed in several spellings; some locks say
  `unknown` for ever;
- `doorcontact_state`: true is open, as on Tuya's door sensors.

Not taken: `open_close`, which a Zigbee lock reports as true at rest, and which others take
for the bolt; `door_opened`, whose own texts call true "unlocked"; `reverse_lock`, which is
the knob inside.
"""

from collections.abc import Collection, Mapping

from ..tuya_cloud.json import JsonValue

_VALUES: Mapping[str, Mapping[JsonValue, bool]] = {
    "doorcontact_state": {True: True, False: False},
    "closed_opened_kit": {"AQAB": True, "AQAC": False},
    "closed_opened": {
        "open": True,
        "opened": True,
        "close": False,
        "closed": False,
    },
}


def reports_door(codes: Collection[str]) -> bool:
    """Return whether a model with these data points tells about its door."""
    return not _VALUES.keys().isdisjoint(codes)


def door_is_open(status: Mapping[str, JsonValue]) -> bool | None:
    """Return whether the door is open, None where the lock doesn't say."""
    for code, values in _VALUES.items():
        value = status.get(code)
        if isinstance(value, str | bool) and value in values:
            return values[value]
    return None
