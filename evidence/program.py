"""What every result depends on besides its inputs: this program and the libraries."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LIBRARIES = ("altair", "apsw", "deflate", "jinja2", "latex2mathml", "lxml", "markdown-it-py", "mdit-py-plugins", "nh3",
             "openpyxl", "pandas", "pillow", "pycountry", "pydantic", "pyyaml", "scipy", "vl-convert-python")  # fmt: skip


@cache
def program_version() -> str:
    """Return a key of every file of this package, the libraries' versions and Python's version.

    Not only modules: also the map of the world, fonts, and whatever else lies in the package.
    """
    package = Path(__file__).parent
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in sorted(_files(package)):
        content = (package / name).read_bytes()
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    for name in LIBRARIES:
        digest.update(f"\0{name} {installed().get(_plain(name), 'not installed')}".encode())
    return digest.hexdigest()


def _files(package: Path) -> Iterator[str]:
    """Yield the files of the package, without what Python, editors and systems leave there."""
    for path in package.rglob("*"):
        name = path.relative_to(package).as_posix()
        left = "__pycache__" in name or path.name.startswith(".") or path.name.endswith("~")
        if not left and path.is_file():
            yield name


# The folder that an installed library leaves beside itself: "jinja2-3.1.6.dist-info"
INSTALLED = re.compile(r"(.+)-([^-]+)\.(?:dist|egg)-info")


@cache
def installed() -> dict[str, str]:
    """Return the version of every installed library by its name in small letters.

    They are read off the names of folders: ``importlib.metadata`` takes a sixth of the time of a run
    that has nothing to do, to load what reads the files inside.
    """
    versions: dict[str, str] = {}
    for folder in sys.path:
        for name in _names(Path(folder)):
            library = INSTALLED.fullmatch(name)
            if library:  # the first folder of the path wins, as in an import
                versions.setdefault(_plain(library[1]), library[2])
    return versions


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from (path.name for path in folder.iterdir())
    except OSError:  # a zip file, or a folder that is not there
        return


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
