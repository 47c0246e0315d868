"""Publishing: the old site or the new one, whatever is in the way and whenever it is stopped."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence.finished.file import File
from evidence.problems import ProblemsFoundError
from evidence.steps import claim, exchange, journal, planning
from evidence.steps.exchange import Exchange, system_exchange
from evidence.steps.planning import INSIDE
from evidence.steps.publish import MANIFEST, Published, intact, publish
from tests.conftest import MakeProject
from tests.projects import (
    MINIMAL,
    ROOT,
    TODAY,
    build_here,
    change,
    files_below,
    make_project,
    python,
    type_here,
    write,
)

Ways = Callable[[], Exchange | None]
OLD = {
    **{f"{name}.html": f"old {name}".encode() for name in "abcde"},
    "index.html": b"old home",
    "static/site.css": b"old style",
    "gone/page.html": b"old page",
}
NEW = {
    **{f"{name}.html": f"new {name}".encode() for name in "bcdef"},
    "a.html": b"old a",
    "index.html": b"new home",
    "static/site.css": b"new style",
    "added/deep/page.html": b"new page",
}
# Builds in a process of its own, which says that it is at work and stays there until it is stopped
HELD = """
import sys, time
from pathlib import Path
from evidence.command import main
from evidence.steps import exchange, journal
whole = {where}
def hold(*_):
    {where} = whole
    print("ready", flush=True)
    time.sleep(60)
{where} = hold
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(params=[system_exchange, lambda: None], ids=["exchange", "journal"])
def way(request: pytest.FixtureRequest) -> Ways:
    """Both ways to publish."""
    found: Ways = request.param
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the old site, and nothing beside it."""
    folder = tmp_path / "place" / "site"
    put(OLD, folder)
    return folder


def put(site: dict[str, bytes], folder: Path, way: Ways = system_exchange) -> Published:
    return publish({path: File.of(raw) for path, raw in site.items()}, folder, way)


def listed(site: dict[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(site[path]).hexdigest() for path in sorted(site)}
    return (json.dumps({"files": digests}, indent=1) + "\n").encode()


def holds(folder: Path, site: dict[str, bytes], **others: bytes) -> bool:
    """Tell whether a folder holds a site, with the files of others, and nothing is beside it."""
    wanted = {**site, MANIFEST: listed(site), **others}
    return files_below(folder) == wanted and not left(folder)


def left(folder: Path) -> list[str]:
    """Return what a publish left in the folder and beside it."""
    inside = [INSIDE] if (folder / INSIDE).exists() else []
    return inside + [path.name for path in folder.parent.iterdir() if path.name != folder.name]


def traces(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Return inode, modification time and kind of a folder and all that is in it."""
    statuses = {path: path.lstat() for path in [folder, *folder.rglob("*")]}
    return {
        path: (status.st_ino, status.st_mtime_ns, status.st_mode)
        for path, status in statuses.items()
    }


def message(caught: pytest.ExceptionInfo[ProblemsFoundError]) -> str:
    return "\n".join(str(problem) for problem in caught.value.problems)


# ------------------------------------------------------------------ what a publish does


def test_a_publish_brings_the_folder_to_the_new_site(folder: Path, way: Ways) -> None:
    done = put(NEW, folder, way)
    assert holds(folder, NEW)
    changed = {path for path in NEW if OLD.get(path) != NEW[path]} | {MANIFEST}
    assert done == Published(tuple(sorted(changed)), ("gone/page.html",), 1)
    assert not (folder / "gone").exists()


def test_a_first_publish_makes_the_folder_and_what_it_lies_in(tmp_path: Path, way: Ways) -> None:
    folder = tmp_path / "place/far/site"
    put(NEW, folder, way)
    assert holds(folder, NEW)


def test_an_empty_folder_is_filled(tmp_path: Path, way: Ways) -> None:
    folder = tmp_path / "place/site"
    folder.mkdir(parents=True)
    put(NEW, folder, way)
    assert holds(folder, NEW)


def test_a_site_that_is_there_is_not_touched(folder: Path, way: Ways) -> None:
    before = traces(folder)
    assert put(OLD, folder, way) == Published((), (), len(OLD) + 1)
    assert traces(folder) == before


