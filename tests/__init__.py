"""Tests of Tuya Lock Manager."""
