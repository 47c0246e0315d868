"""Step 4, render: make every page, figure and download in memory."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from evidence import pages
from evidence.figures.drawing import Drawing, draw
from evidence.files import downloads
from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE, inspect
from evidence.finished.site import Site
from evidence.model.claim import VERDICTS
from evidence.model.report import Report
from evidence.numbers.results import Results
from evidence.pages.figures import around
from evidence.pages.outcome_table import outcome_table
from evidence.pages.searches import accounts
from evidence.pages.styles import minified
from evidence.pages.view import Planned, View, Workshop
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.templating import FOLDER, environment
from evidence.prose.typography import curl_quotes
from evidence.prose.uses import uses_of
from evidence.prose.writer import Writer
from evidence.search.files import search_files
from evidence.store import Cache, content_key
from evidence.versions import code_version

if TYPE_CHECKING:
    from jinja2 import Environment


PACKAGE = str(Path(__file__).parents[1])


def render(results: Results, cache: Cache) -> Site:
    """Return the site: a map from path to bytes.

    Raises ProblemsFoundError when templates need something that they are not given.
    """
    report = results.report
    surroundings = environment(report.templates, cache)
    drawings = _drawings(results, cache)

    def figure(writer: Writer, name: str) -> Markup:
        result, drawing, declared = results.figures[name], drawings[name], report.figures[name]
        module = surroundings.get_template("parts/figure.html").module
        writer.figures.append(name)
        beside = around(workshop, result, drawing)
        return module.figure(writer, result, declared, drawing, report, beside)  # type: ignore[attr-defined,no-any-return]

    def table(writer: Writer, name: str) -> Markup:
        return _table(workshop, surroundings, writer, name)

    workshop = Workshop(report, results, uses_of(report), cache, drawings, figure, table)
    files: dict[str, bytes] = {
        f"static/{name}": minified(raw, report.site.title) if name.endswith(".css") else raw
        for name, raw in report.static.items()
    }
    problems: list[Problem] = []
    shared = content_key(report.key, workshop.uses.__dict__, code_version())
    for kind in pages.KINDS:
        for planned in kind(workshop):
            address = planned.address
            if address in files:
                message = f"two pages have the address '{address}'"
                hint = "Give one of the two files another name."
                problems.append(Problem(Place(address), "id-unique", message, hint))
            files[address] = cache.fetch(
                "pages",
                _key(workshop, planned, shared),
                partial(_page, surroundings, workshop, planned, problems),
            )
    if problems:
        raise ProblemsFoundError(problems)
    files |= downloads.downloads(workshop)
    written = {page.address: page for page in report.pages.values()}
    return _searched(_counted(Site(files, {}, workshop.mount, written), cache), report, cache)


def _table(workshop: Workshop, surroundings: Environment, writer: Writer, name: str) -> Markup:
    """Return the table of the outcome ``name`` for the page of ``writer``, or that of all searches."""
    if name == "searches":
        module: Any = surroundings.get_template("parts/chosen.html").module
        return Markup(module.searches(writer, accounts(workshop)))  # noqa: S704 - a template's own
    module = surroundings.get_template("parts/comparison.html").module
    page = writer.address.removesuffix(".html")
    made = outcome_table(workshop.report, writer, page, name)
    return Markup(module.table(writer, made))  # noqa: S704 - a template's own


def _drawings(results: Results, cache: Cache) -> dict[str, Drawing]:
    """Return the drawing of each figure by its id; those of one report are kept together."""

    def made() -> bytes:
        drawn = {name: draw(result, cache) for name, result in results.figures.items()}
        return pickle.dumps(drawn)

    kept = cache.fetch("drawings", results.report.key, made)
    drawings: dict[str, Drawing] = pickle.loads(kept)  # noqa: S301 - written by this program alone
    return drawings


def _key(workshop: Workshop, planned: Planned, shared: str) -> str:
    """Return the key of a page: of all that the report holds, or only of what the page shows."""
    of = shared if planned.shows is None else content_key(workshop.frame, planned.shows)
    return content_key(of, planned.address, planned.text)


def _counted(site: Site, cache: Cache) -> Site:
    """Return the site with the facts of each page, and with its coverage printed."""
    facts = {path: inspect(site.files[path], cache) for path in site.pages()}
    counted = replace(site, facts=facts)
    whole = str(counted.coverage())
    files = dict(site.files)
    for path in (path for path, each in facts.items() if each.open):
        page = files[path].replace(PAGE_COVERAGE.encode(), str(counted.coverage(path)).encode())
        files[path] = page.replace(SITE_COVERAGE.encode(), whole.encode())
    return replace(counted, files=files)


def _searched(site: Site, report: Report, cache: Cache) -> Site:
    """Return the site with the files of its search, when it has a page for that."""
    if all(page.front.kind != "search" for page in report.pages.values()):
        return site
    return replace(site, files=site.files | search_files(site, cache))


def _page(
    surroundings: Environment, workshop: Workshop, planned: Planned, problems: list[Problem]
) -> bytes:
    try:
        view = planned.view()
    except RecursionError:
        problems.append(_too_deep(workshop.report, planned.address))
        return b""
    try:
        text = surroundings.get_template(view.template).render(
            site=workshop.report.site,
            words=workshop.report.vocabularies,
            view=view,
            report=workshop.report,
            verdicts=VERDICTS,
            titles=workshop.titles,
        )
        made = curl_quotes(str(text)).encode()
    except Exception as error:
        if not _of_template(error):
            raise
        problems.append(_problem(error, view))
        return b""
    return made


def _too_deep(report: Report, address: str) -> Problem:
    """Return a problem for a page whose lists or definitions hold each other without end."""
    files = [page.file for page in report.pages.values() if page.address == address]
    message = "this text is nested too deeply to be made into a page"
    hint = "Look for lists inside lists, and for hundreds of definitions after each other."
    return Problem(Place(files[0] if files else address), "file-limits", message, hint)


def _of_template(error: Exception) -> bool:
    """Tell whether an error is a template's own: Jinja's, or raised by what a template computes."""
    from jinja2 import TemplateError  # noqa: PLC0415 - slow to import

    trace, own = error.__traceback__, False
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith((FOLDER, PACKAGE)):
            own = file.startswith(FOLDER)
        trace = trace.tb_next
    return own or isinstance(error, (TemplateError, UnicodeEncodeError))


def _problem(error: Exception, view: View) -> Problem:
    """Return where in a template a value was missing: the innermost line of a template."""
    from jinja2 import TemplateNotFound  # noqa: PLC0415

    if isinstance(error, TemplateNotFound):
        place, hint = Place(f"{FOLDER}{error.name}"), "Each kind of page needs its template."
        return Problem(place, "site-complete", "this file is missing", hint)
    place = Place(f"{FOLDER}{view.template}", 1, 1)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(FOLDER):
            place = Place(file, trace.tb_lineno, 1)
        trace = trace.tb_next
    message = f"{error} (for {view.address})"
    hint = "Compare the name with the model in evidence/, or test it with 'is defined'."
    return Problem(place, "template-complete", message, hint)
