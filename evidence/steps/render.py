"""Step 4, render: make every page, figure and download in memory."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from evidence.figures.drawing import Drawings
from evidence.figures.runtime import RUNTIME, runtime
from evidence.files.browser_editor.editor_files import editor_files
from evidence.files.browser_editor.settings import edited_site
from evidence.files.downloads import downloads
from evidence.files.editions.edition import SHEET
from evidence.files.editions.plan import editions
from evidence.files.feed import feed
from evidence.files.hosts import for_hosts
from evidence.files.manifest import manifest
from evidence.files.open_files import open_files
from evidence.files.previews import previews
from evidence.files.redirects import redirects
from evidence.files.sitemap import for_search_engines
from evidence.files.trial_downloads import lines_of_trials, trial_downloads
from evidence.files.trial_offers import trial_offers
from evidence.files.twins import twins
from evidence.finished.file import Files
from evidence.finished.headers import LASTING
from evidence.finished.lasting import with_lasting_names
from evidence.finished.page import facts_of
from evidence.finished.site import FinishedSite
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.trial import address_of
from evidence.numbers.results import Results
from evidence.pages import scripts, styles
from evidence.pages.filling import problems_of
from evidence.pages.press import (
    finished_list,
    finished_page,
    planned_lists,
    planned_pages,
    same_address,
)
from evidence.pages.search import leads_of
from evidence.pages.trial import TrialFrame, trial_pages
from evidence.pages.view import Given
from evidence.problems import Problem, ProblemsFoundError
from evidence.prose.uses import Uses, uses_of
from evidence.prose.writer import STATIC
from evidence.search.files import ASKING, search_files
from evidence.steps.files_of_authors import files_of_authors
from evidence.store import Kept, Later, Store, packs

AT_A_TIME = 12  # pages that a worker is handed
TOGETHER = 64  # pages whose names are put in together


def render(results: Results, store: Store) -> FinishedSite:
    """Return the site: a map from path to bytes.

    Raises ProblemsFoundError when templates need something that they are not given.
    """
    report = results.report
    given = given_of(results, store)
    drawings = given.drawings
    static = static_files(report, interactive=bool(results.figures))
    frame = TrialFrame.of(given)
    trials, in_tables, groups = trials_made(report, given.uses, frame, store)
    others = pages_made(given, report, store) | lists_made(given, report, in_tables, store)
    twice = [same_address(address) for address in others if address in trials]
    if twice:
        raise ProblemsFoundError(twice)
    site = _site(report.pages, trials | others)
    lines = lines_of_trials(frame, report, store)
    files = (
        downloads(given, drawings, store)
        | trial_downloads(frame, lines, store)
        | for_hosts(editor=report.site.is_edited_online)
    )
    files |= open_files(given, report.trials, lines, store) | previews(given, drawings, store)
    files |= for_search_engines(site, report.site.address) | feed(results) | manifest(report.site)
    files |= twins(site, results, store) | redirects(site, report.site)
    files |= files_of_authors(report, given.uses)
    if report.site.is_edited_online:
        files |= editor_files(edited_site(report, local=False))
    if report.editions:
        files |= editions(site, report, given.uses, store)
    site = replace(site, files=site.files | static | files)
    if any(page.front.kind == "search" for page in report.pages.values()):
        leads = leads_of(report, trial_offers(frame, lines.explorer, store))
        asking = static.get(ASKING, b"")
        site = replace(site, files=site.files | search_files(site, leads, asking, store))
    return with_lasting_names(site, [*groups, *packs(list(others), TOGETHER)], store)


def given_of(results: Results, store: Store) -> Given:
    """Return all that pages are made of but the text of their own Markdown."""
    bare = results.report.without_bodies()
    drawings = Drawings(results.figures, store)
    return Given(bare, replace(results, report=bare), uses_of(results.report), drawings)


def static_files(report: Report, *, interactive: bool) -> dict[str, bytes]:
    """Return styles, scripts and pictures as they are served, by path: those of the templates, and of figures.

    ``interactive`` tells whether there are figures that a reader can ask more of.
    """
    served = {RUNTIME: runtime()} if interactive else {}
    for name, raw in report.static.items():
        path = f"{STATIC}{name}"
        if name.endswith(".css"):
            sheet = styles.minified(raw, report.site.title)
            served[path] = styles.moved(sheet, path, LASTING)
        else:
            served[path] = scripts.minified(raw) if name.endswith(".js") else raw
    served.pop(f"{STATIC}{SHEET}", None)  # for print alone
    missing = served.pop(f"{STATIC}not-found.css", None)
    if missing is not None:
        colours = [served.get(f"{STATIC}{name}.css", b"") for name in ("site", "dark")]
        for depth, sheet in enumerate(styles.by_depth(missing, *colours)):
            served[f"{STATIC}not-found-{depth}.css"] = sheet
    return served


def trials_made(
    report: Report, uses: Uses, frame: TrialFrame, store: Store, only: str = ""
) -> tuple[dict[str, Kept], dict[str, Any], list[list[str]]]:
    """Return the pages of trials by address, their lines by id, and the addresses of each pack.

    With ``only``, the id of a trial, it is the pack of that one alone. Raises ProblemsFoundError when the
    template needs something that it is not given.
    """
    values = []
    for pack in report.packs:
        if only and only not in pack.names:
            continue
        named = {name: uses.studies_of_trial.get(name, []) for name in pack.names}
        studies = {name: report.studies[name] for own in named.values() for name in own}
        later = Later(pack.key, pack.fetch)
        values.append((later, report.sources_of(pack), studies, named))
    kept = store.keep_all(trial_pages, values, of=frame, share=1)
    _raise_problems(kept)
    pages, lines, groups = {}, {}, []
    for kept_pack in kept:
        groups.append([address_of(name) for name, *_ in kept_pack.card])
        start = 0
        for name, card, end, line in kept_pack.card:
            pages[address_of(name)] = Kept(card, "", partial(kept_pack.part, start, end))
            lines[name] = line
            start = end
    return pages, lines, groups


def pages_made(given: Given, report: Report, store: Store, only: str = "") -> dict[str, Kept]:
    """Return every page but those that are or list trials, by its address; ``only`` names a single one.

    Raises ProblemsFoundError when a template needs something that it is not given.
    """
    values = []
    for address, text, names in store.keep(planned_pages, of=given).card:
        if only not in {"", address}:
            continue
        body = report.pages[text].body if text else ""
        values.append((address, body, [report.trials[name] for name in names]))
    kept = store.keep_all(finished_page, values, of=given, share=AT_A_TIME)
    _raise_problems(kept)
    return {address: page for (address, *_), page in zip(values, kept, strict=True)}


def lists_made(
    given: Given, report: Report, lines: dict[str, Any], store: Store, only: str = ""
) -> dict[str, Kept]:
    """Return the pages that list trials, by address; ``only`` names a single one.

    Raises ProblemsFoundError when a template needs something that it is not given.
    """
    values = []
    for page in store.keep(planned_lists, report.trials, of=given).card:
        address, kind, own, text, trials = page
        if only not in {"", address}:
            continue
        body = report.pages[text].body if text else ""
        listed = (address, kind, own, text, ())
        values.append((listed, body, [lines[name] for name in trials]))
    kept = store.keep_all(finished_list, values, of=given, share=AT_A_TIME)
    _raise_problems(kept)
    return {page[0]: kept_page for (page, *_), kept_page in zip(values, kept, strict=True)}


def _raise_problems(kept: list[Kept]) -> None:
    problems = [Problem.of(fields) for result in kept for fields in problems_of(result.card)]
    if problems:
        raise ProblemsFoundError(problems)


def _site(written: dict[str, Page], pages: dict[str, Kept]) -> FinishedSite:
    """Return a site of all pages and no other file."""
    facts = {address: facts_of(page.card) for address, page in pages.items()}
    by_address = {page.address: page for page in written.values()}
    site = FinishedSite(Files({}), facts, by_address, pages)
    return replace(site, files=Files({path: site.page_file(path) for path in facts}))
