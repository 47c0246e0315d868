"""Can a figure be drawn: are its findings, its table and the roles of its columns there?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence import figures as figure_kinds
from evidence.check.sources.known import Known
from evidence.figures import tabular
from evidence.figures.kind import FigureKind
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.numbers.own_table import OWN_STUDIES
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.yaml_file import Document

OPTIONS = ("unit", "short", "ordered", "order", "share", "total", "line", "until", "most",
           "measure", "pooled", "sides", "axis_limits", "method", "estimator", "prediction", "asymmetry",
           "judged_by", "search")  # fmt: skip


def check_figure(figure: Figure, known: Known, tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield what a figure lacks to be drawn."""
    document = known.reading.documents[f"data/figures/{figure.id}.yaml"]
    kind = figure_kinds.KINDS.get(figure.kind)
    if figure.read_in is not None:
        yield from known.source(figure.read_in.source, document.finder(("read-in", "source")))
    if kind is None:
        known_kinds = f"Known: {', '.join(figure_kinds.KINDS)}."
        hint = did_you_mean(figure.kind, figure_kinds.KINDS, known_kinds)
        message = f"'{figure.kind}' is not a kind of figure that is known"
        yield Problem(document.place(("kind",)), "value-known", message, hint)
        return
    yield from _check_options(figure, kind, document)
    if kind.roles:
        yield from _check_table(figure, kind, document, known, tables)
    else:
        yield from _check_rows(figure, document, known)


def _check_options(figure: Figure, kind: FigureKind, document: Document) -> Iterator[Problem]:
    for key in OPTIONS:
        if key in figure.model_fields_set and key not in kind.options:
            name = key.replace("_", "-")
            message = f"the kind '{kind.name}' has no use for '{name}'"
            known = ", ".join(option.replace("_", "-") for option in kind.options)
            offered = f"It knows {known}." if known else "Leave it out."
            yield Problem(document.place((name,), of_key=True), "key-known", message, offered)
    for position, row in enumerate(figure.rows):
        if row.pooled and not kind.pooled_rows and "pooled" not in kind.options:
            message = f"the kind '{kind.name}' draws no pooled results"
            place = document.place(("rows", position, "pooled"), of_key=True)
            yield Problem(place, "key-known", message, "Leave it out, or choose 'kind: forest'.")
        if row.leaves and "leaves" not in kind.options:
            message = f"the kind '{kind.name}' has no use for 'leaves'"
            place = document.place(("rows", position, "leaves"), of_key=True)
            yield Problem(
                place, "key-known", message, "Leave it out, or choose 'kind: study-flow'."
            )


def _check_rows(figure: Figure, document: Document, known: Known) -> Iterator[Problem]:
    if figure.search is not None:
        yield from known.search(figure.search, document.finder(("search",)))
    elif not figure.rows:
        hint = "Add 'rows:' with '- finding: study/finding' below it."
        yield Problem(document.place(()), "key-present", "the key 'rows' is missing", hint)
    if figure.table is not None:
        message = f"the kind '{figure.kind}' shows findings, not a table"
        hint = "Name findings under 'rows:', or choose a kind that shows a table."
        yield Problem(document.place(("table",), of_key=True), "figure-drawable", message, hint)
    unknown = False
    for position, row in enumerate(figure.rows):
        problems = list(known.finding(row.finding, document.finder(("rows", position, "finding"))))
        unknown = unknown or bool(problems) or row.finding not in known.findings
        yield from problems
    if figure.rows and not unknown:
        lacking = list(figure_kinds.missing(figure, known.findings))
        lacking = lacking or list(figure_kinds.unsuited(figure, known.studies, known.sources))
        for position, message, hint in lacking:
            yield Problem(document.place(("rows", position)), "figure-drawable", message, hint)


def _check_table(
    figure: Figure, kind: FigureKind, document: Document, known: Known, tables: dict[str, Table]
) -> Iterator[Problem]:
    if figure.rows:
        message = f"the kind '{figure.kind}' shows a table, not findings"
        hint = "Name a CSV file under 'table:', or choose a kind that shows findings."
        yield Problem(document.place(("rows",), of_key=True), "figure-drawable", message, hint)
    needed = ("table",) if figure.table == OWN_STUDIES else ("table", "read_in")
    missing = [key for key in needed if getattr(figure, key) is None]
    if figure.table == OWN_STUDIES and figure.read_in is not None:
        message = "the table 'studies' is made of this site's own studies, and has no 'read-in'"
        hint = "Leave it out, or name a CSV file under 'table:'."
        yield Problem(document.place(("read-in",), of_key=True), "key-known", message, hint)
    for key in missing:
        name = key.replace("_", "-")
        hint = f"Add '{name}:' here."
        yield Problem(document.place(()), "key-present", f"the key '{name}' is missing", hint)
    table = tables.get(figure.table or "")
    if figure.table is not None and table is None:
        if not known.reading.is_broken("table", figure.table):
            message = f"the table '{figure.table}' does not exist"
            hint = did_you_mean(figure.table, tables, "Put the table in data/tables.")
            yield Problem(document.place(("table",)), "table-exists", message, hint)
    elif table is not None and not (table.name == OWN_STUDIES and known.reading.lacks("study")):
        problems = list(_check_columns(figure, kind, document, table))
        yield from problems or _check_cells(figure, kind, document, table)


