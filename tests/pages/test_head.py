"""What a page says of itself to those who show links."""

from __future__ import annotations

import posixpath
import struct

import pytest
from lxml import html

from evidence.pages.view import SHARED_PICTURE
from evidence.run import Built
from tests.projects import GALLERY, build_in_memory, change, make_project

ADDRESS = "https://example.org/colds/"


def said(built: Built, path: str) -> dict[str, str]:
    """Return what the head of a page says, by property or name."""
    tree = html.fromstring(built.site.files[path])
    found: dict[str, str] = {}
    for meta in tree.xpath("/html/head/meta[@property or @name]"):
        name = meta.get("property") or meta.get("name")
        if not name.startswith(("theme", "citation")):
            assert name not in found, f"{name} twice on {path}"
        found[name] = meta.get("content")
    return found


def pages(built: Built) -> list[str]:
    """Return the paths of the pages that somebody links to: all but that for missing addresses."""
    return [path for path in built.site.pages() if path != "404.html"]


@pytest.mark.parametrize("name", ["gallery_site", "minimal_site", "real_site"])
def test_the_picture_of_every_page_is_a_file_of_the_site(
    name: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(name)
    address = built.report.site.address
    named = set()
    for path in pages(built):
        picture = said(built, path)["og:image"]
        if address:
            assert picture.startswith(address)
            named.add(picture.removeprefix(address))
        else:
            named.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), picture)))
    drawn = {path for path in built.site.files if path.startswith("previews/")}
    assert named == drawn
    for path in drawn:
        raw = built.site.files[path]
        assert struct.unpack(">2I", raw[16:24]) == (1200, 630)
        assert len(raw) <= 60_000, path


def test_a_page_that_answers_something_has_a_picture_of_its_own(gallery_site: Built) -> None:
    own = {
        "index.html", "remedies/honey.html", "remedies/index.html", "studies/honey-2019.html",
        "figures/pooled.html",
    }  # fmt: skip
    for path in own:
        picture = said(gallery_site, path)["og:image"]
        assert picture == f"{ADDRESS}previews/{path.removesuffix('.html')}.png"
    for path in ("about.html", "sources/honey-2019.html", "trials/nct00000001.html"):
        assert said(gallery_site, path)["og:image"] == f"{ADDRESS}{SHARED_PICTURE}"


def test_a_link_is_shown_with_the_words_of_the_page(gallery_site: Built) -> None:
    head = said(gallery_site, "remedies/honey.html")
    assert head["og:title"] == "Honey for colds and coughs"
    assert head["og:description"] == head["description"] == "Honey and the common cold."
    assert head["og:url"] == f"{ADDRESS}remedies/honey.html"
    assert head["og:type"] == "article"
    assert head["og:site_name"] == "Remedies for the common cold"
    assert head["twitter:card"] == "summary_large_image"
    assert head["og:image:alt"] == head["og:title"]
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert said(gallery_site, "index.html")["og:type"] == "website"


def test_a_site_without_an_address_claims_none(minimal_site: Built) -> None:
    for path in pages(minimal_site):
        head = said(minimal_site, path)
        assert "og:url" not in head
        assert "://" not in head["og:image"]


def test_pages_of_all_kinds_say_what_links_are_shown_with(gallery_site: Built) -> None:
    wanted = {
        "og:title", "og:description", "og:url", "og:type", "og:site_name", "og:image",
        "og:image:alt", "og:image:width", "og:image:height", "twitter:card", "description",
    }  # fmt: skip
    for path in pages(gallery_site):
        head = said(gallery_site, path)
        assert wanted <= head.keys(), path
        assert all(head[name] for name in wanted), path


def test_a_changed_answer_changes_the_picture_of_its_page_and_no_other(
    gallery_site: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = make_project(tmp_path_factory.mktemp("answer"), GALLERY)
    change(project, "content/remedies/honey.md", "of children stopped", "of the children stopped")
    changed = build_in_memory(project).site.files
    before = gallery_site.site.files
    pictures = {path for path in before if path.startswith("previews/")}
    assert {path for path in pictures if changed.digest(path) != before.digest(path)} == {
        "previews/remedies/honey.png"
    }
