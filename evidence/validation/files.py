"""From the files of each folder to models by id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from evidence.load import Sources
from evidence.model.base import ID
from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.page import FrontMatter, Page
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Finding, Study
from evidence.problems import Place, Problem, did_you_mean
from evidence.reading.csv_file import Table, read_csv
from evidence.reading.yaml_file import Document, Path, read_yaml
from evidence.validation.binding import bind

ModelType = TypeVar("ModelType", bound=BaseModel)
TABLE_COLUMNS = (
    "id", "measure", "population", "time", "group", "value", "low", "high", "level", "unit", "sign",
    "events", "n", "date", "statement", "p", "analysis", "endpoint", "counts", "derivation",
    "source", "locator", "note", "uncertain",
)  # fmt: skip


@dataclass
class Reading:
    """What has been read so far: models by kind, their documents, problems, and what is broken.

    ``broken`` names what could not be read, so that references to it give no second problem.
    """

    sources: Sources
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def report(self, problem: Problem) -> None:
        """Keep a problem."""
        self.problems.append(problem)

    def is_broken(self, kind: str, name: str) -> bool:
        """Tell whether ``name`` exists and could not be read."""
        return f"{kind}:{name}" in self.broken

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

    def model(
        self,
        document: Document,
        model: type[ModelType],
        extra: dict[str, Any] | None = None,
        path: Path = (),
    ) -> ModelType | None:
        """Bind a document to a model and keep its problems."""
        made, problems = bind(document, model, extra, path)
        self.problems += problems
        return made


def identify(reading: Reading, file: str) -> str:
    """Return the id that a file's name gives, after checking it."""
    name = file.rpartition("/")[2].rpartition(".")[0]
    _check_name(reading, file, name)
    return name


def _check_name(reading: Reading, file: str, name: str) -> None:
    if not ID.fullmatch(name):
        message = f"the name '{name}' of this file or folder is not an id"
        hint = "Use lower-case letters, digits and hyphens, as in 'shang-2022'."
        reading.report(Problem(Place(file), "id-valid", message, hint))


def read_folder(
    reading: Reading, folder: str, model: type[ModelType], kind: str
) -> dict[str, ModelType]:
    """Read every YAML file of a folder as one model each, by id."""
    found: dict[str, ModelType] = {}
    for file in reading.sources.below(f"data/{folder}/", ".yaml"):
        name = identify(reading, file)
        document = reading.document(file)
        made = reading.model(document, model, {"id": name}) if document else None
        if made is None:
            reading.broken.add(f"{kind}:{name}")
        else:
            found[name] = made
    return found


def read_site(reading: Reading) -> Site | None:
    """Read data/site.yaml."""
    file = "data/site.yaml"
    if file not in {*reading.sources.texts, *reading.sources.unreadable}:
        hint = "Write its title, tagline, description, sections and navigation."
        reading.report(Problem(Place(file), "site-complete", "this file is missing", hint))
        return None
    document = reading.document(file)
    return reading.model(document, Site) if document else None


def read_sources(reading: Reading) -> dict[str, Source]:
    """Read data/sources."""
    return read_folder(reading, "sources", Source, "source")


def read_figures(reading: Reading) -> dict[str, Figure]:
    """Read data/figures."""
    return read_folder(reading, "figures", Figure, "figure")


def read_studies(reading: Reading) -> dict[str, Study]:
    """Read data/studies, with the findings that stand in data/tables."""
    found: dict[str, Study] = {}
    for file in reading.sources.below("data/studies/", ".yaml"):
        name = identify(reading, file)
        document = reading.document(file)
        study = _study(reading, document, name) if document else None
        if study is None:
            reading.broken.add(f"study:{name}")
        else:
            found[name] = study
    return found


def _name_entries(reading: Reading, document: Document, part: str) -> None:
    """Give each entry below the key ``part`` its key as id; an id of its own is a mistake."""
    content = document.content
    entries = content.get(part) if isinstance(content, dict) else None
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        if isinstance(entry, dict):
            if "id" in entry:
                place = document.place((part, key, "id"), of_key=True)
                hint = f"Delete it: its id is the key above it, '{key}'."
                problem = Problem(place, "key-known", "the key 'id' is not known here", hint)
                reading.report(problem)
            entry["id"] = key


def _study(reading: Reading, document: Document, name: str) -> Study | None:
    _name_entries(reading, document, "findings")
    study = reading.model(document, Study, {"id": name})
    if study is None or study.table is None:
        return study
    rows = _findings_of_table(reading, document, study.table)
    if rows is None:
        return None
    for twice in rows.keys() & study.findings.keys():
        message = f"the finding '{twice}' also stands in the table {study.table}"
        place = document.place(("findings", twice), of_key=True)
        reading.report(Problem(place, "id-unique", message, "Give one of the two another name."))
    return study.model_copy(update={"findings": {**study.findings, **rows}})


