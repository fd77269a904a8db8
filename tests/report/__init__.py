"""Tests of the report: what a reader sees in each format."""
