"""Tests of what scenarios show of the rules."""
