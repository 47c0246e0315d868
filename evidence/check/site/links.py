"""Every link inside the site leads to a file, and every anchor to an element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.finished.site import OUTSIDE, FinishedSite
from evidence.model.written import is_address
from evidence.problems import Problem, did_you_mean

MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+")


def check_links(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each link or anchor that leads nowhere.

    A link that was found sound is not followed from other pages of its folder.
    """
    ids = {path: set(facts.ids) for path, facts in site.facts.items()}
    sound: dict[str, set[str]] = defaultdict(set)
    outside: set[str] = set()
    for path in site.pages():
        known = sound[path.rpartition("/")[0]]
        for link in site.facts[path].links:
            if link in known or link in outside:
                continue
            if link.startswith(OUTSIDE) and is_address(link):
                outside.add(link)
                continue
            if link[:1] == "#" and link[1:] in ids[path] and "%" not in link:
                continue
            target = site.target(path, link)
            problems = list(_check_link(site, ids, path, link, target))
            yield from problems
            if not problems and target != path:
                known.add(link)


def _check_link(
    site: FinishedSite, ids: dict[str, set[str]], path: str, link: str, target: str | None
) -> Iterator[Problem]:
    if target is None:
        if not (is_address(link) or MAIL.fullmatch(link)):
            hint = "Write it with https:// in front, and nothing but a host and a path behind it."
            message = f"the link '{link}' is not an address that a reader can open"
            yield Problem(site.place(path, link), "link-resolves", message, hint)
        return
    if link.startswith("/"):
        hint = "Begin it with the name of a page beside this one, or with ../ for the folder above."
        message = f"the link '{link}' begins at the top of a host, and a site may live below a path"
        yield Problem(site.place(path, link), "link-resolves", message, hint)
        return
    anchor = unquote(link.partition("#")[2])
    if target not in site.files:
        hint = did_you_mean(target, site.files, "Write a path to a file, such as ../methods.html.")
        message = f"the link '{link}' leads to '{target}', which the site does not have"
        yield Problem(site.place(path, link), "link-resolves", message, hint)
    elif anchor and target in ids and anchor not in ids[target]:
        hint = did_you_mean(anchor, ids[target], "Anchors are made from headings.")
        message = f"the link '{link}' leads to an anchor that '{target}' does not have"
        yield Problem(site.place(path, link), "link-resolves", message, hint)
