"""The records of an export by the ids that stand in it, each in one spelling."""

from __future__ import annotations

from functools import lru_cache

from evidence.model import registries


@lru_cache(maxsize=65536)
def ids_in(text: str) -> frozenset[tuple[str, str]]:
    """Return every id in ``text`` as (registry, id in capitals)."""
    return frozenset(registries.ids_in(text))


@lru_cache(maxsize=65536)
def identity(text: str) -> tuple[str, str]:
    """Return the registry and the id of a record by what stands in its id column."""
    named = sorted(pair for pair in ids_in(text) if pair[0] != registries.NO_REGISTRY)
    return named[0] if named else (registries.OTHER, " ".join(text.split()).upper())