def test_a_file_that_did_not_change_is_neither_read_nor_written(folder: Path, way: Ways) -> None:
    before = (folder / "a.html").stat()
    read: list[str] = []

    def file(path: str, raw: bytes) -> File:
        def reading() -> bytes:
            read.append(path)
            return raw

        return File(hashlib.sha256(raw).hexdigest(), reading)

    publish({path: file(path, raw) for path, raw in NEW.items()}, folder, way)
    after = (folder / "a.html").stat()
    assert sorted(read) == sorted(path for path in NEW if path != "a.html")
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (
        before.st_ino, before.st_mtime_ns, 1,
    )  # fmt: skip


@pytest.mark.parametrize("spoiled", ["changed", "deleted", "a link", "the manifest"])
def test_a_published_file_that_was_spoiled_is_mended(spoiled: str, folder: Path, way: Ways) -> None:
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    assert intact(folder, digest)
    if spoiled == "changed":
        (folder / "a.html").write_bytes(b"odd a")
    elif spoiled == "the manifest":
        (folder / MANIFEST).write_bytes(listed({**OLD, "a.html": b"other"}))
    else:
        (folder / "a.html").unlink()
    if spoiled == "a link":
        (folder / "a.html").symlink_to("b.html")
    assert not intact(folder, digest)
    put(OLD, folder, way)
    assert holds(folder, OLD)
    assert not (folder / "a.html").is_symlink()


def test_what_was_a_file_becomes_a_folder_and_the_other_way_round(folder: Path, way: Ways) -> None:
    turned = {"gone": b"a file now", "a.html/page.html": b"a folder now"}
    put(turned, folder, way)
    assert holds(folder, turned)


def test_what_others_put_into_the_folder_stays(folder: Path, way: Ways) -> None:
    write(folder, {"CNAME": "example.org\n", "gone/note.txt": "note", "own/deep/file": "own"})
    (folder / "empty").mkdir()
    (folder / "static/link").symlink_to("../CNAME")
    (folder / "nowhere").symlink_to("not/there")
    kept = (folder / "CNAME").stat()
    put(NEW, folder, way)
    found = files_below(folder)
    assert {name: found[name] for name in ("CNAME", "gone/note.txt", "own/deep/file")} == {
        "CNAME": b"example.org\n", "gone/note.txt": b"note", "own/deep/file": b"own",
    }  # fmt: skip
    assert (folder / "empty").is_dir()
    assert str((folder / "static/link").readlink()) == "../CNAME"
    assert str((folder / "nowhere").readlink()) == "not/there"
    assert (folder / "CNAME").stat().st_ino == kept.st_ino
    assert "gone/page.html" not in found


def test_what_somebody_puts_there_meanwhile_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file = planning.write

    def late(path: str, raw: bytes) -> None:
        write(folder, {"late/CNAME": "example.org"})
        write_file(path, raw)

    monkeypatch.setattr(exchange, "write", late)
    put(NEW, folder)
    assert holds(folder, NEW, **{"late/CNAME": b"example.org"})


def test_the_rights_of_folders_stay(folder: Path, way: Ways) -> None:
    folder.chmod(0o2750)
    (folder / "static").chmod(0o710)
    put(NEW, folder, way)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2750
    assert stat.S_IMODE((folder / "static").stat().st_mode) == 0o710


def test_a_folder_that_is_a_link_stays_one(folder: Path) -> None:
    link = folder.with_name("www")
    link.symlink_to("site")
    before = folder.stat().st_ino
    put(NEW, link)
    assert str(link.readlink()) == "site"
    assert files_below(link) == {**NEW, MANIFEST: listed(NEW)}
    assert folder.stat().st_ino == before
    assert left(folder) == ["www"]


def test_a_link_to_another_file_system(tmp_path: Path) -> None:
    other = Path("/dev/shm") / f"evidence-{os.getpid()}"  # noqa: S108 - a file system of its own
    if not other.parent.is_dir():
        pytest.skip("this system has no /dev/shm")
    other.mkdir()
    try:
        (tmp_path / "place").mkdir()
        (tmp_path / "place/site").symlink_to(other)
        put(OLD, tmp_path / "place/site")
        put(NEW, tmp_path / "place/site")
        assert holds(tmp_path / "place/site", NEW)
    finally:
        subprocess.run(["rm", "-r", str(other)], check=True)


def test_a_folder_within_that_is_on_another_file_system(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def apart(one: str, other: str) -> None:
        if "static" in str(Path(other).parent) and "static" not in str(Path(one).parent):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), other)
        replace(one, other)

    monkeypatch.setattr(os, "replace", apart)
    put(NEW, folder, lambda: None)
    assert holds(folder, NEW)


