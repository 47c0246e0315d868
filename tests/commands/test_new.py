"""A new thing is one file in its place: valid, or the build names just what is still to be filled in."""

from __future__ import annotations

import argparse
import http.server
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence.commands.new import THINGS, VERB
from evidence.commands.typed import typed
from evidence.commands.verb import Surroundings
from tests.commands.making.test_references import (
    BETTER_YAML,
    ZOTERO_BIBTEX,
    ZOTERO_JSON,
    ZOTERO_RIS,
)
from tests.projects import TODAY, Printed, build_here, files_below, places_of, problems_of, write

READ = ["--part", "Abstract", "--read", "2026-11-20", "--extent", "whole"]


def new(root: Path, *words: str) -> Printed:
    return build_here(root, "new", *words)


def written(root: Path, *words: str) -> str:
    """Return the text of the one file that was written."""
    before = files_below(root / "data") | files_below(root / "content")
    printed = new(root, *words)
    assert printed.code == 0, printed.problems
    after = files_below(root / "data") | files_below(root / "content")
    (name,) = (name for name, raw in after.items() if before.get(name) != raw)
    return after[name].decode()


WHOLE = {
    "study": [
        "study", "jones-2021", "--title", "A: trial #2", "--short", "Jones 2021", "--summary", "It was.",
        "--condition", "cold", "--kind", "case-series", "--source", "smith-2020", "--locator", "Abstract",
        "--participants", "40",
    ],
    "page": ["page", "notes/on-rest", "--title", "Notes: on rest"],
    "figure": [
        "figure", "rest", "--kind", "icons", "--title", "Rest helps", "--subtitle", "People", "--finding",
        "smith-2020/improved", "--label", "Rest: all",
    ],
    "trial": [
        "trial", "rest", "--title", "Rest", "--condition", "cold", "--printed", "Colds", "--registry", "clinicaltrials-gov",
        "--registry-id", "NCT00000001", "--source", "smith-2020", "--read", "2026-11-20",
    ],
    "term": ["term", "ais-grade", "--title", "AIS grade", "--definition", "A grade: from A to E."],
    "source": ["source", "jones-2021", "--doi", "10.1000/xyz", "--offline", "--title", "T", "--short", "J 2021", *READ],
}  # fmt: skip


@pytest.mark.parametrize("what", WHOLE)
def test_with_everything_said_the_site_is_sound(what: str, minimal: Path) -> None:
    printed = new(minimal, *WHOLE[what])
    assert printed.code == 0
    left = [problem.rule for problem in problems_of(minimal)]
    assert left == (
        ["text-finished"] if what == "page" else []
    )  # nobody can be asked for a whole text
    assert ("filled in" in printed.out) == (what == "page")


NAMES = {
    "study": "data/studies/jones-2021.yaml", "source": "data/sources/jones-2021.yaml",
    "figure": "data/figures/jones-2021.yaml", "trial": "data/trials/jones-2021.yaml",
    "search": "data/searches/jones-2021.yaml", "claim": "data/claims/jones-2021.yaml",
    "term": "data/glossary.yaml",
}  # fmt: skip


@pytest.mark.parametrize("what", NAMES)
def test_with_nothing_said_only_its_own_gaps_are_named(what: str, minimal: Path) -> None:
    name = "jones-2021/one" if what == "claim" else "jones-2021"
    printed = new(minimal, what, name)
    assert printed.code == 0
    assert printed.out.startswith(f"{NAMES[what]} is written.\nStill to be filled in:\n")
    problems = problems_of(minimal)
    assert problems
    assert {problem.place.file for problem in problems} == {NAMES[what]}
    assert {problem.rule for problem in problems} <= {"value-valid", "value-known"}
    assert all(
        problem.message.endswith("has no value") or "empty" in problem.message
        for problem in problems
    )


def test_a_new_topic_page_says_what_it_lacks(minimal: Path) -> None:
    printed = new(minimal, "page", "colds", "--kind", "topic", "--title", "Colds")
    for key in ("answer", "searched", "reviewed", "review-due"):
        assert f"'{key}' has no value [value-valid]" in printed.out
    assert {file.partition(":")[0] for file, _ in places_of(minimal)} == {"content/colds.md"}


def test_every_text_says_what_goes_where(minimal: Path) -> None:
    for what in {*THINGS} - {"picture"}:
        text = written(minimal, what, "a/b" if what == "claim" else "new-one")
        assert "# " in text or what == "page", what


# Never over what is there


@pytest.mark.parametrize("what", WHOLE)
def test_a_file_that_is_there_is_not_written_over(what: str, minimal: Path) -> None:
    assert new(minimal, *WHOLE[what]).code == 0
    before = files_below(minimal)
    printed = new(minimal, *WHOLE[what])
    assert printed.code in {1, 2}
    assert "already" in printed.problems
    after = files_below(minimal)
    assert {name: after[name] for name in after if not name.startswith(".cache")} == {
        name: before[name] for name in before if not name.startswith(".cache")
    }


