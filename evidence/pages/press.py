"""From what is given to finished pages: plans, views, templates, and what can be read off the result.

The functions here are given values and nothing else, so that any process can make any page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup

from evidence.figures.results_paragraph import results_paragraph
from evidence.finished.facts import finished
from evidence.model.report import Report
from evidence.model.trial import TrialName
from evidence.pages import KINDS, LIST_VIEWS, LISTS
from evidence.pages.figures import around
from evidence.pages.filling import Filling, refused
from evidence.pages.outcome_table import outcome_table
from evidence.pages.own_table import own_table
from evidence.pages.searches import accounts
from evidence.pages.summary_table import summary_table
from evidence.pages.titles import distinct
from evidence.pages.trial_lists import TrialLine
from evidence.pages.view import Given, Listed, Planned, View, Workshop
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.references import Reference, picture_words
from evidence.prose.writer import OWN_TABLE, RESULTS, Writer
from evidence.store import Made, field_values


class Press:
    """Makes the pages of what is given: its plans by address, and its templates."""

    def __init__(self, given: Given) -> None:
        """Plan every page; raises ProblemsFoundError when two have one address."""
        self._anywhere = given.report.trials
        # The trials that one page alone may name are put in for that page
        report = replace(given.report, trials=dict(self._anywhere))
        self.workshop = Workshop(
            report, given.results, given.uses, given.drawings,
            self._figure, self._table, self._picture,
        )  # fmt: skip
        self._filling = Filling(
            report.templates, report.site, report.vocabularies, self.workshop.frame,
            self.workshop.titles,
        )  # fmt: skip
        self.planned: dict[str, Planned] = {}
        problems = []
        for plan in KINDS:
            for planned in plan(self.workshop):
                if planned.address in self.planned:
                    problems.append(same_address(planned.address))
                self.planned[planned.address] = planned
        if problems:
            raise ProblemsFoundError(problems)
        made = {page.address: page.name for page in self.planned.values() if not page.text}
        self._tabs = distinct(made, self.workshop.tabs.values())

    def page(self, address: str, body: str, names: dict[str, TrialName]) -> str:
        """Return the page at ``address``; ``body`` is that of its Markdown, where it has one.

        ``names`` are the trials that it may name, beside those that prose names. Raises
        ProblemsFoundError when its template needs something that it is not given.
        """
        planned = self.planned[address]
        view = partial(planned.view, body=body) if planned.text else planned.view
        return self._filled(address, view, names)

    def list_page(self, listed: Listed, body: str, lines: Sequence[TrialLine]) -> str:
        """Return a page that lists trials, with their ``lines``; see ``page``."""
        view = partial(LIST_VIEWS[listed.kind], self.workshop, listed, body, lines)
        return self._filled(listed.address, view, {})

    def _filled(self, address: str, view: Callable[[], View], names: dict[str, TrialName]) -> str:
        trials = self.workshop.report.trials
        trials.clear()
        trials.update(self._anywhere | names)
        try:
            page_view = view()
        except RecursionError:
            raise ProblemsFoundError([_too_deep(self.workshop.report, address)]) from None
        page_view.tab = self._tabs.get(address, page_view.tab)
        return self._filling.page(page_view)

    def _figure(self, writer: Writer, name: str) -> Markup:
        """Return the figure ``name`` for the page of ``writer``."""
        workshop = self.workshop
        result, drawing = workshop.results.figures[name], workshop.drawings[name]
        module: Any = self._filling.templates.get_template("parts/figure.html").module
        writer.figures.append(name)
        beside = around(workshop, result, drawing)
        sources = [(source, workshop.report.sources[source].short) for source in result.sources]
        declared = workshop.report.figures[name]
        return module.figure(writer, result, declared, drawing, sources, beside)  # type: ignore[no-any-return]

    def _table(self, writer: Writer, name: str) -> Markup:
        """Return what ``name`` puts on the page of ``writer``.

        It is the table of an outcome, "searches", "summary:" with outcomes, "results:" with a figure, or "table:" with
        one of data/tables.
        """
        report, page = self.workshop.report, writer.address.removesuffix(".html")
        wanted, _, what = name.rpartition(":")
        if wanted == RESULTS:
            result = self.workshop.results.figures[what]
            words = results_paragraph(report.figures[what], result, report.findings)
            return self._part("summary", "results", what, words)
        if wanted == OWN_TABLE:
            return self._part("own", "table", writer, own_table(report, writer, what))
        if wanted == "summary":
            names = [name for name in what.split(",") if name]
            return self._part(
                "summary", "table", writer, summary_table(report, writer, page, names)
            )
        if name == "searches":
            return self._part("chosen", "searches", writer, accounts(self.workshop))
        return self._part("comparison", "table", writer, outcome_table(report, writer, page, name))

    def _picture(self, writer: Writer, reference: Reference) -> Markup:
        """Return a picture for the page of ``writer``, with what is written of it there."""
        words = picture_words(reference)
        alternative = " ".join(writer.plain(words.alternative).split())
        caption = writer.inline(words.caption) if words.caption.strip() else Markup("")
        shown = self.workshop.report.pictures[reference.target]
        return self._part("picture", "picture", writer, shown, alternative, caption)

    def _part(self, file: str, macro: str, *given: Any) -> Markup:
        """Return what a macro of templates/parts makes of what it is given."""
        module: Any = self._filling.templates.get_template(f"parts/{file}.html").module
        return Markup(getattr(module, macro)(*given))  # noqa: S704 - a template's own


@lru_cache(1)
def press_of(given: Given) -> Press:
    """Return the press of what is given, set up once for all its pages."""
    return Press(given)


def planned_pages(given: Given) -> Made:
    """Return the address of every page, the id of the Markdown page that it shows, and whom it names."""
    planned = press_of(given).planned.values()
    return Made([(page.address, page.text, page.names) for page in planned])


def planned_lists(given: Given, names: dict[str, TrialName]) -> Made:
    """Return every page that lists trials; see ``Listed``."""
    workshop = press_of(given).workshop
    report = replace(workshop.report, trials=names)
    return Made([field_values(page) for listed in LISTS for page in listed(workshop, report)])


def finished_page(given: Given, address: str, body: str, names: list[TrialName]) -> Made:
    """Return one page with its facts, or as its card the problems of its template."""
    try:
        page = press_of(given).page(address, body, {trial.id: trial for trial in names})
    except ProblemsFoundError as error:
        return refused(error)
    return finished(page.encode())


def finished_list(given: Given, page: list[Any], body: str, lines: list[list[Any]]) -> Made:
    """Return one page that lists trials; see ``finished_page`` and ``Listed``."""
    trial_lines = [TrialLine(*line) for line in lines]
    try:
        text = press_of(given).list_page(Listed(*page), body, trial_lines)
    except ProblemsFoundError as error:
        return refused(error)
    return finished(text.encode())


def _too_deep(report: Report, address: str) -> Problem:
    """Return a problem for a page whose lists or definitions hold each other without end."""
    files = [page.file for page in report.pages.values() if page.address == address]
    message = "this text is nested too deeply to be made into a page"
    hint = "Look for lists inside lists, and for hundreds of definitions after each other."
    return Problem(Place(files[0] if files else address), "file-limits", message, hint)


def same_address(address: str) -> Problem:
    """Return the problem of two pages that have one address."""
    message = f"two pages have the address '{address}'"
    hint = "Give one of the two files another name."
    return Problem(Place(address), "id-unique", message, hint)
