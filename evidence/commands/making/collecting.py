"""New sources: from a file of a reference manager, a DOI, a number of PubMed, or what is typed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from evidence.commands.making.asking import CROSSREF, PUBMED, NotKnownError, agent, learnt
from evidence.commands.making.items import Item, NotReadableError, cleaned, id_of
from evidence.commands.making.questions import Names
from evidence.commands.making.references import items_of
from evidence.commands.making.session import NothingWrittenError, ask_answers, ask_name, put
from evidence.commands.making.sources import SourceAnswers, source_text
from evidence.commands.verb import Surroundings
from evidence.problems import did_you_mean

OF_ITEMS = ("title", "short", "kind")  # what an item says itself


def write_sources(
    asked: argparse.Namespace, root: Path, names: Names, surroundings: Surroundings
) -> Iterator[str]:
    """Write a file for each item that is not there yet, and yield their paths."""
    items = _items(asked, names, surroundings)
    known = items[0].get("title") or len(items) > 1
    answers = ask_answers(asked, names, surroundings, OF_ITEMS if known else ())
    own = SourceAnswers(*(answers[name] for name in ("short", "kind", "part", "read", "extent")))
    taken = {*names.of("source")}
    for read in items:
        item = read if read.get("title") else read | {"title": answers["title"]}
        name = asked.name if asked.name and len(items) == 1 else id_of(item)
        same = _held(item, names)
        if not name or name in taken or same:
            file = same or f"data/sources/{name}.yaml"
            why = (
                f"{file} stands there already"
                if name
                else "it has no author, title or year: say its name"
            )
            surroundings.tell(f"'{item.get('title', '')[:60]}' is left out: {why}.")
            continue
        taken.add(name)
        yield put(root, f"data/sources/{name}.yaml", source_text(item, own), new=True)


def _held(item: Item, names: Names) -> str:
    """Return the file of a source that has the DOI of an item, or nothing."""
    doi = item.get("DOI", "").lower()
    files = names.sources.below("data/sources/", ".yaml") if doi else ()
    return next((file for file in files if doi in names.sources.texts.get(file, "").lower()), "")


def _items(asked: argparse.Namespace, names: Names, surroundings: Surroundings) -> list[Item]:
    exported: str | None = getattr(asked, "from")
    if not exported:
        return [_item(asked, names, surroundings)]
    try:
        items = items_of(Path(exported).read_text("utf-8"))
    except OSError as error:
        message = f"'{exported}' cannot be opened: {(error.strerror or 'unknown').lower()}"
        raise NothingWrittenError(message) from error
    except UnicodeError as error:
        message = f"'{exported}' is not text in UTF-8: export it again as UTF-8"
        raise NothingWrittenError(message) from error
    except NotReadableError as error:
        message = f"'{exported}' cannot be read: {error}"
        raise NothingWrittenError(message) from error
    if not asked.key:
        return items
    chosen = [item for item in items if item.get("id") == asked.key]
    if not chosen:
        keys = [item.get("id", "") for item in items]
        hint = did_you_mean(asked.key, keys, f"It has: {', '.join(keys[:10])}.")
        message = f"'{exported}' has no entry '{asked.key}'. {hint}"
        raise NothingWrittenError(message)
    return chosen


def _item(asked: argparse.Namespace, names: Names, surroundings: Surroundings) -> Item:
    """Return what is known of one source, from a service where there is one to ask."""
    number = asked.doi or asked.pmid
    if not number:
        if not asked.name and surroundings.ask is None:
            raise NothingWrittenError("say its name, or --from FILE, --doi DOI or --pmid NUMBER")
        asked.name = asked.name or ask_name("source", surroundings)
        return {"title": ""}
    own = cleaned({"DOI": asked.doi, "PMID": asked.pmid, "type": "article-journal"})
    own["URL"] = (
        f"https://doi.org/{own['DOI']}"
        if asked.doi
        else f"https://pubmed.ncbi.nlm.nih.gov/{asked.pmid}/"
    )
    pattern = asked.address or (CROSSREF if asked.doi else PUBMED)
    is_local = pattern.startswith(("http://127.0.0.1:", "http://localhost:"))
    if asked.offline or (surroundings.environment.get("CI") and not is_local):
        return own
    try:
        found = learnt(pattern, own["DOI"] if asked.doi else asked.pmid, agent(names.sources))
    except NotKnownError as error:
        surroundings.tell(f"Nothing could be learnt of {number}: {error}. Fill in what is missing.")
        return own
    return own | found