def _findings_of_table(
    reading: Reading, document: Document, name: str
) -> dict[str, Finding] | None:
    file = f"data/tables/{name}"
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    if file not in reading.sources.texts:
        tables = [path.rpartition("/")[2] for path in reading.sources.below("data/tables/", ".csv")]
        message = f"the table '{name}' does not exist"
        hint = did_you_mean(name, tables, "Put the table in data/tables.")
        reading.report(Problem(document.place(("table",)), "table-exists", message, hint))
        return None
    table = read_csv(file, reading.sources.texts[file])
    reading.tables[file] = table
    reading.problems += table.problems
    reading.problems += _unknown_columns(table)
    if table.problems:
        return None
    return _rows(reading, table)


def _unknown_columns(table: Table) -> list[Problem]:
    problems = []
    for position, name in enumerate(table.header, start=1):
        if name and name not in TABLE_COLUMNS:
            message = f"the column '{name}' is not known"
            hint = did_you_mean(name, TABLE_COLUMNS, f"Known: {', '.join(TABLE_COLUMNS)}.")
            problems.append(Problem(Place(table.file, 1, position), "csv-shape", message, hint))
    return problems


def _rows(reading: Reading, table: Table) -> dict[str, Finding] | None:
    found: dict[str, Finding] = {}
    whole = True
    for line, cells in table.rows:
        document = Document(table.file, "", line, _row_content(cells))
        for position, name in enumerate(table.header):
            document.values[(name,)] = document.keys[(name,)] = (0, position)
            if name in ("low", "high"):
                document.values[("interval", int(name == "high"))] = (0, position)
        finding, problems = bind(document, Finding)
        if cells.get("id", "") in found:
            message = f"the id '{cells['id']}' stands twice in this table"
            place = table.place(line, "id")
            problems.append(Problem(place, "id-unique", message, "Give each row an id of its own."))
        reading.problems += problems
        if finding is None or problems:
            whole = False
        else:
            found[finding.id] = finding
    return found if whole else None


def _row_content(cells: dict[str, str]) -> dict[str, Any]:
    content: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    low, high = content.pop("low", None), content.pop("high", None)
    if low is not None or high is not None:
        content["interval"] = [low, high]
    for name in ("events", "n"):
        if str(content.get(name, "")).isdigit():
            content[name] = int(content[name])
    uncertain = content.pop("uncertain", None)
    if uncertain:
        content["marks"] = [{"kind": "uncertain", "text": uncertain}]
    return content


def read_ledgers(reading: Reading) -> dict[str, Ledger]:
    """Read data/claims: one ledger a document."""
    found: dict[str, Ledger] = {}
    for file in reading.sources.below("data/claims/", ".yaml"):
        name = identify(reading, file)
        document = reading.document(file)
        ledger = None
        if document:
            _name_entries(reading, document, "claims")
            ledger = reading.model(document, Ledger, {"id": name})
        if ledger is None:
            reading.broken.add(f"ledger:{name}")
        else:
            found[name] = ledger
    return found


def read_terms(reading: Reading) -> dict[str, Term]:
    """Read data/glossary.yaml, when there is one."""
    file = "data/glossary.yaml"
    if file not in {*reading.sources.texts, *reading.sources.unreadable}:
        return {}
    document = reading.document(file)
    if document is None:
        return {}
    if not isinstance(document.content, dict):
        message, hint = (
            "the glossary is not a mapping",
            "Write 'id:' with term and definition below.",
        )
        reading.report(Problem(Place(file, 1, 1), "value-valid", message, hint))
        return {}
    found: dict[str, Term] = {}
    for name in document.content:
        term = reading.model(document, Term, {"id": name}, (name,))
        if term is not None:
            found[name] = term
    return found


def read_pages(reading: Reading) -> dict[str, Page]:
    """Read content: one page a Markdown file."""
    found: dict[str, Page] = {}
    for file in reading.sources.below("content/", ".md"):
        name = file.removeprefix("content/").removesuffix(".md")
        for part in name.split("/"):
            _check_name(reading, file, part)
        page = _page(reading, file, name)
        if page is None:
            reading.broken.add(f"page:{name}")
        else:
            found[name] = page
    return found


def _page(reading: Reading, file: str, name: str) -> Page | None:
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    text = reading.sources.texts[file]
    opened = text.startswith("---\n")
    end = text.find("\n---", 3) if opened else -1
    if not opened or end < 0:
        message = "the page has no front matter" if not opened else "the front matter is not closed"
        hint = "Begin the file with '---', keys such as 'title:' and 'kind:', and '---' again."
        reading.report(Problem(Place(file, 1, 1), "front-matter-present", message, hint))
        return None
    document = reading.document(file, text[4 : end + 1], first_line=2)
    front = reading.model(document, FrontMatter) if document else None
    if front is None:
        return None
    body_start = text.find("\n", end + 1) + 1 or len(text)
    body = text[body_start:]
    return Page(id=name, front=front, body=body, body_line=text.count("\n", 0, body_start) + 1)
