"""The title of a page, as tabs, search engines and link previews show it: short, and of no other page.

What an editor wrote stays as it is, and the check of the finished site says where it is too long. What the
program made is cut at a word, and told apart by its id.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Mapping

from evidence.check.site.titles import MOST

LONGEST_MARK = 40  # letters of an id that tells two titles apart


def with_site(name: str, site: str) -> str:
    """Return a name with the name of the site behind it, where both fit."""
    whole = f"{name} – {site}"
    return whole if len(whole) <= MOST else name


def of_home(site: str, tagline: str, short: str) -> str:
    """Return the title of the home page: the name of the site, and what an editor wants behind it."""
    whole = f"{site}: {short or tagline}"
    return whole if short or len(whole) <= MOST else site


def cut(words: str, most: int = MOST) -> str:
    """Return words of at most ``most`` letters: cut at a word, with an ellipsis."""
    if len(words) <= most:
        return words
    kept, blank, _ = words[:most].rpartition(" ")
    whole = kept if blank else words[: most - 1]
    return f"{whole.rstrip(' ,;:.–-')}…"


def numbered(words: str, number: str) -> str:
    """Return a title cut so that its end, such as ", page 2", is kept."""
    return f"{cut(words, MOST - len(number))}{number}"


def told_apart(words: str, name: str) -> str:
    """Return a title with the id ``name`` at its end."""
    return numbered(words, f" ({name[-LONGEST_MARK:]})")


def led(short: str, kind: str, title: str) -> str:
    """Return "Panés 2016 (source): Expanded ...": what a thing is called, what it is, its whole title."""
    rest = title.removeprefix(short).lstrip(" :,–-")
    return f"{short} ({kind}): {rest}" if rest else f"{short} ({kind})"


def distinct(names: Mapping[str, str], written: Collection[str]) -> dict[str, str]:
    """Return the titles of pages that the program makes, by address, from their whole names.

    Those that would be equal when they are cut, or are ``written`` for another page, end with an id:
    the name of the file.
    """
    short = {address: cut(name) for address, name in names.items()}
    times = Counter(short.values()) + Counter(written)
    return {
        address: told_apart(names[address], posixpath.basename(address).removesuffix(".html"))
        if times[title] > 1
        else title
        for address, title in short.items()
    }
