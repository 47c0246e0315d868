"""Statistics on plain numbers: what goes in and out is in the docstring of each function."""
