"""The built site on this machine, built again after each save."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from evidence.serve import serve, state
from tests.projects import write


def test_a_save_is_seen(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"content/about.md": "---\ntitle: About\nkind: plain\n---\nAnother text.\n"})
    assert state(minimal) != before


def test_a_new_file_and_a_deleted_one_are_seen(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"data/glossary.yaml": "a: {term: a, definition: b}\n"})
    assert state(minimal) != before
    (minimal / "data/glossary.yaml").unlink()
    assert state(minimal).keys() == before.keys()


def test_what_the_build_writes_is_no_save(minimal: Path) -> None:
    before = state(minimal)
    write(minimal, {"site/index.html": "built", ".cache/a": "kept"})
    assert state(minimal) == before


def test_a_port_that_is_taken_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code = serve(tmp_path, tmp_path, taken.getsockname()[1], lambda: None)
    assert code == 2
    assert "choose another one with --port" in capsys.readouterr().out


def test_the_site_is_built_again_after_a_save(
    minimal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = threading.Event()

    def save_and_wait(_server: object) -> None:
        write(minimal, {"content/new.md": "new"})
        built.wait(5)

    monkeypatch.setattr("evidence.serve.PAUSE", 0.01)
    monkeypatch.setattr("evidence.serve.ThreadingHTTPServer.serve_forever", save_and_wait)
    assert serve(minimal, minimal, 0, built.set) == 0
    assert built.is_set()
    assert "Ctrl-C" in capsys.readouterr().out
