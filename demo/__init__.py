"""The demo: a simulated Tuya cloud and a real Home Assistant, started and walked through.

`script/demo` runs it for people, `tests/e2e` uses the same parts for the end-to-end tests.
"""
