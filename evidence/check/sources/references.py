"""Do the names that files use for each other exist?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from evidence.check.sources.known import Known, ProseCheck
from evidence.check.sources.markdown import not_bound, read, unbound, unshown
from evidence.check.sources.numbered import check_numbered
from evidence.check.sources.picture_words import check_picture
from evidence.check.sources.sentences import check_verbs
from evidence.check.sources.summaries import POOLS
from evidence.model.claim import DECIDED, Ledger
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.quantity import forms_of, has_form
from evidence.problems import FindPlace, Problem, did_you_mean
from evidence.prose.construct import Draft, Stray
from evidence.prose.markdown import prose_of
from evidence.prose.references import Reference, find_references
from evidence.read.tables import place_of_finding
from evidence.read.yaml_file import Document, Path

# Do the names that files use for each other exist?

OF_SITE = ("repository", "report")  # the addresses in data/site.yaml to which prose may lead


def check_prose(prose: ProseCheck, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the references and numbers of one text."""
    references, broken = find_references(prose.text)
    for offset, unreadable in broken:
        message = f"the reference at '{unreadable.strip()}' is not closed or is empty"
        hint = "Write [[study/finding]], with two closing brackets."
        yield Problem(prose.place(offset, unreadable), "reference-readable", message, hint)
    for reference in references:
        where = partial(prose.place, reference.start, reference.written)
        yield from _check_reference(reference, where, known)
        if reference.kind == "picture":
            yield from check_picture(reference, prose, known)
    draft, strayed = read(prose.text, whole=prose.page is not None)
    others = unshown(draft, strayed, known)
    for stray in others:
        place = prose.place(stray.start, stray.written)
        yield Problem(place, stray.rule, stray.message, stray.hint)
    yield from check_numbered(prose)
    yield from _check_numbers(prose, draft, others)
    yield from check_verbs(prose, references, known.findings)


def _check_numbers(prose: ProseCheck, draft: Draft, told: Collection[Stray]) -> Iterator[Problem]:
    """Yield the numbers that are not bound, but for those in what was told of already."""
    for number in unbound(prose_of(draft)):
        if any(stray.start <= number.start < stray.start + len(stray.written) for stray in told):
            continue
        yield not_bound(number, prose.place(number.start, number.text))


def _check_reference(reference: Reference, where: FindPlace, known: Known) -> Iterator[Problem]:
    if reference.kind == "number":
        yield from known.finding(reference.target, where)
        finding = known.findings.get(reference.target)
        if finding is not None and not has_form(finding, reference.form):
            usable = forms_of(finding)
            message = f"'{reference.target}' cannot be printed as '{reference.form}'"
            hint = did_you_mean(reference.form, usable, "")
            listed = f"It has: {', '.join(usable)}."
            yield Problem(where(), "form-available", message, f"{hint} {listed}".strip())
        return
    if reference.kind == "site" and reference.target not in OF_SITE:
        message = f"a site has no address of its own that is called '{reference.target}'"
        hint = did_you_mean(reference.target, OF_SITE, f"Known: {', '.join(OF_SITE)}.")
        yield Problem(where(), "reference-readable", message, hint)
    if reference.kind == "figure" and reference.form:
        yield from _check_figure_form(reference, where, known)
    checks = {
        "study": known.study,
        "trial": known.trial,
        "page": known.page,
        "claim": known.claim,
        "figure": known.figure,
        "outcome": known.outcome,
        "table": known.page_table,
        "citation": known.source,
    }
    if reference.kind in checks:
        yield from checks[reference.kind](reference.target, where)


def _check_figure_form(reference: Reference, where: FindPlace, known: Known) -> Iterator[Problem]:
    figure = known.figures.get(reference.target)
    if reference.form != "results":
        message = f"a figure cannot be shown as '{reference.form}'"
        hint = f"Write ![[{reference.target}]], or ![[{reference.target}|results]]."
        yield Problem(where(), "form-available", message, hint)
    elif figure is not None and not (figure.kind == "forest" and figure.pooled in POOLS):
        message = f"the figure '{figure.id}' pools nothing, so there are no results to put in words"
        hint = "Name a figure of 'kind: forest' with 'pooled: overall' or 'both'."
        yield Problem(where(), "form-available", message, hint)


