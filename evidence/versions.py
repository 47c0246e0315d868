"""What a cached result depends on besides its inputs: our code and the libraries."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evidence.cache import content_key

LIBRARIES = ("altair", "jinja2", "lxml", "markdown", "nh3", "pandas", "pycountry", "pydantic", "pyyaml",
             "scipy", "vl-convert-python")  # fmt: skip


@cache
def code_version() -> str:
    """Return a key of this package's source, the libraries' versions and Python's version."""
    package = Path(__file__).parent
    files = sorted(package.rglob("*.py"))
    parts: list[object] = [sys.version_info[:2]]
    parts += [(path.relative_to(package).as_posix(), path.read_text("utf-8")) for path in files]
    parts += [(name, _version(name)) for name in LIBRARIES]
    return content_key(*parts)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
