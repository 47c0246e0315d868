"""Edit a project and the program at random, and see whether warm builds equal clean ones.

Run with ``python -m benchmarks.edits [how many edits] [seed]``. Pages, records, trials, templates and
constants of the program are changed, a few at a time, or put back as they were. After each round the
project is built with the store of all rounds before, and without one: both have to give the same
files, byte for byte, the same words on the command line, or the same problems.
"""

from __future__ import annotations

import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.invented import invented_files, real_words
from tests.projects import GALLERY, MINIMAL, ROOT, TODAY, make_project, write

TRIALS = 12
AT_ONCE = 5  # edits before a build, at most
WORDS = ("often", "not", "perhaps", "then", "so", "also", "never", "here")
PROGRAM = ("files", "finished", "model", "numbers", "pages", "prose", "search", "check")
# Builds the project in its working folder whenever a line is read: first without a store
BUILDER = """
import sys
from datetime import date
from pathlib import Path
import json
from evidence import run
from evidence.problems import ProblemsFoundError, listed
from evidence.store import Store

today, root, site = date.fromisoformat("TODAY"), Path(), Path("site")
MANIFEST = "site-manifest.json"

def built():
    try:
        clean = run.build(root, today, Store(None))
    except ProblemsFoundError as error:
        return None, listed(error.problems)
    return dict(clean.site.files), run.summary(clean)

def warm():
    try:
        outcome = run.run(root, site, today, Path(".cache"))
    except ProblemsFoundError as error:
        return None, listed(error.problems)
    files = {path.relative_to(site).as_posix(): path.read_bytes()
             for path in site.rglob("*") if path.is_file() and path.name != MANIFEST}
    return files, outcome.summary

for line in sys.stdin:
    files, words = built()
    found, printed = warm()
    differing = [] if words == printed else ["what is printed"]
    differing += sorted(path for path in {*(files or {}), *(found or {})}
                        if (files or {}).get(path) != (found or {}).get(path))
    print(json.dumps([differing, files is None]), flush=True)
""".replace("TODAY", TODAY.isoformat())


