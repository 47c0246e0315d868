"""The pictures beside links to pages, where somebody shares them.

Pages that answer something have one of their own: the home page, sections and topics, studies with a
result, figures. All others share the site's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from evidence.figures.drawing import Drawings
from evidence.figures.preview import Preview, PreviewBar, preview
from evidence.finished.file import File
from evidence.model.design import SINGLE_ARM
from evidence.model.page import Page
from evidence.model.study import Study
from evidence.pages.main_result import MainResult
from evidence.pages.press import press_of
from evidence.pages.studies import main_of
from evidence.pages.view import PICTURED, SHARED_PICTURE, Given, Workshop, picture_of
from evidence.prose.templating import sentence
from evidence.store import Later, Made, Store

AT_A_TIME = 4  # pictures that a worker is handed


def previews(given: Given, drawings: Drawings, store: Store) -> dict[str, File | bytes]:
    """Return every picture by its path. One that was drawn before is not drawn again."""
    planned = store.keep(planned_previews, of=given).card
    values = [
        (_revived(shown), Later(digest, partial(_drawing, drawings, figure)))
        for _, shown, figure, digest in planned
    ]
    kept = store.keep_all(preview, values, share=AT_A_TIME)
    return {
        path: File(picture.digest, picture.body)
        for (path, *_), picture in zip(planned, kept, strict=True)
    }


def _drawing(drawings: Drawings, figure: str) -> bytes:
    return drawings.form(figure, "wide") if figure else b""


def planned_previews(given: Given) -> Made:
    """Return every picture: its path, what it shows, and the figure in it with its SHA-256, or nothing."""
    drawings = given.drawings
    if not isinstance(drawings, Drawings):
        raise TypeError("pictures are planned where figures are drawn")
    return Made(
        [
            (path, shown, figure, drawings.digest(figure, "wide") if figure else "")
            for path, shown, figure in _planned(press_of(given).workshop)
        ]
    )


def _revived(shown: dict[str, object]) -> Preview:
    return Preview(**{**shown, "bars": tuple(PreviewBar(**bar) for bar in shown["bars"])})  # type: ignore[arg-type, attr-defined]


def _planned(workshop: Workshop) -> Iterator[tuple[str, Preview, str]]:
    report, site = workshop.report, workshop.report.site
    yield SHARED_PICTURE, Preview(site.title, "", site.title, site.description), ""
    for page in report.pages.values():
        if page.front.kind in PICTURED:
            yield picture_of(page.address), _of_page(workshop, page), _figure_of(workshop, page)
    for study in report.studies.values():
        main = main_of(workshop, study)
        if main is not None:
            yield picture_of(f"studies/{study.id}.html"), _of_study(workshop, study, main), ""
    for name, result in workshop.results.figures.items():
        shown = Preview(site.title, "", result.title, result.subtitle)
        yield picture_of(f"figures/{name}.html"), shown, name


def _of_page(workshop: Workshop, page: Page) -> Preview:
    """Return what the picture of a written page shows: its answer; for home that of the first question."""
    writer, front = workshop.writer(page.address), page.front
    site = workshop.report.site.title
    if front.questions:
        first = front.questions[0]
        return Preview(site, "", writer.plain(first.question), writer.plain(first.answer))
    words = writer.plain(front.answer or front.description or "")
    return Preview(site, workshop.section_title(page.section), workshop.titles[page.id], words)


def _figure_of(workshop: Workshop, page: Page) -> str:
    """Return the figure that a page shows first, where no answer in words stands above it."""
    answered = page.front.answer or page.front.questions
    return next(iter(workshop.uses.figures_of_page[page.id]), "") if not answered else ""


def _of_study(workshop: Workshop, study: Study, main: MainResult) -> Preview:
    """Return what the picture of a study shows: its main result, in whom and when, and who had it."""
    finding = main.finding
    said = [sentence(part) for part in (finding.population, finding.time) if part]
    if study.design.kind in SINGLE_ARM or study.design.control == "none":
        said.insert(
            0,
            f"It {workshop.report.vocabularies.wording.gave} to everybody: nobody to compare with",
        )
    bars = tuple(
        PreviewBar(
            ": ".join(part for part in (bar.group, bar.label) if part),
            f"{bar.count} ({bar.share})",
            bar.percent,
            bar.ends,
        )
        for bar in main.bars
    )
    lines = ["Thin lines: 95% confidence intervals"] if any(bar.ends for bar in main.bars) else []
    words = ". ".join([*said, *map(sentence, main.said), *lines])
    kicker = f"{study.short}: {main.kind.lower()}"
    return Preview(workshop.report.site.title, kicker, sentence(finding.measure), words, bars)