def test_where_nothing_can_be_made_beside_the_folder_all_is_made_inside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def closed(path: str, *rest: int) -> None:
        if Path(path).parent == folder.parent:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        mkdir(path, *rest)

    monkeypatch.setattr(os, "mkdir", closed)
    put(NEW, folder)
    assert holds(folder, NEW)


def test_from_within_the_folder_it_stays_the_same_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "static")
    put(NEW, folder)
    assert Path("site.css").read_bytes() == b"new style"


def test_the_manifest_holds_a_digest_of_every_file(minimal: Path) -> None:
    build_here(minimal)
    found = files_below(minimal / "site")
    del found[MANIFEST]
    assert (minimal / "site" / MANIFEST).read_bytes() == listed(found)


def test_files_that_no_longer_belong_to_the_site_go(minimal: Path) -> None:
    write(minimal, {"content/extra/more.md": "---\ntitle: More\nkind: plain\n---\nMore.\n"})
    build_here(minimal)
    assert (minimal / "site/extra/more.html").is_file()
    (minimal / "content/extra/more.md").unlink()
    printed = build_here(minimal)
    assert not (minimal / "site/extra").exists()
    assert "2 removed" in printed.out  # the page, and the same as Markdown


# ------------------------------------------------------------------ what is killed, and when


@pytest.fixture(scope="module")
def kills() -> str:
    """What is printed when a small publish was killed at every operation."""
    done = python("-m", "benchmarks.kill", "2", "40")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(printed: str, names: int) -> Iterator[tuple[list[str], list[int]]]:
    for line in printed.splitlines():
        words = line.split()
        if words[-1].isdigit() and words[names].isdigit() and not words[names - 1].isdigit():
            yield words[:names], [int(word) for word in words[names:]]


def test_a_publish_killed_at_any_operation_is_healed_by_the_next_command(kills: str) -> None:
    cases = {tuple(names): counts for names, counts in rows(kills, 2)}
    assert len(cases) == 7
    for (way, _), (killed, old, new, mixed, healed, unhealed) in cases.items():
        assert killed > 20
        assert old > 0 < new
        assert (healed, unhealed) == (killed, 0)
        assert way != "exchange" or mixed == 0
    assert cases["journal", "edit"][3] > 0  # or the killing misses what it is to find


def test_a_reader_finds_one_site_while_others_take_its_place(kills: str) -> None:
    reads = {names[0]: counts for names, counts in rows(kills, 1)}
    total, old, new, mixed, _ = reads["exchange"]
    assert total > 20
    assert old > 0 < new
    assert mixed == 0