def check_study(
    study: Study, document: Document, words: Vocabularies | None, known: Known
) -> Iterable[Problem]:
    """Yield the names in a study that do not exist."""
    yield from known.source(study.described_in.source, document.finder(("described-in", "source")))
    if study.counted is not None:
        yield from known.source(study.counted.source, document.finder(("counted", "source")))
        yield from known.export(study.counted.export, document.finder(("counted", "export")))
    for position, name in enumerate(study.related):
        yield from known.study(name, document.finder(("related", position)))
    if study.analysis is not None:
        yield from known.source(study.analysis.source, document.finder(("analysis", "source")))
    for finding in study.findings.values():
        yield from _check_finding(study, finding, document, known)
    for path, name in _own_findings(study):
        yield from known.finding(f"{study.id}/{name}", document.finder(path))
    if words is None:
        return
    yield from check_listed(study.condition, words.conditions, document, ("condition",))
    if study.intervention is not None:
        place = ("intervention", "cell")
        yield from check_listed(study.intervention.cell, words.cells, document, place)


def _own_findings(study: Study) -> Iterator[tuple[Path, str]]:
    """Yield every finding that a study names among its own, with the path to the name."""
    for position, declared in enumerate(study.sums):
        path: Path = ("sums", position)
        for number, name in enumerate(declared.parts):
            yield (*path, "parts", number), name
        for key, finding_id in (("total", declared.total), ("rest", declared.rest)):
            if finding_id is not None:
                yield (*path, key), finding_id
    for position, names in enumerate(study.order):
        for number, name in enumerate(names):
            yield ("order", position, number), name
    if study.years is not None:
        yield ("years", "total"), study.years.total
        yield ("years", "peak"), study.years.peak
        for position, mean in enumerate(study.years.means):
            yield ("years", "means", position, "finding"), mean.finding


def check_listed(
    name: str, listed: Collection[str], document: Document, path: Path
) -> Iterator[Problem]:
    """Yield a problem when ``name`` is not in a closed list."""
    if name not in listed:
        key = next(str(part) for part in reversed(path) if isinstance(part, str))
        hint = did_you_mean(name, listed, f"Known: {', '.join(listed)}.")
        message = f"'{name}' is not a {key} that data/vocabularies.yaml lists"
        yield Problem(document.place(path), "value-known", message, hint)


def _check_finding(
    study: Study, finding: Finding, document: Document, known: Known
) -> Iterator[Problem]:
    path = ("findings", finding.id)
    if document.holds(path):
        where = document.finder((*path, "source"))
    elif study.table is not None:
        where = partial(place_of_finding, known.reading, study, finding.id, ("source",))
    else:
        return  # made by the study's analysis
    yield from known.source(finding.source, where)
    for position, place in enumerate(finding.also):
        yield from known.source(place.source, document.finder((*path, "also", position, "source")))
    if finding.same_as is not None:
        yield from known.finding(finding.same_as, document.finder((*path, "same-as")))
    if finding.rating is not None:
        yield from known.source(finding.rating.source, document.finder((*path, "rating", "source")))


def check_ledger(ledger: Ledger, document: Document, known: Known) -> Iterator[Problem]:
    """Yield the names in a ledger that do not exist, and verdicts that nothing decides."""
    yield from known.source(ledger.document, document.finder(("document",)))
    for key, claim in ledger.claims.items():
        for position, address in enumerate(claim.findings):
            yield from known.finding(
                address, document.finder(("claims", key, "findings", position))
            )
        for position, page in enumerate(claim.pages):
            yield from known.page(page, document.finder(("claims", key, "pages", position)))
        for position, name in enumerate(claim.discrepancies):
            where = document.finder(("claims", key, "discrepancies", position))
            yield from _check_discrepancy(ledger, name, where, known)
        if claim.verdict in DECIDED and not claim.findings:
            message = f"the claim '{key}' is {claim.verdict}, and no finding decides it"
            hint = "Name the findings that decide it under 'findings:'."
            place = document.place(("claims", key, "verdict"))
            yield Problem(place, "verdict-decided", message, hint)


