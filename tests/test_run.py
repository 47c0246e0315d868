"""Whole runs: what is written, what is left alone, and what every run has in common."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path

import pytest

from evidence.kept_file import FILE
from evidence.run import Built, run
from evidence.steps.publish import MANIFEST
from evidence.store import Store
from tests.projects import (
    GALLERY,
    KEPT,
    MINIMAL,
    ROOT,
    TODAY,
    Drawn,
    build_here,
    build_in_memory,
    change,
    files_below,
    make_project,
    write,
)

# Runs the command line, then prints which of the named libraries were imported.
BUILD = """
import sys
from evidence.command import main
code = main(sys.argv[2:])
print("imported:", *sorted(set(sys.argv[1].split(",")) & set(sys.modules)))
sys.exit(code)
"""
DRAWING = ("altair", "pandas", "vl_convert")
HEAVY = (
    *DRAWING,
    "jinja2",
    "latex2mathml",
    "lxml",
    "markdown_it",
    "mdit_py_plugins",
    "nh3",
    "numpy",
    "pydantic",
    "scipy",
    "yaml",
)


def build_apart(
    root: Path, *arguments: str, watched: tuple[str, ...] = (), **surroundings: str
) -> tuple[str, list[str]]:
    """Build in a process of its own; return what it printed, and what it imported of ``watched``."""
    asked = ["--root", str(root), "--today", TODAY.isoformat(), *arguments]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, ",".join(watched), *asked],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    printed, _, imported = done.stdout.rpartition("imported:")
    return printed, imported.split()


def traces(folder: Path) -> dict[str, tuple[int, int]]:
    """Return inode and modification time of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def rewritten(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@pytest.fixture(scope="module")
def built(lend_gallery: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery, built once with a cache that holds all of it; tests copy it."""
    root = make_project(tmp_path_factory.mktemp("run") / "gallery", GALLERY)
    lend_gallery(root / ".cache")
    build_apart(root)
    return root


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the built gallery with its site and cache, after one run in its own place."""
    root = tmp_path / "gallery"
    shutil.copytree(built, root)
    build_apart(root)
    return root


def test_a_run_after_which_nothing_changed_writes_nothing(copy: Path) -> None:
    before = traces(copy / "site")
    printed, _ = build_apart(copy)
    assert traces(copy / "site") == before
    assert "Nothing changed" in printed


def test_a_run_after_which_nothing_changed_imports_no_heavy_library(copy: Path) -> None:
    _, imported = build_apart(copy, watched=HEAVY)
    assert imported == []


def test_a_run_after_which_nothing_changed_prints_the_same_summary(copy: Path) -> None:
    kept, _ = build_apart(copy, "--pages")
    (copy / ".cache/last-run.json").unlink()
    fresh, _ = build_apart(copy, "--pages")
    assert "Nothing changed" in kept
    assert "0 files written" in fresh
    assert kept.split("\n")[:-2] == fresh.split("\n")[:-2]


def test_a_published_file_that_was_changed_by_hand_is_mended(copy: Path) -> None:
    page = copy / "site/remedies/honey.html"
    wanted = page.read_bytes()
    page.write_bytes(wanted.replace(b"Honey", b"Money"))
    build_apart(copy)
    assert page.read_bytes() == wanted


def test_a_published_file_that_was_deleted_comes_back(copy: Path) -> None:
    page = next(copy.glob("site/lasting/site.*.css"))
    page.unlink()
    build_apart(copy)
    assert page.is_file()


def test_another_day_is_another_run(copy: Path) -> None:
    printed, _ = build_apart(copy, "--today", "2030-01-01")
    assert "Nothing changed" not in printed
    assert re.search(r"Overdue for review: .*remedies/honey, remedies/index", printed)


def apart(paths: set[str]) -> set[str]:
    """Return paths without the files of the search, of which few are written again."""
    searched = {path for path in paths if path.startswith("search/")}
    assert 0 < len(searched) < 30
    return paths - searched


def test_one_sentence_rewrites_only_the_page_that_shows_it(copy: Path) -> None:
    before = traces(copy / "site")
    change(copy, "content/remedies/honey.md", "Whether *your* cold", "Whether a cold")
    _, imported = build_apart(copy, watched=DRAWING)
    shown = {"remedies/honey.html", "remedies/honey.md"}
    assert apart(rewritten(before, traces(copy / "site"))) == {MANIFEST, *shown}
    assert imported == []


def test_one_sentence_loads_nothing_that_computes_or_draws(copy: Path) -> None:
    change(copy, "content/remedies/honey.md", "Whether *your* cold", "Whether a cold")
    computing = ("numpy", "scipy", "evidence.figures.forest", "evidence.figures.world_map")
    _, imported = build_apart(copy, watched=(*DRAWING, *computing))
    assert imported == []


def test_one_label_of_a_figure_rewrites_its_page_and_its_files(copy: Path) -> None:
    before = traces(copy / "site")
    change(copy, "data/figures/ratio.yaml", "Any remedy", "Every remedy")
    build_apart(copy)
    endings = ("csv", "html", "js", "json", "png", "svg")
    files = {f"figures/ratio.{ending}" for ending in endings}
    shown = {"remedies/honey.html", "remedies/honey.md", "previews/figures/ratio.png"}
    wanted = {MANIFEST, *shown, *files}
    assert apart(rewritten(before, traces(copy / "site"))) == wanted


def test_one_number_rewrites_everything_that_shows_it(copy: Path) -> None:
    before = traces(copy / "site")
    change(copy, "data/studies/rest-2020.yaml", "value: 2439", "value: 2440")
    build_apart(copy)
    assert apart(rewritten(before, traces(copy / "site"))) == {
        MANIFEST,
        "downloads/datapackage.json",
        "downloads/evidence.sqlite",
        "downloads/findings.csv",
        "downloads/findings.xlsx",
        "remedies/honey.html",
        "remedies/honey.md",
        "sources/rest-2020.html",
        "studies/rest-2020.csv",
        "studies/rest-2020.html",
        "studies/rest-2020.md",
        "studies/rest-2020.xlsx",
    }


def test_a_new_study_rewrites_only_the_pages_that_show_or_count_it(copy: Path) -> None:
    before = traces(copy / "site")
    study = (copy / "data/studies/rest-2020.yaml").read_text("utf-8").partition("  well:")[0]
    write(copy, {"data/studies/nap-2020.yaml": study.replace("Rest 2020", "Nap 2020")})
    item = "  - {study: rest-2020, became: shown}\n"
    change(copy, "data/searches/honey.yaml", item, item + item.replace("rest", "nap"))
    build_apart(copy)
    pages = {path for path in rewritten(before, traces(copy / "site")) if path.endswith(".html")}
    assert pages == {
        "studies/nap-2020.html",
        "studies/index.html",  # the list of studies
        "studies/our-analysis.html",  # a table that counts studies
        "studies/rest-2020.html",  # the study that stands beside it
        "sources/index.html",
        "sources/our-analysis.html",
        "sources/rest-2020.html",
        "remedies/honey.html",  # the table of its outcome
        "remedies/figures-counts.html",  # a figure of all studies of the site
        "figures/studied-here.html",
        "figures/account-honey.html",
        "searches/honey.html",
        "a-z.html",
        "checks.html",  # these three say how many numbers are bound on the whole site
        "index.html",
        "methods.html",
    }


FIGURE = """\
kind: intervals
title: Most were better
subtitle: People better
axis: Percent better
rows:
  - {finding: smith-2020/improved, group: One study}
"""


def test_without_a_cache_with_an_empty_and_with_a_full_one_the_bytes_are_the_same(
    tmp_path: Path,
) -> None:
    root = make_project(tmp_path / "project", MINIMAL)
    write(root, {"data/figures/only.yaml": FIGURE})
    off, cold, warm = (
        build_in_memory(root, Store(folder)).site.files
        for folder in (None, tmp_path / "cache", tmp_path / "cache")
    )
    assert "figures/only.png" in off
    assert off == cold
    assert cold == warm


# Each changes something that another page shows: a use, a title, a date, a name, a count.
EDITS = {
    "texts": [
        ("content/methods.md", "Papers were read.", "Read: [[colds-2021/one]] [@rest-2020]."),
        ("content/remedies/index.md", "![[trials]]", "Nothing."),
        ("content/about.md", "Everything", "![[course]]\n\nEverything"),
    ],
    "front matter": [
        ("content/remedies/honey.md", "title: Honey", "title: Sweet honey"),
        ("content/remedies/honey.md", "order: 10", "order: -10"),
        ("content/remedies/honey.md", "review-due: 2026-05-21", "review-due: 2028-05-21"),
    ],
    "records": [
        ("data/glossary.yaml", "term: placebo", "term: the sham"),
        ("data/claims/newspaper.yaml", "verdict: not-supported", "verdict: cannot-be-checked"),
        ("data/sources/honey-2019.yaml", "short: Bee 2019", "short: Bees 2019"),
        ("data/studies/honey-2019.yaml", "events: 58", "events: 57"),
        ("data/accepted-checks.csv", "58 of 103", "57 of 103"),
        ("data/tables/colds-2021.csv", "42.1,,,,percent", "42.2,,,,percent"),
        ("data/figures/course.yaml", "label: First child", "label: The first child"),
        ("data/site.yaml", "tagline: A made-up field", "tagline: An invented field"),
    ],
    "templates": [
        ("templates/parts/words.html", "Words on this page", "Terms on this page"),
        ("templates/static/favicon.svg", "<svg ", '<svg id="icon" '),
    ],
}


@pytest.mark.parametrize("edits", EDITS)
def test_after_edits_a_run_with_a_cache_gives_the_bytes_of_one_without(
    edits: str, tmp_path: Path, gallery_site: Built
) -> None:
    root = make_project(tmp_path / "gallery", GALLERY)
    before = gallery_site.site.files
    for name, old, new in EDITS[edits]:
        change(root, name, old, new)
    warm = build_in_memory(root, Store(KEPT)).site.files
    clean = build_in_memory(root, Drawn()).site.files
    assert [path for path in clean if warm.get(path) != clean[path]] == []
    assert warm.keys() == clean.keys()
    assert warm != before


def test_a_file_that_cannot_be_read_is_reported_also_after_a_good_run(minimal: Path) -> None:
    assert build_here(minimal).code == 0
    for name in ("data/glossary.yaml", "data/sources/new.yaml", "data/claims/new.yaml"):
        write(minimal, {name: "title: é\n".encode("latin-1")})
        assert build_here(minimal).code == 1, name
        (minimal / name).unlink()


def held(root: Path) -> int:
    """Return how many bytes the store of a project holds."""
    with contextlib.closing(sqlite3.connect(root / ".cache" / FILE)) as store:
        (length,) = store.execute("select sum(length(card) + length(body)) from kept").fetchone()
    return int(length)


def test_the_cache_does_not_grow_without_end(
    minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build_here(minimal).code == 0
    heaviest = held(minimal)
    monkeypatch.setattr("evidence.store.Store.prune.__defaults__", (heaviest,))
    for word in ("one", "two", "three"):
        change(minimal, "data/site.yaml", "tagline: ", f"tagline: {word} ")
        assert build_here(minimal).code == 0
        assert 0 < held(minimal) < heaviest * 1.1  # what the run itself used stays


def test_a_cache_that_cannot_be_written_is_only_slower(minimal: Path, tmp_path: Path) -> None:
    wanted = build_in_memory(minimal).site.files
    blocked = tmp_path / "cache"
    blocked.write_text("a file stands where the folder should be", "utf-8")
    run(minimal, tmp_path / "site", TODAY, blocked)
    found = files_below(tmp_path / "site")
    assert {path: found[path] for path in wanted} == wanted


def test_a_command_line_with_a_cache_that_cannot_be_written_still_builds(minimal: Path) -> None:
    (minimal / ".cache").write_text("a file stands where the folder should be", "utf-8")
    assert build_here(minimal).code == 0
    assert (minimal / "site/index.html").is_file()


def test_a_good_run_exits_with_zero(minimal: Path) -> None:
    assert build_here(minimal).code == 0
    assert build_here(minimal, "check").code == 0


def test_a_run_with_problems_exits_with_one(minimal: Path) -> None:
    (minimal / "data/site.yaml").unlink()
    assert build_here(minimal).code == 1
    assert build_here(minimal, "check").code == 1


@pytest.mark.parametrize(
    "arguments",
    [("bake",), ("--today", "tomorrow"), ("--colour",), ("--port", "http"), ("--port", "65536")],
)
@pytest.mark.usefixtures("capsys")
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...], minimal: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_here(minimal, *arguments)
    assert stopped.value.code == 2


def test_a_folder_that_is_no_project_exits_with_two(tmp_path: Path) -> None:
    printed = build_here(tmp_path)
    assert printed.code == 2
    assert "no content/ and data/ folder" in printed.problems


def test_check_writes_no_site(minimal: Path) -> None:
    build_here(minimal, "check", "--no-cache")
    assert not (minimal / "site").exists()


def test_the_steps_before_publish_write_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "minimal", MINIMAL)
    before = files_below(root)
    build_in_memory(root, today=Date(2026, 11, 21))
    assert files_below(root) == before
