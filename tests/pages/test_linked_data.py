"""What pages say in the words of schema.org is what schema.org allows, and what the pages print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from evidence.model.bibliography import Name
from evidence.pages.linked_data import RATINGS, of_source, written
from evidence.run import Built
from tests.projects import GALLERY, build_in_memory, change, make_project

TABLE = json.loads((Path(__file__).parent / "schema_org.json").read_text("utf-8"))
TYPES, LISTS = TABLE["types"], TABLE["lists"]
ADDRESS = "https://example.org/colds/"
FULL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Node = dict[str, Any]


@cache
def kinds_of(name: str) -> frozenset[str]:
    """Return a type and all that it is part of."""
    wider = (kinds_of(parent) for parent in TYPES[name]["parents"])
    return frozenset({name}).union(*wider)


def allowed(name: str) -> dict[str, list[str]]:
    """Return the properties that a type may have, with what each may hold."""
    found: dict[str, list[str]] = {}
    for kind in kinds_of(name):
        for key, holds in TYPES[kind]["properties"].items():
            found.setdefault(key, []).extend(holds)
    return found


def wrong(node: Node, where: str = "") -> Iterator[str]:
    """Yield what schema.org does not allow of a node."""
    kind = str(node.get("@type"))
    if kind not in TYPES:
        yield f"{where}: no type {kind}"
        return
    properties = allowed(kind)
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in properties:
            yield f"{where}{kind} has no {key}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from wrong_value(each, properties[key], f"{where}{kind}.{key}")


def wrong_value(value: object, holds: list[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.keys() == {"@id"}:
            return
        yield from wrong(value, f"{where}/")
        kind = str(value.get("@type"))
        if kind in TYPES and not kinds_of(kind) & set(holds):
            yield f"{where} holds {holds}, not {kind}"
    elif isinstance(value, bool):
        if "Boolean" not in holds:
            yield f"{where} holds {holds}, not {value}"
    elif isinstance(value, int):
        if not {"Integer", "Number"} & set(holds):
            yield f"{where} holds {holds}, not {value}"
    elif not fits(str(value), holds):
        yield f"{where} holds {holds}, not {value!r}"


def fits(text: str, holds: list[str]) -> bool:
    """Tell whether a text is what a property may hold: a text, an address, a date, a member of a list."""
    if not text:
        return False
    listed = any(text in LISTS.get(name, ()) for name in holds)
    date = bool({"Date", "DateTime"} & set(holds)) and FULL_DATE.fullmatch(text) is not None
    return listed or date or bool({"Text", "URL"} & set(holds))


def data_of(built: Built, path: str) -> Node | None:
    tree = html.fromstring(built.site.files[path])
    blocks = tree.xpath("//script[@type='application/ld+json']/text()")
    assert len(blocks) <= 1, path
    return dict(json.loads(blocks[0])) if blocks else None


def nodes(node: object) -> Iterator[Node]:
    """Yield a node and all inside it."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for each in node:
            yield from nodes(each)


def test_the_check_finds_what_schema_org_does_not_allow() -> None:
    good = {"@type": "MedicalTrial", "name": "T", "trialDesign": ["RandomizedTrial"]}
    assert list(wrong(good)) == []
    for bad in (
        {"@type": "MedicalTrail"},
        {"@type": "MedicalTrial", "phase": "2"},
        {"@type": "MedicalTrial", "trialDesign": "Randomised"},
        {"@type": "MedicalTrial", "sponsor": {"@type": "Country", "name": "X"}},
        {"@type": "MedicalWebPage", "lastReviewed": "last May"},
        {"@type": "Dataset", "isAccessibleForFree": 1},
        {"@type": "ListItem", "position": True},
    ):
        assert len(list(wrong(bad))) == 1, bad


