"""The manifest: what a telephone needs to put the site on its screen as an icon."""

from __future__ import annotations

import json
from typing import Any

from evidence.figures.look import LIGHT
from evidence.model.site import Site
from evidence.pages.head import ICON, MANIFEST, TOUCH_ICON


def manifest(site: Site) -> dict[str, bytes]:
    """Return the manifest by its path. Everything in it is named from where it lies."""
    paper = LIGHT["paper"].lower()
    told: dict[str, Any] = {
        "name": site.title,
        "short_name": site.title,
        "description": site.description,
        "lang": site.language,
        "start_url": "index.html",
        "scope": ".",
        "display": "browser",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": ICON, "type": "image/svg+xml", "sizes": "any"},
            {"src": TOUCH_ICON, "type": "image/png", "sizes": "180x180"},
        ],
    }
    return {MANIFEST: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()}
