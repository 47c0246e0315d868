"""llms.txt lists what can be read as text, and all that it lists is there."""

from __future__ import annotations

import re

import pytest

from evidence.run import Built

LINK = re.compile(r"^- \[([^\]]+)\]\(([^)]+)\)", re.MULTILINE)


@pytest.mark.parametrize("name", ["gallery_site", "minimal_site", "real_site"])
def test_everything_that_is_listed_is_there(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    base = built.report.site.address or ""
    text = built.site.files["llms.txt"].decode()
    assert text.startswith(f"# {built.report.site.title}\n\n> {built.report.site.description}\n")
    paths = {address.removeprefix(base) for _, address in LINK.findall(text)}
    assert paths <= set(built.site.files)
    twins = {path for path in built.site.files if path.endswith(".md")}
    assert {path for path in paths if path.endswith(".md")} == twins


def test_pages_and_studies_have_markdown_beside_them_and_lists_have_none(
    gallery_site: Built,
) -> None:
    report, files = gallery_site.report, gallery_site.site.files
    twins = {path for path in files if path.endswith(".md")}
    assert {f"studies/{name}.md" for name in report.studies} <= twins
    assert {"index.md", "remedies/honey.md", "methods.md", "glossary.md"} <= twins
    assert not {"search.md", "a-z.md", "404.md", "trials/index.md"} & twins
    for path in gallery_site.site.pages():
        twin = path.removesuffix(".html") + ".md"
        linked = b'type="text/markdown"' in files[path]
        assert linked == (twin in twins), path