@pytest.mark.parametrize("name", ["gallery_site", "minimal_site", "real_site"])
def test_every_page_says_what_schema_org_allows(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    problems, without = [], set()
    for path in built.site.pages():
        node = data_of(built, path)
        if node is None:
            without.add(path)
            continue
        assert node["@context"] == "https://schema.org"
        problems += [f"{path}: {problem}" for problem in wrong(node)]
        named = {each["@id"] for each in nodes(node) if each.keys() > {"@id"}}
        meant = {each["@id"] for each in nodes(node) if each.keys() == {"@id"}}
        assert {name for name in meant if name.startswith("#")} == named, path
    assert problems == []
    told = {path for path in without if not path.startswith(("figures/", "guide/"))}
    assert told <= {
        "404.html"
    }  # figures say it on the pages that show them; the guide is for editors


def test_the_kinds_of_page_say_what_they_are(gallery_site: Built) -> None:
    found = {}
    for path in gallery_site.site.pages():
        node = data_of(gallery_site, path) or {}
        main = node.get("mainEntity")
        found[path] = node.get("@type"), main.get("@type") if isinstance(main, dict) else None
    assert found["index.html"] == ("WebSite", None)
    assert found["about.html"] == ("WebPage", None)
    assert found["remedies/honey.html"] == ("MedicalWebPage", None)
    assert found["studies/honey-2019.html"] == ("MedicalWebPage", "MedicalTrial")
    assert found["trials/nct00000001.html"] == ("WebPage", "MedicalTrial")
    assert found["sources/honey-2019.html"] == ("WebPage", "ScholarlyArticle")
    assert found["sources/rest-2020.html"] == ("WebPage", "CreativeWork")
    assert found["registry/register-2022.html"] == ("WebPage", "Dataset")


def test_a_topic_says_when_it_was_reviewed_and_not_that_it_was_changed(
    gallery_site: Built,
) -> None:
    node = data_of(gallery_site, "remedies/honey.html") or {}
    assert node["lastReviewed"] == "2025-05"
    assert "dateModified" not in node
    steps = [
        (step["name"], step.get("item", {}).get("@id"))
        for step in node["breadcrumb"]["itemListElement"]
    ]
    assert steps[0] == ("Home", f"{ADDRESS}index.html")
    assert steps[-1] == ("Honey", None)


def test_only_a_page_that_somebody_reviewed_says_so(gallery_site: Built) -> None:
    reviewed = {
        page.address
        for page in gallery_site.report.pages.values()
        if page.front.reviewed and page.front.kind in {"topic", "section"}
    }
    said = {
        path
        for path in gallery_site.site.pages()
        if "lastReviewed" in (data_of(gallery_site, path) or {})
    }
    assert said == reviewed


def test_an_entry_of_a_ledger_is_a_review_with_its_verdict(gallery_site: Built) -> None:
    (ledger,) = gallery_site.report.ledgers.values()
    node = data_of(gallery_site, "claims/newspaper.html") or {}
    by_id = {each["@id"]: each for each in node["mentions"]}
    assert len(node["hasPart"]) == len(ledger.claims)
    for review, claim in zip(node["hasPart"], ledger.claims.values(), strict=True):
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"] == claim.says
        assert review["url"] == f"{ADDRESS}claims/newspaper.html#{claim.id}"
        assert by_id[review["author"]["@id"]]["name"] == gallery_site.report.site.title
        claimed = by_id[review["itemReviewed"]["@id"]]
        assert claimed["appearance"]["name"] == gallery_site.report.sources["newspaper"].title
        rating = by_id[review["reviewRating"]["@id"]]
        assert rating.get("ratingValue") == RATINGS.get(claim.verdict)
        if claim.verdict == "cannot-be-checked":
            assert rating.keys() == {"@id", "@type", "alternateName"}
        else:
            assert (rating["worstRating"], rating["bestRating"]) == (1, 4)


def test_a_status_that_is_too_old_to_be_believed_is_left_out(
    gallery_site: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = "trials/nct00000001.html"
    assert "status" not in (data_of(gallery_site, path) or {})["mainEntity"]
    project = make_project(tmp_path_factory.mktemp("old"), GALLERY)
    change(project, "data/trials/nct00000001.yaml", "as-of: 2021-04", "as-of: 2026-10")
    lately = build_in_memory(project)
    assert (data_of(lately, path) or {})["mainEntity"]["status"] == "Recruiting"


def test_a_changed_value_changes_in_both_places(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = make_project(tmp_path_factory.mktemp("title"), GALLERY)
    change(project, "data/sources/rest-2020.yaml", "Rest in adults", "Sleep in adults")
    built = build_in_memory(project)
    assert (data_of(built, "sources/rest-2020.html") or {})["mainEntity"]["name"].startswith(
        "Sleep"
    )
    assert "Sleep in adults" in built.site.files["sources/rest-2020.html"].decode()


def test_others_who_are_not_named_are_no_author(gallery_site: Built) -> None:
    (known,) = [
        source for source in gallery_site.report.sources.values() if source.id == "rest-2020"
    ]
    names = (Name(given="Ann", family="Lee"), Name(literal="and others"))
    source = known.model_copy(update={"author": names})
    assert of_source(source)["author"] == [{"@type": "Person", "name": "Ann Lee"}]


@pytest.mark.parametrize("text", ["</script><script>x()</script>", "<!--", "\u2028", 'it\'s "so"'])
def test_nothing_in_the_data_can_end_it(text: str) -> None:
    block = written({"name": text})
    assert "<" not in block
    assert "\u2028" not in block
    assert json.loads(block)["name"] == text
