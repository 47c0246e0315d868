"""What the sources say now: pages made one at a time, when somebody looks at them."""

from __future__ import annotations

import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path

from evidence.files.browser_editor.editor_files import editor_files
from evidence.files.browser_editor.settings import EditedSite, edited_site
from evidence.finished.file import File
from evidence.finished.headers import EDITOR
from evidence.finished.lasting import lasting_names, named
from evidence.finished.page import facts_of
from evidence.finished.site import page_bytes
from evidence.model.browser_editor import entry_of
from evidence.model.offered import FOLDER as OFFERED
from evidence.model.picture import FOLDER as PICTURES
from evidence.model.report import Report
from evidence.model.trial import address_of
from evidence.pages.edit_links import file_at
from evidence.pages.press import planned_lists, planned_pages
from evidence.pages.trial import TrialFrame
from evidence.pages.view import Given
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.writer import STATIC
from evidence.read.text_file import text_of
from evidence.steps.compute import compute
from evidence.steps.explain import unexplained_checks
from evidence.steps.files_of_authors import file_of_author
from evidence.steps.load import load
from evidence.steps.render import (
    given_of,
    lists_made,
    pages_made,
    static_files,
    trials_made,
)
from evidence.steps.validate import UnexplainedError, validate
from evidence.store import Kept, Store

MOST_HELD = 64  # pages that are held as they were last made: those that somebody has open
COUNTING = "…"  # until the whole site is counted
FAILED = "program-failed"


@dataclass(frozen=True)
class ServedPage:
    """A page as a browser is given it; ``digest`` is that of its own words: neither what its styles are called nor what the whole site holds."""

    body: bytes
    digest: str


class Static:
    """Styles, scripts, pictures and fonts of the templates, as they are served.

    ``names`` are the paths of styles and scripts that say what is in them, by their plain names.
    """

    def __init__(self, report: Report, *, interactive: bool) -> None:
        """Make them of the static files of a report, with what ``interactive`` figures need."""
        plain = static_files(report, interactive=interactive)
        self.given = report.static, report.site.title, interactive
        self.names = lasting_names({path: File.of(raw) for path, raw in plain.items()})
        lasting = {path: plain[f"{STATIC}{name}"] for name, path in self.names.items()}
        self.by_path = {**plain, **lasting}


@dataclass(frozen=True)
class Sound:
    """Sources in which nothing is wrong, and what pages are made of."""

    report: Report
    given: Given
    static: Static
    store: Store

    @cached_property
    def frame(self) -> TrialFrame:
        """Return what the pages of trials have in common."""
        return TrialFrame.of(self.given)

    def made(self, address: str) -> Kept | None:
        """Return the page at ``address``; None where there is none.

        Raises ProblemsFoundError when its template needs something that it is not given.
        """
        report, given, store = self.report, self.given, self.store
        trial = self._trials.get(address, "")
        if trial:
            return trials_made(report, given.uses, self.frame, store, trial)[0][address]
        page = pages_made(given, report, store, address).get(address)
        if page is None and self._is_list(address):
            _, lines, _ = trials_made(report, given.uses, self.frame, store)
            return lists_made(given, report, lines, store, address)[address]
        return page

    def has(self, address: str) -> bool:
        """Tell whether there is a page at an address."""
        planned = self.store.keep(planned_pages, of=self.given).card
        is_planned = any(page[0] == address for page in planned)
        return is_planned or address in self._trials or self._is_list(address)

    def _is_list(self, address: str) -> bool:
        lists = self.store.keep(planned_lists, self.report.trials, of=self.given).card
        return any(page[0] == address for page in lists)

    @cached_property
    def _trials(self) -> dict[str, str]:
        return {address_of(name): name for name in self.report.trials}


class Decoded:
    """The texts of files as they last were: one whose bytes stayed is not decoded and judged again."""

    def __init__(self) -> None:
        """Know none."""
        self._known: dict[str, tuple[bytes, str | Problem]] = {}

    def __call__(self, name: str, raw: bytes) -> str | Problem:
        """Return the text of a file, or what is wrong with it."""
        known = self._known.get(name)
        if known is None or known[0] != raw:
            known = self._known[name] = raw, text_of(name, raw)
        return known[1]


