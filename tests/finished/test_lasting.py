"""Styles and scripts have names that say what is in them, and pages ask for them by these names."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from evidence.finished.lasting import named
from evidence.prose.writer import NAME_LATER
from evidence.run import Built
from evidence.store import Store
from tests.projects import GALLERY, KEPT, build_in_memory, change, make_project

NAMED = re.compile(r"lasting/([\w./-]+)\.([0-9a-f]{10})\.(css|js|jpg|png)")


def test_a_name_holds_the_sum_of_what_is_in_the_file(gallery_site: Built) -> None:
    files = gallery_site.site.files
    found = {path: NAMED.fullmatch(path) for path in files if path.startswith("lasting/")}
    assert len(found) > 10
    for path, name in found.items():
        assert name is not None, path
        assert hashlib.sha256(files[path]).hexdigest().startswith(name[2])


def test_no_style_or_script_of_the_templates_has_another_name(gallery_site: Built) -> None:
    plain = [path for path in gallery_site.site.files if path.startswith("static/")]
    assert [path for path in plain if path.endswith((".css", ".js"))] == []
    assert "static/favicon.svg" in plain


def test_every_name_on_a_page_is_that_of_a_file(gallery_site: Built) -> None:
    site = gallery_site.site
    for path in site.pages():
        text = site.files[path].decode()
        assert NAME_LATER not in text, path
        asked = {name.group() for name in NAMED.finditer(text)}
        assert asked, path
        assert asked <= set(site.files), path


def test_what_a_page_is_known_by_is_what_it_holds(gallery_site: Built) -> None:
    files = gallery_site.site.files
    for path in gallery_site.site.pages():
        assert files.digest(path) == hashlib.sha256(files[path]).hexdigest(), path


def test_a_name_that_no_file_has_stays_plain_for_the_check_of_links() -> None:
    page = f'<link href="../static/{NAME_LATER}a.css"><link href="static/{NAME_LATER}b.css">'
    names = {"a.css": "lasting/a.0123456789.css"}
    assert named(page.encode(), names) == (
        b'<link href="../lasting/a.0123456789.css"><link href="static/b.css">'
    )


@pytest.mark.parametrize("folder", [None, KEPT], ids=["without a store", "with one"])
def test_an_edited_style_has_another_name_on_every_page(
    folder: Path | None, tmp_path: Path, gallery_site: Built
) -> None:
    before = gallery_site.site
    root = make_project(tmp_path, GALLERY)
    change(root, "templates/static/figures.js", "const PATIENCE = 20000", "const PATIENCE = 30000")
    after = build_in_memory(root, Store(folder)).site
    old, new = before.lasting["figures.js"], after.lasting["figures.js"]
    assert old != new
    assert old not in after.files
    changed = {
        path
        for path in before.files
        if before.files.digest(path)
        != after.files.by_path.get(path, before.files.by_path["robots.txt"]).digest
    }
    using = {path for path in before.pages() if old.encode() in before.files[path]}
    assert using
    assert changed == {*using, old}
    assert all(new.encode() in after.files[path] for path in using)