@dataclass
class Told:
    """What came of all edits: how many of each kind, rounds, refused ones, and those that differed."""

    kinds: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    refused: int = 0
    differing: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the report."""
        lines = [f"{count:5}  {kind}" for kind, count in sorted(self.kinds.items())]
        lines.append(
            f"{self.kinds.total():5}  edits in {self.rounds} rounds; {self.refused} rounds"
        )
        lines[-1] += " were refused with the same problems by both builds"
        lines.append(
            f"{len(self.differing):5}  rounds whose warm build differed from the clean one"
        )
        lines += [f"       {edits}: {paths[:8]}" for edits, paths in self.differing]
        return "\n".join(lines)


class Builder:
    """Builds a project, twice each time, in a process that has the project's own program."""

    def __init__(self, root: Path) -> None:
        """Remember the project; the process starts with the first build."""
        self._root = root
        self._process: subprocess.Popen[str] | None = None

    def differing(self) -> tuple[list[str], bool]:
        """Return the paths at which both builds differ, and whether the clean one found problems."""
        if self._process is None:
            surroundings = {**os.environ, "PYTHONPATH": "."}
            surroundings.pop("PYTHONDONTWRITEBYTECODE", None)  # to compile it all takes long
            self._process = subprocess.Popen(
                [sys.executable, "-c", BUILDER], cwd=self._root, env=surroundings, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise BrokenProgramError("it cannot be talked to")
        process.stdin.write("build\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            self._process = None
            raise BrokenProgramError(process.communicate()[1].strip().split("\n")[-1])
        differing, refused = json.loads(line)
        return differing, refused

    def end(self) -> None:
        """End the process, for its program has changed or all is done."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


class BrokenProgramError(Exception):
    """An edit of the program after which it cannot run."""


def make(root: Path) -> Path:
    """Make a small project with trials, a glossary and a search, and its own program.

    It has no figure: to draw one takes longer than to make all pages.
    """
    make_project(root, MINIMAL)
    shutil.copytree(
        ROOT / "evidence", root / "evidence", ignore=shutil.ignore_patterns("__pycache__")
    )
    words = real_words().model_dump(by_alias=True, exclude_none=True)
    words["conditions"]["cold"] = {"title": "Common cold", "definition": "A runny nose."}
    pages = {
        f"content/{name}.md": (GALLERY / f"content/{name}.md").read_text("utf-8")
        for name in ("search", "a-z", "glossary", "404")
    }
    write(root, {
        **pages,
        "data/vocabularies.yaml": json.dumps(words, indent=1),
        "data/glossary.yaml": "rest:\n  term: rest\n  definition: To lie in bed.\n",
        "content/trials/index.md": (GALLERY / "content/trials/index.md").read_text("utf-8"),
        **invented_files(TRIALS, real_words()),
    })  # fmt: skip
    return root


class Editor:
    """Changes one thing at random each time; ``original`` is the project as it was."""

    def __init__(self, root: Path, original: Path, chance: random.Random) -> None:
        """Remember where to edit."""
        self._root, self._original, self._chance = root, original, chance
        self._number = 0
        self.kinds: dict[str, Callable[[], str]] = {
            "a sentence on a page": self._sentence,
            "front matter of a page": self._front,
            "a page more or less": self._page,
            "words of a record": self._record,
            "a number of a record": self._count,
            "a word of a closed list": self._listed,
            "a fact of a trial": self._trial,
            "a trial more or less": self._trials,
            "words of a template": self._template,
            "a total in a template": self._total,
            "a style or script": self._static,
            "words in the program": self._program_words,
            "a number in the program": self._program_number,
            "a file as it was": self._back,
        }

    def edit(self) -> tuple[str, str]:
        """Change one thing; return the kind of edit, and the file."""
        self._number += 1
        kind = self._chance.choice(list(self.kinds))
        return kind, self.kinds[kind]()

    def _files(self, folder: str, ending: str) -> list[Path]:
        return sorted((self._root / folder).rglob(f"*{ending}"))

    def _word(self) -> str:
        return f"{self._chance.choice(WORDS)} x{'abcdefgh'[self._number % 8] * (self._number % 5)}"

    def _write(self, file: Path, text: str) -> str:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file.relative_to(self._root).as_posix()

    def _exchange(self, file: Path, pattern: str, new: Callable[[re.Match[str]], str]) -> str:
        """Put something in one place of a file that fits a pattern."""
        text = file.read_text("utf-8")
        places = list(re.finditer(pattern, text))
        if not places:
            return file.relative_to(self._root).as_posix()
        place = self._chance.choice(places)
        return self._write(file, text[: place.start()] + new(place) + text[place.end() :])

    def _sentence(self) -> str:
        file = self._chance.choice(self._files("content", ".md"))
        bound = self._chance.choice(("", " [[smith-2020/improved]]", " [@smith-2020]", " rest"))
        return self._write(file, f"{file.read_text('utf-8')}\nIt is {self._word()}{bound}.\n")

    def _front(self) -> str:
        file = self._chance.choice(self._files("content", ".md"))
        return self._exchange(file, r"(?m)^title: .*", lambda line: f"{line[0]} {self._word()}")

    def _page(self) -> str:
        file = self._root / f"content/more/page-{self._chance.randrange(3)}.md"
        if file.exists():
            file.unlink()
            return file.relative_to(self._root).as_posix()
        return self._write(file, "---\ntitle: More\nkind: plain\n---\nSee [[page:about]].\n")

    def _record(self) -> str:
        file = self._chance.choice(
            [file for name in ("studies", "sources", "figures") for file in self._files(f"data/{name}", ".yaml")]
            + [self._root / "data/site.yaml", self._root / "data/glossary.yaml"]
        )  # fmt: skip
        keys = r"(?m)^ *(title|short|summary|measure|tagline|footer|definition|subtitle): \w.*"
        return self._exchange(file, keys, lambda line: f"{line[0]} {self._word()}")

    def _count(self) -> str:
        file = self._root / "data/studies/smith-2020.yaml"
        return self._exchange(
            file, r"events: \d+", lambda _: f"events: {self._chance.randrange(41)}"
        )

    def _listed(self) -> str:
        file = self._root / "data/vocabularies.yaml"
        return self._exchange(file, r'"title": "[^"]*', lambda found: f"{found[0]} {self._word()}")

    def _trial(self) -> str:
        file = self._chance.choice(self._files("data/trials", ".yaml"))
        words = r'("name": "|"locator": "|"sponsor": "|"route": ")'
        if self._chance.random() < 0.5:
            return self._exchange(file, words, lambda found: f"{found[0]}{self._word()} ")
        return self._exchange(
            file, r'"enrolment": \d+', lambda _: f'"enrolment": {self._chance.randrange(900)}'
        )

    def _trials(self) -> str:
        name, text = self._chance.choice(list(invented_files(TRIALS + 8, real_words()).items()))
        file = self._root / name
        if file.exists() and len(self._files("data/trials", ".yaml")) > 4:
            file.unlink()
            return name
        return self._write(file, str(text))

    def _template(self) -> str:
        file = self._chance.choice(self._files("templates", ".html"))
        return self._exchange(
            file, r"</(p|h2|li|th|dt|span)>", lambda end: f" {self._word()}{end[0]}"
        )

    def _total(self) -> str:
        total = self._chance.choice(("sources", "studies", "claims", "pages | length"))
        file = self._root / "templates/parts/frame.html"
        return self._exchange(
            file, r"</footer>", lambda end: f"<p data-plain>{{{{ frame.{total} }}}}</p>{end[0]}"
        )

    def _static(self) -> str:
        file = self._chance.choice(self._files("templates/static", ".css"))
        return self._write(file, f"{file.read_text('utf-8')}\n.x{self._number} {{ margin: 0; }}\n")

    def _module(self) -> Path:
        return self._chance.choice(self._files(f"evidence/{self._chance.choice(PROGRAM)}", ".py"))

    def _program_words(self) -> str:
        """Add a word to a text in the program that a reader may meet."""
        return self._constant(str, lambda text: f"{text} {self._word()}", lambda text: " " in text)

    def _program_number(self) -> str:
        """Change a whole number in the program."""
        return self._constant(int, lambda number: number + 1, lambda number: number > 1)

    def _constant(
        self, kind: type, new: Callable[[Any], Any], wanted: Callable[[Any], bool]
    ) -> str:
        """Change a constant of a random module, but no docstring and no part of another text."""
        for _ in range(50):
            file = self._module()
            text = file.read_text("utf-8")
            places = [
                node for node in constants(text) if type(node.value) is kind and wanted(node.value)
            ]
            if places:
                node = self._chance.choice(places)
                lines = text.split("\n")
                line = lines[node.lineno - 1].encode()
                exchanged = line[: node.col_offset] + repr(new(node.value)).encode()
                lines[node.lineno - 1] = (exchanged + line[node.end_col_offset :]).decode()
                return self._write(file, "\n".join(lines))
        return ""

    def _back(self) -> str:
        """Put a file back as it was: what was kept of it may be used again."""
        changed = list(changed_files(self._root, self._original))
        if not changed:
            return ""
        name = self._chance.choice(changed)
        put_back(self._root, self._original, name)
        return name


def constants(text: str) -> Iterator[ast.Constant]:
    """Yield the constants of a module that stand on one line and are no docstring."""
    tree = ast.parse(text)
    passed = {
        part
        for node in ast.walk(tree)
        if isinstance(node, (ast.JoinedStr, ast.Expr))
        for part in ast.walk(node)
        if isinstance(node, ast.JoinedStr) or part is getattr(node, "value", None)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in passed and node.lineno == node.end_lineno:
            yield node


def changed_files(root: Path, original: Path) -> Iterator[str]:
    """Yield the source files that are not as they were."""
    for folder in ("content", "data", "templates", "evidence"):
        names = {
            file.relative_to(base).as_posix()
            for base in (root, original)
            for file in (base / folder).rglob("*")
            if file.is_file()
        }
        for name in sorted(names):
            both = [
                file.read_bytes() if file.is_file() else None
                for file in (root / name, original / name)
            ]
            if both[0] != both[1]:
                yield name


def put_back(root: Path, original: Path, name: str) -> None:
    """Put one file back as it was, or away when it was not there."""
    if (original / name).is_file():
        shutil.copy(original / name, root / name)
    else:
        (root / name).unlink()


@contextmanager
def edited_projects(folder: Path) -> Iterator[tuple[Path, Path, Builder]]:
    """Give a project to be edited, the same as it is, and what builds the first."""
    root, original = make(folder / "project"), make(folder / "original")
    builder = Builder(root)
    try:
        yield root, original, builder
    finally:
        builder.end()


def run(folder: Path, count: int, seed: int, progress: Callable[[str], object] = str) -> Told:
    """Make ``count`` edits below ``folder``, and return what came of them."""
    chance, told = random.Random(seed), Told()
    with edited_projects(folder) as (root, original, builder):
        editor = Editor(root, original, chance)
        builder.differing()
        while told.kinds.total() < count:
            before = set(changed_files(root, original))
            made = [editor.edit() for _ in range(chance.randrange(1, AT_ONCE + 1))]
            if any(name.startswith("evidence/") for _, name in made):
                builder.end()
            try:
                differing, refused = builder.differing()
            except BrokenProgramError as error:  # no build at all: nothing to be compared
                progress(f"the program broke: {error}")
                _mend(root, original, {name for _, name in made if name.startswith("evidence/")})
                continue
            told.kinds.update(kind for kind, _ in made)
            told.rounds += 1
            told.refused += refused
            if differing:
                told.differing.append(([f"{kind}: {name}" for kind, name in made], differing))
            if refused:  # the next round begins with a site again
                _mend(
                    root,
                    original,
                    {*changed_files(root, original)} - before | {name for _, name in made},
                )
                builder.end()
            progress(f"{told.kinds.total()} edits, {len(told.differing)} rounds differed")
    return told


def _mend(root: Path, original: Path, names: set[str]) -> None:
    for name in names & set(changed_files(root, original)):
        put_back(root, original, name)


def main() -> None:
    """Print the report; exit with 1 when a warm build was not the clean one."""
    given = [int(number) for number in sys.argv[1:3]]
    count, seed = (*given, *(200, 1)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder), count, seed, lambda line: print(line, file=sys.stderr))
    print(f"seed {seed}")
    print(told)
    sys.exit(bool(told.differing))


if __name__ == "__main__":
    main()
