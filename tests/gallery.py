"""Build the gallery, which has every kind of figure and page, into gallery/ to be looked at.

Run with ``python -m tests.gallery``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.projects import GALLERY, ROOT, build_here, make_project

FOLDER = ROOT / "gallery"


def main(folder: Path = FOLDER) -> int:
    """Build the gallery in ``folder``, say where its first page is, and return the exit code."""
    for name in ("content", "data", "templates"):  # what is gone from the gallery goes here too
        shutil.rmtree(folder / name, ignore_errors=True)
    made = build_here(make_project(folder, GALLERY))
    print(made.problems or f"Open {folder / 'site' / 'index.html'}")
    return made.code


if __name__ == "__main__":
    sys.exit(main())
