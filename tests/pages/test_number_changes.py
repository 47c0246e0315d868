"""A number that changed says so: where it stands, in its note, on its study's page, and where changes are told."""

from __future__ import annotations

import re
from datetime import date as Date
from pathlib import Path

import pytest

from evidence.run import Built
from evidence.store import Store
from tests.projects import KEPT, TODAY, build_in_memory, change, type_here

STUDY, FINDING = "honey-2019", "cough-score"
CHANGED = "value \N{MINUS SIGN}1.20 became value \N{MINUS SIGN}1.21: it was read rightly and typed wrongly (the table ends in 1)"
LATER = Date(2027, 11, 29)


@pytest.fixture
def corrected(gallery: Path) -> Path:
    """The project with every feature, in which one number was typed wrongly and then corrected."""
    accepted = type_here(gallery, "accept", "--all-new", "--on", "2026-05-01", "--by", "Ada")
    assert accepted.code == 0, accepted.problems
    change(gallery, f"data/studies/{STUDY}.yaml", "value: -1.20", "value: -1.21")
    given = [
        "--why",
        "typing-error",
        "--note",
        "the table ends in 1",
        "--on",
        "2026-11-20",
        "--by",
        "Ada",
    ]
    accepted = type_here(gallery, "accept", f"{STUDY}/{FINDING}", *given)
    assert accepted.code == 0, accepted.problems
    return gallery


def page(built: Built, path: str) -> str:
    text = built.site.files[path].decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_number_its_note_and_its_row_say_what_it_was_and_why(corrected: Path) -> None:
    built = build_in_memory(corrected)
    topic = built.site.files["remedies/honey.html"].decode()
    marked = re.findall(
        r'data-note="\d+">([^<]+)</a>(?:<span class="interval[^>]*>[^<]*</span>)? <span class="mark">changed</span>',
        topic,
    )
    assert len(marked) == 1  # where it stands first; the page prints three forms of it
    assert "1.21" in marked[0]
    assert f"Changed 20 November 2026 : {CHANGED}".replace(" :", ":") in page(
        built, "remedies/honey.html"
    ).replace(" :", ":")
    assert f"Changed, 20 November 2026: {CHANGED}" in page(built, f"studies/{STUDY}.html")


def test_the_page_of_changes_and_the_feed_tell_it_on_its_day(corrected: Path) -> None:
    built = build_in_memory(corrected)
    told = page(built, "what-changed.html")
    assert "20 November 2026" in told
    assert "Number changed: Honey 2019, change of the cough score ." in told
    assert CHANGED[1:] in told
    feed = built.site.files["feed.xml"].decode()
    assert "Numbers changed: Honey 2019" in feed
    assert CHANGED in feed


def test_after_half_a_year_the_mark_is_gone_and_the_note_stays(corrected: Path) -> None:
    built = build_in_memory(corrected, today=LATER)
    assert (
        '<span class="mark">changed</span>' not in built.site.files["remedies/honey.html"].decode()
    )
    assert CHANGED in page(built, "remedies/honey.html")


def test_a_page_is_made_anew_when_a_number_that_it_prints_is_explained(corrected: Path) -> None:
    """The ledger is in no key of a page but for what a page says of it."""
    ledger = corrected / "data/readings.csv"
    before = page(build_in_memory(corrected), "remedies/honey.html")
    ledger.write_text(
        ledger.read_text("utf-8").replace("the table ends in 1", "another reason"), "utf-8"
    )
    after = page(build_in_memory(corrected), "remedies/honey.html")
    assert before.replace("the table ends in 1", "another reason") == after != before


def test_nothing_is_marked_in_a_project_without_changes(gallery: Path) -> None:
    built = build_in_memory(gallery, Store(KEPT), TODAY)
    assert ">changed</span>" not in "".join(
        built.site.files[path].decode() for path in built.site.pages()
    )
