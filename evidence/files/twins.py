"""Pages as Markdown beside the pages, and llms.txt, which lists them for programs that read text."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.finished.file import File
from evidence.finished.markdown_twin import markdown_twin
from evidence.finished.site import FinishedSite
from evidence.model.open_data import TABLES
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.numbers.results import Results
from evidence.pages.head import TWINNED, twin_of
from evidence.pages.open_data import DATABASE, PACKAGE
from evidence.prose.plain_text import plain_text
from evidence.store import Later, Store

AT_A_TIME = 12  # pages that a worker is handed
LIST = "llms.txt"


def twins(site: FinishedSite, results: Results, store: Store) -> dict[str, File | bytes]:
    """Return every page that has one as Markdown, by path, and the list of them."""
    report = results.report
    base = f"{report.site.address.rstrip('/')}/" if report.site.address else ""
    addresses = [*_written(report), *(f"studies/{name}.html" for name in report.studies)]
    values = []
    for address in addresses:
        page = site.files.by_path[address]
        named = f"{base}{address}" if base else address.rpartition("/")[2]
        values.append((Later(page.digest, page.read), named))
    kept = store.keep_all(markdown_twin, values, share=AT_A_TIME)
    files: dict[str, File | bytes] = {
        twin_of(address): File(twin.digest, twin.body)
        for address, twin in zip(addresses, kept, strict=True)
    }
    return files | {LIST: "".join(_list(results, base)).encode()}


def _written(report: Report) -> Iterator[str]:
    for page in report.pages.values():
        if page.front.kind in TWINNED:
            yield page.address


def _list(results: Results, base: str) -> Iterator[str]:
    """Yield the lines of llms.txt: name, description, and links in parts."""
    report = results.report
    site = report.site
    yield f"# {site.title}\n\n> {site.description}\n\n"
    yield (
        "Every number on these pages has its source and the place in it, as a footnote or beside it in a table. "
        "Each page listed here is the Markdown of the HTML page with the same name.\n"
    )
    sections = {section.id: section.title for section in site.sections}
    groups: dict[str, list[Page]] = {}
    for page in sorted(report.pages.values(), key=lambda page: (page.front.order, page.id)):
        if page.front.kind in TWINNED:
            groups.setdefault(sections.get(page.section, "About this site"), []).append(page)
    for title in [*sections.values(), "About this site"]:
        if title in groups:
            yield f"\n## {title}\n\n"
            yield from (_line(results, page, base) for page in groups[title])
    yield "\n## Data\n\n"
    yield f"- [Data package]({base}{PACKAGE}): what each table and column is (Frictionless)\n"
    yield f"- [Database]({base}{DATABASE}): all tables in one file (SQLite)\n"
    for table in TABLES:
        yield f"- [{table.title}]({base}{table.path}): a row for each {table.row} (CSV)\n"
    yield f"- [Sources]({base}downloads/sources.json): every source (CSL-JSON)\n"
    if report.studies:
        yield "\n## Optional\n\n"
        for study in sorted(report.studies.values(), key=lambda study: study.title.lower()):
            yield f"- [{_plain(study.title)}]({base}studies/{study.id}.md)\n"


def _line(results: Results, page: Page, base: str) -> str:
    def said(prose: str | None) -> str:
        return plain_text(prose or "", results.report, results.findings)

    about = said(page.front.answer or page.front.description)
    link = f"- [{_plain(said(page.front.title))}]({base}{twin_of(page.address)})"
    return f"{link}: {about}\n" if about else f"{link}\n"


def _plain(title: str) -> str:
    return title.replace("[", "(").replace("]", ")")
