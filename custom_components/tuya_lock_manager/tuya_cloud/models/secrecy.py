"""Data points whose raw values can hold digits, which must not come any further.

What is in them is documented in part only: a code as it was sent to the lock or typed
at it, the key of an opening from afar.
"""

_PREFIXES = ("unlock_offline_", "temporary_password_", "remote_no_")


def may_hold_digits(code: str) -> bool:
    """Return whether the value of a data point is to be left behind."""
    return code.startswith(_PREFIXES)
