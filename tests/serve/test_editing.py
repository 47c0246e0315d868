"""What the editor in a browser may do: read and write pages and data of this project, from a page of this server alone."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.serve.answers import LiveServer
from evidence.serve.editing import KIND
from evidence.serve.live_site import LiveSite
from evidence.serve.whole import Whole
from evidence.serve.working_copy import NotASourceError, WorkingCopy, digest
from evidence.steps.in_place import ChangedMeanwhileError
from evidence.store import Store
from tests.projects import KEPT, TODAY, change, write

FILE = "content/index.md"
EDITOR = "editor: {backend: local}\n"
# What leads out of the project, or to what is no page and no file of data
OUTSIDE = (
    "../secret.md", "content/../../secret.md", "/etc/passwd", "content//index.md", "content/./index.md",
    "content\\..\\..\\secret.md", "C:/secret.md", "content/c:secret.md", "content/.hidden.md", ".git/config.yaml",
    "content/.git/a.md", "templates/base.html", "build.py", "README.md", "content/a.html", "content/a.md\0.txt",
    "data/readings.csv", "content", "data/", "", "linked/a.md", "content/linked/a.md", "content/link.md",
)  # fmt: skip


@pytest.fixture
def root(minimal: Path) -> Path:
    """The smallest project with an editor; links lead out of it, and something lies beside it."""
    write(minimal.parent, {"secret.md": "key", "outside/a.md": "key"})
    (minimal / "content/linked").symlink_to(minimal.parent / "outside", target_is_directory=True)
    (minimal / "content/link.md").symlink_to(minimal.parent / "secret.md")
    site = minimal / "data/site.yaml"
    site.write_text(site.read_text("utf-8") + EDITOR, "utf-8")
    return minimal


@pytest.fixture
def copy(root: Path) -> WorkingCopy:
    return WorkingCopy(root)


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_path_leads_out_of_pages_and_data(copy: WorkingCopy, name: str) -> None:
    beside = {path: path.read_bytes() for path in copy.root.parent.rglob("*.md") if path.is_file()}
    for before in ("", digest(b"key")):
        with pytest.raises((NotASourceError, FileNotFoundError)):
            copy.write(name, b"other", before)
        with pytest.raises((NotASourceError, FileNotFoundError)):
            copy.delete(name, before)
    with pytest.raises((NotASourceError, FileNotFoundError)):
        copy.read(name)
    assert {path: path.read_bytes() for path in beside} == beside


def test_what_is_listed_can_be_read_and_no_link_is(copy: WorkingCopy) -> None:
    names = copy.files()
    assert FILE in names
    assert "data/site.yaml" in names
    assert names == sorted(names)
    assert not any("link" in name or "templates" in name for name in names)
    for name in names:
        assert copy.read(name) == (copy.root / name).read_bytes()


def test_a_file_that_changed_meanwhile_is_not_written_over(copy: WorkingCopy) -> None:
    read = digest(copy.read(FILE))
    (copy.root / FILE).write_text("of somebody else", "utf-8")
    for attempt in (lambda: copy.write(FILE, b"mine", read), lambda: copy.delete(FILE, read)):
        with pytest.raises(ChangedMeanwhileError):
            attempt()
    with pytest.raises(ChangedMeanwhileError):
        copy.write(FILE, b"mine", "")  # as if it were new
    assert (copy.root / FILE).read_text("utf-8") == "of somebody else"


def test_a_new_file_is_written_and_taken_away(copy: WorkingCopy) -> None:
    name = "content/new/page.md"
    assert copy.write(name, "Grüße\n".encode(), "") == digest("Grüße\n".encode())
    assert copy.read(name).decode() == "Grüße\n"
    copy.delete(name, digest(copy.read(name)))
    assert name not in copy.files()
    with pytest.raises(UnicodeDecodeError):
        copy.write(name, b"\xff", "")


@pytest.fixture
def server(root: Path) -> Iterator[LiveServer]:
    for link in ("content/linked", "content/link.md"):
        (root / link).unlink()
    live = LiveSite(root, Store(KEPT), lambda: TODAY)
    live.look()
    assert live.problems() == ()
    running = LiveServer(0, live, Whole(live, KEPT, lambda: TODAY, 1))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.is_ended = True
    running.shutdown()
    running.server_close()


def asked(
    server: LiveServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Return what the server answers to a page of its own, or to one that ``headers`` tell of."""
    own = f"127.0.0.1:{server.server_port}"
    sent = {"Host": own, "Origin": f"http://{own}", "Content-Type": KIND} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, body, {name: value for name, value in sent.items() if value})
    response = connection.getresponse()
    said = response.read().decode()
    connection.close()
    return response.status, said, dict(response.getheaders())


