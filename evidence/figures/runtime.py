"""The script that makes figures interactive: Vega, bundled by tools/vega_bundle.py."""

from __future__ import annotations

from pathlib import Path

RUNTIME = "static/vendor/vega.js"


def runtime() -> bytes:
    """Return the script: about 860 KB, loaded only by readers who ask for an interactive figure."""
    return (Path(__file__).parent / "vega.js").read_bytes()