def test_a_claim_is_added_to_its_ledger(minimal: Path) -> None:
    said = ["--document", "smith-2020", "--verdict", "supported"]
    new(minimal, "claim", "paper/one", *said)
    ledger = minimal / "data/claims/paper.yaml"
    ledger.write_text(f"{ledger.read_text('utf-8')}    # a remark\n", "utf-8")
    before = ledger.read_text("utf-8")
    new(minimal, "claim", "paper/two", *said)
    after = ledger.read_text("utf-8")
    assert after.startswith(before)
    assert "\n\n  two:\n" in after
    assert "stands in data/claims/paper.yaml already" in new(minimal, "claim", "paper/two").problems
    write(minimal, {"data/claims/paper.yaml": f"{after}note: At the end\n"})
    printed = new(minimal, "claim", "paper/three", *said)
    assert printed.code == 2
    assert "Write it below 'claims:' yourself" in printed.problems


def test_a_term_is_added_to_the_glossary(minimal: Path) -> None:
    new(minimal, "term", "a", "--title", "A", "--definition", "B.")
    new(minimal, "term", "c", "--title", "C", "--definition", "D.")
    assert problems_of(minimal) == []
    write(minimal, {"data/glossary.yaml": "{a: {term: A, definition: B}}\n"})
    assert new(minimal, "term", "c", "--title", "C").code == 2


# What is typed wrongly


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stody", "x"], "'stody' is nothing that can be new. Did you mean 'study'?"),
        (
            ["study", "Jones_2021"],
            "is no id: small letters, digits and hyphens. Did you mean 'jones-2021'?",
        ),
        (["study", "a/b"], "has a slash"),
        (["claim", "one"], "write DOCUMENT/CLAIM"),
        (["figure", "x", "--part", "y"], "a new figure has no --part"),
        (["page", "x", "--doi", "10.1/x"], "a new page has no --doi"),
        (["source", "--doi", "10.1/x", "--pmid", "1"], "say one of --from, --doi and --pmid"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    words: list[str], said: str, minimal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        typed(["new", *words, "--root", str(minimal)])
    assert stopped.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["study", "x", "--condition", "colt"],
            "--condition: 'colt' is not known. Did you mean 'cold'?",
        ),
        (["study", "x", "--kind", "trial"], "--kind: 'trial' is not known."),
        (["study", "x", "--source", "smith-2021"], "Did you mean 'smith-2020'?"),
        (["search", "x", "--page", "about,methodes"], "Did you mean 'methods'?"),
        (["study"], "say its name: build.py new study NAME. Nothing was written."),
        (["source"], "say its name, or --from FILE, --doi DOI or --pmid NUMBER"),
        (["source", "--from", "nowhere.bib"], "'nowhere.bib' cannot be opened: no such file"),
    ],
)
def test_an_answer_that_cannot_be_is_told_with_the_nearest(
    words: list[str], said: str, minimal: Path
) -> None:
    before = files_below(minimal / "data")
    printed = new(minimal, *words)
    assert printed.code == 2
    assert said in printed.problems
    assert files_below(minimal / "data") == before


# From what a reference manager exported


@pytest.mark.parametrize("export", [ZOTERO_JSON, BETTER_YAML, ZOTERO_BIBTEX, ZOTERO_RIS])
def test_a_source_from_an_export_is_sound(export: str, minimal: Path) -> None:
    write(minimal, {"export": export})
    printed = new(minimal, "source", "--from", str(minimal / "export"), *READ)
    assert (printed.code, printed.out) == (0, "data/sources/van-den-beek-2022.yaml is written.\n")
    assert problems_of(minimal) == []
    text = (minimal / "data/sources/van-den-beek-2022.yaml").read_text("utf-8")
    for line in (
        "title: 'Autologous cells in MS: Günther''s trial & étude'",
        "  - {family: Beek, given: Jan, non-dropping-particle: van den}",
        "  - {family: King, given: Martin Luther, suffix: Jr}",
        "issued: 2022-03-14", "page: 101-109", "DOI: 10.1002/sctm.21-0001", "PMID: '12345678'",
        "short: van den Beek 2022", "kind: journal-article",
    ):  # fmt: skip
        assert f"{line}\n" in text


def test_several_entries_become_files_and_known_ones_are_left_out(minimal: Path) -> None:
    other = "@article{lee, title={Other}, author={Lee, Ann}, year=2020, doi={10.1000/lee}}"
    write(minimal, {"all.bib": f"{ZOTERO_BIBTEX}\n{other}"})
    export = str(minimal / "all.bib")
    assert (
        "no entry 'le'. Did you mean 'lee'?"
        in new(minimal, "source", "--from", export, "--key", "le").problems
    )
    assert new(minimal, "source", "--from", export, "--key", "lee", "my-name").code == 0
    assert (minimal / "data/sources/my-name.yaml").is_file()
    printed = new(minimal, "source", "--from", export)
    assert printed.out.startswith("data/sources/van-den-beek-2022.yaml is written.\n")
    assert (
        printed.problems == "'Other' is left out: data/sources/my-name.yaml stands there already.\n"
    )


