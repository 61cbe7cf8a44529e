"""What can go wrong while the demo runs."""


class DemoError(Exception):
    """The demo can't go on; the text says why, for the person at the terminal."""


class StepError(DemoError):
    """A step of the walk saw something else than it should have."""


def require(condition: object, message: str) -> None:
    """Raise `StepError` with `message` unless `condition` is true."""
    if not condition:
        raise StepError(message)
