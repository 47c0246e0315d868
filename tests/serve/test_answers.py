"""What a browser is answered: pages of the site and nothing else, and at once when one changes."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from evidence.finished.headers import POLICY
from evidence.serve.answers import MOST_SHOWN, SCRIPT, Handler, LiveServer, news_of
from evidence.serve.live_site import LiveSite
from evidence.serve.whole import Checked, Whole
from evidence.store import Store
from tests.projects import KEPT, TODAY, change, write

SECONDS = 10


class CheckedHere(Whole):
    """Finds the whole site in this process, so that a test waits for no other."""

    def _found(self) -> Checked:
        return Checked((), "whole", "3 of 3")


@contextmanager
def served(root: Path) -> Iterator[LiveServer]:
    live = LiveSite(root, Store(KEPT), lambda: TODAY)
    live.look()
    whole = CheckedHere(live, KEPT, lambda: TODAY, 1)
    server = LiveServer(0, live, whole)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=whole.go_on, args=(lambda *_, **__: None,), daemon=True).start()
    yield server
    server.is_ended = True
    whole.end()
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(minimal: Path) -> Iterator[LiveServer]:
    """The smallest project, shown while it is edited; beside it stands a file that is none of its business."""
    write(minimal.parent, {"secret": "key"})
    write(
        minimal, {"content/404.md": "---\ntitle: Nothing is here\nkind: not-found\n---\nGo home.\n"}
    )
    with served(minimal) as running:
        yield running


def answer(
    server: LiveServer, path: str, host: str = "localhost", method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=SECONDS)
    connection.putrequest(method, path, skip_host=True)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    raw = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), raw


class Listening:
    """A browser that waits for what changes on a page."""

    def __init__(self, server: LiveServer, page: str) -> None:
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", server.server_port, timeout=SECONDS
        )
        self.connection.request("GET", f"/.serve/events?page={page}", headers={"Host": "localhost"})
        self.stream = self.connection.getresponse()

    def next(self) -> dict[str, Any]:
        while True:
            line = self.stream.readline()
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return told

    def close(self) -> None:
        self.stream.close()
        self.connection.close()


def test_a_page_is_that_of_the_site_with_one_script_more(server: LiveServer) -> None:
    status, headers, raw = answer(server, "/methods.html")
    page = server.live.page("methods.html")
    assert page is not None
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == POLICY
    assert "Strict-Transport-Security" not in headers
    added = re.search(rb'<script src="/\.serve/client\.js"[^>]*></script>', raw)
    assert added
    assert raw.replace(added[0], b"") == page.body


def test_the_way_to_a_folder_leads_to_its_page(server: LiveServer) -> None:
    assert answer(server, "/")[2] == answer(server, "/index.html")[2]
    assert b"<h1" in answer(server, "/claims/")[2]
    status, headers, _ = answer(server, "/claims")
    assert (status, headers["Location"]) == (301, "/claims/")


def test_styles_scripts_and_files_of_the_whole_site_are_there(server: LiveServer) -> None:
    _, _, page = answer(server, "/")
    style = re.search(rb'href="(lasting/site\.[0-9a-f]+\.css)"', page)
    assert style
    status, headers, raw = answer(server, f"/{style[1].decode()}")
    assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in headers["Cache-Control"]  # its name says what is in it
    assert len(raw) > 1000
    status, _, listed = answer(server, "/downloads/findings.csv")
    assert status == 200
    assert b"improved" in listed
    assert answer(server, f"/{SCRIPT}")[0] == 200


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:80", "[::1]:1", "[::1]"]
)
def test_the_names_of_this_machine_are_answered(server: LiveServer, host: str) -> None:
    assert answer(server, "/", host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.1", "", "a:b"]
)
def test_no_other_name_is_answered(server: LiveServer, host: str) -> None:
    for path in ("/", "/.serve/events?page=index.html"):
        status, _, raw = answer(server, path, host)
        assert status == 421
        assert b"smallest" not in raw


@pytest.mark.parametrize(
    "path",
    [
        "/../secret", "/%2e%2e/secret", "/claims/..%2f../secret", "/content/index.md", "/data/site.yaml",
        "/%00", "/index.html%00", "/figures/", "/missing", "/missing.csv", "/%ff", "/.serve/", "/.serve/other",
        "/..%5csecret", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_part_of_the_site_is_answered_with_its_own_page(
    server: LiveServer, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    status, _, raw = answer(server, path)
    page = server.live.page("404.html")
    assert status == 404
    assert page is not None
    assert raw.startswith(page.body.partition(b"</body>")[0])
    assert capfd.readouterr().err.count("\n") == 1


def test_head_says_the_same_without_the_page(server: LiveServer) -> None:
    status, headers, raw = answer(server, "/", method="HEAD")
    whole = answer(server, "/")
    assert (status, raw) == (200, b"")
    assert headers["Content-Length"] == str(len(whole[2]))


def test_a_browser_that_waits_is_told_when_its_page_changes_and_what_is_wrong(
    server: LiveServer,
) -> None:
    waiting = Listening(server, "index.html")
    first = waiting.next()
    assert first["problems"] == []
    change(server.live.root, "content/index.md", "improved.", "got well.")
    server.live.look()
    second = waiting.next()
    assert second["digest"] not in {"", first["digest"]}
    change(server.live.root, "content/index.md", "got well.", "got well [[nobody/nothing]].")
    server.live.look()
    third = waiting.next()
    assert third["digest"] == second["digest"]  # the page stays as it last was
    (problem,) = third["problems"]
    assert problem["place"] == "content/index.md:5:57"
    assert (
        problem["line"]
        == "Of the people treated, [[smith-2020/improved]] got well [[nobody/nothing]]."
    )
    assert problem["line"][problem["column"] - 1 :].startswith("[[nobody/nothing]]")
    assert "'nobody" in problem["message"]
    change(server.live.root, "content/index.md", " [[nobody/nothing]]", "")
    server.live.look()
    while waiting.next()[
        "problems"
    ]:  # a line may be told anew before what is wrong with it is looked at
        pass
    waiting.close()


def test_a_browser_is_told_of_a_new_style_and_keeps_its_page(server: LiveServer) -> None:
    waiting = Listening(server, "index.html")
    first = waiting.next()
    style = server.live.root / "templates/static/site.css"
    style.write_text(style.read_text("utf-8") + "\nh1 { margin: 7px; }\n", "utf-8")
    server.live.look()
    second = waiting.next()
    assert second["digest"] == first["digest"]
    assert second["styles"] != first["styles"]
    waiting.close()


def test_before_the_sources_were_ever_sound_a_page_says_what_is_wrong(minimal: Path) -> None:
    write(minimal, {"content/index.md": "no front matter"})
    with served(minimal) as running:
        status, _, raw = answer(running, "/")
        assert status == 500
        assert b"/.serve/client.js" in raw
        assert news_of(running.live, "index.html").problems[0]["place"] == "content/index.md:1:1"


def test_what_is_wrong_in_hundreds_of_places_is_told_once_and_not_without_end(
    minimal: Path,
) -> None:
    lines = "\n\n".join(f"[[n{number}/a]]" for number in range(90))
    twice = "[[a/b]] and [[a/b]]"
    write(minimal, {"content/index.md": f"---\ntitle: T\nkind: home\n---\n{twice}\n\n{lines}\n"})
    live = LiveSite(minimal, Store(KEPT), lambda: TODAY)
    live.look()
    news = news_of(live, "index.html")
    assert len(news.problems) == MOST_SHOWN
    assert news.count == 91
    assert news.problems[0]["also"] == "Also at content/index.md:5:13."


def test_a_connection_that_says_nothing_is_closed(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "timeout", 0.1)
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as idle:
        assert idle.recv(1) == b""


def test_a_request_that_fails_costs_one_line(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_handler: object, _path: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Handler, "_answer", fail)
    with pytest.raises(http.client.HTTPException):
        answer(server, "/")
    assert capfd.readouterr().err == "A request could not be answered: RuntimeError('broken')\n"
