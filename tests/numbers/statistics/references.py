"""The values that R's metafor gave, read from the folder ``reference`` (see its script)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).with_name("reference")


def read(name: str) -> Any:
    """Return what ``reference/name.json`` holds."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def near(value: Any, relative: float = 1e-6) -> Any:
    """Return what to compare with: equal to far more digits than are ever printed."""
    return pytest.approx(value, rel=relative, abs=1e-9)


def rounded(places: int, *values: float | None) -> list[float]:
    """Return the values as a paper prints them."""
    return [round(value, places) for value in values if value is not None]
