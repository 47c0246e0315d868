"""What must hold of each finished page: its numbers, pictures, structure and weight, and what it asks for."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator

from evidence.finished.facts import LEVEL
from evidence.finished.headers import LASTING
from evidence.finished.site import FinishedSite
from evidence.model.picture import FOLDER as PICTURES
from evidence.problems import Place, Problem

# A page has one title, one first-level heading, a language, and ids that stand once.


def check_structure(site: FinishedSite) -> Iterator[Problem]:
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


# Every number in the text of a finished page is bound, or carries no evidence.


def check_numbers(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each number that a template lets through unbound."""
    for path, facts in site.facts.items():
        for number, around in facts.unbound:
            message = f"the number '{number}' in '{around}' is not bound"
            hint = "In a template, wrap it in an element with data-bound, or data-plain if it is no evidence."
            yield Problem(Place(path), "number-bound", message, hint)


# Every picture has alternative text, or is marked as decoration.


def check_pictures(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each picture that says nothing."""
    for path, facts in site.facts.items():
        for picture in facts.pictures_without_text:
            message = f"the picture '{picture}' has no alternative text"
            hint = 'Give it alt or aria-label, or aria-hidden="true" when it is decoration.'
            yield Problem(Place(path), "alternative-text", message, hint)


# No inline script or style, and nothing asked of another host.

OUTSIDE_STYLE = re.compile(rb"@import|url\(\s*[\"']?(?:https?:)?//")


def check_policy(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each thing that a strict Content-Security-Policy would refuse."""
    hint = "Put scripts and styles in templates/static, and keep a copy of what is needed there."
    for path, facts in site.facts.items():
        for code in sorted(set(facts.inline_code)):
            yield Problem(Place(path), "script-external", f"the page has {code}", hint)
        for address in sorted(set(facts.outside)):
            message = f"the page asks '{address}' of another host"
            yield Problem(Place(path), "script-external", message, hint)
    for path in site.files:
        if path.endswith(".css") and OUTSIDE_STYLE.search(site.files[path]):
            message = "the stylesheet asks something of another host or file"
            yield Problem(Place(path), "script-external", message, hint)


# A first visit stays light: page, style and script, compressed, below 40 KB. What a script is given to
# look in (all trials, all words) grows with the site and stands in a folder of its own: it comes on top.

LIMIT = 40 * 1024
# Pictures of authors come on top, in the size that a phone asks for: a second on a line of 4 Mbit/s
PICTURES_LIMIT = 500 * 1000


def check_weight(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each page that is too heavy with the styles and scripts it asks for."""
    weights: dict[str, int] = {}
    for path in site.pages():
        links = [link for link in site.facts[path].links if link.endswith((".css", ".js"))]
        weight = 0
        for file in {site.target(path, link) or "" for link in links}:
            if file.startswith(LASTING) and file in site.files and file not in weights:
                weights[file] = len(gzip.compress(site.files[file], LEVEL))
            weight += weights.get(file, 0)
        weight += site.facts[path].weight
        if weight > LIMIT:
            message = f"a first visit weighs {weight / 1024:.1f} KB, and 40 KB is the limit"
            hint = "Split the page, or move a figure to a page of its own."
            yield Problem(site.place(path), "page-weight", message, hint)
        yield from _check_pictures_weight(site, path)


def _check_pictures_weight(site: FinishedSite, path: str) -> Iterator[Problem]:
    links = (link for link in site.facts[path].links if PICTURES in link)
    targets = {site.target(path, link) or "" for link in links}
    shown = sorted(file for file in targets if file.startswith(PICTURES) and file in site.files)
    sizes = {file: len(site.files[file]) for file in shown}
    weight = sum(sizes.values())
    if weight > PICTURES_LIMIT:
        largest = max(sizes, key=lambda file: sizes[file])
        heaviest = largest.removeprefix(PICTURES).partition(".")[0]
        message = (
            f"the pictures of this page weigh {weight / 1000:.0f} KB on a phone, and "
            f"{PICTURES_LIMIT // 1000} KB is the limit"
        )
        hint = (
            f"The heaviest is '{heaviest}', with {sizes[largest] / 1000:.0f} KB. Save a photo as JPEG, show fewer pictures, "
            "or split the page."
        )
        yield Problem(site.place(path, f"({heaviest}."), "page-weight", message, hint)
