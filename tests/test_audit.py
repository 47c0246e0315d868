"""The audit: what its table says, and that each of its parts finds what it is for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.finished.headers import headers_of
from evidence.run import Built
from evidence.steps.publish import publish
from tests.browser.serving import Headers, no_headers, serving
from tools.audit import __main__ as command
from tools.audit.answers import Answer, Host, differences, missing_rows, rows
from tools.audit.lighthouse import NO_REPORT, best, row
from tools.audit.links import crawl, read_links
from tools.audit.programs import MissingError, program
from tools.audit.servers import some
from tools.audit.table import Row, exit_code, table
from tools.audit.weights import first_visit
from tools.audit.weights import rows as weights

HOLDS = Row("links", "nginx /", "0 in 9", "0", holds=True)
FAILS = Row.count("links", "Apache /", ["a.html: b.html (404)"], "9")
NOT_ASKED = Row.not_asked("host", "nginx /", "'nginx' is not installed")


@pytest.fixture(scope="module")
def folder(gallery_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("audit") / "site"
    publish(gallery_site.site.files.by_path, made)
    return made


@pytest.mark.parametrize(
    ("lines", "code"),
    [([], 0), ([HOLDS], 0), ([HOLDS, NOT_ASKED], 2), ([NOT_ASKED, FAILS, HOLDS], 1)],
)
def test_an_audit_that_could_not_ask_does_not_pass(lines: list[Row], code: int) -> None:
    assert exit_code(lines) == code


def test_the_table_has_a_line_for_each_row_and_says_below_what_is_wrong() -> None:
    lines = table([HOLDS, FAILS, NOT_ASKED]).splitlines()
    assert len({len(line) for line in lines[:5]}) == 1
    assert [line.split("|")[5].strip() for line in lines[2:5]] == ["holds", "FAILS", "not audited"]
    assert lines[5:] == ["", "links, Apache /:", "  a.html: b.html (404)"]


def asked(site: Path, headers: Headers, *, told: bool) -> dict[str, Row]:
    with serving(site, "/", headers, compressed=True) as address:
        host = Host(address)
        return {line.what: line for line in rows(host, "here", site, told=told)}


def test_a_host_that_sends_the_headers_holds(folder: Path) -> None:
    found = asked(folder, headers_of, told=True)
    assert found["headers other than the table's"].holds
    assert found["files that came otherwise"].holds


def test_a_host_that_sends_no_headers_is_found(folder: Path) -> None:
    found = asked(folder, no_headers, told=True)
    assert found["headers other than the table's"].holds is False
    assert "Content-Security-Policy is nothing" in found["headers other than the table's"].more[0]


def test_a_host_that_never_says_not_modified_is_found(folder: Path) -> None:
    assert asked(folder, headers_of, told=False)["not answered 'not modified'"].holds is False


def test_a_page_without_a_policy_is_found(folder: Path, tmp_path: Path) -> None:
    assert asked(folder, no_headers, told=False)["pages without a policy of their own"].holds
    (tmp_path / "index.html").write_bytes(b"<!doctype html>")
    found = asked(tmp_path, no_headers, told=False)
    assert found["pages without a policy of their own"].more == ("index.html",)


def test_a_missing_address_has_our_page_which_nobody_keeps(folder: Path) -> None:
    def missing(_path: str) -> dict[str, str]:
        return headers_of("404.html")

    def keeping(_path: str) -> dict[str, str]:
        return {"Cache-Control": "max-age=31536000, immutable"}

    for headers, holds in ((missing, True), (keeping, False)):
        with serving(folder, "/", headers) as address:
            (line,) = missing_rows(Host(address), "here")
            assert line.holds is holds


def test_a_figure_that_forbids_frames_is_found() -> None:
    sent = {name.lower(): value for name, value in headers_of("figures/a.html").items()}
    assert list(differences(Answer(200, sent, b""), "figures/a.html", "/")) == []
    refused = Answer(200, {**sent, "x-frame-options": "DENY"}, b"")
    assert list(differences(refused, "figures/a.html", "/")) == [
        "figures/a.html: X-Frame-Options is DENY"
    ]


def test_below_a_path_nothing_is_promised_for_the_whole_host() -> None:
    sent = {name.lower(): value for name, value in headers_of("index.html").items()}
    del sent["strict-transport-security"]
    answer = Answer(200, sent, b"")
    assert list(differences(answer, "index.html", "/a/")) == []
    assert list(differences(answer, "index.html", "/")) != []


def test_an_answer_is_unpacked() -> None:
    assert Answer(200, {"content-encoding": "gzip"}, gzip.compress(b"words")).text == b"words"
    assert Answer(200, {}, b"words").text == b"words"


def test_links_are_read_from_where_a_page_lies() -> None:
    page = b'<a href="../b.html#x">b</a><a href="#y">y</a><a href="https://c.org">c</a><img src="d.png"><p id="y">'
    read = read_links("in/a.html", page)
    assert read.links == {("b.html", "x"), ("in/a.html", "y"), ("in/d.png", "")}
    assert read.ids == {"y"}


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b'<a href="b.html#there">b</a><a href="c.html">c</a>')
    (tmp_path / "b.html").write_bytes(b'<a href="a.html">a</a><p id="here">')
    with serving(tmp_path, "/in/") as address:
        (line,) = crawl(Host(address), tmp_path, "here")
    assert sorted(line.more) == ["a.html: b.html#there", "a.html: c.html (404)"]
    assert line.found == "2 in 3 of 2 pages"


def test_all_links_of_the_gallery_lead_somewhere(folder: Path) -> None:
    with serving(folder, "/in/") as address:
        (line,) = crawl(Host(address), folder, "here")
    assert line.holds, line.more


def test_a_first_visit_is_the_page_its_styles_and_its_scripts(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_bytes(b"p{}")
    (tmp_path / "a.js").write_bytes(b"1")
    page = b'<link rel="stylesheet" href="a.css"><script src="a.js"></script><link rel="icon" href="a.js">'
    (tmp_path / "a.html").write_bytes(page)
    parts = sum(len(gzip.compress(raw, 6)) for raw in (page, b"p{}", b"1"))
    assert first_visit(tmp_path, "a.html") == parts


def test_each_kind_of_page_has_its_own_bar(folder: Path) -> None:
    bars = {line.what: line.bar for line in weights(folder)}
    assert bars["first visit, topic"] == "40 KB"
    assert bars["first visit, plain"] == "20 KB"


def report(performance: float) -> dict[str, object]:
    names = ("performance", "accessibility", "best-practices", "seo")
    parts = [{"id": "paint", "weight": 10}, {"id": "by-hand", "weight": 0}]
    scores = {name: {"score": 1, "auditRefs": []} for name in names}
    scores["performance"] = {"score": performance, "auditRefs": parts}
    audits = {
        "paint": {
            "score": 0.9,
            "title": "Paint",
            "displayValue": "2 s",
            "scoreDisplayMode": "numeric",
        }
    }
    return {"categories": scores, "audits": audits}


def test_a_page_below_a_hundred_fails_and_says_what_cost_points() -> None:
    line = row("home", "index.html", report(0.97))
    assert (line.found, line.holds) == ("97 / 100 / 100 / 100", False)
    assert line.more == ("performance: Paint 2 s",)
    assert row("home", "index.html", report(1)).holds


def test_of_several_tries_the_first_that_holds_or_the_best_is_told() -> None:
    low, high, full = (row("home", "index.html", report(score)) for score in (0.9, 0.97, 1))
    assert best(iter([high, low, low])) == high
    assert best(iter([low, high, low])) == replace(high, found=f"{high.found} (try 2)")

    def tries() -> Iterator[Row]:
        yield from (low, full)
        raise AssertionError("asked once more after all was well")

    assert best(tries()) == replace(full, found=f"{full.found} (try 2)")


def test_a_try_without_a_report_is_one_try_and_not_the_end() -> None:
    silent = Row("home", "index.html", NO_REPORT, "", holds=False, more=("no trace",))
    full = row("home", "index.html", report(1))
    told = best(iter([silent, full]))
    assert told.holds
    assert told.found.endswith("(try 2)")
    assert best(iter([silent, silent])) == silent


def test_a_store_gets_some_files_of_each_folder_and_all_styles(folder: Path) -> None:
    chosen = some(folder)
    assert {"index.html", "404.html"} <= chosen
    assert {path.relative_to(folder).as_posix() for path in folder.glob("lasting/*")} - {
        "lasting/pictures",
        "lasting/vendor",
    } <= chosen
    assert len(chosen) < sum(1 for file in folder.rglob("*") if file.is_file())


def test_a_program_that_is_not_there_is_named_with_its_package() -> None:
    with pytest.raises(
        MissingError, match=r"'no-such-program' is not installed .* package nothing"
    ):
        program("no-such-program", "nothing")


def test_a_part_that_cannot_be_had_says_so_in_its_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without(_site: Path, _every: bool) -> Iterator[Row]:
        yield HOLDS
        raise MissingError("there is no lighthouse on this coast")

    monkeypatch.setitem(command.PARTS, "lighthouse", without)
    assert command.main(["--site", str(folder), "--only", "lighthouse"]) == 2
    assert "there is no lighthouse on this coast" in capsys.readouterr().out


def test_a_part_that_does_not_exist_is_a_mistake(folder: Path) -> None:
    with pytest.raises(SystemExit):
        command.main(["--site", str(folder), "--only", "lighthouses"])
