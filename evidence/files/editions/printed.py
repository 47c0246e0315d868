"""An edition as PDF: set by WeasyPrint, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.figures.fonts import FOLDER as SANS
from evidence.files.editions.chapter import FIGURE, PICTURE
from evidence.files.editions.edition import composed, html_of
from evidence.files.editions.tags import mend
from evidence.pages.filling import refused
from evidence.problems import ProblemsFoundError
from evidence.store import Made, content_key

VARIANT = "pdf/ua-1"
BASE = "evidence:edition/"  # of every name in the HTML and in the style sheet; nothing is fetched from elsewhere
KINDS = {"jpg": "image/jpeg", "png": "image/png"}  # of pictures; a drawing has no ending
FONTS = (SANS, Path(__file__).parent / "fonts")


def pdf_edition(fields: Mapping[str, Any], *parts: bytes) -> Made:
    """Return an edition as PDF: see ``Imprint`` for its ``fields``, ``composed`` for its ``parts``. Its card is the number of pages."""
    import weasyprint  # noqa: PLC0415 - takes half a second, and is there only for editions
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    edition = composed(fields, parts)
    try:
        written = html_of(edition)
    except ProblemsFoundError as error:
        return refused(error)
    drawings: dict[str, str | bytes] = {
        f"{FIGURE}{name}": drawn for name, drawn in edition.figures.items()
    }
    fetcher = _fetcher(
        drawings | {f"{PICTURE}{address}": raw for address, raw in edition.pictures.items()}
    )
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=edition.imprint.sheet, base_url=BASE, url_fetcher=fetcher, font_config=fonts
    )
    page = weasyprint.HTML(string=written, base_url=BASE, url_fetcher=fetcher)
    options = {"pdf_variant": VARIANT, "pdf_identifier": content_key(fields, *parts)[:32].encode()}
    document = page.render(font_config=fonts, stylesheets=[sheet], **options)
    return Made(len(document.pages), document.write_pdf(finisher=mend, **options))


def _fetcher(figures: Mapping[str, str | bytes]) -> Any:
    """Return what hands drawings, pictures and fonts to WeasyPrint, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - as it is called
            if url in figures:
                kind = KINDS.get(url.rpartition(".")[2], "image/svg+xml")
                return URLFetcherResponse(url, figures[url], {"Content-Type": kind})
            name = url.removeprefix(BASE)
            for folder in FONTS:
                if (folder / name).is_file() and "/" not in name:
                    raw = (folder / name).read_bytes()
                    return URLFetcherResponse(url, raw, {"Content-Type": "font/ttf"})
            raise ValueError(f"'{url}' is no part of this edition")

    return OwnFetcher()
