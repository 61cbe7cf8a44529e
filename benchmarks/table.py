"""The measurements of one run, as a table for people and as JSON."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """Calls a day by what the day was, how many locks, and the pace; tokens apart."""

    rows: list[dict[str, str | int | float]] = field(default_factory=list)

    def add(self, day: str, pace: str, locks: int, calls: int, tokens: int) -> None:
        """Add what a day took."""
        self.rows.append(
            {
                "day": day,
                "pace": pace,
                "locks": locks,
                "calls": calls,
                "calls_per_lock": round(calls / locks, 1),
                "tokens": tokens,
            }
        )

    def as_markdown(self) -> str:
        """Return the table as the README shows it."""
        lines = [
            "| Day | Pace | Locks | Calls a day | For each lock | Tokens |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {row['day']} | {row['pace']} | {row['locks']} | {row['calls']} "
            f"| {row['calls_per_lock']} | {row['tokens']} |"
            for row in self.rows
        ]
        return "\n".join(lines)
