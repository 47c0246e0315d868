"""Tables of data/ of which each row is a model, as those that 'python build.py accept' writes."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.columns import columns_of, meant
from evidence.problems import Place, Problem
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import ModelType, Reading
from evidence.read.spreadsheet_habits import FULL_DATE
from evidence.read.yaml_file import Document

HINT = "Write it with 'python build.py accept', and mend what a spreadsheet made of it."
DAYS = ("on", "second-on")
Line = tuple[Document, ModelType]  # where a line stands, and what it says


def table_of_lines(
    reading: Reading, file: str, model: type[ModelType], hint: str = HINT
) -> CsvTable | None:
    """Return the table of a list, or None where there is none or it cannot be read, which is reported."""
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    if file not in reading.sources.texts:
        return None
    table = read_csv(file, reading.sources.texts[file])
    columns = tuple(column.name for column in columns_of(model))
    if not table.problems and tuple(table.header) != columns:
        message = f"the columns of this table are not {', '.join(columns)}"
        table.problems.append(Problem(Place(file, 1, 1), "csv-shape", message, hint))
    table.problems += [] if table.problems else _days_of_a_spreadsheet(table)
    reading.problems += table.problems
    return None if table.problems else table


def _days_of_a_spreadsheet(table: CsvTable) -> Iterator[Problem]:
    """Yield one problem for all days that a spreadsheet program wrote its own way when it saved the ledger."""
    days = [
        (line, name, cells[name])
        for line, cells in table.rows
        for name in DAYS
        if FULL_DATE.fullmatch(cells.get(name, ""))
    ]
    for line, name, day in days[:1]:
        message = f"a spreadsheet program wrote days of this table its own way, as '{day}', in {len(days)} cells"
        hint = "Take the file as it was before, and write what you meant to change as 2024-12-13 in a plain editor."
        yield Problem(table.place(line, name), "date-valid", message, hint)


def bound_lines(
    reading: Reading, table: CsvTable, model: type[ModelType]
) -> Iterator[Line[ModelType]]:
    """Yield each line of a list with the document that knows its places; what is wrong is reported."""
    before = len(reading.problems)
    for line, cells in table.rows:
        content = {name: meant(cell) for name, cell in cells.items() if cell}
        document = Document(table.file, "", line, content)
        document.columns = {(name,): at for at, name in enumerate(table.header, start=1)}
        record, problems = bind(document, model)
        reading.problems += problems
        if record is not None:
            yield document, record
        if len(reading.problems) - before > MOST_PROBLEMS:
            return
