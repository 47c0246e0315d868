"""Icons, colours and the manifest belong to the site and agree with its styles."""

from __future__ import annotations

import json
import re

from evidence.pages.head import ICON, MANIFEST, TOUCH_ICON
from evidence.run import Built
from tests.projects import ROOT
from tools.icons import touch_icon

STATIC = ROOT / "templates" / "static"


def test_the_icon_for_telephones_is_drawn_from_the_other() -> None:
    drawing = (STATIC / "favicon.svg").read_text("utf-8")
    assert (STATIC / "apple-touch-icon.png").read_bytes() == touch_icon(drawing)


def test_the_manifest_names_files_of_the_site(gallery_site: Built) -> None:
    told = json.loads(gallery_site.site.files[MANIFEST])
    assert told["name"] == gallery_site.report.site.title
    named = {told["start_url"], *(icon["src"] for icon in told["icons"])}
    assert named == {"index.html", ICON, TOUCH_ICON}
    assert named <= set(gallery_site.site.files)


def test_the_colours_are_those_of_the_styles(gallery_site: Built) -> None:
    head = (ROOT / "templates/parts/head.html").read_text("utf-8")
    said = set(re.findall(r'theme-color" content="(#\w+)"', head))
    styles = "".join(path.read_text("utf-8") for path in STATIC.glob("*.css"))
    assert said <= set(re.findall(r"--paper: (#\w+);", styles))
    assert json.loads(gallery_site.site.files[MANIFEST])["theme_color"] in said


def test_the_manifest_is_linked_only_where_the_site_has_an_address(
    gallery_site: Built, minimal_site: Built
) -> None:
    """From a folder a browser may not read it, and would complain."""
    assert b'rel="manifest"' in gallery_site.site.files["index.html"]
    assert b'rel="manifest"' not in minimal_site.site.files["index.html"]
    assert b'rel="apple-touch-icon"' in minimal_site.site.files["index.html"]
