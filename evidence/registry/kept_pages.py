"""What has come of a search that is being asked for, page by page, kept so that a run can go on."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Any

from evidence.registry.answered_page import AnsweredPage, read_page

FORMAT = 1
STATE = "state.json"


@dataclass(frozen=True)
class PageKept:
    """One page that came: SHA-256 and bytes of its file, its studies, the next token, the day."""

    sha_256: str
    size: int
    studies: int
    token: str | None
    day: str


@dataclass
class KeptPages:
    """The pages in ``folder`` of one ``question``, in their order; and how many studies in all."""

    folder: Path
    question: dict[str, Any]
    pages: list[PageKept] = field(default_factory=list)
    total: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether the last page has come."""
        return bool(self.pages) and self.pages[-1].token is None

    @property
    def studies(self) -> int:
        """Return how many studies have come."""
        return sum(page.studies for page in self.pages)

    @property
    def size(self) -> int:
        """Return how many bytes have come."""
        return sum(page.size for page in self.pages)

    @property
    def day(self) -> Date:
        """Return the day on which the last page came."""
        return Date.fromisoformat(self.pages[-1].day)

    def add(self, raw: bytes, page: AnsweredPage, day: Date) -> None:
        """Keep a page: first its file, and only then that it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file(len(self.pages)).write_bytes(raw)
        digest = hashlib.sha256(raw).hexdigest()
        if not self.pages:
            self.total = page.total or 0
        self.pages.append(
            PageKept(digest, len(raw), len(page.studies), page.token, day.isoformat())
        )
        self._write_state()

    def clear(self) -> None:
        """Forget everything that has come."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.pages.clear()
        self.total = 0

    def read(self) -> Iterator[AnsweredPage]:
        """Yield every page again, from its file."""
        for number in range(len(self.pages)):
            place = f"{self.folder}, page {number + 1}"
            yield read_page(self._file(number).read_bytes(), place, is_first=number == 0)

    def join(self, target: Path) -> None:
        """Write all studies into one page at ``target``, a study to a line."""
        lines = [json.dumps(study) for page in self.read() for study in page.studies]
        whole = f'{{"totalCount": {self.total}, "studies": [\n' + ",\n".join(lines) + "\n]}\n"
        staging = target.with_name(f".{target.name}-new")
        target.parent.mkdir(parents=True, exist_ok=True)
        staging.write_text(whole, "utf-8")
        staging.replace(target)

    def _file(self, number: int) -> Path:
        return self.folder / f"page-{number + 1:04d}.json"

    def _write_state(self) -> None:
        """Replace the state at once: whoever is stopped here leaves the old one or the new one."""
        state = {
            "format": FORMAT,
            "question": self.question,
            "total": self.total,
            "pages": [vars(page) for page in self.pages],
        }
        staging = self.folder / f".{STATE}-new"
        staging.write_text(json.dumps(state, indent=1), "utf-8")
        staging.replace(self.folder / STATE)


def kept_pages(below: Path, question: dict[str, Any], today: Date) -> KeptPages:
    """Return what has come of ``question``, in a folder of its own ``below``.

    Pages from the first that is damaged on are left out. What was begun before yesterday is left
    out whole: a registry changes every day, and its page tokens do not last.
    """
    digest = hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
    kept = KeptPages(below / digest[:16], question)
    try:
        state = json.loads((kept.folder / STATE).read_bytes())
        pages = [PageKept(**page) for page in state["pages"]]
        days = [Date.fromisoformat(page.day) for page in pages]
        if (state["format"], state["question"]) != (FORMAT, question):
            return kept
        kept.total = int(state["total"])
    except (OSError, ValueError, KeyError, TypeError):
        return kept
    if not days or not 0 <= (today - days[0]).days <= 1:
        return kept
    for number, page in enumerate(pages):
        try:
            raw = kept._file(number).read_bytes()  # noqa: SLF001 - this module's own
        except OSError:
            break
        if hashlib.sha256(raw).hexdigest() != page.sha_256:
            break
        kept.pages.append(page)
    return kept
