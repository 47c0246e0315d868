"""What a page says in the words of schema.org (JSON-LD), from the same values that it prints.

It claims no more than the page: a page was reviewed only where somebody recorded that, a verdict has a number
only where the scale has a place for it, and what nobody stated is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from evidence.model.claim import VERDICTS, Claim
from evidence.model.design import Design, DesignKind
from evidence.model.page import Page
from evidence.model.registries import registry_of
from evidence.model.site import Site
from evidence.model.source import Source
from evidence.model.source_reading import UNNAMED
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.status import Status

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Node = dict[str, Any]
# The kinds of design that are trials, and those that only watch, each with its word for it where there is one
TRIALS: dict[DesignKind, str] = {
    "randomised-controlled-trial": "RandomizedTrial",
    "non-randomised-controlled-trial": "",
    "single-arm-trial": "",
    "registered-trial": "",
}
OBSERVED: dict[DesignKind, str] = {
    "cohort": "CohortStudy",
    "case-series": "CaseSeries",
    "case-report": "Observational",
    "registry-analysis": "Registry",
}
STUDIED: set[DesignKind] = {"systematic-review", "own-analysis", "expanded-access", "not-stated"}
BLINDED = {"double": "DoubleBlindedTrial", "single": "SingleBlindedTrial", "open": "OpenTrial"}
CENTRES = {"one": "SingleCenterTrial", "many": "MultiCenterTrial"}
STATUSES = {
    "not-yet-recruiting": "NotYetRecruiting",
    "recruiting": "Recruiting",
    "enrolling-by-invitation": "EnrollingByInvitation",
    "active-not-recruiting": "ActiveNotRecruiting",
    "completed": "Completed",
    "suspended": "Suspended",
    "terminated": "Terminated",
    "withdrawn": "Withdrawn",
}
# The place of a verdict on a scale from worst to best; what cannot be checked has none
RATINGS = {"contradicted": 1, "not-supported": 2, "supported-with-a-caveat": 3, "supported": 4}
FORMATS = {"csv": "text/csv", "json": "application/json", "sqlite": "application/vnd.sqlite3"}
WRITINGS = {"news": "NewsArticle", "popular-article": "Article", "blog": "BlogPosting",
            "web-page": "WebPage", "registry-record": "WebPage", "regulator-page": "WebPage"}  # fmt: skip


def written(node: Node) -> str:
    """Return a node as it stands in a page: nothing in it can end the script that it stands in."""
    text = json.dumps({"@context": CONTEXT, **node}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def page_node(site: Site, shared: Node, steps: Sequence[tuple[str, str]], own: Node) -> Node:
    """Return the node of a page: its site, the ``steps`` that lead to it, what all say, and its ``own``.

    ``shared`` is what it has in common with all pages: its name, its address, its day.
    """
    node: Node = {"@type": "WebPage", **shared, "inLanguage": site.language}
    if "lastReviewed" in own:
        del node["dateModified"]
    if steps:
        node["breadcrumb"] = breadcrumbs(steps)
    if own.get("@type") != "WebSite":
        node["isPartOf"] = {"@type": "WebSite", "name": site.title}
    return filled({**node, **own})


def filled(node: Node) -> Node:
    """Return a node without what it says nothing of."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {}, ())}


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Node:
    """Return the way from home to a page: names, and where each leads; the page itself needs no link."""
    entries = [
        {
            "@type": "ListItem",
            "position": place,
            "name": name,
            **({"item": {"@id": link}} if link else {}),
        }
        for place, (name, link) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": entries}


def of_written(page: Page, words: Vocabularies, site: Site) -> Node:
    """Return what a page that an editor wrote says of itself beside its name."""
    front = page.front
    if front.kind == "home":
        return {"@type": "WebSite", "name": site.title, "description": site.description}
    if front.kind not in {"topic", "section"}:
        return {}
    about = [condition(words, name) for name in front.conditions]
    return filled(
        {
            "@type": "MedicalWebPage",
            "lastReviewed": str(front.reviewed or ""),
            "about": about,
            "license": LICENCE,
        }
    )


def condition(words: Vocabularies, name: str) -> Node:
    """Return a condition of the closed list."""
    return {"@type": "MedicalCondition", "name": words.conditions[name].title}


def code(written: str) -> Node:
    """Return the id of a record in a registry."""
    registry = registry_of(written)
    system = registry.title if registry else ""
    return filled({"@type": "MedicalCode", "codeValue": written, "codingSystem": system})


def of_study(study: Study, sources: Iterable[Source], words: Vocabularies) -> Node:
    """Return what the page of a study says: the study, and the papers that it was read in."""
    kind = study.design.kind
    cell = study.intervention and words.cells.get(study.intervention.cell)
    node = {
        **_kind_of_study(study.design),
        "name": study.short,
        "description": study.title if study.title != study.short else "",
        "healthCondition": condition(words, study.condition),
        "studySubject": {"@type": "MedicalTherapy", "name": cell.title} if cell else None,
        "code": [code(written) for written in study.registry],
        "subjectOf": [of_source(source) for source in sources],
    }
    is_study = kind in {*TRIALS, *OBSERVED, *STUDIED}
    own = {"mainEntity": filled(node)} if is_study else {"about": node["healthCondition"]}
    return filled({"@type": "MedicalWebPage", "license": LICENCE, **own})


def _kind_of_study(design: Design) -> Node:
    if design.kind in OBSERVED:
        return {"@type": "MedicalObservationalStudy", "studyDesign": OBSERVED[design.kind]}
    if design.kind not in TRIALS:
        return {"@type": "MedicalStudy"}
    designs = [
        TRIALS[design.kind],
        BLINDED.get(design.blinding, ""),
        "PlaceboControlledTrial" if design.control == "placebo" else "",
        CENTRES.get(design.centres, ""),
    ]
    return {"@type": "MedicalTrial", "trialDesign": [design for design in designs if design]}


def of_trial(trial: Trial, status: Status | None, words: Vocabularies, record: str | None) -> Node:
    """Return what the page of a trial says; a status that is too old to be believed is left out."""
    word = "" if status is None or status.old else status.word
    sponsor = trial.value("sponsor")
    cell = trial.value("cell")
    node = {
        "@type": "MedicalTrial",
        "name": trial.name,
        "code": [code(written) for written in (trial.registry_id, *trial.other_ids) if written],
        "healthCondition": condition(words, trial.condition),
        "studySubject": {"@type": "MedicalTherapy", "name": words.cells[cell].title}
        if cell
        else None,
        "status": STATUSES.get(word, words.statuses[word].title if word else None),
        "sponsor": {"@type": "Organization", "name": sponsor} if sponsor else None,
        "studyLocation": [
            {"@type": "Country", "name": words.countries[name].title}
            for name in trial.value("countries") or ()
        ],
        "sameAs": record,
    }
    return {"mainEntity": filled(node)}


def of_source(source: Source) -> Node:
    """Return a source: what it is called, who wrote it and when, and where it stands."""
    node = {
        "@type": "ScholarlyArticle"
        if source.is_paper
        else WRITINGS.get(source.kind, "CreativeWork"),
        "name": source.title,
        "author": _authors(source),
        "datePublished": str(source.issued or ""),
        "isPartOf": {"@type": "Periodical", "name": source.container_title}
        if source.is_paper and source.container_title
        else None,
        "publisher": {"@type": "Organization", "name": source.publisher}
        if source.publisher
        else None,
        "pagination": source.page if source.is_paper else None,
        "sameAs": f"https://doi.org/{source.doi}" if source.doi else source.url,
        "creativeWorkStatus": "Retracted"
        if source.retraction and source.retraction.state == "retracted"
        else None,
    }
    return filled(node)


def _authors(source: Source) -> list[Node]:
    """Return who wrote a source. Where others are not named, those who are stand alone."""
    return [
        {"@type": "Organization", "name": name.literal}
        if name.literal
        else {
            "@type": "Person",
            "name": name.spoken,
        }
        for name in source.author
        if name.literal not in UNNAMED
    ]


def of_claims(
    claims: Iterable[tuple[str, Claim]], document: Source, site: Site, dated: str
) -> Node:
    """Return the entries of a ledger as reviews of claims, each with where it stands on the page.

    The site is the reviewer; the scale is that of its verdicts, from contradicted to supported.
    """
    scale = [_rating(verdict) for verdict in VERDICTS]
    reviews = [
        filled(
            {
                "@type": "ClaimReview",
                "url": link,
                "claimReviewed": claim.says,
                "reviewRating": {"@id": f"#rating-{claim.verdict}"},
                "itemReviewed": {"@id": "#claimed"},
                "author": {"@id": "#reviewer"},
                "datePublished": dated,
            }
        )
        for link, claim in claims
    ]
    claimed = {"@id": "#claimed", "@type": "Claim", "appearance": of_source(document)}
    reviewer = {"@id": "#reviewer", "@type": "Organization", "name": site.title}
    used = {review["reviewRating"]["@id"] for review in reviews}
    shared = [claimed, reviewer, *(node for node in scale if node["@id"] in used)]
    return {"mentions": shared, "hasPart": reviews}


def _rating(verdict: str) -> Node:
    place = RATINGS.get(verdict)
    node = {"@id": f"#rating-{verdict}", "@type": "Rating", "alternateName": VERDICTS[verdict]}
    if place is None:
        return node
    return {**node, "ratingValue": place, "worstRating": 1, "bestRating": len(RATINGS)}


def dataset(name: str, description: str, files: Iterable[str], site: Site, dated: str = "") -> Node:
    """Return tables to download as a data set: ``files`` are where they lead, by their endings."""
    return filled(
        {
            "@type": "Dataset",
            "name": name,
            "description": description,
            "license": LICENCE,
            "creator": {"@type": "Organization", "name": site.title},
            "isAccessibleForFree": True,
            "datePublished": dated,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": file,
                    "encodingFormat": FORMATS[file.rpartition(".")[2]],
                }
                for file in files
            ],
        }
    )
