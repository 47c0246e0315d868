"""A search asked anew of ClinicalTrials.gov's public interface, version 2, and imported."""

from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import __version__
from evidence.model.base import ID
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.read.limits import beyond
from evidence.read.yaml_file import read_yaml
from evidence.registry.answered_page import MANY, USUAL, AnsweredPage, missing_of_all, read_page
from evidence.registry.asking import Outside, RefusedError, ask
from evidence.registry.comparing import FOLDER
from evidence.registry.importing import Asked, Imported, import_registry
from evidence.registry.kept_pages import KeptPages, kept_pages
from evidence.registry.record import finding, quoted
from evidence.registry.storing import PROVENANCE, check_folder

ADDRESS = "https://clinicaltrials.gov/api/v2/studies"
REGISTRY = "clinicaltrials-gov"
FIELDS = "ProtocolSection|HasResults"  # not the results: they are long, and nothing reads them
PAGE = 100  # studies of a page
PAUSE = 2.0  # seconds between pages: thirty a minute, where about fifty are borne
MOST_STUDIES = 50_000
MOST_PAGES = 1_000
MOST_BYTES = 1_000_000_000  # of all pages together
STARTS = 2  # from the first page, in one run
KEPT = ".cache/refresh"
COMMAND = Place("build.py refresh trials")


@dataclass(frozen=True)
class Wanted:
    """What is to be asked for: by which words, where, and under which name it is imported.

    ``search`` and ``name`` are empty for those of the newest export, and of registry and day.
    """

    search: str = ""
    address: str = ADDRESS
    name: str = ""
    rules: Path | None = None


@dataclass(frozen=True)
class Refreshed:
    """What a refresh made: the import, the file that was imported, and the pages asked for."""

    imported: Imported
    file: Path
    asked: int


@dataclass(frozen=True)
class Watch:
    """Who is told how far a refresh is: studies that came and those in all, and what happens."""

    come: Callable[[int, int], None]
    say: Callable[[str], None]


def refresh(root: Path, wanted: Wanted, outside: Outside, watch: Watch) -> Refreshed:
    """Ask for the search page by page, and import it when all pages are there.

    Raises ProblemsFoundError for what somebody can mend, and NoAnswerError when the registry gives
    no answer. What has come is kept in ``root``, and the next run goes on from there.
    """
    address = _address(wanted.address)
    search = " ".join(wanted.search.split()) or newest_search(root)
    question = {"address": address, "search": search, "fields": FIELDS, "page": PAGE}
    today = outside.clock().date()
    _check_name(root, wanted.name or f"{REGISTRY}-{today}", search)
    kept = kept_pages(root / KEPT, question, today)
    if kept.pages:
        watch.say(f"{kept.studies} of {kept.total} studies are here from an earlier run.")
    asking = Asking(kept, agent(root), outside, watch)
    asking.go_on()
    name = wanted.name or f"{REGISTRY}-{kept.day}"
    _check_name(root, name, search)
    file = root / KEPT / f"{name}.json"
    kept.join(file)
    asked = Asked((file,), search, kept.day, name, wanted.rules)
    imported = import_registry(root, asked, watch.say)
    kept.clear()
    return Refreshed(imported, file, asking.asked)


