"""Prose: references, numbers and Markdown."""
