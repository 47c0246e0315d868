"""An edition as PDF: set by WeasyPrint, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.figures.fonts import FOLDER as SANS
from evidence.files.editions.chapter import FIGURE
from evidence.files.editions.edition import composed, html_of
from evidence.files.editions.tags import mend
from evidence.pages.filling import refused
from evidence.problems import ProblemsFoundError
from evidence.store import Made, content_key

VARIANT = "pdf/ua-1"
BASE = "evidence:edition/"  # of every name in the HTML and in the style sheet; nothing is fetched from elsewhere
FONTS = (SANS, Path(__file__).parent / "fonts")


def pdf_edition(fields: Mapping[str, Any], *pages: bytes) -> Made:
    """Return an edition as PDF: see ``Imprint`` for its ``fields``. Its card is the number of pages."""
    import weasyprint  # noqa: PLC0415 - takes half a second, and is there only for editions
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    edition = composed(fields, pages)
    try:
        written = html_of(edition)
    except ProblemsFoundError as error:
        return refused(error)
    fetcher = _fetcher({f"{FIGURE}{name}": drawn for name, drawn in edition.figures.items()})
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=edition.imprint.sheet, base_url=BASE, url_fetcher=fetcher, font_config=fonts
    )
    page = weasyprint.HTML(string=written, base_url=BASE, url_fetcher=fetcher)
    options = {"pdf_variant": VARIANT, "pdf_identifier": content_key(fields, *pages)[:32].encode()}
    document = page.render(font_config=fonts, stylesheets=[sheet], **options)
    return Made(len(document.pages), document.write_pdf(finisher=mend, **options))


def _fetcher(figures: Mapping[str, str]) -> Any:
    """Return what hands drawings and fonts to WeasyPrint, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - as it is called
            if url in figures:
                return URLFetcherResponse(url, figures[url], {"Content-Type": "image/svg+xml"})
            name = url.removeprefix(BASE)
            for folder in FONTS:
                if (folder / name).is_file() and "/" not in name:
                    raw = (folder / name).read_bytes()
                    return URLFetcherResponse(url, raw, {"Content-Type": "font/ttf"})
            raise ValueError(f"'{url}' is no part of this edition")

    return OwnFetcher()