class LiveSite:
    """The site as the sources at ``root`` make it, looked at anew after each save.

    One thread at a time works on it. ``version`` counts the looks; ``changed`` tells those who wait that there
    was another.
    """

    def __init__(self, root: Path, store: Store, today: Callable[[], Date]) -> None:
        """Look at nothing yet."""
        self.root = root
        self.version = 0
        self.coverage = COUNTING
        self.changed = threading.Condition(threading.RLock())
        self._store = store
        self._today = today
        self._decoded = Decoded()
        self._sound: Sound | None = None
        self._problems: tuple[Problem, ...] = ()
        self._of_whole: tuple[Problem, ...] = ()
        self._editor: tuple[EditedSite, dict[str, bytes]] | None = None
        self._held: OrderedDict[str, tuple[int, ServedPage]] = OrderedDict()

    def look(self) -> None:
        """Read the sources; what is wrong with them is kept in place of a page."""
        with self.changed:
            problems: tuple[Problem, ...] = ()
            try:
                problems = self._looked()
            except ProblemsFoundError as error:
                problems = error.problems
            except Exception as error:  # noqa: BLE001 - whatever happens, the next save is looked at
                problems = (failed(error),)
            self._problems = problems
            self.version += 1
            self.changed.notify_all()

    def whole_was(self, problems: Iterable[Problem], coverage: str = "") -> None:
        """Take what a build of the whole site found."""
        with self.changed:
            self._of_whole = tuple(problems)
            self.coverage = coverage or self.coverage
            self.changed.notify_all()

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was wrong when the sources were last looked at."""
        return not self._problems

    @property
    def is_nothing(self) -> bool:
        """Tell whether the sources were never sound, so that there is no page at all."""
        return self._sound is None

    def has(self, address: str) -> bool:
        """Tell whether there is a page at a path of the site."""
        with self.changed:
            return self._sound is not None and self._sound.has(address)

    def page(self, address: str) -> ServedPage | None:
        """Return a page; None where there is none, and for all of them before the sources were ever sound.

        Of a page that cannot be made now, it is the last one that could.
        """
        with self.changed:
            if self._sound is None:
                return None
            version, held = self._held.get(address, (-1, None))
            if version == self.version:
                return held
            try:
                held = self._made(address)
                if held is None:
                    return None
            except ProblemsFoundError as error:
                self._problems = tuple(sorted({*self._problems, *error.problems}))
            except Exception as error:  # noqa: BLE001 - it is told in the page
                self._problems = (*self._problems, failed(error))
            if held is not None:
                self._hold(address, held)
            return held

    def static(self, path: str) -> bytes | None:
        """Return a style, a script, a picture or a font of the templates, or a file of an author; None where there is none."""
        with self.changed:
            if self._sound is None:
                return None
            if path.startswith((PICTURES, OFFERED)):
                return file_of_author(self._sound.report, path)
            return self._sound.static.by_path.get(path)

    def styles(self) -> dict[str, str]:
        """Return where each style and script of the templates is now, by its plain name."""
        with self.changed:
            return {} if self._sound is None else dict(self._sound.static.names)

    def editor(self) -> Mapping[str, bytes]:
        """Return the files of the editor by path; none where the site has no editor, or was never sound."""
        with self.changed:
            if self._sound is None or self._sound.report.site.editor is None:
                return {}
            edited = edited_site(self._sound.report, local=True)
            if self._editor is None or self._editor[0] != edited:
                self._editor = edited, editor_files(edited)
            return self._editor[1]

    def edited_at(self, address: str) -> str:
        """Return where the editor opens the file that a page is made of; nothing without an editor."""
        with self.changed:
            file = file_at(address, self._sound.report) if self._sound and self.editor() else ""
            return f"/{EDITOR}{entry_of(file)}" if file else ""

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong: with the sources, or if nothing is, with the whole site made of them."""
        return self._problems or self._of_whole

    def _looked(self) -> tuple[Problem, ...]:
        told: tuple[Problem, ...] = ()
        sources = load(self.root, decode=self._decoded)
        try:
            report = validate(sources, self._today(), self._store)
        except UnexplainedError as error:
            told, report = error.problems, error.report
        results = compute(report, self._store)
        told += unexplained_checks(sources, results)
        given = given_of(results, self._store)
        before, report, interactive = self._sound, results.report, bool(results.figures)
        static = None
        if before is not None:  # what is set up for the same serves again
            given = before.given if before.given.key == given.key else given
            same = before.static.given == (report.static, report.site.title, interactive)
            static = before.static if same else None
        static = static or Static(report, interactive=interactive)
        self._sound = Sound(report, given, static, self._store)
        return told

    def _made(self, address: str) -> ServedPage | None:
        sound = self._sound
        if sound is None:
            raise ValueError("nothing was ever sound")
        kept = sound.made(address)
        if kept is None:
            return None
        facts = facts_of(kept.card)
        raw = page_bytes(kept, facts.size, self.coverage)
        return ServedPage(named(raw, sound.static.names), facts.digest)

    def _hold(self, address: str, page: ServedPage) -> None:
        self._held[address] = self.version, page
        self._held.move_to_end(address)
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)


def failed(error: Exception) -> Problem:
    """Return a failure of the program itself as something that can be shown: it is nobody's mistake in a source."""
    frames = traceback.extract_tb(error.__traceback__)
    place = Place(frames[-1].filename, frames[-1].lineno or 0) if frames else Place("build.py")
    message = f"the program failed: {type(error).__name__}: {error}"
    hint = "Your files are as they were. The next save is looked at again; please report this."
    return Problem(place, FAILED, message, hint)
