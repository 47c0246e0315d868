"""Small projects to test with, made from tests/sites and the project's own templates."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from evidence.command import main
from evidence.figures.drawing import drawn
from evidence.kept_file import FILE, opened
from evidence.model.report import Report
from evidence.model.trial import Trial
from evidence.problems import Problem, ProblemsFoundError
from evidence.run import Built, build
from evidence.steps.claim import claimed
from evidence.store import Kept, Keyed, Made, Store
from evidence.workers import Workers

ROOT = Path(__file__).parents[1]
SITES = ROOT / "tests" / "sites"
MINIMAL, GALLERY, INVALID = SITES / "minimal", SITES / "gallery", SITES / "invalid"
TODAY = Date(2026, 11, 29)
# One store for all tests and all their processes: whoever starts them makes it, and takes it away.
# Its keys are the whole input, so that nothing in it can be wrong for another test
STORE = "EVIDENCE_TESTS_STORE"
if STORE not in os.environ:
    os.environ[STORE] = tempfile.mkdtemp(prefix="evidence-tests-")
    atexit.register(shutil.rmtree, os.environ[STORE], ignore_errors=True)
KEPT = Path(os.environ[STORE])
NOT_LAID = {".cache", "mistake.yaml", "remove.txt", "links.txt", "expected.txt", "expected"}


@dataclass(frozen=True)
class Printed:
    """What a command line left behind: its exit code and what it printed."""

    code: int
    out: str
    problems: str

    @property
    def entries(self) -> list[str]:
        """The problems as they were printed, one each, without the count at the end."""
        listed = self.problems.rpartition("\n\n")[0]
        return re.split(r"\n(?! )", listed) if listed else []


def lay(layer: Path, root: Path) -> None:
    """Put the files of ``layer`` over those in ``root``; delete what its remove.txt names.

    Each line of its links.txt is a symbolic link and where it leads.
    """
    removed = layer / "remove.txt"
    if removed.is_file():
        for name in removed.read_text("utf-8").split():
            (root / name).unlink()
    for each in layer.iterdir():
        if each.name not in NOT_LAID:
            shutil.copytree(each, root / each.name, dirs_exist_ok=True)
    links = layer / "links.txt"
    for line in links.read_text("utf-8").splitlines() if links.is_file() else ():
        name, target = line.split()
        (root / name).symlink_to(target)


def make_project(root: Path, *layers: Path) -> Path:
    """Make a project in ``root`` from the project's templates and ``layers`` over them."""
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    for layer in layers:
        lay(layer, root)
    return root


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write ``files`` by their path below ``root``."""
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())


def change(root: Path, name: str, before: str, after: str) -> None:
    """Replace the one place of ``before`` in a file."""
    text = (root / name).read_text("utf-8")
    assert text.count(before) == 1, f"'{before}' stands {text.count(before)} times in {name}"
    (root / name).write_text(text.replace(before, after), "utf-8")


def build_here(root: Path, *arguments: str) -> Printed:
    """Run a verb that builds or checks in this process, on the project at ``root``, today."""
    return type_here(root, *arguments, "--today", TODAY.isoformat())


def type_here(root: Path, *words: str) -> Printed:
    """Run any verb of build.py's command line in this process, on the project at ``root``."""
    out, problems = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(problems):
        code = main([*words, "--root", str(root)])
    return Printed(code, out.getvalue(), problems.getvalue().replace(f"{root}{os.sep}", ""))


def python(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with the project's package in reach."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def build_in_memory(root: Path, cache: Store | None = None, today: Date = TODAY) -> Built:
    """Return the checked site of a project, without writing it; with the store of all tests."""
    return build(root, today, cache or Store(KEPT))


@dataclass(frozen=True, repr=False)
class BuiltForAll(Built):
    """A site that many tests look at: a test that fails shows its name, not all that it holds.

    To write out two thousand pages takes minutes, once for each test that fails.
    """

    name: str

    def __repr__(self) -> str:
        """Return which site it is."""
        return f"<the {self.name} site>"


def build_for_all(root: Path, name: str) -> BuiltForAll:
    """Return the checked site of a project that many tests look at, under a ``name`` of its own.

    The first process of the tests builds it on all cores; the others wait, and find it in the store.
    """
    own = KEPT / name
    with claimed(own, patience=600):
        if not own.exists():
            with Workers(os.cpu_count() or 1) as workers:
                build(root, TODAY, Store(own, workers))
            with contextlib.closing(opened(KEPT)) as kept:
                kept.execute("attach ? as own", (str(own / FILE),))
                kept.execute(
                    "insert or ignore into kept (key, seal, digest, card, body) "
                    "select key, seal, digest, card, body from own.kept"
                )
        built = build(root, TODAY, Store(KEPT))
    return BuiltForAll(built.report, built.site, name)


def lent_gallery(folder: Path) -> Path:
    """Put all that was kept of the gallery's build into a new store in ``folder``, and return it."""
    shutil.copytree(KEPT / "gallery", folder)
    return folder


class Drawn(Store):
    """The drawings of the store of all tests: a build without a store, in a fraction of the time."""

    def __init__(self, workers: Workers | None = None) -> None:
        """Open the store of all tests; ``workers`` make what is not drawn."""
        super().__init__(KEPT)
        self._anew = Store(None, workers)

    def keep_all(
        self,
        function: Callable[..., Made],
        values: Sequence[tuple[Any, ...]],
        *,
        of: Keyed | None = None,
        share: int = 0,
    ) -> list[Kept]:
        """Return what is kept of figures, and make everything else anew."""
        if function is drawn:
            return super().keep_all(function, values, of=of, share=share)
        return self._anew.keep_all(function, values, of=of, share=share)


def trials_of(report: Report) -> dict[str, Trial]:
    """Return the trials of a report with all that they say."""
    models = (Trial.model_validate_json(line) for pack in report.packs for line in pack.fetch())
    return {trial.id: trial for trial in sorted(models, key=lambda trial: trial.id)}


def problems_of(root: Path) -> list[Problem]:
    """Return what is wrong with a project; nothing when it can be built."""
    try:
        build_in_memory(root, Store(KEPT))
    except ProblemsFoundError as error:
        return list(error.problems)
    return []


def places_of(root: Path) -> list[tuple[str, str]]:
    """Return the place and the rule of everything that is wrong with a project."""
    return [(str(problem.place), problem.rule) for problem in problems_of(root)]


def files_below(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` by its relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
