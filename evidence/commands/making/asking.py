"""What Crossref and PubMed know of a paper, asked politely."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from evidence import __version__
from evidence.commands.making.items import Item, NotReadableError
from evidence.commands.making.references import items_of

if TYPE_CHECKING:
    from evidence.read.sources import Sources

# Where an item in CSL-JSON is asked for; (id) is what is asked for
CROSSREF = "https://api.crossref.org/works/(id)/transform/application/vnd.citationstyles.csl+json"
PUBMED = "https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1/pubmed/?format=csl&id=(id)"
PATIENCE = 20  # seconds
MOST_BYTES = 2_000_000


class NotKnownError(Exception):
    """Raised when nothing could be learnt; says why."""


class Response(Protocol):
    """What came back."""

    def read(self, amount: int, /) -> bytes:
        """Return its bytes, ``amount`` at most."""


def agent(sources: Sources) -> str:
    """Return who asks, with the way to reach whoever runs the site: what both services ask for."""
    import yaml  # noqa: PLC0415

    from evidence.model.written import MAIL  # noqa: PLC0415

    try:
        site = yaml.safe_load(sources.texts.get("data/site.yaml", ""))
    except yaml.YAMLError:
        site = None
    known: dict[str, Any] = site if isinstance(site, dict) else {}
    report = str(known.get("report", ""))
    contact = (
        f"mailto:{report}"
        if MAIL.fullmatch(report)
        else known.get("address") or known.get("repository")
    )
    told = f" ({contact})" if contact else ""
    return f"evidence-site/{__version__}{told}"


def learnt(pattern: str, name: str, agent_name: str) -> Item:
    """Return what a service knows of a paper; raises NotKnownError where that is nothing."""
    address = pattern.replace("(id)", quote(name, safe=""))
    request = urllib.request.Request(  # noqa: S310 - an address of ours, or one that was typed
        address, headers={"User-Agent": agent_name, "Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            text = response.read(MOST_BYTES).decode("utf-8")
        return items_of(text)[0]
    except urllib.error.HTTPError as error:
        message = (
            f"'{name}' is not known there" if error.code == 404 else f"it answered {error.code}"
        )
        raise NotKnownError(message) from error
    except (OSError, UnicodeError, NotReadableError, IndexError) as error:
        reason = getattr(error, "reason", None) or error
        raise NotKnownError(f"{reason}") from error
