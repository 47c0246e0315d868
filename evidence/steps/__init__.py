"""The six steps of a run, a module each."""
