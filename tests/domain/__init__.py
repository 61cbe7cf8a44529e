"""Tests of the rules of the domain."""
