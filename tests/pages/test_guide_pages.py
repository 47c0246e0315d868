"""The guide for editors is part of the site, for those who look for it and for no search."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from evidence.model.guide import FIRST, GUIDE, GUIDE_FILES, guide_address
from evidence.run import Built
from tests.projects import GALLERY, ROOT, build_in_memory, make_project, write

PAGES = [guide_address(name) for name in GUIDE]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The gallery with the guide of this project."""
    root = make_project(tmp_path_factory.mktemp("guide") / "site", GALLERY)
    (root / "docs").mkdir()
    for name in GUIDE_FILES:
        shutil.copy(ROOT / name, root / name)
    return build_in_memory(root)


def test_each_document_is_a_page_with_its_own_title(built: Built) -> None:
    for name, address in zip(GUIDE, PAGES, strict=True):
        title = (ROOT / f"docs/{name}.md").read_text("utf-8").partition("\n")[0].removeprefix("# ")
        page = built.site.files[address].decode()
        assert f"<h1>{title}</h1>" in page
        assert page.count("<h1") == 1


def test_the_documents_are_listed_in_the_order_in_which_one_reads_them(built: Built) -> None:
    page = built.site.files[guide_address("rules")].decode()
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    listed = re.findall(r'<li><a href="([a-z]+\.html)"', contents)
    assert [f"guide/{name}" for name in listed] == PAGES


def test_no_search_finds_the_guide(built: Built) -> None:
    files = built.site.files
    for address in PAGES:
        assert '<meta name="robots" content="noindex' in files[address].decode()
    for path in ("sitemap.xml", "llms.txt", "a-z.html"):
        assert "guide/" not in re.sub(
            r'<footer class="footer".*', "", files[path].decode(), flags=re.DOTALL
        )
    searched = [path for path in files if path.startswith("search/")]
    assert len(searched) > 100
    assert [path for path in searched if b"guide/" in files[path]] == []


def test_links_between_documents_lead_to_pages_and_others_to_the_sources(built: Built) -> None:
    links = {
        link
        for address in PAGES
        for link in re.findall(r'<a href="([^"]+)"', built.site.files[address].decode())
    }
    assert "rules.html" in links
    assert "words.html#figure-kinds" in links
    assert "https://example.org/colds.git/blob/HEAD/docs/ARCHITECTURE.md" in links
    assert "https://example.org/colds.git/blob/HEAD/README.md" in links
    assert [link for link in links if ".md" in link and "://" not in link] == []


def test_every_page_leads_to_the_guide_where_there_is_one(built: Built, tmp_path: Path) -> None:
    assert 'href="guide/index.html"' in built.site.files["index.html"].decode()
    assert 'href="../guide/index.html"' in built.site.files["remedies/honey.html"].decode()
    without = build_in_memory(make_project(tmp_path / "site", GALLERY)).site.files
    assert [path for path in without if path.startswith("guide/")] == []
    assert "guide/" not in without["index.html"].decode()


def test_a_document_that_changes_is_a_page_that_changes(built: Built, tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", GALLERY)
    write(root, {f"docs/{FIRST}.md": "# How we work\n\nSlowly. See [there](editing.md#here).\n"})
    files = build_in_memory(root).site.files
    page = files[guide_address(FIRST)].decode()
    assert "<h1>How we work</h1>" in page
    there = "https://example.org/colds.git/blob/HEAD/docs/editing.md#here"  # no page here
    assert f'<a href="{there}">there</a>' in page
    assert built.site.files[guide_address(FIRST)].decode() != page
