"""Prose to HTML for one page: numbers with notes, citations, figures and terms."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup, escape

from evidence.model.finding import Finding
from evidence.model.readings import NumberChange
from evidence.model.report import Report
from evidence.model.site import Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.quantity import Printed, printed
from evidence.numbers.results import Computed, Results
from evidence.numbers.wording import Reported, computed_words, reported
from evidence.prose.drafting import NEEDS_MARKDOWN
from evidence.prose.markdown import Skeleton, convert, with_placeholders
from evidence.prose.numbering import mark_of, mention_of, with_numbers
from evidence.prose.plain_text import plain_text
from evidence.prose.references import EMBEDDING, Reference, find_references, outermost
from evidence.prose.typesetting import TermFinder

STATIC = "static/"
LASTING_ENDS = (".css", ".js")
# Stands in the address of a style or script until its name is known, which says what is in it
NAME_LATER = "\ue012"

PLACEHOLDER = re.compile("\ue000(\\d+)\ue001")
ALONE = re.compile("<p>\ue000(\\d+)\ue001</p>")
# What stands for a figure, a table or a paragraph, and the form that gives a figure's results in words
RESULTS, OWN_TABLE = "results", "table"
# Forms that print words, not a number
PHRASES = {"baseline", "statement", "measure", "population", "time"}
TABULAR = re.compile(r"(?m)^[ :-]*+\|[ |:-]*+$")
SINGLE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>\n?", re.DOTALL)


def kind_of(form: str) -> str:
    """Return the class of a bound form: what is said in words may run over lines."""
    return "bound phrase" if form in PHRASES else "bound"


@cache
def relative_path(path: str, folder: str) -> str:
    """Return the relative way from ``folder`` to ``path``, both from the site's root."""
    return posixpath.relpath(path, folder or ".")


CHANGED = Markup(
    ' <span class="mark">changed</span>'
)  # beside a number that changed lately; its note says from what


@dataclass
class Note:
    """A bound number's note: the finding, where it was read, and its uses on the page."""

    number: int
    address: str
    study: Study
    finding: Finding
    source: Source
    computed: Computed | None
    changes: tuple[NumberChange, ...] = ()
    uses: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the note's anchor."""
        return f"note-{self.address.replace('/', '--')}"

    @property
    def reported(self) -> Reported:
        """Return all that was printed of the finding."""
        return reported(self.finding)

    @property
    def from_counts(self) -> str:
        """Return what the finding's counts give, or nothing.

        For two groups that is their difference; the page of the study has the rest.
        """
        words = list(computed_words(self.computed))
        return words[-1] if words else ""