def stop_at(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the process, as if it were killed, when the journal has got to one path."""
    replace = os.replace

    def stop(one: str, other: str) -> None:
        if other.endswith(where):
            raise SystemExit
        replace(one, other)

    monkeypatch.setattr(os, "replace", stop)


DAY = ["--today", TODAY.isoformat()]
ANY_COMMAND = [["build", *DAY], ["check", *DAY], ["rules"]]


@pytest.mark.parametrize("words", ANY_COMMAND, ids=" ".join)
def test_any_command_finishes_a_publish_and_says_so(
    words: list[str], minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (minimal / "docs").mkdir()
    with monkeypatch.context() as stopped:
        stop_at("index.html", stopped)
        with pytest.raises(SystemExit):
            put(OLD, minimal / "site", lambda: None)
    assert (minimal / "site" / INSIDE).is_dir()
    printed = type_here(minimal, *words)
    assert printed.code == 0
    assert printed.problems == (
        "A build was stopped while it published: 'site' now holds its site whole.\n"
    )
    assert words[0] == "build" or files_below(minimal / "site") == {**OLD, MANIFEST: listed(OLD)}
    assert not (minimal / "site" / INSIDE).exists()


@pytest.mark.parametrize("words", ANY_COMMAND, ids=" ".join)
def test_any_command_removes_what_an_exchange_left_and_says_so(
    words: list[str], minimal: Path
) -> None:
    (minimal / "docs").mkdir()
    put(OLD, minimal / "site")
    write(minimal, {".site-publishing/tree/a.html": "half", ".site-publishing/lock": "999999"})
    printed = type_here(minimal, *words)
    assert printed.code == 0
    assert printed.problems == (
        "A build was stopped: what it left beside 'site' is removed, and 'site' is whole.\n"
    )
    assert not (minimal / ".site-publishing").exists()


def test_an_error_in_the_journal_before_it_begins_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stopped:
        stop_at(journal.JOURNAL, stopped)
        with pytest.raises(SystemExit):
            put(NEW, folder, lambda: None)
    assert holds(folder, OLD)


def test_pages_come_after_what_they_need_and_the_manifest_comes_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, replace = list[str](), os.replace

    def record(one: str, other: str) -> None:
        order.append(Path(other).relative_to(folder).as_posix())
        replace(one, other)

    monkeypatch.setattr(os, "replace", record)
    put(NEW, folder, lambda: None)
    pages = [f"{name}.html" for name in "bcdef"]
    begun = f"{INSIDE}/{journal.JOURNAL}"
    first = [begun, "static/site.css", "added/deep/page.html"]
    assert order == [*first, *pages, "index.html", MANIFEST]


# ------------------------------------------------------------------ what is not trusted


@pytest.mark.parametrize("lie", ["../outside.txt", "{outside}", "static/../../outside.txt"])
def test_a_manifest_does_not_lead_out_of_the_folder(lie: str, folder: Path, way: Ways) -> None:
    outside = folder.parent.parent / "outside.txt"
    outside.write_text("somebody's own", "utf-8")
    (folder.parent / "outside.txt").write_text("somebody's own", "utf-8")
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"][lie.format(outside=outside)] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    put(NEW, folder, way)
    assert outside.is_file()
    assert (folder.parent / "outside.txt").is_file()


def test_a_manifest_does_not_lead_through_a_link(folder: Path, way: Ways, tmp_path: Path) -> None:
    write(tmp_path, {"outside/page.html": "somebody's own"})
    (folder / "gone/page.html").unlink()
    (folder / "gone").rmdir()
    (folder / "gone").symlink_to(tmp_path / "outside")
    put(NEW, folder, way)
    assert (tmp_path / "outside/page.html").is_file()
    assert (folder / "gone").is_symlink()


@pytest.mark.parametrize("path", ["../outside.txt", "{outside}", "gone/../../outside.txt", "", "."])
@pytest.mark.parametrize("part", ["first", "moves", "last"])
def test_a_journal_does_not_lead_out_of_the_folder(part: str, path: str, folder: Path) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text("somebody's own", "utf-8")
    listed = {"first": [], "moves": [], "last": [], part: [path.format(outside=outside)]}
    write(folder, {f"{INSIDE}/journal": json.dumps(listed), f"{INSIDE}/new/0": "theirs"})
    with pytest.raises(ProblemsFoundError) as caught:
        claim.heal(folder)
    assert "a journal that this generator did not write" in message(caught)
    assert outside.read_text("utf-8") == "somebody's own"


def test_a_journal_does_not_lead_through_a_link(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside/page.html": "somebody's own"})
    (folder / "linked").symlink_to(tmp_path / "outside")
    listed = {"first": [], "moves": [], "last": ["linked/page.html"]}
    write(folder, {f"{INSIDE}/journal": json.dumps(listed), f"{INSIDE}/new/0": "theirs"})
    with pytest.raises(ProblemsFoundError):
        claim.heal(folder)
    assert (tmp_path / "outside/page.html").is_file()


# ------------------------------------------------------------------ what is in the way


def test_a_folder_that_another_program_filled_is_left_alone(with_files: MakeProject) -> None:
    root = with_files({"site/index.html": "<p>Somebody's own page.</p>"})
    printed = build_here(root)
    assert printed.code == 1
    assert files_below(root / "site") == {"index.html": b"<p>Somebody's own page.</p>"}


def test_a_folder_with_a_folder_of_somebody_is_left_alone(tmp_path: Path, way: Ways) -> None:
    (tmp_path / "place/site/photos").mkdir(parents=True)
    with pytest.raises(ProblemsFoundError, match="holds something"):
        put(NEW, tmp_path / "place/site", way)
    assert left(tmp_path / "place/site") == []


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("f.html", "folder", "a folder stands in 'site' where the file 'f.html' goes"),
        ("f.html", "file", "'f.html' in 'site' is not a file that this generator made"),
        ("f.html", "link", "'f.html' in 'site' is not a file that this generator made"),
        ("added", "file", "a file stands in 'site' where the folder 'added' goes"),
        ("added", "link", "a link stands in 'site' where the folder 'added' goes"),
        ("added/deep", "link", "a link stands in 'site' where the folder 'added/deep' goes"),
    ],
)
def test_what_is_in_the_way_is_a_problem_and_nothing_is_touched(
    path: str, kind: str, said: str, folder: Path, way: Ways, tmp_path: Path
) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    if kind == "folder":
        write(folder, {f"{path}/own": "own"})
    elif kind == "file":
        (folder / path).write_text("own", "utf-8")
    else:
        (folder / path).symlink_to(tmp_path)
    before = traces(folder)
    with pytest.raises(ProblemsFoundError) as caught:
        put(NEW, folder, way)
    assert said in message(caught)
    assert "Move it out of 'site'" in message(caught)
    assert traces(folder) == before
    assert left(folder) == []


def test_a_file_of_others_with_the_right_bytes_is_taken_over(folder: Path, way: Ways) -> None:
    (folder / "f.html").write_bytes(NEW["f.html"])
    put(NEW, folder, way)
    assert holds(folder, NEW)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (".", "is the folder that you are in"),
        ("../minimal", "is the folder that you are in"),
        ("..", "is the project's own folder, or one that it lies in"),
        ("/", "is the project's own folder, or one that it lies in"),
        ("content", "lies in 'content'"),
        ("content/site", "lies in 'content'"),
        ("data/new/site", "lies in 'data'"),
        ("templates/static/site", "lies in 'templates'"),
        ("into/site", "lies in 'templates'"),
        (".cache/site", "lies in '.cache'"),
        (str(ROOT / "evidence/pages"), "lies in 'evidence'"),
        (str(ROOT / "tests/site"), "lies in 'tests'"),
        ("nowhere", "is a link that leads nowhere"),
        ("round", "is a link that leads nowhere"),
        ("a-file", "'a-file' is a file where a folder has to be"),
        ("a-file/site", "'a-file' is a file where a folder has to be"),
    ],
)
def test_an_output_folder_that_cannot_be_one_is_a_problem(
    output: str, said: str, minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (minimal / "a-file").write_text("own", "utf-8")
    (minimal / "nowhere").symlink_to("not/there")
    (minimal / "round").symlink_to("round")
    (minimal / "into").symlink_to("templates/static")
    monkeypatch.chdir(minimal)
    before = files_below(minimal)
    printed = build_here(minimal, "--output", output)
    assert printed.code == 1
    assert said in printed.problems
    assert "Choose another folder with --output" in printed.problems
    assert printed.problems.endswith("1 problem. The published site is as it was.\n")
    assert files_below(minimal) == before


def test_the_project_may_be_built_from_elsewhere(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert build_here(minimal, "--output", "out").code == 0
    assert "the project's own folder" in build_here(minimal, "--output", "minimal").problems


def test_an_empty_name_of_a_folder_is_wrong_usage(
    minimal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_here(minimal, "--output", "")
    assert stopped.value.code == 2
    assert capsys.readouterr().err == ""  # it went where the problems go


def test_a_problem_leaves_the_published_site_as_it_was(minimal: Path) -> None:
    build_here(minimal)
    before = traces(minimal / "site")
    change(minimal, "content/about.md", "Who made it.", "[Who](nobody.html) made it.")
    assert build_here(minimal, "--output", str(minimal / "site")).code == 1
    assert traces(minimal / "site") == before
    assert build_here(minimal, "--output", str(minimal / "far/new")).code == 1
    assert not (minimal / "far").exists()


# ------------------------------------------------------------------ what the disk refuses


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_is_a_problem_and_the_old_site_is_whole(
    number: int, folder: Path, way: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str, _raw: bytes) -> None:
        raise OSError(number, os.strerror(number), path)

    with monkeypatch.context() as failing:
        for module in (exchange, journal):
            failing.setattr(module, "write", fail)
        with pytest.raises(ProblemsFoundError) as caught:
            put(NEW, folder, way)
    assert f"the site cannot be written: {os.strerror(number)}" in message(caught)
    assert caught.value.aftermath == "The published site is as it was."
    assert holds(folder, OLD)


def test_a_disk_that_fails_under_a_journal_leaves_the_rest_to_the_next_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def fail(one: str, other: str) -> None:
        if other.endswith("index.html"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), other)
        replace(one, other)

    with monkeypatch.context() as failing:
        failing.setattr(os, "replace", fail)
        with pytest.raises(ProblemsFoundError) as caught:
            put(NEW, folder, lambda: None)
        assert "in part: the next command goes on with it" in caught.value.aftermath
        with pytest.raises(ProblemsFoundError):
            claim.heal(folder)
    said: list[str] = []
    claim.heal(folder, said.append)
    assert said == ["A build was stopped while it published: 'site' now holds its site whole."]
    assert holds(folder, NEW)


def test_a_folder_that_is_closed_is_a_problem(
    folder: Path, way: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("static"))
    with pytest.raises(ProblemsFoundError) as caught:
        put(NEW, folder, way)
    monkeypatch.undo()
    assert "Permission denied" in message(caught)
    assert "Give yourself the right to write there" in message(caught)
    assert holds(folder, OLD)


# ------------------------------------------------------------------ who builds at the same time


def held(root: Path, where: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a build that stays where it is told to, and wait until it is there."""
    script = HELD.format(where=where)
    started = subprocess.Popen(
        [sys.executable, "-c", script, "--root", str(root), "--today", str(TODAY), *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def test_a_second_build_waits_and_says_for_whom(
    minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim, "SAID_AFTER", 0.0)
    with held(minimal, "exchange._build") as other:

        def end(_seconds: float) -> None:
            other.kill()
            other.wait()

        monkeypatch.setattr(time, "sleep", end)
        printed = build_here(minimal)
    assert printed.code == 0
    waiting, healed = printed.problems.splitlines()
    assert waiting == f"Process {other.pid} is building into 'site': waiting."
    assert healed.startswith("A build was stopped")
    assert (minimal / "site/index.html").is_file()


def test_a_second_build_does_not_wait_for_ever(minimal: Path) -> None:
    with held(minimal, "exchange._build") as other:
        with (
            pytest.raises(ProblemsFoundError) as caught,
            claim.claimed(minimal / "site", patience=0.1),
        ):
            pass
        assert f"process {other.pid} is building into 'site'" in message(caught)
        assert f"stop process {other.pid}" in message(caught)
        claim.heal(minimal / "site", pytest.fail)  # nobody waits for it, and nobody disturbs it
        assert (minimal / ".site-publishing/lock").is_file()
        other.kill()


def test_the_lock_of_a_dead_process_is_no_hindrance(minimal: Path) -> None:
    with held(minimal, "exchange._build") as other:
        other.kill()
    printed = build_here(minimal)
    assert printed.code == 0
    assert "waiting" not in printed.problems
    assert sorted(path.name for path in minimal.iterdir() if "site" in path.name) == ["site"]


def test_builds_at_the_same_time_all_succeed(tmp_path: Path) -> None:
    root = make_project(tmp_path / "minimal", MINIMAL)
    command = [sys.executable, str(ROOT / "build.py"), "--root", str(root), "--no-cache"]
    for _ in range(2):
        builds = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(3)
        ]
        for build in builds:
            _, problems = build.communicate()
            assert build.returncode == 0, problems
        change(root, "content/about.md", "Who made it.", "Who made all of it.")
        if "all" in (root / "site/about.html").read_text("utf-8"):
            break
        change(root, "content/about.md", "Who made all of it.", "Who made it.")
    assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site", "templates"]


@pytest.mark.parametrize("where", ["exchange._build", "exchange.clear", "journal.finish"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_build_that_is_stopped_says_so_in_one_line_and_leaves_nothing(
    where: str, number: signal.Signals, code: int, minimal: Path
) -> None:
    build_here(minimal)
    if where == "journal.finish":
        (minimal / "site").rename(minimal / "www")
        (minimal / "site").symlink_to("www")
    before = files_below(minimal / "site")
    change(minimal, "content/about.md", "Who made it.", "Who made all of it.")
    with held(minimal, where) as build:
        build.send_signal(number)
        try:
            out, problems = build.communicate(timeout=30)
        finally:
            build.kill()
    assert (build.returncode, out) == (code, "")
    assert problems == "\nStopped. The published site is whole.\n"
    found = files_below(minimal / "site")
    assert (found == before) == (where == "exchange._build")
    assert intact(minimal / "site", hashlib.sha256(found[MANIFEST]).hexdigest())
    assert not re.search("publishing", "\n".join(str(path) for path in minimal.rglob("*")))
