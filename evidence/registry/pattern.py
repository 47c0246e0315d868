"""Patterns of the rules of classification, and the text that they are held against.

A pattern is words as people type them, or a regular expression.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Text as patterns see it: without case, accents and punctuation, items parted by a bar. The signs
# of trade marks go with the apostrophes: taken apart they are letters, "Prochymal™" is no "tm".

UNSEEN = str.maketrans("", "", "'’‘`\u00b4™℠")
PARTS = re.compile(r"[|;\r\n]+")
NOT_WORDS = re.compile(r"[^\w|]+|_+")
BAR = " | "
KEY_LENGTH = 3
WORD = re.compile(r"\w+")


@lru_cache(maxsize=1024)  # the questions about one study read the same texts
def plain(text: str) -> str:
    """Return lower-case words with single spaces, without accents; items stay parted by a bar.

    "Ménière's illness|Dry-eye" becomes "menieres illness | dry eye".
    """
    lowered = text.casefold().translate(UNSEEN)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(part for part in parts if not unicodedata.combining(part))
    words = NOT_WORDS.sub(" ", PARTS.sub("|", lowered))
    return BAR.join(" ".join(part.split()) for part in words.split("|"))


@lru_cache(maxsize=1024)
def keys_of(text: str) -> frozenset[str]:
    """Return the beginnings of all words of plain text."""
    return frozenset(word[:KEY_LENGTH] for word in WORD.findall(text))


# Patterns of the rules of classification: words as people type them, or regular expressions.

ESCAPE = re.compile(r"\\.|\[\^?\]?[^\]]*+(?:\]|\Z)")
INNERMOST = re.compile(r"\([^()]*\)")
REPEATED = re.compile(r".?(?:[?*]|\{\d*+(?:,\d*+)?\})")
LITERAL = re.compile(r"[a-z ]{2,}")


class PatternError(Exception):
    """Raised for a pattern that cannot be used; says why."""


@dataclass(frozen=True)
class Pattern:
    """One pattern, with what its text must hold.

    ``keys`` are beginnings of words and ``needs`` pieces of text without which it cannot match:
    they are looked for first, because that is fast.

    Plain words match whole words, one after another; a ``*`` at the end of a word stands for any
    ending. A pattern between two slashes is a regular expression over plain text.
    """

    written: str
    expression: re.Pattern[str]
    keys: frozenset[str]
    needs: tuple[str, ...] = ()
    anchored: bool = False

    @property
    def look(self) -> Callable[[str], object]:
        """Return what tells whether a text that has all the pattern needs holds it."""
        # An anchored expression is tried at the start alone; search would try it everywhere
        return self.expression.match if self.anchored else self.expression.search

    def found(self, text: str) -> bool:
        """Tell whether the pattern stands in plain text."""
        return all(piece in text for piece in self.needs) and self.look(text) is not None


def read_pattern(written: str) -> Pattern:
    """Return the pattern that is written; raise PatternError for one that cannot be used."""
    if len(written) > 1 and written.startswith("/") and written.endswith("/"):
        return _expression(written)
    words = [_word(word) for word in written.split()]
    words = [word for word in words if word]
    if not words:
        raise PatternError("it holds no word")
    joined = " ".join(words)
    source = r"\b" + re.escape(joined).replace(r"\*", r"\w*").replace(r"\ ", " ") + r"\b"
    keys = frozenset(
        word[:KEY_LENGTH] for term in words for word in [term.rstrip("*")]
        if len(word) >= KEY_LENGTH or not term.endswith("*")
    )  # fmt: skip
    return Pattern(written, re.compile(source), keys)


def _expression(written: str) -> Pattern:
    source = written[1:-1]
    anchored = source.startswith("^(") and "|" not in _outside(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python doubts is more likely a slip
            compiled = re.compile(source)
    except (re.error, Warning, RecursionError, OverflowError) as error:
        raise PatternError(f"the regular expression cannot be compiled: {error}") from error
    if compiled.search(""):
        raise PatternError("it matches even an empty text")
    return Pattern(written, compiled, frozenset(), _needed(source), anchored)


def _needed(source: str) -> tuple[str, ...]:
    """Return pieces of text that every match of an expression holds; only those that are certain.

    What stands in brackets, may be left out or be repeated is not certain; a bar makes nothing so.
    """
    left = _outside(source)
    if "|" in left or "(" in left or ")" in left:
        return ()
    return tuple(LITERAL.findall(REPEATED.sub("\0", left)))


def _outside(source: str) -> str:
    """Return an expression without what stands in brackets and without escapes."""
    left = ESCAPE.sub("\0", source)
    while INNERMOST.search(left):
        left = INNERMOST.sub("\0", left)
    return left


def _word(written: str) -> str:
    """Return one word in plain form, with the star that stands for any ending."""
    words = plain(written.rstrip("*")).replace("|", " ").split()
    ending = "*" if written.endswith("*") and words else ""
    return " ".join(words) + ending