@dataclass
class Writer:
    """Writes the prose of the page at ``address``; ``notes``, ``terms`` and ``figures`` fill as it goes.

    So does ``cited``, the sources of its citations. Links are relative. ``up`` leads from where the page
    is shown to where it lies: a host shows the page for addresses that do not exist at any depth.
    """

    report: Report
    results: Results
    finder: TermFinder
    address: str
    figure: Callable[[Writer, str], Markup] | None = None
    table: Callable[[Writer, str], Markup] | None = None
    picture: Callable[[Writer, Reference], Markup] | None = None
    up: str = ""
    notes: dict[str, Note] = field(default_factory=dict)
    terms: dict[str, tuple[Term, str]] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    _uses: int = 0
    _numbering: bool = False

    def href(self, address: str) -> str:
        """Return the relative link from this page to an address in the site."""
        if address.startswith(STATIC) and address.endswith(LASTING_ENDS):
            address = f"{STATIC}{NAME_LATER}{address.removeprefix(STATIC)}"
        path, _, anchor = address.partition("#")
        if path == self.address and anchor:
            return f"#{anchor}"
        relative = self.up + relative_path(path, posixpath.dirname(self.address))
        return f"{relative}#{anchor}" if anchor else relative

    def claim_href(self, name: str) -> str:
        """Return the relative link to the entry ``document/claim`` of the ledger."""
        return self.href(self.report.claim_address(name))

    def plain(self, prose: str) -> str:
        """Return prose as plain text, for titles and descriptions."""
        return plain_text(prose, self.report, self.results.findings)

    def inline(self, prose: str) -> Markup:
        """Return prose as HTML without a paragraph around it, when it is one paragraph."""
        html, _ = self._written(prose)
        single = SINGLE_PARAGRAPH.fullmatch(html.strip())
        return Markup(single.group(1) if single else html)  # noqa: S704 - sanitised in convert

    def block(self, prose: str) -> tuple[Markup, tuple[tuple[str, str], ...]]:
        """Return prose as HTML, with terms marked and figures numbered, and its headings as (id, text)."""
        self._numbering = True
        html, headings = self._written(prose, terms=True)
        self._numbering = False
        return Markup(with_numbers(html)), headings  # noqa: S704 - sanitised in convert

    def numbered(self, target: str, anchor: str) -> Markup:
        """Return what puts the number of a figure or table in front of its caption, in a text that has such.

        ``target`` is ``figure:name`` or ``table:name``, as prose refers to it.
        """
        return mark_of(target, anchor) if self._numbering else Markup("")

    def _written(
        self, prose: str, *, terms: bool = False
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        references = outermost(find_references(prose)[0])
        marked = with_placeholders(prose, references)
        tabular = TABULAR.search(marked) is not None
        texts = [self.plain(reference.written) for reference in references] if tabular else []
        if terms or NEEDS_MARKDOWN.search(marked):
            skeleton = convert(marked, texts)
        else:
            skeleton = Skeleton(str(escape(marked)), ())
        html = skeleton.html
        if terms:
            html = self.finder.mark(html, self._term)
        html = ALONE.sub(lambda match: self._alone(references, int(match.group(1))), html)
        html = PLACEHOLDER.sub(lambda match: str(self._one(references, int(match.group(1)))), html)
        headings = tuple(
            (anchor, PLACEHOLDER.sub(lambda match: self._spoken(references, match), text))
            for anchor, text in skeleton.headings
        )
        return html, headings

    def _spoken(self, references: Sequence[Reference], match: re.Match[str]) -> str:
        return self.plain(references[int(match.group(1))].written)

    def _alone(self, references: Sequence[Reference], position: int) -> str:
        embedded = self._embedded(references, position)
        return f"<p>{self._reference(references[position])}</p>" if embedded is None else embedded

    def _one(self, references: Sequence[Reference], position: int) -> Markup:
        embedded = self._embedded(references, position)
        return self._reference(references[position]) if embedded is None else embedded

    def _embedded(self, references: Sequence[Reference], position: int) -> Markup | None:
        """Return the figure, table or paragraph that a reference puts in its place, if it does."""
        reference = references[position]
        if reference.kind not in EMBEDDING:
            return None
        if reference.kind == "figure" and reference.form != RESULTS:
            return Markup("") if self.figure is None else self.figure(self, reference.target)
        if reference.kind == "picture":
            return Markup("") if self.picture is None else self.picture(self, reference)
        name = reference.target
        if reference.kind == "figure":
            name = f"{RESULTS}:{name}"
        elif reference.kind == "table":
            name = f"{OWN_TABLE}:{name}"
        elif reference.kind == "summary":  # of the outcomes whose tables stand in the same text
            outcomes = [other.target for other in references if other.kind == "outcome"]
            name = f"summary:{','.join(dict.fromkeys(outcomes))}"
        return Markup("") if self.table is None else self.table(self, name)

    def _reference(self, reference: Reference) -> Markup:
        target, form = reference.target, reference.form
        if reference.kind == "number":
            return self.number(target, form)
        if reference.kind == "plain":
            return Markup('<span class="plain">{}</span>').format(target)
        if reference.kind == "citation":
            return self._citation(target, form)
        if reference.kind == "study":
            study = self.report.studies[target]
            return self._link(f"studies/{target}.html", form or study.short)
        if reference.kind == "page":
            page = self.report.pages[target]
            return self._link(page.address, form or self.plain(page.front.title))
        if reference.kind == "trial":
            trial = self.report.trials[target]
            return self._link(trial.address, form or trial.printed_id)
        if reference.kind == "claim":
            return self._link(self.report.claim_address(target), form or "the ledger's entry")
        if reference.kind == "site":
            return self._of_site(target, form or target)
        if reference.kind == "numbered":
            return mention_of(target, form)
        raise AssertionError(reference.written)

    def _of_site(self, name: str, words: str) -> Markup:
        """Return words that lead to an address of the site's own, or are words where it has none."""
        site = self.report.site
        address = site.report_address(self.address) if name == "report" else site.repository
        plain = Markup('<span class="plain">{}</span>').format(words)
        return (
            Markup('<a class="external" href="{}">{}</a>').format(address, plain)
            if address
            else plain
        )

    def _link(self, address: str, words: str) -> Markup:
        return Markup('<a href="{}"><span class="plain">{}</span></a>').format(
            self.href(address), words
        )

    def _citation(self, name: str, locator: str) -> Markup:
        source = self.report.sources[name]
        self.cited.add(name)
        where = Markup(", {}").format(locator) if locator else ""
        return Markup('<span class="citation plain">(<a href="{}">{}</a>{})</span>').format(
            self.href(f"sources/{name}.html"), source.short, where
        )

    def number(self, address: str, form: str = "") -> Markup:
        """Return a bound number as a link to its note, with what belongs to it beside it."""
        words = printed(self.report.findings[address], form, self.results.computed(address))
        return self.bound(address, words, kind_of(form))

    def bound(self, address: str, words: Printed, kind: str = "bound") -> Markup:
        """Return words that follow from a finding as a link to its note."""
        note = self._note(address, self.report.findings[address])
        self._uses += 1
        use = f"use-{self._uses}"
        today = self.report.today
        is_new = not note.uses and any(change.is_recent(today) for change in note.changes)
        changed = CHANGED if is_new else Markup("")
        note.uses.append(use)
        after: Markup | str = words.after
        if words.after.startswith(" ("):
            beside = "interval" if " to " in words.after else "interval share"
            after = Markup('<span class="{}">{}</span>').format(beside, words.after)
        return Markup(
            '<span class="quantity">{}<a class="{}" id="{}" href="#{}" data-note="{}">{}</a>{}{}</span>'
        ).format(words.before, kind, use, note.id, note.number, words.number, after, changed)

    def _note(self, address: str, finding: Finding) -> Note:
        if address not in self.notes:
            source = self.report.sources[finding.source]
            study = self.report.studies[address.partition("/")[0]]
            computed = self.results.computed(address)
            self.notes[address] = Note(
                len(self.notes) + 1, address, study, finding, source, computed,
                self.report.number_changes.get(address, ()),
            )  # fmt: skip
        return self.notes[address]

    def _term(self, term: Term, written: str) -> str:
        if term.id in self.terms:
            return written
        use = f"term-use-{len(self.terms) + 1}"
        self.terms[term.id] = (term, use)
        return f'<a class="term" id="{use}" href="#term-{term.id}">{written}</a>'
