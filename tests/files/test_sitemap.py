"""What search engines are told: every page that they may list, with an honest day."""

from __future__ import annotations

from datetime import date as Date

import pytest
from lxml import etree

from evidence.files.sitemap import for_search_engines
from evidence.run import Built
from tests.finished.sites import site_of
from tests.projects import GALLERY, build_in_memory, change, make_project

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ADDRESS = "https://example.org/colds/"


def days_of(raw: bytes) -> dict[str, str | None]:
    """Return what a list of pages says: each address with its day."""
    tree = etree.fromstring(raw)
    return {
        str(each.findtext("s:loc", None, NAMES)): each.findtext("s:lastmod", None, NAMES)
        for each in tree
    }


def page(dated: str = "", robots: str = "") -> bytes:
    day = f'<meta property="article:modified_time" content="{dated}">' if dated else ""
    hidden = f'<meta name="robots" content="{robots}">' if robots else ""
    return (
        f'<html lang="en"><head><title>T</title>{day}{hidden}</head><body></body></html>'.encode()
    )


def test_the_list_holds_every_page_that_is_not_hidden(gallery_site: Built) -> None:
    site = gallery_site.site
    listed = days_of(site.files["sitemap.xml"])
    shown = {path for path in site.pages() if b"noindex" not in site.files[path]}
    assert listed.keys() == {f"{ADDRESS}{path}" for path in shown}
    assert set(site.pages()) - shown == {
        "404.html", *(path for path in site.pages() if path.startswith("figures/"))
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("remedies/honey.html", "2025-05"),
        ("studies/honey-2019.html", "2026-11-21"),
        ("sources/honey-2019.html", "2026-11-21"),
        ("trials/nct00000001.html", "2026-11-21"),
        ("glossary.html", None),
    ],
)
def test_a_page_has_the_day_on_which_it_was_reviewed_or_read(
    path: str, day: str | None, gallery_site: Built
) -> None:
    assert days_of(gallery_site.site.files["sitemap.xml"])[f"{ADDRESS}{path}"] == day


def test_the_day_of_the_build_is_nowhere(
    gallery_site: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = make_project(tmp_path_factory.mktemp("later"), GALLERY)
    later = build_in_memory(project, today=Date(2026, 12, 1)).site
    assert later.files["sitemap.xml"] == gallery_site.site.files["sitemap.xml"]


def test_a_source_that_is_read_again_has_a_new_day(
    gallery_site: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = make_project(tmp_path_factory.mktemp("again"), GALLERY)
    change(project, "data/sources/rest-2020.yaml", "date: 2026-11-21", "date: 2026-11-25")
    changed = days_of(build_in_memory(project).site.files["sitemap.xml"])
    before = days_of(gallery_site.site.files["sitemap.xml"])
    different = {path for path, day in changed.items() if before[path] != day}
    assert f"{ADDRESS}sources/rest-2020.html" in different
    assert {changed[path] for path in different} == {"2026-11-25"}
    assert f"{ADDRESS}sources/honey-2019.html" not in different


def test_a_site_with_many_pages_has_several_lists_and_one_that_names_them() -> None:
    site = site_of({"a.html": page("2026-01-02"), "b.html": page("2026-02-03"), "c.html": page()})
    files = for_search_engines(site, "https://example.org", most=2)
    assert days_of(files["sitemap.xml"]) == {
        "https://example.org/sitemap-1.xml": "2026-02-03",
        "https://example.org/sitemap-2.xml": None,
    }
    assert days_of(files["sitemap-1.xml"]) == {
        "https://example.org/a.html": "2026-01-02",
        "https://example.org/b.html": "2026-02-03",
    }
    assert days_of(files["sitemap-2.xml"]) == {"https://example.org/c.html": None}


def test_as_many_pages_as_one_list_may_hold_stand_in_one() -> None:
    site = site_of({"a.html": page(), "b.html": page("", "noindex"), "c.html": page()})
    files = for_search_engines(site, "https://example.org", most=2)
    assert files.keys() == {"robots.txt", "sitemap.xml"}
    assert list(days_of(files["sitemap.xml"])) == [
        "https://example.org/a.html", "https://example.org/c.html"
    ]  # fmt: skip


def test_an_address_with_marks_that_mean_something_in_xml_is_written_so() -> None:
    files = for_search_engines(site_of({"a.html": page()}), "https://example.org/x&y/")
    assert list(days_of(files["sitemap.xml"])) == ["https://example.org/x&y/a.html"]


def test_robots_are_led_to_the_list(gallery_site: Built) -> None:
    robots = gallery_site.site.files["robots.txt"].decode()
    assert robots.endswith("Sitemap: https://example.org/colds/sitemap.xml\n")


def test_a_site_without_an_address_has_no_list(minimal_site: Built) -> None:
    assert "sitemap.xml" not in minimal_site.site.files
    assert b"Sitemap" not in minimal_site.site.files["robots.txt"]