def _check_columns(
    figure: Figure, kind: FigureKind, document: Document, table: Table
) -> Iterator[Problem]:
    roles = {role.name: role for role in kind.roles}
    for name, role in roles.items():
        if name not in figure.columns and not role.optional:
            message = f"the kind '{kind.name}' needs a column for '{name}': {role.sentence}"
            hint = f"Add '{name}: column' below 'columns:'. The table has {_listed(table)}."
            yield Problem(
                document.place(("columns",), of_key=True), "figure-drawable", message, hint
            )
    for name, column in figure.columns.items():
        if name not in roles:
            place = document.place(("columns", name), of_key=True)
            message = f"the kind '{kind.name}' has no use for '{name}'"
            hint = did_you_mean(name, roles, f"Known: {', '.join(roles)}.")
            yield Problem(place, "key-known", message, hint)
        yield from _check_column(column, document.place(("columns", name)), table)
    for column, cells in figure.where.items():
        place = document.place(("where", column), of_key=True)
        unknown = list(_check_column(column, place, table))
        yield from unknown
        if not unknown:
            wanted = [cells] if isinstance(cells, str) else list(cells)
            yield from _check_wanted(column, wanted, document, table)


def _check_column(column: str, place: Place, table: Table) -> Iterator[Problem]:
    if column not in table.columns:
        message = f"the table '{table.name}' has no column '{column}'"
        hint = did_you_mean(column, table.columns, f"It has {_listed(table)}.")
        yield Problem(place, "figure-drawable", message, hint)


def _check_wanted(
    column: str, wanted: list[str], document: Document, table: Table
) -> Iterator[Problem]:
    position = table.position(column)
    there = list(dict.fromkeys(cells[position] for _, cells in table.rows))
    for cell in wanted:
        if cell not in there:
            message = f"no row of '{table.name}' has '{cell}' in the column '{column}'"
            hint = did_you_mean(cell, there, f"It has {', '.join(there[:12])}.")
            yield Problem(document.place(("where", column)), "figure-drawable", message, hint)


def _check_cells(
    figure: Figure, kind: FigureKind, document: Document, table: Table
) -> Iterator[Problem]:
    rows = list(tabular.chosen(figure, table))
    if not rows:
        message = f"no row of the table '{table.name}' is left to draw"
        hint = "Loosen 'where:', or fill the table."
        yield Problem(document.place(("table",)), "figure-drawable", message, hint)
        return
    broken = list(_wrong_cells(figure, kind, table, rows))
    yield from broken
    if not broken and kind.unfit is not None:
        for key, message, hint in kind.unfit(figure, [row for _, row in rows]):
            yield Problem(document.place((key,)), "figure-drawable", message, hint)


def _wrong_cells(
    figure: Figure, kind: FigureKind, table: Table, rows: list[tuple[int, dict[str, str]]]
) -> Iterator[Problem]:
    roles = [
        (figure.columns[role.name], role) for role in kind.roles if role.name in figure.columns
    ]
    for line, row in rows:
        for column, role in roles:
            place = Place(table.file, line, table.position(column) + 1)
            problem = _check_number(row[column], place) if role.number else None
            wrong = role.wrong(row[column]) if role.wrong is not None else None
            if problem is not None:
                yield problem
            elif wrong is not None:
                yield Problem(place, "figure-drawable", *wrong)


def _check_number(cell: str, place: Place) -> Problem | None:
    if not cell:
        hint = "Write the number, or delete the row: nothing is not zero."
        return Problem(place, "figure-drawable", "a number is missing here", hint)
    number = tabular.parsed(cell)
    if number is None:
        hint = "Write digits, with a decimal point where there is one."
        return Problem(place, "figure-drawable", f"'{cell}' is not a number", hint)
    if number < 0:
        hint = "Compare with the source, and correct the number."
        return Problem(place, "quantity-possible", f"'{cell}' is less than nothing", hint)
    return None


def _listed(table: Table) -> str:
    return ", ".join(f"'{column}'" for column in table.columns)