def test_an_export_that_is_none_is_said_so(minimal: Path) -> None:
    write(minimal, {"x.bib": "words", "y.bib": b"@article{a, title={Caf\xe9}}"})
    assert (
        "it is none of CSL-JSON"
        in new(minimal, "source", "--from", str(minimal / "x.bib")).problems
    )
    assert (
        "is not text in UTF-8" in new(minimal, "source", "--from", str(minimal / "y.bib")).problems
    )


# From a service


class Service(http.server.BaseHTTPRequestHandler):
    """Answers as Crossref does; the number 404 is not known."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(404 if "404" in self.path else 200)
        self.end_headers()
        self.wfile.write(ZOTERO_JSON.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    asked: list[tuple[str, str]] = []
    handler = type("Playing", (Service,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/works/(id)", asked
        server.shutdown()


def test_a_service_is_asked_politely(
    minimal: Path, service: tuple[str, list[tuple[str, str]]]
) -> None:
    address, asked = service
    text = (minimal / "data/site.yaml").read_text("utf-8")
    write(minimal, {"data/site.yaml": f"report: corrections@example.org\n{text}"})
    printed = new(
        minimal, "source", "--doi", "https://doi.org/10.1000/xyz", "--address", address, *READ
    )
    assert printed.out.startswith("data/sources/van-den-beek-2022.yaml is written.\n")
    ((path, agent),) = asked
    assert path == "/works/10.1000%2Fxyz"
    assert agent.startswith("evidence-site/")
    assert agent.endswith("(mailto:corrections@example.org)")
    assert problems_of(minimal) == []


def test_without_an_answer_what_is_known_is_written(
    minimal: Path, service: tuple[str, list[tuple[str, str]]]
) -> None:
    address, _ = service
    printed = new(minimal, "source", "a", "--doi", "10.1000/404", "--address", address)
    assert printed.code == 0
    assert (
        "Nothing could be learnt of 10.1000/404: '10.1000/404' is not known there."
        in printed.problems
    )
    nobody = "http://127.0.0.1:9/(id)"
    assert new(minimal, "source", "b", "--pmid", "77", "--address", nobody).code == 0
    text = (minimal / "data/sources/b.yaml").read_text("utf-8")
    assert "PMID: '77'\nURL: https://pubmed.ncbi.nlm.nih.gov/77/\n" in text


def test_offline_nobody_is_asked(minimal: Path, service: tuple[str, list[tuple[str, str]]]) -> None:
    address, asked = service
    new(minimal, "source", "a", "--doi", "10.1000/xyz", "--address", address, "--offline")
    assert asked == []
    assert "DOI: 10.1000/xyz\nURL: https://doi.org/10.1000/xyz\n" in (
        minimal / "data/sources/a.yaml"
    ).read_text("utf-8")


# On a terminal


class Quiet:
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, bool]] = []

    def __call__(self, words: str, *, aloud: bool = True) -> None:
        self.said.append((words, aloud))


class Terminal:
    """Somebody who answers questions one after the other."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)

    def new(self, root: Path, *words: str) -> int:
        _, asked = typed(["new", *words, "--root", str(root), "--today", TODAY.isoformat()])
        assert isinstance(asked, argparse.Namespace)
        around = Surroundings(
            clock=lambda: datetime(2026, 11, 29, tzinfo=UTC), tick=lambda: 0, wait=lambda _: None,
            environment={"CI": "1"}, say=Quiet(), ask=self,
        )  # fmt: skip
        return VERB.run(asked, root, around)


def test_on_a_terminal_what_is_missing_is_asked_for(minimal: Path) -> None:
    terminal = Terminal(
        "jones-2021",
        "Jones 2021",
        "It was.",
        "colt",
        "",
        "cold",
        "case-series",
        "smith-2020",
        "Abstract",
        "40",
    )
    assert terminal.new(minimal, "study", "--title", "A trial") == 0
    assert terminal.answers == []
    assert "Did you mean 'cold'?" in terminal.asked[4]
    assert not any("Its title" in question for question in terminal.asked)
    assert problems_of(minimal) == []


def test_of_an_export_only_the_reading_is_asked_for(minimal: Path) -> None:
    write(minimal, {"a.json": ZOTERO_JSON})
    terminal = Terminal("Abstract", "2026-11-20", "whole")
    assert terminal.new(minimal, "source", "--from", str(minimal / "a.json")) == 0
    assert terminal.answers == []
    assert problems_of(minimal) == []


def test_when_piped_nothing_is_asked(minimal: Path) -> None:
    printed = new(minimal, "study", "jones-2021")
    assert printed.code == 0
    assert json.dumps(printed.out)


def test_a_number_stands_as_it_was_typed(minimal: Path) -> None:
    new(minimal, *WHOLE["study"])
    assert "    value: 40\n" in (minimal / NAMES["study"]).read_text("utf-8")
