"""What has been read so far, and what of it is broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from evidence.model.base import ID
from evidence.problems import Place, Problem, plain
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable
from evidence.read.cut_text import cut_texts
from evidence.read.sources import Sources, meant_path, named_by
from evidence.read.yaml_file import Document, Path, read_yaml

ModelType = TypeVar("ModelType", bound=BaseModel)


@dataclass
class Reading:
    """What has been read so far: models by kind, their documents, problems, and what is broken.

    ``broken`` names what could not be read, so that references to it give no second problem.
    """

    sources: Sources
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    tables: dict[str, CsvTable] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take what stands under a wrong name or in a wrong folder for broken: it is told once."""
        self.broken |= {
            named_by(meant) for meant in self.sources.strayed if meant not in self.sources.texts
        }

    def report(self, problem: Problem) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def is_broken(self, kind: str, name: str) -> bool:
        """Tell whether ``name`` exists and could not be read."""
        return f"{kind}:{name}" in self.broken

    def lacks(self, kind: str) -> bool:
        """Tell whether any of a kind could not be read."""
        return any(name.startswith(f"{kind}:") for name in self.broken)

    def document(self, file: str, text: str | None = None, first_line: int = 1) -> Document | None:
        """Read one YAML file (or the given part of one), or None when it cannot be read."""
        if file in self.sources.unreadable:
            self.report(self.sources.unreadable[file])
            return None
        text = self.sources.texts[file] if text is None else text
        document = read_yaml(file, text, first_line)
        self.documents[file] = document
        self.problems += document.problems
        if document.content is None and not document.problems:
            message, hint = "nothing stands here but comments", "Fill it, or delete the file."
            self.report(Problem(Place(file, first_line, 1), "file-not-empty", message, hint))
        return document if document.content is not None and not document.problems else None

    def place(self, file: str, path: Path, *, of_key: bool = False) -> Place:
        """Return the place of a value in a YAML file, which is read for it if it was not yet.

        Most runs find that what stands in data/ was sound before, and do not read it again.
        """
        document = self.documents.get(file) or read_yaml(file, self.sources.texts[file], 1)
        return document.place(path, of_key=of_key)

    def model(
        self,
        document: Document,
        model: type[ModelType],
        extra: dict[str, Any] | None = None,
        path: Path = (),
    ) -> ModelType | None:
        """Bind a document to a model and keep its problems."""
        bound, problems = bind(document, model, extra, path)
        self.problems += problems
        self.problems += cut_texts(document, model, path)
        return bound


def identify(reading: Reading, file: str) -> str:
    """Return the id that a file's name gives, after checking it."""
    name = file.rpartition("/")[2].rpartition(".")[0]
    check_name(reading, file, name)
    return name


def check_name(reading: Reading, file: str, name: str) -> None:
    """Report a name of a file or folder that is not an id."""
    if not ID.fullmatch(name):
        message = f"the name '{name}' of this file or folder is not an id"
        hint = "Use lower-case letters, digits and hyphens, as in 'shang-2022'."
        if ID.fullmatch(plain(name)):
            hint = f"Rename it to '{plain(name)}': lower-case letters, digits and hyphens."
        if meant_path(file) in reading.sources.texts:
            hint = f"{meant_path(file)} stands there too: delete one of the two."
        reading.report(Problem(Place(file), "id-valid", message, hint))