def test_the_editor_reads_and_writes(server: LiveServer) -> None:
    root = server.live.root
    _, listed, _ = asked(server, "GET", "/.serve/files")
    told = json.loads(listed)["files"]
    assert list(told) == WorkingCopy(root).files()
    assert told[FILE] == [digest((root / FILE).read_bytes()), (root / FILE).read_text("utf-8")]
    status, text, headers = asked(server, "GET", f"/.serve/file/{FILE}")
    assert (status, text) == (200, (root / FILE).read_text("utf-8"))
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    status, _, written = asked(
        server, "PUT", f"/.serve/file/{FILE}", f"{text}More.\n".encode(), If_Match=headers["ETag"]
    )
    assert status == 200
    assert (root / FILE).read_text("utf-8") == f"{text}More.\n"
    status, said, _ = asked(server, "PUT", f"/.serve/file/{FILE}", b"", If_Match=headers["ETag"])
    assert (status, "somebody else" in said) == (409, True)
    status, _, _ = asked(server, "DELETE", f"/.serve/file/{FILE}", If_Match=written["ETag"])
    assert (status, (root / FILE).exists()) == (200, False)
    status, _, _ = asked(server, "PUT", f"/.serve/file/{FILE}", text.encode(), If_None_Match="*")
    assert (status, (root / FILE).read_text("utf-8")) == (200, text)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": ""}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"Content_Type": ""}, 403),
        ({"Host": "example.org", "Origin": "http://example.org"}, 421),
        ({"If_Match": ""}, 428),
        ({"Content_Length": "99999999999"}, 413),
    ],
)
def test_no_other_page_writes(server: LiveServer, headers: dict[str, str], status: int) -> None:
    raw = (server.live.root / FILE).read_bytes()
    tag = {"If_Match": f'"{digest(raw)}"'}
    for method in ("PUT", "DELETE"):
        found, _, _ = asked(server, method, f"/.serve/file/{FILE}", b"other", **(tag | headers))
        assert found == status
    assert (server.live.root / FILE).read_bytes() == raw


def test_a_browser_that_asks_for_leave_gets_none(server: LiveServer) -> None:
    status, _, headers = asked(
        server, "OPTIONS", f"/.serve/file/{FILE}", Access_Control_Request_Method="PUT"
    )
    assert status >= 400
    assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "path", ["/.serve/file/../secret.md", "/.serve/file/%2e%2e/secret.md", "/.serve/file/build.py"]
)
def test_nothing_else_is_read_or_written(server: LiveServer, path: str) -> None:
    assert asked(server, "GET", path)[0] == 404
    assert asked(server, "PUT", path, b"other", If_None_Match="*")[0] == 404
    assert (server.live.root.parent / "secret.md").read_text("utf-8") == "key"


def test_without_the_setting_there_is_neither_editor_nor_a_way_to_write(server: LiveServer) -> None:
    root = server.live.root
    assert asked(server, "GET", "/edit/")[0] == 200
    change(root, "data/site.yaml", EDITOR, "")
    server.live.look()
    assert asked(server, "GET", "/edit/")[0] == 404
    assert asked(server, "GET", "/.serve/files")[0] == 404
    raw = (root / FILE).read_bytes()
    assert asked(server, "GET", f"/.serve/file/{FILE}")[0] == 404
    status, _, _ = asked(server, "PUT", f"/.serve/file/{FILE}", b"", If_Match=digest(raw))
    assert (status, (root / FILE).read_bytes()) == (404, raw)


def test_the_editor_goes_on_while_something_is_to_be_mended(server: LiveServer) -> None:
    (server.live.root / FILE).write_text("nothing", "utf-8")
    server.live.look()
    assert server.live.problems()
    assert asked(server, "GET", "/edit/")[0] == 200
    assert asked(server, "GET", f"/.serve/file/{FILE}")[1] == "nothing"
