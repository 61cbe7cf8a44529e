"""The bars of a run and how it measured against them, as a table and as JSON."""

from dataclasses import dataclass, field
from typing import Any, override

TIMES = " \N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Bar:
    """What is measured, and the most that it may be."""

    what: str
    most: float
    unit: str = ""

    @override
    def __str__(self) -> str:
        """Return the bar as the table shows it."""
        return f"≤ {self.most:g}{self.unit}"


# Every row of the table, in its order.
BARS = {
    "calm_careful": Bar(
        "a calm day of one lock, careful: calls, tokens apart; openings, alarms and "
        "deliveries in time",
        58,
    ),
    "calm_prompt": Bar("the same, prompt (the default)", 130),
    "normal_careful": Bar("a normal day, careful: two codes, ten openings", 150),
    "normal_prompt": Bar("the same, prompt", 250),
    "ten_locks": Bar("ten locks: calls for each, of those for a single lock", 1, TIMES),
    "hundred_locks": Bar("a hundred locks: calls for each, of those at ten", 1, TIMES),
    "refresh": Bar(
        "refresh of 50 locks, 100 ms latency: time, of what calls, concurrency and latency make",
        1.5,
        TIMES,
    ),
    "client_aiohttp": Bar(
        "processor time of a call, of that of a bare aiohttp request", 1.3, TIMES
    ),
    "client_sdk": Bar(
        "processor time of a call, of that with Tuya's own SDK", 0.4, TIMES
    ),
    "restart_calls": Bar(
        "restart with 20 locks: calls, of one cycle and a token", 1, TIMES
    ),
    "restart_stretch": Bar(
        "the same: longest stretch of own code on the event loop", 20, " ms"
    ),
    "restart_entities": Bar(
        "the same: adding the entities, of adding as many empty ones", 1.3, TIMES
    ),
    "memory": Bar(
        "200 locks with 100 codes: memory beyond as many empty entities and devices",
        25,
        " MB",
    ),
    "linear": Bar(
        "refresh as locks double, to 200: processor time for each, of that before",
        1.15,
        TIMES,
    ),
}


@dataclass(slots=True)
class Table:
    """What was measured, by row; `details` are what it was computed from."""

    measured: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)

    def add(self, row: str, measured: float, **details: Any) -> None:
        """Add what a row measured."""
        assert row in BARS
        self.measured[row] = measured, details

    def most(self, row: str, measured: float, case: str, **details: Any) -> None:
        """Add one of the cases of a row; the one that measures most is what counts."""
        known, cases = self.measured.get(row, (measured, {}))
        self.add(row, max(known, measured), **cases, **{case: details})

    def held(self, row: str) -> bool | None:
        """Tell whether a bar was held, None if it was not measured."""
        if row not in self.measured:
            return None
        return self.measured[row][0] <= BARS[row].most

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rows as they are written."""
        return [
            {
                "row": row,
                "what": bar.what,
                "measured": round(self.measured[row][0], 3),
                "unit": bar.unit.strip(),
                "bar": bar.most,
                "held": self.held(row),
                "details": self.measured[row][1],
            }
            for row, bar in BARS.items()
            if row in self.measured
        ]

    def as_markdown(self) -> str:
        """Return the table for people."""
        lines = ["| What | Measured | Bar | Held |", "|---|---|---|---|"]
        words = {True: "yes", False: "**no**", None: "not measured"}
        for row, bar in BARS.items():
            known = self.measured.get(row)
            value = f"{known[0]:.4g}{bar.unit}" if known else "-"
            lines.append(f"| {bar.what} | {value} | {bar} | {words[self.held(row)]} |")
        return "\n".join(lines)
