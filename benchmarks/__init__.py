"""Measurements of the generator, run by ``make bench`` and never as tests."""
