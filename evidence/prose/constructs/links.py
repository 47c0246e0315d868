"""Links: [words](address), <https://...>, and addresses in a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
OUTSIDE = re.compile(
    r"https?://[^\s/.]+\.[^\s/]+|https?://localhost\b|mailto:[^\s@]+@[^\s@]+", re.IGNORECASE
)
DOI = re.compile(r"doi:\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
PAGE_FILE = re.compile(r"(?<=\w)\.md(?=#|\Z)")
BARE = re.compile(
    r"(?:www\.|(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|io|int|eu|uk|de|fr|ch)(?:/|\Z))"
)
# Written almost like a link; what is written right is no text any more
APART = re.compile(r"\[[^\[\]\n]+\][ \n]\((?=https?:|www\.|[\w./-]+\.(?:html|md)\b)[^()\n]*\)?")
REVERSED = re.compile(r"\([^()\n]+\)\[(?=https?:|www\.|[\w./-]+\.(?:html|md)\b)[^\[\]\n]*\]")
WHOLE = re.compile(r"\[[^\[\]\n]*\]\([^()\n]*\)")
OPEN = re.compile(r"\[[^\[\]\n]*\]\([^()\n]*\)?")
NO_WORDS = re.compile(r"\]\((?=[^\s)])")
NAMED = re.compile(r"\[[^\[\]\n^]+\]\[[^\[\]\n]*\]")


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin  # noqa: PLC0415 - only where text is read

    parser.use(gfm_autolink_plugin)
    parser.validateLink = _every  # type: ignore[method-assign]
    parser.core.ruler.after("inline", "addresses", _lead)


def _every(url: str) -> bool:  # noqa: ARG001
    """Let every address be one: what leads nowhere is told of, and printed with its marks by nobody."""
    return True


def _lead(state: StateCore) -> None:
    """Lead to the page that is made of a file, and to the address that a DOI resolves at."""
    for inline in state.tokens:
        for token in inline.children or ():
            if token.type == "link_open":
                token.attrSet("href", led(str(token.attrGet("href") or "")))


def led(address: str) -> str:
    """Return the address that an author's leads to."""
    doi = DOI.fullmatch(address.replace("%20", ""))
    if doi:
        return f"https://doi.org/{doi[1]}"
    return address if SCHEME.match(address) else PAGE_FILE.sub(".html", address)


def _strays(draft: Draft) -> Iterator[Stray]:
    for token, start in draft.marks:
        if token.type == "link_open" and token.info != "auto":
            address = str(token.attrGet("href") or "")
            found = _wrong(address)
            if found:
                whole = WHOLE.match(draft.text, start)
                yield Stray(start, whole[0] if whole else "[", "link-resolves", *found)
    for pattern, message, hint in WRITTEN:
        for match in pattern.finditer(draft.readable):
            if draft.bare[match.start()] == match[0][0]:  # it was not read as anything else
                yield Stray(match.start(), match[0], "markdown-closed", message, hint)


WRITTEN = (
    (APART, "a blank stands between the words of this link and its address", "Write [words](address), without a blank."),
    (REVERSED, "the brackets of this link are the wrong way round", "Write [words](address)."),
    (OPEN, "this link is not closed, or has a blank in its address",
     "Write [words](address), in one line; a blank in an address is written %20."),
    (NO_WORDS, "an address stands here without the words of its link", "Write [words](address)."),
    (NAMED, "no line '[name]: address' says where this link leads", "Write [words](address)."),
)  # fmt: skip


def _wrong(address: str) -> tuple[str, str] | None:
    """Return what is said of an address that leads nowhere, and how it is mended."""
    if address in {"", "#"}:
        return "this link has no address", "Write it between the round brackets: [words](address)."
    if address.startswith("//"):
        message = f"the link '{address}' is not an address that a reader can open"
        return message, f"Write https:{address}."
    if BARE.match(address):
        return (
            f"the link '{address}' leads to a file of this site, because it has no https://",
            f"Write https://{address}.",
        )
    if address.startswith("/"):
        name = address.strip("/").partition("#")[0].removesuffix(".html") or "index"
        return (
            f"the link '{address}' begins at the top of a host, and a site may live below a path",
            f"Write [[page:{name}|words]], or begin it with the name of a page beside this one, or with ../.",
        )
    scheme = SCHEME.match(address)
    if scheme is None or OUTSIDE.match(address):
        return None
    hint = "Write it with https:// in front, and nothing but a host and a path behind it."
    if len(scheme[1]) == 1 or scheme[1].lower() == "file":
        hint = "A file of this computer is on no other: put it on the web, and write that address."
    elif scheme[1].lower() == "doi":
        hint = "Write doi: and the DOI, as in doi:10.1000/182."
    return f"the link '{address}' is not an address that a reader can open", hint


CONSTRUCT = Construct(
    "Links",
    "`[words](address)`; to a page of the site `[[page:name|words]]`, or the way to its file, which may end in `.md`. "
    "`doi:10.1000/182` leads to that DOI; an address with https:// is a link by itself.",
    (
        Example("[Methods](methods.html)", '<p><a href="methods.html">Methods</a></p>'),
        Example("[Methods](methods.md#how)", '<p><a href="methods.html#how">Methods</a></p>'),
        Example(
            "[paper](doi:10.1000/182)", '<p><a href="https://doi.org/10.1000/182">paper</a></p>'
        ),
        Example(
            "<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'
        ),
        Example(
            "See https://example.org/a.",
            '<p>See <a href="https://example.org/a">https://example.org/a</a>.</p>',
        ),
        Example(
            "[so][a]\n\n[a]: https://example.org", '<p><a href="https://example.org">so</a></p>'
        ),
        Example("[file](file:///C:/paper.pdf)", rule="link-resolves", said="put it on the web"),
        Example("[so](htp://example.org)", rule="link-resolves", said="with https:// in front"),
        Example(
            "[so](javascript:alert)",
            rule="link-resolves",
            said="not an address that a reader can open",
        ),
        Example("[so](/about.html)", rule="link-resolves", said="begins at the top of a host"),
        Example(
            "[so](www.example.org)", rule="link-resolves", said="Write https://www.example.org"
        ),
        Example("[so]()", rule="link-resolves", said="has no address"),
        Example("See [so](https://example.org", rule="markdown-closed", said="not closed"),
        Example("See [so](about us.html).", rule="markdown-closed", said="a blank in its address"),
        Example("See [so] (https://example.org).", rule="markdown-closed", said="without a blank"),
        Example(
            "See (so)[https://example.org].", rule="markdown-closed", said="the wrong way round"
        ),
        Example("See [so][paper].", rule="markdown-closed", said="says where this link leads"),
    ),
    _read,
    _strays,
)
