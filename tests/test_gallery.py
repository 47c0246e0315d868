"""The gallery uses every authoring feature, and its pages say what is expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from evidence.figures import KINDS as FIGURE_KINDS
from evidence.model.base import PartialDate
from evidence.model.caution import MarkKind
from evidence.model.claim import VERDICTS, Ledger
from evidence.model.figure import Figure
from evidence.model.page import FrontMatter, PageKind
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.quantity import COMPUTED_FORMS, FORMS
from evidence.prose.references import Reference, ReferenceKind, find_references
from evidence.read.tables import TABLE_COLUMNS
from evidence.run import Built
from tests.gallery import main
from tests.outline import lines_of
from tests.projects import GALLERY

EXPECTED = GALLERY / "expected"
TYPED = r"(?:^|[{,\s])([A-Za-z][A-Za-z-]*):(?=\s)"
SHOWN = (
    "index.html",
    "404.html",
    "methods.html",
    "glossary.html",
    "remedies/index.html",
    "remedies/honey.html",
    "checks.html",
    "search.html",
    "a-z.html",
    "what-changed.html",
    "claims/index.html",
    "claims/newspaper.html",
    "trials/index.html",
    "trials/nct00000001.html",
    "trials/sweet-plan.html",
    "trials/condition/cough.html",
    "trials/facets.js",
    "trials/rows-0.js",
    "downloads/trials.csv",
    "downloads/trials.json",
    "studies/index.html",
    "studies/honey-2019.html",
    "studies/colds-2021.html",
    "studies/our-analysis.html",
    "sources/index.html",
    "sources/honey-2019.html",
    "downloads/findings.csv",
    "downloads/claims.csv",
    "downloads/sources.json",
    "figures/pooled.csv",
    "remedies/honey.md",
    "studies/honey-2019.md",
    "llms.txt",
    "feed.xml",
    "sitemap.xml",
    "robots.txt",
)


def shown(site: Built, path: str) -> str:
    raw = site.site.files[path]
    return "\n".join(lines_of(raw)) + "\n" if path.endswith(".html") else raw.decode()


def references() -> Iterator[Reference]:
    """Yield every reference that stands in the gallery's files."""
    for path in (*GALLERY.rglob("content/**/*.md"), *GALLERY.rglob("data/**/*.yaml")):
        yield from find_references(path.read_text("utf-8").replace("\\|", "|"))[0]


def models_in(*annotations: Any) -> set[type[BaseModel]]:
    """Return the models that stand in annotations, and in the fields of those models."""
    found: set[type[BaseModel]] = set()
    waiting = list(annotations)
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            if each not in found:
                found.add(each)
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += get_args(each)
    return found


def typed(pattern: str) -> set[str]:
    """Return what a pattern finds in the gallery's YAML."""
    texts = (path.read_text("utf-8") for path in GALLERY.rglob("data/**/*.yaml"))
    return {found for text in texts for found in re.findall(pattern, text)}


@pytest.mark.parametrize("path", SHOWN)
def test_the_page_says_what_is_expected(
    path: str, gallery_site: Built, *, update_expected: bool
) -> None:
    expected = EXPECTED / (path.replace(".html", ".txt"))
    found = shown(gallery_site, path)
    if update_expected:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(found, "utf-8")
    wanted = expected.read_text("utf-8")
    difference = difflib.unified_diff(wanted.split("\n"), found.split("\n"), lineterm="", n=1)
    assert found == wanted, "\n".join(difference)


def test_the_gallery_can_be_built_to_be_looked_at(
    tmp_path: Path, lend_gallery: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lend_gallery(tmp_path / ".cache")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/gone.md").write_text("no longer in the gallery")
    assert main(tmp_path) == 0
    first = tmp_path / "site/index.html"
    assert first.is_file()
    assert capsys.readouterr().out == f"Open {first}\n"


def test_nothing_is_expected_that_is_not_compared() -> None:
    stored = {each.relative_to(EXPECTED).as_posix() for each in EXPECTED.rglob("*.*")}
    assert stored == {path.replace(".html", ".txt") for path in SHOWN}


def test_the_gallery_uses_every_kind_of_reference() -> None:
    assert {each.kind for each in references()} == set(get_args(ReferenceKind))


def test_the_gallery_uses_every_form_of_a_number() -> None:
    used = {each.form for each in references() if each.kind == "number"}
    assert {*FORMS, *COMPUTED_FORMS} - used == set()


def test_the_gallery_has_every_kind_of_page(gallery_site: Built) -> None:
    kinds = {page.front.kind for page in gallery_site.report.pages.values()}
    assert kinds == set(get_args(PageKind))


def test_the_gallery_has_every_kind_of_figure(gallery_site: Built) -> None:
    assert {each.kind for each in gallery_site.report.figures.values()} == set(FIGURE_KINDS)


def test_the_gallery_has_every_verdict(gallery_site: Built) -> None:
    assert {each.verdict for each in gallery_site.report.claims().values()} == set(VERDICTS)


def test_the_gallery_has_every_kind_of_mark() -> None:
    assert set(get_args(MarkKind)) <= typed(r"\{kind: ([a-z-]+), text:")


def test_the_gallery_uses_every_key_that_an_author_can_type() -> None:
    texts = [path.read_text("utf-8") for path in GALLERY.rglob("content/**/*.md")]
    used = typed(TYPED) | {found for text in texts for found in re.findall(TYPED, text)}
    missing = {
        f"{model.__name__}: {field.alias or name}"
        for model in models_in(
            Ledger, Figure, FrontMatter, Site, Term, Source, Study, Trial, Vocabularies
        )
        for name, field in model.model_fields.items()
        if model is not PartialDate and name != "id" and (field.alias or name) not in used
    }
    assert missing == set()


def test_the_gallery_uses_every_column_of_a_table() -> None:
    header = (GALLERY / "data/tables/colds-2021.csv").read_text("utf-8").partition("\n")[0]
    assert set(header.split(",")) == set(TABLE_COLUMNS)
