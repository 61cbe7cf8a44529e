"""What the demo prints, and what it must not print."""

import sys

SHOWN_DIGITS = 2


def say(text: str = "") -> None:
    """Print a line for the person at the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def masked(code: str) -> str:
    """Return a code as it may be printed: its first two digits and its length.

    >>> masked("739215")
    '73****'
    """
    return code[:SHOWN_DIGITS] + "*" * (len(code) - SHOWN_DIGITS)
