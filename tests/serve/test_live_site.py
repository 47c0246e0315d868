"""Pages one at a time, as the sources make them now: what a build would publish, and what is wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from evidence.model.readings import LINE_COLUMNS
from evidence.serve.live_site import FAILED, LiveSite
from evidence.store import Store
from tests.projects import (
    GALLERY,
    KEPT,
    MINIMAL,
    TODAY,
    build_in_memory,
    change,
    make_project,
    write,
)

ASKED = "asking.js"


def live_site(root: Path) -> LiveSite:
    live = LiveSite(root, Store(KEPT), lambda: TODAY)
    live.look()
    return live


def rules(live: LiveSite) -> list[str]:
    return [problem.rule for problem in live.problems()]


def assert_as_built(live: LiveSite) -> None:
    """Hold every page and style of a live site against those of a build of the same sources."""
    site = build_in_memory(live.root).site
    live.whole_was((), str(site.coverage()))
    live.look()
    assert live.problems() == ()
    # One script has a table of what the whole site is searched for
    asking = live.styles()[ASKED].encode(), site.lasting[ASKED].encode()
    for path in site.pages():
        page = live.page(path)
        assert page is not None, path
        assert page.body.replace(*asking) == site.files[path], path
    served = [path for path in site.files if path.startswith(("static/", "lasting/"))]
    assert len(served) > 3
    for path in served:
        if path != site.lasting[ASKED]:
            assert live.static(path) == site.files[path], path


@pytest.mark.parametrize("layer", [MINIMAL, GALLERY], ids=["minimal", "gallery"])
def test_every_page_and_style_is_the_one_that_a_build_publishes(
    tmp_path: Path, layer: Path
) -> None:
    assert_as_built(live_site(make_project(tmp_path / "project", layer)))


def test_after_any_edits_pages_are_those_of_a_clean_build(minimal: Path) -> None:
    live = live_site(minimal)
    chance = random.Random(14)  # noqa: S311 - the same edits each time
    edits: list[Callable[[int], None]] = [
        lambda at: write(
            minimal, {"content/methods.md": f"---\ntitle: M{'m' * at}\nkind: plain\n---\nText.\n"}
        ),
        lambda at: change_count(minimal, at),
        lambda at: change_end(minimal, "templates/plain.html", f"{{# {at} #}}"),
        lambda at: change_end(minimal, "templates/static/site.css", f"h1 {{ margin: {at}px; }}"),
        lambda at: write(
            minimal, {f"content/p{at}.md": "---\ntitle: New\nkind: plain\n---\nText.\n"}
        ),
        lambda _: delete(minimal.glob("content/p*.md")),
        lambda at: change_end(minimal, "data/studies/smith-2020.yaml", f"# remark {at}"),
    ]
    for at in range(14):
        chance.choice(edits)(at)
        live.look()
        for path in ("index.html", "methods.html"):
            live.page(path)
    assert_as_built(live)


def delete(files: Iterable[Path]) -> None:
    for file in list(files):
        file.unlink()


def change_count(root: Path, at: int) -> None:
    file = root / "data/studies/smith-2020.yaml"
    lines = file.read_text("utf-8").splitlines()
    lines = [f"    events: {30 + at % 10}" if "events:" in line else line for line in lines]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def change_end(root: Path, name: str, more: str) -> None:
    file = root / name
    file.write_text(f"{file.read_text('utf-8')}\n{more}\n", "utf-8")


def test_a_page_that_did_not_change_has_the_same_digest_whatever_its_styles_are_called(
    minimal: Path,
) -> None:
    live = live_site(minimal)
    before, styles = live.page("index.html"), live.styles()
    change_end(minimal, "templates/static/site.css", "h1 { margin: 3px; }")
    live.look()
    after = live.page("index.html")
    assert before
    assert after
    assert before.digest == after.digest
    assert before.body != after.body  # it asks for the style under its new name
    assert styles["site.css"] != live.styles()["site.css"]


def test_what_is_wrong_is_told_and_the_page_stays_until_it_is_mended(minimal: Path) -> None:
    live = live_site(minimal)
    before = live.page("index.html")
    change(minimal, "content/index.md", "smith-2020/improved", "smith-2020/imprved")
    live.look()
    assert rules(live) == ["finding-exists"]
    assert live.problems()[0].place.line == 5
    assert live.page("index.html") == before
    change(minimal, "content/index.md", "smith-2020/imprved", "smith-2020/improved")
    live.look()
    assert live.problems() == ()


def test_sources_that_were_never_sound_give_no_page_and_then_one(minimal: Path) -> None:
    broken = (minimal / "content/index.md").read_text("utf-8")
    write(minimal, {"content/index.md": "no front matter"})
    live = live_site(minimal)
    before = live.is_nothing
    assert before
    assert live.page("index.html") is None
    write(minimal, {"content/index.md": broken})
    live.look()
    assert live.is_nothing is not before
    assert live.page("index.html") is not None


def test_a_number_that_nobody_accepted_is_shown_and_told(minimal: Path) -> None:
    change(minimal, "data/site.yaml", "title: The", "readings: true\ntitle: The")
    write(minimal, {"data/readings.csv": f"{','.join(LINE_COLUMNS)}\n"})
    live = live_site(minimal)
    assert rules(live) == ["change-explained"]
    page = live.page("index.html")
    assert page is not None
    assert b"37 of 40" in page.body or b"92.5" in page.body


def test_a_template_that_needs_what_is_not_there_is_told_on_its_pages(minimal: Path) -> None:
    live = live_site(minimal)
    before = live.page("methods.html")
    change_end(
        minimal, "templates/plain.html", "{% block styles %}{{ view.nothing.at.all }}{% endblock %}"
    )
    live.look()
    live.page("methods.html")
    problems = live.problems()
    assert [problem.place.file for problem in problems] == ["templates/plain.html"], problems
    assert before is not None


def test_a_failure_of_the_program_is_told_and_the_next_save_is_looked_at(
    minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = live_site(minimal)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    with monkeypatch.context() as broken:
        broken.setattr("evidence.serve.live_site.compute", fail)
        live.look()
    assert rules(live) == [FAILED]
    assert "ZeroDivisionError: by hand" in live.problems()[0].message
    live.look()
    assert live.problems() == ()


def test_there_is_no_page_where_a_build_makes_none(minimal: Path) -> None:
    live = live_site(minimal)
    for path in ("nothing.html", "", "index", "../content/index.md", "static/site.css"):
        assert live.page(path) is None, path
        assert not live.has(path), path
    assert live.static("index.html") is None
