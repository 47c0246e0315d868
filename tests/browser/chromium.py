"""Where Chromium is, and what it is started with."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

INSTALLED = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
MISSING = (
    "no Chromium: install your system's package, or run "
    "'.venv/bin/python -m playwright install chromium', or name one in the variable CHROMIUM"
)


def find_chromium(playwright: Playwright) -> Path | None:
    """Return the program: named in CHROMIUM, the system's, or the one Playwright fetched."""
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else (*INSTALLED, playwright.chromium.executable_path)
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def start(playwright: Playwright, program: Path) -> Browser:
    """Start a browser without a window. It opens only pages that the tests serve."""
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


def axe_source() -> str:
    """Return the script of axe-core, which the package axe-playwright-python ships."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")
