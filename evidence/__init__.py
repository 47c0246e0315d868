"""A generator for a static site whose every number is bound to a source."""

__version__ = "0.1.0"