def _check_discrepancy(
    ledger: Ledger, name: str, where: FindPlace, known: Known
) -> Iterator[Problem]:
    source = known.sources.get(ledger.document)
    if source is not None and name not in source.discrepancies:
        file = f"data/sources/{ledger.document}.yaml"
        hint = did_you_mean(
            name, source.discrepancies, f"Write it under 'discrepancies:' in {file}."
        )
        message = f"the source '{ledger.document}' has no discrepancy '{name}'"
        yield Problem(where(), "discrepancy-exists", message, hint)


def check_source(source: Source, document: Document, known: Known) -> Iterator[Problem]:
    """Yield findings of discrepancies that do not exist, and discrepancies not looked at again."""
    newest = max(reading.date.first_day for reading in source.reading)
    for name, discrepancy in source.discrepancies.items():
        path = ("discrepancies", name)
        for position, address in enumerate(discrepancy.findings):
            yield from known.finding(address, document.finder((*path, "findings", position)))
        if newest > discrepancy.seen.first_day:
            message = (
                f"the source was read again after '{name}' was seen, on {discrepancy.seen.words}"
            )
            hint = (
                f"Look whether it still prints '{discrepancy.prints}' or now '{discrepancy.expected}', "
                "and write the day under 'seen:' and what you found under 'state:'."
            )
            yield Problem(document.place((*path, "seen")), "discrepancy-seen", message, hint)


def check_page(page: Page, document: Document, known: Known) -> Iterator[Problem]:
    """Yield the names in a page's front matter that do not exist."""
    for position, name in enumerate(page.front.conditions):
        if known.conditions is not None:
            yield from check_listed(name, known.conditions, document, ("conditions", position))
    for position, offered in enumerate(page.front.downloads):
        yield from known.download(offered.file, document.finder(("downloads", position, "file")))
    for position, question in enumerate(page.front.questions):
        path = ("questions", position)
        for number, name in enumerate(question.pages):
            yield from known.page(name, document.finder((*path, "pages", number)))
        if question.figure is not None:
            yield from known.figure(question.figure, document.finder((*path, "figure")))
    for key, revision in page.front.revisions.items():
        for number, name in enumerate(revision.pages):
            yield from known.page(name, document.finder(("revisions", key, "pages", number)))
    if page.front.revisions and page.front.kind != "what-changed":
        message = f"a page of the kind '{page.front.kind}' lists no revisions"
        hint = "Write them on the page of the kind 'what-changed'."
        yield Problem(document.place(("revisions",), of_key=True), "key-known", message, hint)


# Do the names in a study's analysis exist, and do its results hide nothing that was written?


def check_analysis(
    study: Study, document: Document, words: Vocabularies | None, known: Known
) -> Iterator[Problem]:
    """Yield the names that select nothing, and findings that a result would replace."""
    analysis = study.analysis
    if analysis is None:
        return
    for name, selection in analysis.results.items():
        path = ("analysis", "results", name, "cells")
        for position, cell in enumerate(selection.cells):
            if words is not None:
                yield from check_listed(cell, words.cells, document, (*path, position))
        if document.holds(("findings", name)):
            message = f"the finding '{name}' and a result of the analysis have one name"
            place = document.place(("findings", name), of_key=True)
            yield Problem(place, "id-unique", message, "Give one of the two another name.")
    for position, name in enumerate(analysis.leave_one_out):
        if name not in analysis.results:
            message = f"the analysis has no result '{name}'"
            hint = did_you_mean(name, analysis.results, f"Known: {', '.join(analysis.results)}.")
            place = document.place(("analysis", "leave-one-out", position))
            yield Problem(place, "finding-exists", message, hint)
    findings = [
        other_study.findings.get(analysis.finding) for other_study in known.studies.values()
    ]
    if not any(findings):
        message = f"no study has a finding '{analysis.finding}' to pool"
        hint = "Name a finding that the studies share."
        yield Problem(document.place(("analysis", "finding")), "finding-exists", message, hint)
