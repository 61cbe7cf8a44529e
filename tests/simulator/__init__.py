"""Tests of the simulated cloud; they share no code with the integration."""
