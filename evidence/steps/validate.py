"""Step 2, validate: bind files to models and check the references between them.

All problems are reported at once; one cause gives one problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Any

from evidence.check.sources.accounts import check_topics
from evidence.check.sources.dates import check_days
from evidence.check.sources.known import Known, ProseCheck, prose_of_model
from evidence.check.sources.moved import check_former_names
from evidence.check.sources.offered import files_of_authors
from evidence.check.sources.references import check_page, check_prose
from evidence.check.sources.sentences import check_baselines, check_summing_up
from evidence.check.sources.templates import check_templates
from evidence.check.sources.trials import TRIALS, read_trials, trial_names
from evidence.model.page import Page
from evidence.model.readings import READINGS, NumberChange
from evidence.model.report import Report
from evidence.problems import Problem, ProblemsFoundError
from evidence.prose.references import trials_in
from evidence.read.pages import front_document, read_pages
from evidence.read.reading import Reading
from evidence.read.registered import EXPORTS, RECORDS
from evidence.read.sources import STATIC, Sources
from evidence.steps.records import (
    Records,
    check_records,
    known_of,
    read_records,
    revived_records,
    sound_records,
)
from evidence.store import Later, Made, Store, content_key

# What a report takes from the records as it is
OF_RECORDS = (
    "sources", "studies", "ledgers", "figures", "tables", "page_tables", "exports", "searches", "terms", "synonyms", "confirmed",
    "accepted",
)  # fmt: skip


class UnexplainedError(ProblemsFoundError):
    """Raised when nothing is wrong but that findings changed without a reason; carries the ``report`` all the same.

    What such a site would look like can be shown. It is not published.
    """

    def __init__(self, problems: Iterable[Problem], report: Report) -> None:
        """Keep the problems, and the report that they are about."""
        super().__init__(problems)
        self.report = report


def validate(sources: Sources, today: Date, store: Store) -> Report:
    """Return a report, or raise ProblemsFoundError with everything that is wrong: see UnexplainedError.

    The store remembers which templates and records were found to be sound.
    """
    reading = Reading(sources, list(sources.unreadable.values()))
    pages = read_pages(reading, store)
    texts = _texts_of_records(sources)
    texts_key, whole_key = _keys_of_records(texts)
    names = list(pages), trial_names(sources)
    sound = _sound(Later(whole_key, lambda: texts), names, sources, store)
    records = sound or read_records(reading)
    files = files_of_authors(reading, records.pictures, store)
    made_of = content_key(texts_key, files.key)
    known = known_of(reading, records, *names, content_key(made_of, *names))
    known.pictures, known.downloads = files.pictures, files.offered
    trials, packs = read_trials(reading, known, records.vocabularies, store)
    reading.problems += check_records(reading, known, records) if sound is None else ()
    reading.problems += [*_check_pages(pages, known, store), *check_templates(sources, store)]
    known.pages = pages
    reading.problems += [*check_days(known, today), *check_former_names(pages, reading)]
    reading.problems += check_topics(known, today)
    if reading.problems or records.site is None or records.vocabularies is None:
        raise ProblemsFoundError([*reading.problems, *records.unexplained])
    report = Report(
        site=records.site,
        vocabularies=records.vocabularies,
        trials=trials,
        pages=pages,
        templates=_templates(sources),
        static=sources.static,
        today=today,
        findings=known.findings,
        **_of_records(records, sources, known),
        made_of=content_key(_report_key(made_of, sources, pages, today), records.number_changes),
        **vars(files),
        packs=packs,
        mentioned=_mentioned(sources),
        guide=sources.guide,
    )
    if records.unexplained:
        raise UnexplainedError(records.unexplained, report)
    return report


def _sound(
    texts: Later, names: tuple[list[str], list[str]], sources: Sources, store: Store
) -> Records | None:
    """Return the records when they are sound; None when one of them has a problem."""
    if sources.unreadable:
        return None
    kept = store.keep(sound_records, texts, *names, sorted(sources.drafts))
    return revived_records(kept.body()) if kept.card else None


def _texts_of_records(sources: Sources) -> dict[str, str]:
    """Return the text of every file in data/ but those of trials."""
    texts = _texts(sources, "data/")
    return {file: text for file, text in texts.items() if not file.startswith(TRIALS)}


def _keys_of_records(texts: dict[str, str]) -> tuple[str, str]:
    """Return a content key of the texts without the ledger of readings, and one of them all.

    They are megabytes, and stand in several keys. No page says when a finding was read.
    """
    key = content_key({file: text for file, text in texts.items() if file != READINGS})
    return key, content_key(key, texts.get(READINGS))


def _of_records(records: Records, sources: Sources, known: Known) -> dict[str, Any]:
    """Return what a report takes from the records as it is; the rules and tables of exports, as texts."""
    texts = sources.texts
    tables = {name: texts[f"{EXPORTS}{name}{RECORDS}"] for name in records.exports}
    rules = texts.get("data/registry/rules.yaml", "")
    taken = {name: getattr(records, name) for name in OF_RECORDS}
    changes: dict[str, list[NumberChange]] = {}
    for change in records.number_changes:
        if change.address in known.findings:
            changes.setdefault(change.address, []).append(change)
    told = {address: tuple(of_finding) for address, of_finding in changes.items()}
    return {**taken, "rules": rules, "records": tables, "number_changes": told}


def _report_key(records_key: str, sources: Sources, pages: dict[str, Page], today: Date) -> str:
    """Return the content key of all that a report is made from but the bodies of pages, and trials."""
    fronts = {name: page.front for name, page in pages.items()}
    around = _texts(sources, "templates/"), sources.guide
    return content_key(records_key, *around, fronts, today.isoformat())


def _mentioned(sources: Sources) -> tuple[str, ...]:
    """Return the ids of trials to which a reference stands in any text."""
    texts = (text for file, text in sources.texts.items() if not file.startswith("templates/"))
    return tuple(sorted(set().union(*map(trials_in, texts))))


def _texts(sources: Sources, folder: str) -> dict[str, str]:
    return {file: text for file, text in sources.texts.items() if file.startswith(folder)}


def _templates(sources: Sources) -> dict[str, str]:
    return {
        file.removeprefix("templates/"): text
        for file, text in sources.texts.items()
        if file.startswith("templates/") and not file.startswith(STATIC)
    }


def _check_pages(pages: dict[str, Page], known: Known, store: Store) -> Iterator[Problem]:
    """Yield what is wrong with pages; one found sound is not read again while records stay."""
    for page in pages.values():
        if known.reading.problems or not store.keep(sound_page, page, of=known).card:
            yield from _check_page(known, page)


def sound_page(known: Known, page: Page) -> Made:
    """Tell whether a page has no problem."""
    return Made(not list(_check_page(known, page)))


def _check_page(known: Known, page: Page) -> Iterator[Problem]:
    reading = known.reading
    document = reading.documents.get(page.file) or front_document(reading, page.file)
    if document is None:
        return
    problems = list(check_page(page, document, known))
    texts = (*prose_of_model(document, page.front), ProseCheck(page.body, page=page))
    for prose in texts:
        problems += check_prose(prose, known)
    for prose in texts if not problems and not reading.problems else ():
        problems += check_baselines(prose, known)
        problems += check_summing_up(prose, page, known)
    yield from problems
