"""Saves as editors make them, each seen once and soon."""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence.serve.watching import Saved, saves
from tests.projects import write

SOON = 5.0  # seconds that a busy machine may take
NOTHING = 0.6  # seconds after which nothing more is expected
Next = Callable[[float], Saved | None]


@pytest.fixture
def seen(minimal: Path) -> Iterator[Next]:
    """Watch the smallest project; the function gives what was saved next, or None."""
    stop, found = threading.Event(), queue.Queue[Saved]()

    def watch() -> None:
        for saved in saves(minimal, stop):
            found.put(saved)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    time.sleep(NOTHING)  # until the system watches, and has told of how the project was made

    def following(seconds: float) -> Saved | None:
        try:
            return found.get(timeout=seconds)
        except queue.Empty:
            return None

    while following(0.1):
        pass
    yield following
    stop.set()
    watching.join(SOON)
    assert not watching.is_alive()


def test_a_save_is_seen(minimal: Path, seen: Next) -> None:
    write(minimal, {"content/about.md": "---\ntitle: About\nkind: plain\n---\nAnother text.\n"})
    assert seen(SOON) == Saved(sources=True, program=False)


def test_a_save_by_renaming_is_seen(minimal: Path, seen: Next) -> None:
    """Most editors write another file first, and let it take the place of the old one."""
    write(minimal, {"content/.about.md.new": "another"})
    (minimal / "content/.about.md.new").replace(minimal / "content/about.md")
    assert seen(SOON) == Saved(sources=True, program=False)


def test_new_files_in_a_new_folder_and_deletions_are_seen(minimal: Path, seen: Next) -> None:
    write(minimal, {"content/new/page.md": "new"})
    assert seen(SOON)
    while seen(NOTHING):
        pass
    write(minimal, {"content/new/page.md": "newer"})
    assert seen(SOON)
    while seen(NOTHING):
        pass
    shutil.rmtree(minimal / "content/new")
    assert seen(SOON)


def test_many_files_at_once_are_looked_at_a_few_times(minimal: Path, seen: Next) -> None:
    write(minimal, {f"content/page{number}.md": "text" for number in range(300)})
    assert seen(SOON)
    looks = 1
    while seen(NOTHING):
        looks += 1
    assert looks < 20


@pytest.mark.parametrize(
    "name",
    ["content/.about.md.swp", "content/about.md~", "content/.DS_Store", "site/index.html", ".cache/a", "notes.md"],
)  # fmt: skip
def test_what_is_no_source_is_no_save(minimal: Path, seen: Next, name: str) -> None:
    write(minimal, {name: "text"})
    assert seen(NOTHING) is None
