"""Addresses elsewhere are asked for politely, and what is gone is told at its line, with a copy where there is one."""

from __future__ import annotations

import http.server
import json
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from evidence.commands.external.addresses import addresses
from evidence.commands.external.asking import PAUSE, Answer, Inquiry, Services
from evidence.commands.external.round import KEPT, answers, in_turns, problems
from evidence.problems import Place
from evidence.steps.load import load
from tests.projects import build_here, change, write

TODAY = Date(2026, 11, 29)
STATUS = {
    "/ok": 200,
    "/gone": 404,
    "/gone-410": 410,
    "/closed": 403,
    "/broken": 500,
    "/private/a": 200,
}


class Handler(http.server.BaseHTTPRequestHandler):
    """A host with a page of each kind, an archive and a registry of DOIs."""

    world: World

    def do_HEAD(self) -> None:
        self._say(405 if self.path == "/no-head" else 404 if self.path == "/wrong-head" else None)

    def do_GET(self) -> None:
        self._say(None)

    def _say(self, status: int | None) -> None:
        self.world.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/ok")
            self.end_headers()
            return
        status, body = (status, "") if status else self._found()
        self.send_response(status)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body.encode())

    def _found(self) -> tuple[int, str]:
        if self.path == "/robots.txt":
            return 200, "User-agent: *\nDisallow: /private/\n"
        if self.path.startswith("/doi/"):
            known = self.path == "/doi/10.1000/abc"
            return (200, '{"responseCode":1}') if known else (404, '{"responseCode":100}')
        if self.path.startswith("/archive/"):
            closest = {"available": True, "url": "http://web.archive.org/web/2020/x"}
            has = self.path.endswith("gone")
            return 200, json.dumps({"archived_snapshots": {"closest": closest} if has else {}})
        return STATUS.get(self.path, 200), "page"

    def log_message(self, *_: Any) -> None:
        pass


@dataclass
class World:
    """Everything outside, with a clock of its own."""

    address: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    now: float = 0.0

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def asking(self, *, is_public: bool = True) -> Inquiry:
        services = Services(f"{self.address}/doi/(id)", f"{self.address}/archive/(id)")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        agent = "evidence-site/1.0 (mailto:a@example.org)"
        return Inquiry(opener.open, lambda: self.now, self.wait, agent, is_public, services)

    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _ in self.asked]


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    handler = type("Here", (Handler,), {"world": world})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        world.address = f"http://127.0.0.1:{server.server_port}"
        yield world
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/ok", "there", ""),
        ("/moved", "there", ""),
        ("/no-head", "there", ""),
        ("/wrong-head", "there", ""),
        ("/gone", "gone", "its host answers 404"),
        ("/gone-410", "gone", "its host answers 410"),
        ("/closed", "unknown", "its host lets no program in (403)"),
        ("/broken", "unknown", "its host answers 500"),
        ("/private/a", "unknown", "its host wishes that programs leave it alone (robots.txt)"),
    ],
)
def test_what_a_host_answers_is_judged(path: str, state: str, why: str, world: World) -> None:
    answer = world.asking().answer(f"{world.address}{path}")
    assert (answer.state, answer.why) == (state, why)


def test_what_is_gone_is_looked_for_in_an_archive(world: World) -> None:
    asking = world.asking()
    assert asking.answer(f"{world.address}/gone").archive == "https://web.archive.org/web/2020/x"
    assert asking.answer(f"{world.address}/gone-410").archive == ""


def test_a_doi_is_asked_for_where_dois_are_registered(world: World) -> None:
    asking = world.asking()
    assert asking.answer("doi:10.1000/abc") == Answer("there")
    assert asking.answer("doi:10.1000/abd").state == "gone"
    assert world.paths()[:2] == ["GET /doi/10.1000/abc", "GET /doi/10.1000/abd"]


def test_a_host_that_cannot_be_reached_is_not_called_gone(world: World) -> None:
    answer = world.asking().answer("http://127.0.0.1:9/x")
    assert answer.state == "unknown"
    assert "cannot be reached" in answer.why


def test_one_host_is_asked_once_a_second_and_told_who_asks(world: World) -> None:
    asking = world.asking()
    for path in ("/ok", "/broken", "/closed"):
        asking.answer(f"{world.address}{path}")
    assert world.paths() == [
        "GET /robots.txt", "HEAD /ok", "HEAD /broken", "GET /broken", "HEAD /closed", "GET /closed",
    ]  # fmt: skip
    assert world.waits == [PAUSE] * 5
    assert {agent for *_, agent in world.asked} == {"evidence-site/1.0 (mailto:a@example.org)"}


def test_where_ci_is_set_nobody_else_is_asked(world: World) -> None:
    answer = world.asking(is_public=False).answer("https://example.org/x")
    assert answer == Answer("unknown", "where CI is set, only this machine is asked")


