"""Readers of source files that keep the place of every value."""
