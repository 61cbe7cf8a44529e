"""Disagreements between the sources, as named switches.

Where sources say different things about the cloud or a lock, both behaviours
exist here. A switch holds for the whole world, or for one device alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import UsageError
from .json_types import JsonObject

# Switches that are numbers count seconds or things.
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Switch:
    """One disagreement.

    Attributes:
        name: how it is called on the command line and by the control API.
        values: the behaviours; empty for a number.
        default: the behaviour unless switched; one of `values`, or a number as text.
        tag: how sure the default is: documented, measured, code-seen, inferred,
            or harness for what only exists in a simulator.
        doc: one line that says what it changes.
    """

    name: str
    values: tuple[str, ...]
    default: str
    tag: str
    doc: str

    def check(self, value: str) -> str:
        """Return `value` if the switch has it.

        Raises:
            UsageError: it has not.
        """
        if self.values and value not in self.values:
            raise UsageError(f"{self.name} is one of: {', '.join(self.values)}")
        if not self.values:
            try:
                number = float(value)
            except ValueError as err:
                raise UsageError(f"{self.name} is a number") from err
            if not abs(number) < LARGEST:  # false for "not a number", too
                raise UsageError(f"{self.name} is a number below {LARGEST}")
        return value

    def as_json(self, value: str) -> JsonObject:
        """Return the switch and where it stands."""
        return {
            "name": self.name,
            "value": value,
            "values": list(self.values),
            "default": self.default,
            "tag": self.tag,
            "doc": self.doc,
        }


class Switches:
    """Where all switches stand."""

    def __init__(self, table: Iterable[Switch]) -> None:
        """Put every switch of the table to its default."""
        self._table = {switch.name: switch for switch in table}
        self._world: dict[str, str] = {}
        self._device: dict[tuple[str, str], str] = {}

    def check(self, name: str, value: str) -> str:
        """Return the value if there is such a switch and it has the value.

        Raises:
            UsageError: there isn't, or it has not.
        """
        if name not in self._table:
            raise UsageError(f"no switch {name}")
        return self._table[name].check(value)

    def set(self, name: str, value: str, device_id: str | None = None) -> None:
        """Turn a switch, for one device if given.

        Raises:
            UsageError: no such switch, or it has no such value.
        """
        checked = self.check(name, value)
        if device_id is None:
            self._world[name] = checked
        else:
            self._device[name, device_id] = checked

    def parse(self, assignment: str) -> None:
        """Turn a switch by `NAME=VALUE`, or `NAME@DEVICE_ID=VALUE`.

        Raises:
            UsageError: as `set`, or not an assignment.
        """
        left, equals, value = assignment.partition("=")
        if not equals:
            raise UsageError(f"not NAME=VALUE: {assignment}")
        name, _, device_id = left.partition("@")
        self.set(name.strip(), value.strip(), device_id.strip() or None)

    def reset(self) -> None:
        """Put every switch back to its default."""
        self._world.clear()
        self._device.clear()

    def get(self, name: str, device_id: str | None = None) -> str:
        """Return where a switch stands, for a device if given."""
        if device_id is not None and (name, device_id) in self._device:
            return self._device[name, device_id]
        return self._world.get(name, self._table[name].default)

    def number(self, name: str, device_id: str | None = None) -> float:
        """Return where a numeric switch stands."""
        return float(self.get(name, device_id))

    def as_json(self) -> list[JsonObject]:
        """Return the whole table with its current values, for the control API."""
        rows = []
        for name, switch in self._table.items():
            row = switch.as_json(self.get(name))
            row["devices"] = {
                device: value
                for (key, device), value in self._device.items()
                if key == name
            }
            rows.append(row)
        return rows

    def table(self) -> tuple[Switch, ...]:
        """Return every switch there is."""
        return tuple(self._table.values())
