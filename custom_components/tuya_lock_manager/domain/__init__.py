"""What a password means on a Tuya lock: pure functions and frozen dataclasses.

Nothing here does I/O or looks at a clock: `now`, the cloud's, is an argument. Times are
aware datetimes.
"""
