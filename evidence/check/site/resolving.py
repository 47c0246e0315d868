"""Every link inside the site leads to a file, and every anchor to an element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.store import Cache, content_key
from evidence.model.base import is_address
from evidence.problems import Problem, did_you_mean
from evidence.finished.site import Site
from evidence.versions import code_version

SOUND = b"sound"
MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+")


def check(site: Site, cache: Cache) -> Iterator[Problem]:
    """Yield a problem for each link or anchor that leads nowhere.

    Most edits change no link: while all links, ids and files are those of a site that was found
    sound, none is followed.
    """
    outlines = [(path, facts.outline) for path, facts in sorted(site.facts.items())]
    key = content_key(outlines, sorted(site.files), site.mount, code_version())
    problems: list[Problem] = []

    def verdict() -> bytes:
        problems.extend(_check(site))
        return b"" if problems else SOUND

    cache.fetch("checks", key, verdict)
    yield from problems


def _check(site: Site) -> Iterator[Problem]:
    """Follow every link; one that was found sound is not followed from other pages of its folder."""
    ids = {path: set(facts.ids) for path, facts in site.facts.items()}
    sound: dict[str, set[str]] = defaultdict(set)
    for path in site.pages():
        known = sound[path.rpartition("/")[0]]
        for link in dict.fromkeys(site.facts[path].links):
            if link in known or (link[:1] == "#" and link[1:] in ids[path] and "%" not in link):
                continue
            problems = list(_check_link(site, ids, path, link))
            yield from problems
            if not problems and site.target(path, link) != path:
                known.add(link)


def _check_link(site: Site, ids: dict[str, set[str]], path: str, link: str) -> Iterator[Problem]:
    target = site.target(path, link)
    if target is None:
        if not (is_address(link) or MAIL.fullmatch(link)):
            hint = "Write it with https:// in front, and nothing but a host and a path behind it."
            message = f"the link '{link}' is not an address that a reader can open"
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
