"""Text as patterns see it: without case, accents and punctuation, items parted by a bar."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = str.maketrans("", "", "'’‘`\u00b4")
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
    lowered = text.casefold().translate(APOSTROPHES)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(part for part in parts if not unicodedata.combining(part))
    words = NOT_WORDS.sub(" ", PARTS.sub("|", lowered))
    return BAR.join(" ".join(item.split()) for item in words.split("|"))


@lru_cache(maxsize=1024)
def keys_of(text: str) -> frozenset[str]:
    """Return the beginnings of all words of plain text."""
    return frozenset(word[:KEY_LENGTH] for word in WORD.findall(text))
