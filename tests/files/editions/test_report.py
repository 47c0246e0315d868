"""The command that makes editions: what it writes, what a plain build leaves out, what it asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.files.editions import libraries
from evidence.files.editions.edition import SHEET, TEMPLATE
from evidence.files.editions.plan import editions
from evidence.problems import ProblemsFoundError
from evidence.prose.uses import uses_of
from evidence.run import Built, inputs_key
from evidence.store import Store
from tests.projects import KEPT, TODAY, build_here

HELD = '<a href="../reports/remedies/honey.pdf">PDF</a>'


@pytest.fixture
def able() -> None:
    """Skip where editions cannot be made."""
    problems = [str(problem) for problem in libraries.missing()]
    if problems:
        pytest.skip(problems[0])


@pytest.mark.usefixtures("able")
def test_report_makes_what_it_links_to_and_build_takes_both_away(
    gallery: Path, lend_gallery: Callable[[Path], Path]
) -> None:
    lend_gallery(gallery / ".cache")
    page, pdf = (
        gallery / "site/remedies" / "honey.html",
        gallery / "site/reports/remedies/honey.pdf",
    )
    made = build_here(gallery, "report")
    assert (made.code, made.problems) == (0, "")
    assert HELD in page.read_text("utf-8")
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    assert "Nothing changed" in build_here(gallery, "report").out
    assert build_here(gallery, "build").code == 0
    assert "reports/" not in page.read_text("utf-8")
    assert not (gallery / "site/reports").exists()
    assert "Nothing changed" in build_here(gallery, "build").out


def test_a_run_with_editions_is_another_than_one_without(minimal: Path) -> None:
    site = minimal / "site"
    keys = {inputs_key(minimal, site, TODAY, editions=held) for held in (True, False)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("name", "raised", "said"),
    [
        ("weasyprint", "ImportError", "WeasyPrint is not installed"),
        ("weasyprint", "OSError", "Pango is not installed"),
        ("pypandoc", "ImportError", "pypandoc_binary is not installed"),
    ],
)
def test_a_library_that_is_missing_is_named_with_what_to_do(
    name: str,
    raised: str,
    said: str,
    minimal: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / f"{name}.py").write_text(f"raise {raised}('gone')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    printed = build_here(minimal, "report")
    assert printed.code == 1
    assert said in printed.problems
    assert "make report" in printed.problems or "apt install" in printed.problems
    assert "Traceback" not in printed.problems
    assert not (minimal / "site").exists()


def test_a_plain_build_asks_for_none_of_them(
    minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("weasyprint", "pydyf", "pypandoc"):
        monkeypatch.setitem(sys.modules, name, None)
    assert build_here(minimal, "build").code == 0


@pytest.mark.usefixtures("able")
def test_a_site_without_the_template_is_told_so(gallery_site: Built) -> None:
    report = gallery_site.report
    templates = {name: text for name, text in report.templates.items() if name != TEMPLATE}
    static = {name: raw for name, raw in report.static.items() if name != SHEET}
    bare = replace(report, templates=templates, static=static)
    with pytest.raises(ProblemsFoundError) as refused:
        editions(gallery_site.site, bare, uses_of(report), Store(None))
    assert [str(problem.place) for problem in refused.value.problems] == [
        "templates/edition.html",
        "templates/static/edition.css",
    ]


@pytest.mark.usefixtures("able")
def test_a_template_that_names_what_nobody_gives_it_is_a_problem(gallery_site: Built) -> None:
    report = gallery_site.report
    templates = {**report.templates, TEMPLATE: "{{ edition.nothing }}"}
    with pytest.raises(ProblemsFoundError) as refused:
        editions(
            gallery_site.site, replace(report, templates=templates), uses_of(report), Store(KEPT)
        )
    (problem,) = refused.value.problems
    assert problem.rule == "template-complete"
    assert "nothing" in problem.message


def test_the_style_of_print_is_no_part_of_a_site(gallery_site: Built) -> None:
    assert SHEET in gallery_site.report.static
    assert not any("edition" in path for path in gallery_site.site.files)
