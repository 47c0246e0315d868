"""A page has one title, one first-level heading, a language, and ids that stand once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evidence.problems import Problem
from evidence.finished.site import FinishedSite


def check(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each page whose skeleton is not sound."""
    for path, facts in site.facts.items():
        for name, times in Counter(facts.ids).items() if _any_twice(facts.ids) else ():
            if times > 1:
                message = f"the id '{name}' stands {times} times on this page"
                hint = "Give two headings or figures on one page different words."
                yield Problem(site.place(path), "element-id-unique", message, hint)
        if facts.first_headings != 1:
            message = f"the page has {facts.first_headings} first-level headings"
            hint = "The title is the only one; begin the text with '##'."
            yield Problem(site.place(path), "page-structure", message, hint)
        if facts.titles != 1 or not facts.language:
            message = "the page has no title or no language"
            yield Problem(site.place(path), "page-structure", message, "See templates/base.html.")


def _any_twice(ids: tuple[str, ...]) -> bool:
    return len(set(ids)) < len(ids)
