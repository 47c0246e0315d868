"""A search asked anew of a registry: politely, patiently, going on where it stopped, or saying why not."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from evidence import __version__
from evidence.commands import progress
from evidence.commands import refresh as anew
from evidence.commands.typed import typed
from evidence.commands.verb import EXIT_USAGE
from evidence.problems import ProblemsFoundError
from evidence.registry import asking, refreshing
from evidence.registry.asking import MOST_PATIENCE, TRIES, UNREACHABLE_TRIES, Outside
from evidence.registry.reading import read_export
from tests.projects import ROOT, Printed, files_below
from tests.registry.exporting import api, classic, project, provenance, run, written
from tests.registry.playing import (
    Fault,
    Registry,
    breaks_off,
    hangs_up,
    playing,
    says,
    status,
)

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
NAME = "clinicaltrials-gov-2026-11-28"
IDS = [f"NCT0000000{number}" for number in range(1, 7)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def registry() -> Iterator[Registry]:
    with playing() as server:
        yield server


class Here:
    """Refreshes a project without waiting, and remembers for how many seconds it would have waited."""

    def __init__(self, root: Path, registry: Registry) -> None:
        self.root = root
        self.registry = registry
        self.waits: list[float] = []
        self.now = NOW
        self.stop_at: int | None = None
        self.is_public = True

    def __call__(self, *words: str, address: str = "") -> Printed:
        out: list[str] = []
        errors: list[str] = []

        def say(words: str, *, aloud: bool = True) -> None:
            (out if aloud else errors).append(words)

        given = ["trials", "--address", address or self.registry.address, *words]
        if "--search" not in words:
            given += ["--search", "honey cells"]
        _, asked = typed(["refresh", *given])
        assert asked
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        outside = Outside(
            send=lambda request: opener.open(request, timeout=5),
            clock=lambda: self.now,
            wait=self._wait,
            chance=lambda: 0.5,
            is_public=self.is_public,
        )
        try:
            code = anew.refresh(asked, self.root, outside, say)
        except ProblemsFoundError as error:
            code = 1
            errors += [str(problem) for problem in error.problems]
        return Printed(code, "\n".join(out), "\n".join(errors))

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        if len(self.waits) == self.stop_at:
            raise KeyboardInterrupt

    @property
    def kept(self) -> list[str]:
        """The files of pages that are kept for the next run."""
        return [name for name in files_below(self.root / ".cache") if "/page-" in name]


@pytest.fixture
def refresh(root: Path, registry: Registry) -> Here:
    return Here(root, registry)


def answer_of(root: Path) -> list[str]:
    content = json.loads((root / f".cache/refresh/{NAME}.json").read_text("utf-8"))
    return [
        study["protocolSection"]["identificationModule"]["nctId"] for study in content["studies"]
    ]


def test_all_pages_are_imported_as_one_export_of_the_day(refresh: Here) -> None:
    printed = refresh()
    assert (printed.code, printed.problems) == (0, "")
    facts = provenance(refresh.root, NAME)
    assert facts["search"] == "honey cells"
    assert facts["exported"] == "2026-11-28"
    assert (facts["read"], facts["kept"]) == (6, 6)
    assert [file["format"] for file in facts["files"]] == ["clinicaltrials-gov-json"]
    assert answer_of(refresh.root) == IDS
    assert refresh.kept == []


def test_what_is_imported_is_what_the_same_pages_give_as_a_file(refresh: Here) -> None:
    refresh()
    by_refresh = written(refresh.root)
    file = (refresh.root / f".cache/refresh/{NAME}.json").read_text("utf-8")
    run(refresh.root, file, asked=("--search", "honey cells", "--exported", "2026-11-28"))
    assert written(refresh.root) == by_refresh


def test_each_page_is_asked_for_once_with_a_pause_and_nothing_that_is_not_read(
    refresh: Here,
) -> None:
    refresh()
    asked = refresh.registry.asked
    assert refresh.registry.tokens == [None, "token-2", "token-4", "token-6"]
    assert [query.get("countTotal") for query in asked] == ["true", None, None, None]
    assert {query["query.term"] for query in asked} == {"honey cells"}
    assert {query["fields"] for query in asked} == {"ProtocolSection|HasResults"}
    assert {query["pageSize"] for query in asked} == {"100"}
    assert refresh.waits == [refreshing.PAUSE] * 3


SHAPE = "evidence/registry/shapes/clinicaltrials_gov_json.py"


def test_the_reader_reads_nothing_that_is_not_asked_for() -> None:
    study = {**api(1), "hasResults": True}
    assert study.keys() == {"protocolSection", "hasResults"}
    assert read_export("a", json.dumps(study).encode()).records[0].id == IDS[0]
    for name in ("resultsSection", "derivedSection", "documentSection", "annotationSection"):
        assert name not in (ROOT / SHAPE).read_text("utf-8")


@pytest.mark.parametrize(
    ("site", "named"),
    [
        ("", ""),
        ("title: Honey\n", " (Honey)"),
        ("title: Honey\naddress: https://honey.example/\n", " (Honey; https://honey.example/)"),
        ("title: 蜂蜜 (Honey)\r\n", " (Honey)"),
        ("title: [not, text\n", ""),
    ],
)
def test_the_agent_names_program_site_and_address(refresh: Here, site: str, named: str) -> None:
    if site:
        (refresh.root / "data/site.yaml").write_text(site, "utf-8")
    refresh()
    assert set(refresh.registry.agents) == {f"evidence/{__version__}{named}"}


def test_without_words_the_search_of_the_newest_export_is_asked_for(refresh: Here) -> None:
    run(refresh.root, classic(), asked=("--search", "old bees", "--exported", "2021-10-07"))
    run(refresh.root, classic(), asked=("--search", "new bees", "--exported", "2022-10-07"))
    other = refresh.root / "data/registry/portal"
    other.mkdir()
    (other / "provenance.yaml").write_text(
        "search: portal\nexported: '2024-01-01'\nfiles: [{format: ictrp-csv}]\n", "utf-8"
    )
    assert refresh("--search", "").code == 0
    assert refresh.registry.asked[0]["query.term"] == "new bees"
    assert provenance(refresh.root, NAME)["search"] == "new bees"


def test_without_words_and_without_an_export_that_is_said(refresh: Here) -> None:
    printed = refresh("--search", " ")
    assert printed.code == 1
    assert "--search" in printed.problems
    assert refresh.registry.asked == []


def test_a_compressed_answer_is_unpacked(refresh: Here) -> None:
    refresh.registry.is_packed = True
    assert refresh().code == 0
    assert answer_of(refresh.root) == IDS


# What passes: asked again, after a while that grows


@pytest.mark.parametrize(
    "fault",
    [
        status(503),
        status(500),
        status(502, "<html>bad gateway</html>"),
        status(504),
        hangs_up,
        says('{"studies": [{'),
        says("<html>We are down for maintenance</html>"),
    ],
)
def test_a_fault_that_passes_is_asked_through(refresh: Here, fault: Fault) -> None:
    refresh.registry.faults = {2: fault}
    printed = refresh()
    assert printed.code == 0
    assert refresh.registry.tokens == [None, "token-2", "token-2", "token-4", "token-6"]
    assert answer_of(refresh.root) == IDS
    assert "asked again in 2 s" in printed.problems


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_answer_that_breaks_off_is_asked_for_again(refresh: Here, is_packed: bool) -> None:
    refresh.registry.is_packed = is_packed
    refresh.registry.faults = {2: breaks_off}
    printed = refresh()
    assert printed.code == 0
    assert "broke its answer off; asked again in 2 s" in printed.problems
    assert answer_of(refresh.root) == IDS


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("17", 17),
        ("Sat, 28 Nov 2026 20:00:45 GMT", 45),
        ("Sat, 28 Nov 2026 20:00:45 -0000", 45),
        ("Sat, 28 Nov 2026 19:00:00 GMT", 2),
        ("0", 2),
        ("soon", 2),
        ("-5", 2),
    ],
)
def test_a_registry_that_asks_for_patience_is_given_it(
    refresh: Here, written: str, seconds: float
) -> None:
    refresh.registry.faults = {1: status(429, Retry_After=written)}
    assert refresh().code == 0
    assert refresh.waits[0] == seconds


def test_a_registry_that_asks_for_much_patience_is_left_alone(refresh: Here) -> None:
    asked_for = str(int(MOST_PATIENCE) + 900)
    refresh.registry.faults = {3: status(429, Retry_After=asked_for)}
    printed = refresh()
    assert printed.code == anew.EXIT_NO_ANSWER
    assert "asks to be left alone for 25 minutes" in printed.problems
    assert written(refresh.root) == {}
    assert len(refresh.kept) == 2


def test_a_registry_that_stays_down_is_asked_a_few_times_less_and_less_often(
    refresh: Here,
) -> None:
    refresh.registry.always = status(503)
    printed = refresh()
    assert printed.code == anew.EXIT_NO_ANSWER
    assert len(refresh.registry.asked) == TRIES
    assert refresh.waits == [2, 4, 8, 16, 32]
    assert "answered '503 Service Unavailable', 6 times" in printed.problems
    assert "Run the command again later" in printed.problems


def test_waits_differ_from_one_run_to_another() -> None:
    assert asking._backing_off(3, 0.0) == 4
    assert asking._backing_off(3, 0.999) == pytest.approx(12, abs=0.01)
    assert asking._backing_off(60, 0.5) == asking.LONGEST_WAIT


def test_a_server_that_drips_is_not_waited_for_without_end() -> None:
    class Later:
        def __init__(self) -> None:
            self.asked = 0

        def __call__(self) -> datetime:
            self.asked += 1
            return datetime.fromtimestamp(NOW.timestamp() + 200 * self.asked, UTC)

    class Dripping:
        headers: ClassVar[dict[str, str]] = {}

        def read(self, _most: int) -> bytes:
            return b" "

    with pytest.raises(asking.PassingError, match="too slowly"):
        asking._body(Dripping(), "honey.example", Later())


# What does not pass: said, and not asked again


def test_no_network_is_said_in_one_line_with_what_to_do(refresh: Here) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    printed = refresh(address=f"http://127.0.0.1:{port}/studies")
    assert printed.code == anew.EXIT_NO_ANSWER
    assert len(refresh.waits) == UNREACHABLE_TRIES - 1
    last = printed.problems.splitlines()[-1]
    assert last.startswith(f"build.py: 127.0.0.1:{port} cannot be reached (connection refused)")
    assert "Look whether this machine has a network, and run the command again" in last
    assert written(refresh.root) == {}


@pytest.mark.parametrize(("code", "said"), [(403, "403 Forbidden"), (404, "404 Not Found")])
def test_a_refusal_is_not_asked_through(refresh: Here, code: int, said: str) -> None:
    refresh.registry.always = status(code, "<html>no</html>")
    printed = refresh()
    assert printed.code == anew.EXIT_NO_ANSWER
    assert said in printed.problems
    assert "<html>" not in printed.problems
    assert len(refresh.registry.asked) == 1


def test_a_search_that_the_registry_cannot_read_is_said_in_its_words(refresh: Here) -> None:
    refresh.registry.always = status(400, "Unbalanced \x1b[31m parenthesis\nin query.term")
    printed = refresh()
    assert printed.code == anew.EXIT_NO_ANSWER
    assert r"'Unbalanced \u001b[31m parenthesis in query.term'" in printed.problems
    assert len(refresh.registry.asked) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "no object with 'studies'"),
        ({"trials": [], "totalCount": 6}, "'studies' is missing; in its place stand 'totalCount', 'trials'"),
        ({"studies": [], "count": 6}, "'totalCount' is missing; in its place stand 'count', 'studies'"),
        ({"studies": [], "totalCount": True}, "'totalCount' is missing"),
        ({"studies": [], "totalCount": 6, "nextPageToken": 7}, "'nextPageToken' is '7', and no text"),
        ({"studies": [{"protocol": {}}], "totalCount": 6}, "'protocolSection' is missing; in its place stand 'protocol'"),
        ({"studies": [api(1), {"protocolSection": {}}], "totalCount": 6}, "nctId' is missing from 1 of 2 studies"),
        (
            {"studies": [api(1, statusModule={"status": "RECRUITING"})], "totalCount": 6},
            "'protocolSection.statusModule.overallStatus' is missing; in its place stand 'status'",
        ),
    ],
)  # fmt: skip
def test_a_changed_schema_names_what_is_missing(refresh: Here, answer: object, said: str) -> None:
    refresh.registry.always = says(answer)
    printed = refresh()
    assert printed.code == 1
    assert said in printed.problems
    assert "The interface has changed." in printed.problems
    assert len(refresh.registry.asked) == 1
    assert (written(refresh.root), refresh.kept) == ({}, [])


def test_what_many_studies_cannot_all_lack_is_missed_at_the_end(refresh: Here) -> None:
    def named(number: int) -> dict[str, object]:
        study = api(number, sponsorCollaboratorsModule={"lead": {}})
        return {**study, "hasResults": False}

    refresh.registry.studies = [named(number) for number in range(1, 121)]
    refresh.registry.of_a_page = 100
    printed = refresh()
    assert printed.code == 1
    assert "'protocolSection.sponsorCollaboratorsModule.leadSponsor' is missing" in printed.problems
    assert (written(refresh.root), refresh.kept) == ({}, [])


# What does not fit together: asked once more from the first page, then said


def test_a_count_that_does_not_agree_is_asked_once_more_and_then_said(refresh: Here) -> None:
    refresh.registry.total = 7
    printed = refresh()
    assert printed.code == 1
    assert "the registry counts 7 studies, and 6 came, also when asked again" in printed.problems
    assert refresh.registry.tokens == [None, "token-2", "token-4", "token-6"] * 2
    assert (written(refresh.root), refresh.kept) == ({}, [])


def test_a_study_that_moved_between_pages_is_found(refresh: Here) -> None:
    moved = {"studies": refresh.registry.studies[1:3], "nextPageToken": "token-4"}
    refresh.registry.faults = {2: says(moved)}
    printed = refresh()
    assert printed.code == 0
    assert (
        "Asked again from the first page, since the registry counts 6 studies, and 5 came"
        in printed.problems
    )
    assert answer_of(refresh.root) == IDS


@pytest.mark.parametrize(
    "page",
    [
        {"studies": [], "nextPageToken": "again"},
        {"studies": [{**api(1), "hasResults": True}], "nextPageToken": "again"},
    ],
)
def test_a_token_that_never_ends_is_not_followed_for_ever(
    refresh: Here, page: dict[str, object]
) -> None:
    refresh.registry.always = says({**page, "totalCount": 6})
    printed = refresh()
    assert printed.code == 1
    assert "the pages do not end" in printed.problems
    assert len(refresh.registry.asked) <= 2 * 7
    assert (written(refresh.root), refresh.kept) == ({}, [])


def test_a_search_that_finds_too_much_is_not_downloaded(refresh: Here) -> None:
    refresh.registry.total = refreshing.MOST_STUDIES + 1
    printed = refresh()
    assert "50,001 studies, more than the 50,000" in printed.problems
    assert len(refresh.registry.asked) == 1
    assert refresh.kept == []


@pytest.mark.parametrize(("limit", "said"), [("MOST_PAGES", "do not end"), ("MOST_BYTES", "bytes")])
def test_pages_and_bytes_have_a_limit(
    refresh: Here, monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(refreshing, limit, 2)
    printed = refresh()
    assert printed.code == 1
    assert said in printed.problems
    assert (written(refresh.root), refresh.kept) == ({}, [])


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_answer_has_a_limit_also_when_it_is_compressed(
    refresh: Here, monkeypatch: pytest.MonkeyPatch, is_packed: bool
) -> None:
    monkeypatch.setattr(asking, "MOST_ANSWER_BYTES", 100_000)
    refresh.registry.is_packed = is_packed
    refresh.registry.always = says(" " * 10_000_000)
    printed = refresh()
    assert printed.code == anew.EXIT_NO_ANSWER
    assert "more than the 100,000" in printed.problems
    assert len(refresh.registry.asked) == 1


def test_a_small_answer_that_unpacks_to_a_huge_one_does_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import gzip  # noqa: PLC0415
    import io  # noqa: PLC0415
    import tracemalloc  # noqa: PLC0415

    class Packed(io.BytesIO):
        headers: ClassVar[dict[str, str]] = {"Content-Encoding": "gzip"}

    monkeypatch.setattr(asking, "MOST_ANSWER_BYTES", 100_000)
    answer = Packed(gzip.compress(bytes(30_000_000)))
    tracemalloc.start()
    with pytest.raises(asking.NoAnswerError, match="more than the 100,000 bytes"):
        asking._body(answer, "honey.example", lambda: NOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_search_that_finds_nothing_is_said(refresh: Here) -> None:
    refresh.registry.studies = []
    printed = refresh()
    assert printed.code == 1
    assert "the registry found no study for 'honey cells'" in printed.problems
    assert (written(refresh.root), refresh.kept) == ({}, [])


# Going on


def test_a_run_that_was_stopped_goes_on_with_the_page_that_is_missing(refresh: Here) -> None:
    refresh.stop_at = 2
    with pytest.raises(KeyboardInterrupt):
        refresh()
    assert len(refresh.kept) == 2
    assert written(refresh.root) == {}
    refresh.stop_at = None
    printed = refresh()
    assert printed.code == 0
    assert "4 of 6 studies are here from an earlier run." in printed.problems
    assert refresh.registry.tokens == [None, "token-2", "token-4", "token-6"]
    assert answer_of(refresh.root) == IDS


def test_a_token_that_is_outworn_starts_again_from_the_first_page(refresh: Here) -> None:
    refresh.stop_at = 2
    with pytest.raises(KeyboardInterrupt):
        refresh()
    refresh.stop_at = None
    refresh.registry.faults = {3: status(400, "Invalid page token")}
    printed = refresh()
    assert printed.code == 0
    assert "since the registry no longer knows the page that comes next" in printed.problems
    assert refresh.registry.tokens == [
        None, "token-2", "token-4", None, "token-2", "token-4", "token-6",
    ]  # fmt: skip
    assert answer_of(refresh.root) == IDS


def stopped_after_two(refresh: Here) -> list[Path]:
    refresh.stop_at = 2
    with pytest.raises(KeyboardInterrupt):
        refresh()
    refresh.stop_at = None
    refresh.registry.asked.clear()
    return [refresh.root / ".cache" / name for name in refresh.kept]


@pytest.mark.parametrize(("damaged", "first"), [(0, None), (1, "token-2")])
def test_a_page_that_was_damaged_is_asked_for_again(
    refresh: Here, damaged: int, first: str | None
) -> None:
    files = stopped_after_two(refresh)
    files[damaged].write_bytes(files[damaged].read_bytes()[:-9])
    assert refresh().code == 0
    assert refresh.registry.tokens[0] == first
    assert answer_of(refresh.root) == IDS


@pytest.mark.parametrize("state", ["", "{", "[]", "null", '{"pages": [1]}', '{"pages": [{}]}'])
def test_a_state_that_was_damaged_starts_anew(refresh: Here, state: str) -> None:
    (stopped_after_two(refresh)[0].parent / "state.json").write_text(state, "utf-8")
    assert refresh().code == 0
    assert refresh.registry.tokens[0] is None


@pytest.mark.parametrize(("day", "first"), [(29, "token-4"), (30, None), (27, None)])
def test_what_was_begun_before_yesterday_starts_anew(
    refresh: Here, day: int, first: str | None
) -> None:
    stopped_after_two(refresh)
    refresh.now = NOW.replace(day=day)
    assert refresh().code == 0
    assert refresh.registry.tokens[0] == first


def test_another_search_does_not_go_on_with_these_pages(refresh: Here) -> None:
    stopped_after_two(refresh)
    assert refresh("--search", "other bees").code == 0
    assert refresh.registry.tokens[0] is None


def test_the_export_is_named_after_the_day_of_its_last_page(refresh: Here) -> None:
    stopped_after_two(refresh)
    refresh.now = NOW.replace(day=29)
    assert refresh().code == 0
    assert provenance(refresh.root, "clinicaltrials-gov-2026-11-29")["exported"] == "2026-11-29"


def test_an_import_that_fails_is_tried_again_without_asking(refresh: Here) -> None:
    rules = refresh.root / "data/registry/rules.yaml"
    sound = rules.read_text("utf-8")
    rules.write_text("version: [", "utf-8")
    assert refresh().code == 1
    assert written(refresh.root) == {}
    asked = len(refresh.registry.asked)
    rules.write_text(sound, "utf-8")
    assert refresh().code == 0
    assert len(refresh.registry.asked) == asked


# Names, addresses, and who may ask


def test_an_export_of_another_search_is_not_replaced(refresh: Here) -> None:
    run(
        refresh.root,
        classic(),
        asked=("--search", "bees", "--exported", "2022-10-07", "--name", NAME),
    )
    printed = refresh()
    assert printed.code == 1
    assert f"'{NAME}' is an export of another search, 'bees'" in printed.problems
    assert refresh.registry.asked == []
    assert refresh("--name", "honey").code == 0


@pytest.mark.parametrize("name", ["../out", "Upper", "a b"])
def test_a_name_that_is_no_id_is_said_before_anything_is_asked(refresh: Here, name: str) -> None:
    printed = refresh("--name", name)
    assert f"'{name}' is not an id" in printed.problems
    assert refresh.registry.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.example/b", "honey", "http://", "http://a/?b=1"]
)
def test_an_address_that_is_none_of_the_web_is_refused(refresh: Here, address: str) -> None:
    printed = refresh(address=address)
    assert printed.code == 1
    assert "is no address of an interface" in printed.problems


def test_where_ci_is_set_only_this_machine_is_asked(refresh: Here) -> None:
    refresh.is_public = False
    printed = refresh(address=refreshing.ADDRESS)
    assert printed.code == EXIT_USAGE
    assert "only a server of this machine is asked" in printed.problems
    assert refresh().code == 0


def test_only_a_refresh_knows_the_network() -> None:
    asking_modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "evidence").rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("urllib.request", "http.client"))
    }
    assert asking_modules == {
        "evidence/commands/check.py", "evidence/commands/external/asking.py", "evidence/commands/making/asking.py", "evidence/commands/refresh.py", "evidence/registry/asking.py", "evidence/registry/refreshing.py",
    }  # fmt: skip
    loaded = "import sys, evidence.run, evidence.command; print('evidence.registry.asking' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "False"


# The bar


def test_the_bar_says_how_many_of_how_many() -> None:
    assert progress.bar(600, 1389).rstrip() == "[##########--------------] 600 of 1,389 studies"
    assert progress.bar(0, 0).startswith("[########################] 0 of 0")
    assert len(progress.bar(7, 5)) == progress.LINE


def test_the_bar_is_drawn_on_a_console_only_and_makes_way_for_sentences() -> None:
    import io  # noqa: PLC0415

    class Console(io.StringIO):
        def isatty(self) -> bool:
            return True

    said: list[str] = []
    for stream, drawn in ((io.StringIO(), False), (Console(), True)):
        shown = progress.Watching(stream, said.append)
        shown.come(1, 2)
        shown.say("one")
        shown.clear()
        assert ("1 of 2 studies" in stream.getvalue()) == drawn
        assert stream.getvalue().endswith("\r") == drawn
    assert said == ["one", "one"]


# The whole command, in a process of its own


def command(root: Path, registry: Registry) -> list[str]:
    words = ["refresh", "trials", "--search", "honey cells", "--address", registry.address]
    return [sys.executable, str(ROOT / "build.py"), *words, "--root", str(root)]


def test_ctrl_c_leaves_what_came_and_no_half_export(root: Path, registry: Registry) -> None:
    registry.faults = {2: status(503, Retry_After="30")}
    process = subprocess.Popen(
        command(root, registry), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    until(lambda: len(registry.asked) == 2)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped. What has come is kept, and the next run goes on from there." in errors
    assert "Traceback" not in errors
    assert {path.name for path in (root / "data/registry").iterdir()} == {"rules.yaml"}
    assert any("/page-0001" in name for name in files_below(root / ".cache"))


def until(holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come to hold")


def test_proxies_of_the_environment_are_used(root: Path, registry: Registry) -> None:
    registry.studies = registry.studies[:1]
    host = registry.address.partition("/api")[0]
    surroundings = {**os.environ, "http_proxy": host, "no_proxy": "", "NO_PROXY": ""}
    surroundings.pop("CI", None)
    words = command(root, registry)
    words[words.index(registry.address)] = "http://registry.invalid/api/v2/studies"
    shown = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "1 page asked for" in shown.stdout
    assert len(registry.asked) == 1
