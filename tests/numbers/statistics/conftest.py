"""Properties are not timed: SciPy is loaded inside the first of them, and machines differ."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
