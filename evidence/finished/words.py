"""What counts as a word in a search: the one definition, which ``folding.js`` and ``search.js`` repeat.

A text is folded letter by letter, then cut into runs: letters and digits with single joining marks
inside, such as "follow-up", "48.9", "nct01541579" or "10.1186/ar4520". A run is a word as a whole
and in its parts. The tests run both definitions on the same texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
FRACTIONS = "\u00bc\u00bd\u00be\u2150\u2151\u2152\u2153\u2154\u2155\u2156\u2157\u2158\u2159\u215a\u215b\u215c\u215d\u215e"
# A Greek letter by itself is its name; Greek words stay as they are
GREEK = dict(zip("\u03b1\u03b2\u03b3\u03b4\u03b5\u03b6\u03b7\u03b8\u03b9\u03ba\u03bb\u03bc\u03bd\u03be\u03bf\u03c0\u03c1\u03c2\u03c3\u03c4\u03c5\u03c6\u03c7\u03c8\u03c9", (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
    "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
), strict=True))  # fmt: skip
GREEK_RANGE = "\u00b5\u0370-\u03ff\u1f00-\u1fff"
LONE_GREEK = re.compile(f"(?<![{GREEK_RANGE}])[{GREEK_RANGE}](?![{GREEK_RANGE}])")
BESIDE_GREEK = re.compile("[A-Za-z0-9]")  # what a dash parts from the name of a Greek letter
# Letters that have no accent to lose, as they are typed where a keyboard lacks them
PLAIN = {"\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss",
         "\u00e6": "ae", "\u0153": "oe", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u014b": "n"}  # fmt: skip
ACCENTS = re.compile("[\u0300-\u036f]")
NARROW_THOUSANDS = re.compile("([0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")

RUN = re.compile(r"[^\W_]+(?:[-.,:/'^][^\W_]+)*")
DOI = re.compile(r"10\.[0-9]{4,9}/[!#-&(-;=?-~]+")
DOI_END = ".,;:]}"
PIECES = re.compile(r"[-/:'^]")
PARTS = re.compile(r"[-/:'^.,]")
JOINERS = re.compile(r"[-'^]")
LETTER = re.compile(r"[^\W\d_]")
THOUSANDS = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$")

# Stems in British and in American spelling, and one that papers write in two ways: each finds the other
SPELLINGS = (
    ("haem", "hem"), ("anaem", "anem"), ("anaesth", "anesth"), ("leukaem", "leukem"),
    ("ischaem", "ischem"), ("oedem", "edem"), ("oesoph", "esoph"), ("oestr", "estr"),
    ("aetiol", "etiol"), ("paediatr", "pediatr"), ("orthopaed", "orthoped"),
    ("gynaecol", "gynecol"), ("foet", "fet"), ("diarrhoea", "diarrhea"), ("tumour", "tumor"),
    ("behaviour", "behavior"), ("labour", "labor"), ("colour", "color"), ("favour", "favor"),
    ("centre", "center"), ("programme", "program"), ("licence", "license"), ("randomis", "randomiz"),
    ("organis", "organiz"), ("hospitalis", "hospitaliz"), ("immunis", "immuniz"),
    ("standardis", "standardiz"), ("characteris", "characteriz"), ("recognis", "recogniz"),
    ("stabilis", "stabiliz"), ("minimis", "minimiz"), ("generalis", "generaliz"),
    ("analys", "analyz"), ("enrolment", "enrollment"), ("allogeneic", "allogenic"),
)  # fmt: skip


class _Folding(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(letter: str) -> str:
    if letter in DASHES:
        return "-"
    if letter in SINGLE_QUOTES:
        return "'"
    if letter in DOUBLE_QUOTES:
        return '"'
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", letter)).lower()
    if letter in SUPERSCRIPTS:
        return f"^{plain}"
    if letter in FRACTIONS:
        return " " + plain.replace("\u2044", "/")
    return PLAIN.get(plain, plain)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return a text in small letters without accents, with plain dashes, quotes and digits.

    "I²" becomes "i^2", "Besançon – 2 439" with a narrow space becomes "besancon - 2,439", "Wrocław"
    "wroclaw" and a TNF with the Greek letter "tnf-alpha".
    """
    if text.isascii():  # by far the most; nothing else is to be done with them
        return text.lower().replace("`", "'")
    spelt = LONE_GREEK.sub(_spelt, NARROW_THOUSANDS.sub(r"\1,", text))
    return spelt.translate(_FOLDING)


def _spelt(found: re.Match[str]) -> str:
    """Return the name of a Greek letter, parted by dashes from letters and digits beside it."""
    letter, text = found[0], found.string
    name = GREEK.get(ACCENTS.sub("", unicodedata.normalize("NFKD", letter)).lower())
    if name is None:
        return letter
    before = "-" if BESIDE_GREEK.match(text[found.start() - 1 : found.start()]) else ""
    after = "-" if BESIDE_GREEK.match(text[found.end() : found.end() + 1]) else ""
    return f"{before}{name}{after}"


def words(text: str) -> Iterator[str]:
    """Yield every word of a text, those of a run one after the other."""
    folded = fold(text)
    for doi in DOI.findall(folded):
        yield trimmed_doi(doi)
    for run in RUN.findall(folded):
        yield from forms(run)


def count_words(text: str) -> dict[str, int]:
    """Return how often each word stands in a text, in the order in which they first stand there."""
    return dict(Counter(words(text)))


@cache
def forms(run: str) -> tuple[str, ...]:
    """Return a run as a whole, in pieces, in parts, and joined, each once."""
    pieces = PIECES.split(run)
    spellings = [run, *run.split("/"), *pieces, *PARTS.split(run)]
    if LETTER.search(run):
        spellings.append(JOINERS.sub("", run))
        spellings += [spelling for piece in pieces if (spelling := other_spelling(piece))]
    else:
        spellings += [piece.replace(",", "") for piece in pieces if THOUSANDS.match(piece)]
    return tuple(dict.fromkeys(spellings))


def trimmed_doi(doi: str) -> str:
    """Return a DOI without the mark of the sentence, or the bracket, that ends after it."""
    trimmed = doi.rstrip(DOI_END)
    while trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
        trimmed = trimmed[:-1].rstrip(DOI_END)
    return trimmed


def other_spelling(word: str) -> str:
    """Return a British word in American spelling, or nothing when it has no other."""
    for british, american in SPELLINGS:
        if british in word:
            return word.replace(british, american, 1)
    return ""
