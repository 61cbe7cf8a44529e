"""Locks that behave like locks, and what the cloud knows of them."""
