"""The feed of changes is Atom, tells what changed and when, and keeps its ids."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from evidence.files.feed import MOST
from evidence.run import Built
from tests.projects import GALLERY, build_in_memory, change, make_project

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
ADDRESS = "https://example.org/colds/"


def entries(raw: bytes) -> list[etree._Element]:
    return list(etree.fromstring(raw).iterfind("a:entry", ATOM))


def said(entry: etree._Element, name: str) -> str:
    return str(entry.findtext(f"a:{name}", "", ATOM))


@pytest.mark.parametrize("name", ["gallery_site", "real_site"])
def test_a_feed_has_what_atom_asks_for(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    root = etree.fromstring(built.site.files["feed.xml"])
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.findtext("a:author/a:name", "", ATOM) == built.report.site.title
    found = entries(built.site.files["feed.xml"])
    assert 0 < len(found) <= MOST
    for part in (root, *found):
        assert said(part, "id").startswith("urn:uuid:")
        assert said(part, "title")
        assert MOMENT.fullmatch(said(part, "updated"))
        assert part.find("a:link[@rel='alternate']", ATOM) is not None
    assert all(said(entry, "summary") for entry in found)
    ids = [said(part, "id") for part in (root, *found)]
    assert len(set(ids)) == len(ids)
    days = [said(entry, "updated") for entry in found]
    assert days == sorted(days, reverse=True)
    assert said(root, "updated") == days[0]
    base = built.report.site.address or ""
    for entry in found:
        href = entry.find("a:link", ATOM).get("href")  # type: ignore[union-attr]
        assert str(href).removeprefix(base) in built.site.files


def test_an_address_is_named_where_the_site_has_one(gallery_site: Built) -> None:
    root = etree.fromstring(gallery_site.site.files["feed.xml"])
    own = root.find("a:link[@rel='self']", ATOM)
    assert own is not None
    assert own.get("href") == f"{ADDRESS}feed.xml"


def test_ids_stay_when_the_site_moves_and_a_new_review_is_a_new_entry(
    gallery_site: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = make_project(tmp_path_factory.mktemp("moved"), GALLERY)
    change(project, "data/site.yaml", "https://example.org/colds/\n", "https://example.net/\n")
    change(project, "content/methods.md", "reviewed: 2026-11-01", "reviewed: 2026-11-20")
    before = {said(entry, "id") for entry in entries(gallery_site.site.files["feed.xml"])}
    after = {
        said(entry, "id") for entry in entries(build_in_memory(project).site.files["feed.xml"])
    }
    assert len(before - after) == len(after - before) == 1


def test_a_site_of_which_no_change_is_known_has_no_feed(minimal_site: Built) -> None:
    assert "feed.xml" not in minimal_site.site.files
    assert b"atom+xml" not in minimal_site.site.files["index.html"]
