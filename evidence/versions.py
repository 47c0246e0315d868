"""What a cached result depends on besides its inputs: our code and the libraries."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from evidence.store import content_key

LIBRARIES = ("altair", "jinja2", "lxml", "markdown", "nh3", "pandas", "pycountry", "pydantic", "pyyaml",
             "scipy", "vl-convert-python")  # fmt: skip
KEYED = (".py", ".json", ".ttf")  # code, the map of the world, and the letters of pictures


@cache
def code_version() -> str:
    """Return a key of this package's files, the libraries' versions and Python's version."""
    package = Path(__file__).parent
    files = sorted(file for suffix in KEYED for file in package.rglob(f"*{suffix}"))
    parts: list[str | bytes] = [f"{sys.version_info[:2]}"]
    for path in files:
        parts += [path.relative_to(package).as_posix(), path.read_bytes()]
    numbers = [(name, installed().get(_plain(name), "not installed")) for name in LIBRARIES]
    return content_key(*parts, numbers)


# The folder that an installed library leaves beside itself: "jinja2-3.1.6.dist-info"
INSTALLED = re.compile(r"(.+)-([^-]+)\.(?:dist|egg)-info")


@cache
def installed() -> dict[str, str]:
    """Return the version of every installed library by its name in small letters.

    They are read off the names of folders: ``importlib.metadata`` takes a sixth of the time of a run
    that has nothing to do, to load what reads the files inside.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        for name in _names(Path(folder)):
            library = INSTALLED.fullmatch(name)
            if library:  # the first folder of the path wins, as in an import
                found.setdefault(_plain(library[1]), library[2])
    return found


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from (path.name for path in folder.iterdir())
    except OSError:  # a zip file, or a folder that is not there
        return


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
