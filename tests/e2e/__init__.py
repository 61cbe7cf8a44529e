"""End-to-end tests: a real Home Assistant, a browser and the simulated cloud.

They run in the environment of the newest Home Assistant, see `script/test`.
"""