def test_hosts_take_turns() -> None:
    asked = [
        "https://a.org/1",
        "https://a.org/2",
        "https://a.org/3",
        "https://b.org/1",
        "doi:10.1/a",
        "doi:10.1/b",
    ]
    assert list(in_turns(asked)) == [
        "https://a.org/1", "https://b.org/1", "doi:10.1/a", "https://a.org/2", "doi:10.1/b", "https://a.org/3",
    ]  # fmt: skip


# What is remembered


def test_what_was_there_is_asked_for_again_after_a_month(world: World, tmp_path: Path) -> None:
    page = f"{world.address}/ok"
    seen: list[tuple[int, int]] = []

    def run(day: Date) -> int:
        world.asked.clear()
        found = answers([page], world.asking(), tmp_path, day, lambda *how: seen.append(how))
        assert found == {page: Answer("there")}
        return len(world.asked)

    assert run(TODAY) == 2
    assert json.loads((tmp_path / KEPT).read_text("utf-8")) == {page: "2026-11-29"}
    assert run(Date(2026, 12, 28)) == 0
    assert run(Date(2026, 12, 29)) == 2
    assert run(Date(2026, 11, 1)) == 2
    assert seen == [(1, 1)] * 3


def test_what_is_gone_is_asked_for_each_time(world: World, tmp_path: Path) -> None:
    page = f"{world.address}/gone"
    write(tmp_path, {KEPT: json.dumps({page: "2026-01-01"})})
    for _ in range(2):
        world.asked.clear()
        assert (
            answers([page], world.asking(), tmp_path, TODAY, lambda *_: None)[page].state == "gone"
        )
        assert len(world.asked) == 4
    assert (tmp_path / KEPT).read_text("utf-8") == "{}"


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"a": 3}', "\x00"])
def test_a_damaged_memory_is_none(kept: str, world: World, tmp_path: Path) -> None:
    write(tmp_path, {KEPT: kept})
    page = f"{world.address}/ok"
    assert answers([page], world.asking(), tmp_path, TODAY, lambda *_: None)[page].state == "there"


def test_a_run_that_is_stopped_keeps_what_it_learnt(world: World, tmp_path: Path) -> None:
    def watch(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    pages = [f"{world.address}/ok", f"{world.address}/moved"]
    with pytest.raises(KeyboardInterrupt):
        answers(pages, world.asking(), tmp_path, TODAY, watch)
    assert len(json.loads((tmp_path / KEPT).read_text("utf-8"))) == 1


# Where addresses stand


def test_every_address_is_found_at_its_place(minimal: Path) -> None:
    source = "data/sources/smith-2020.yaml"
    change(
        minimal, source, "kind: journal-article\n",
        "kind: journal-article\nDOI: 10.1000/abc\nURL: https://doi.org/10.1000/abc\n",
    )  # fmt: skip
    change(minimal, source, "part: Abstract,", "part: Abstract, url: 'https://a.org/x#part',")
    body = (
        "[Out](https://a.org/x) `[no](https://b.org)` [in](methods.html)\n\n[it]: https://c.org/\n"
    )
    write(minimal, {"content/about.md": f"---\ntitle: About\nkind: plain\n---\n{body}"})
    assert addresses(load(minimal)) == {
        "doi:10.1000/abc": [Place(source, 5, 6), Place(source, 6, 6)],
        "https://a.org/x": [Place("content/about.md", 5, 7), Place(source, 8, 27)],
        "https://c.org/": [Place("content/about.md", 7, 7)],
    }


def test_what_is_gone_is_told_at_each_place() -> None:
    places = {
        "doi:10.1/a": [Place("data/sources/a.yaml", 3, 6)],
        "https://b.org/": [Place("b", 1, 1), Place("c", 2, 1)],
    }
    answered = {
        "doi:10.1/a": Answer("gone", "no such DOI is registered"),
        "https://b.org/": Answer("gone", "its host answers 404", "https://web.archive.org/web/1/b"),
    }
    told = [str(problem) for problem in problems(answered, places)]
    assert told[0] == (
        "data/sources/a.yaml:3:6: '10.1/a' is gone: no such DOI is registered [address-gone]\n"
        "    Find its new address; the archive at web.archive.org has no copy of it."
    )
    assert told[1].startswith(
        "b:1:1: 'https://b.org/' is gone: its host answers 404 [address-gone]\n    A copy is at https://web.archive.org/web/1/b:"
    )
    assert len(told) == 3


def test_the_whole_command(minimal: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.commands.external.asking.PAUSE", 0.0)
    monkeypatch.setenv("CI", "1")
    write(
        minimal,
        {"content/about.md": f"---\ntitle: About\nkind: plain\n---\n[Out]({world.address}/ok).\n"},
    )
    printed = build_here(minimal, "check", "--external")
    assert (printed.code, printed.problems) == (0, "")
    assert printed.out == "1 addresses: none is gone, 0 could not be judged.\n"
    write(
        minimal,
        {
            "content/about.md": f"---\ntitle: About\nkind: plain\n---\n[Out]({world.address}/gone).\n"
        },
    )
    printed = build_here(minimal, "check", "--external")
    assert printed.code == 1
    assert printed.problems.startswith("content/about.md:5:7: '")
    assert "[address-gone]" in printed.problems
