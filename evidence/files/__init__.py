"""The files that a reader downloads."""
