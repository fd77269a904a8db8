"""Showing results: one module per output. Nothing here decides anything."""