@dataclass
class Asking:
    """The asking for one search: what has come, as whom, and how many pages were asked for."""

    kept: KeptPages
    agent: str
    outside: Outside
    watch: Watch
    asked: int = 0

    def go_on(self) -> None:
        """Ask for the pages that are not here; when they do not fit together, once more for all."""
        reason = ""
        for start in range(STARTS):
            try:
                self._ask_for_the_rest()
            except RefusedError:
                if not self.kept.pages:
                    raise  # it is the search that is refused, and no token
                reason = "the registry no longer knows the page that comes next"
            else:
                reason = self._unfit()
                if not reason:
                    return
            self.kept.clear()
            if start == 0:
                self.watch.say(f"Asked again from the first page, since {reason}.")
        message = f"{reason}, also when asked again from the first page"
        hint = "The registry may be changing just now. Run the command again later."
        raise ProblemsFoundError([finding("registry-whole", self._place, message, hint)])

    @property
    def _place(self) -> Place:
        return Place(self.kept.question["address"])

    def _ask_for_the_rest(self) -> None:
        kept = self.kept
        while not kept.is_whole and self._has_more_to_come():
            if self.asked:
                self.outside.wait(PAUSE)
            raw, page = self._page()
            self.asked += 1
            if page.total is not None and page.total > MOST_STUDIES:
                raise self._too_much(page.total, "studies", MOST_STUDIES)
            kept.add(raw, page, self.outside.clock().date())
            if kept.size > MOST_BYTES:
                raise self._too_much(kept.size, "bytes", MOST_BYTES)
            self.watch.come(kept.studies, kept.total)

    def _too_much(self, number: int, unit: str, most: int) -> ProblemsFoundError:
        self.kept.clear()
        message = beyond("this search", number, unit, most)
        hint = "Ask with narrower words: --search."
        return ProblemsFoundError([finding("registry-whole", self._place, message, hint)])

    def _has_more_to_come(self) -> bool:
        """Tell whether a further page may be asked for: not when there are too many already.

        The registry ends a full last page with a token too, and answers that with an empty page.
        """
        kept = self.kept
        ended = len(kept.pages) >= 2 and not any(page.studies for page in kept.pages[-2:])
        return kept.studies <= kept.total and len(kept.pages) < MOST_PAGES and not ended

    def _page(self) -> tuple[bytes, AnsweredPage]:
        kept = self.kept
        number = len(kept.pages) + 1
        asked = {"query.term": kept.question["search"], "fields": FIELDS, "pageSize": PAGE}
        if kept.pages:
            asked["pageToken"] = kept.pages[-1].token
        else:
            asked["countTotal"] = "true"
        address = f"{self._place}?{urllib.parse.urlencode(asked)}"
        headers = {
            "User-Agent": self.agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http, as checked

        def read(raw: bytes) -> tuple[bytes, AnsweredPage]:
            return raw, read_page(raw, f"{self._place}, page {number}", is_first=number == 1)

        return ask(self.outside, request, read, self.watch.say)

    def _unfit(self) -> str:
        """Return why the pages that came are not the search, or nothing."""
        kept = self.kept
        if not kept.is_whole:
            return f"the pages do not end: the registry counts {kept.total} studies, and {kept.studies} came"
        pages = list(kept.read())
        ids = {name for page in pages for name in page.ids}
        if len(ids) != kept.total:
            return f"the registry counts {kept.total} studies, and {len(ids)} came"
        if not ids:
            kept.clear()
            message = f"the registry found no study for {quoted(kept.question['search'])}"
            hint = "Look at the words of the search: --search."
            raise ProblemsFoundError([finding("registry-whole", self._place, message, hint)])
        problems = list(self._lost(pages))
        if problems:
            kept.clear()
            raise ProblemsFoundError(problems)
        return ""

    def _lost(self, pages: list[AnsweredPage]) -> Iterator[Problem]:
        studies = [study for page in pages for study in page.studies]
        if len(studies) >= MANY:
            yield from missing_of_all(studies, USUAL, self._place)


def _address(written: str) -> str:
    """Return the address without a slash at its end; raise when it is none of http or https."""
    parts = urllib.parse.urlsplit(written)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.query:
        return written.rstrip("/")
    message = f"{quoted(written)} is no address of an interface"
    hint = f"Write one such as {ADDRESS}, or leave --address out."
    raise ProblemsFoundError([finding("export-asked", COMMAND, message, hint)])


def is_local(address: str) -> bool:
    """Tell whether an address is one of this machine."""
    return urllib.parse.urlsplit(address).hostname in {"127.0.0.1", "::1", "localhost"}


def lines(refreshed: Refreshed) -> list[str]:
    """Return what is said at the end of a refresh."""
    pages = f"{refreshed.asked} page{'s' * (refreshed.asked != 1)} asked for"
    name = refreshed.imported.id
    return [
        f"{pages}. Written: {FOLDER}/{name}",
        f"What the registry answered is kept in {KEPT}/{name}.json, outside of what is published.",
    ]


def _check_name(root: Path, name: str, search: str) -> None:
    """Raise when this is no name, or that of an export of another search: it would be replaced."""
    if not ID.fullmatch(name):
        hint = "Use lower-case letters, digits and hyphens for --name."
        problem = finding("export-name", Place(FOLDER), f"{quoted(name)} is not an id", hint)
        raise ProblemsFoundError([problem])
    check_folder(root / FOLDER / name, f"{FOLDER}/{name}")
    there = _mapping(root / FOLDER / name / PROVENANCE).get("search", search)
    if there != search:
        message = f"'{name}' is an export of another search, {quoted(str(there))}"
        hint = "Choose another name with --name."
        raise ProblemsFoundError([finding("export-name", Place(f"{FOLDER}/{name}"), message, hint)])


def newest_search(root: Path) -> str:
    """Return what the newest export of ClinicalTrials.gov was asked for; raise when there is none."""
    exports = []
    for file in sorted((root / FOLDER).glob(f"*/{PROVENANCE}")):
        facts = _mapping(file)
        formats = [str(each.get("format")) for each in facts.get("files") or [] if each]
        if any(name.startswith(REGISTRY) for name in formats) and facts.get("search"):
            exports.append((str(facts.get("exported")), str(facts["search"])))
    if not exports:
        message = "there is no export yet whose search could be asked for again"
        hint = 'Write the words that the registry is to be asked for: --search "the words".'
        raise ProblemsFoundError([finding("export-asked", COMMAND, message, hint)])
    return max(exports)[1]


def agent(root: Path) -> str:
    """Return how the program names itself to a registry: with its version, the site and its address."""
    site = _mapping(root / "data/site.yaml")
    said = [str(site[key]) for key in ("title", "address") if site.get(key)]
    plain = ["".join(filter(_is_plain, each)).strip() for each in said]
    named = "; ".join(filter(None, plain))
    return f"evidence/{__version__}" + (f" ({named})" if named else "")


def _is_plain(letter: str) -> bool:
    """Tell whether a letter can stand in a comment of a header."""
    return letter.isascii() and letter.isprintable() and letter not in "()\\"


def _mapping(file: Path) -> dict[str, Any]:
    """Return the mapping in a file of YAML, or an empty one: others say what is wrong with it."""
    try:
        content = read_yaml(file.name, file.read_text("utf-8")).content
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
