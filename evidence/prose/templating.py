"""The Jinja environment: what templates are given, and their filters."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from evidence.model.registries import address_of
from evidence.prose.citing import authors_in_words, doi_address
from evidence.prose.typesetting import numeric_columns

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

# The names that every template is given (see evidence/pages/view.py)
CONTEXT = {
    "policy",
    "site",
    "words",
    "view",
    "head",
    "feed",
    "masthead",
    "footer",
    "verdicts",
    "titles",
    "edition",
}
# The file that tracebacks name for a template begins with it
FOLDER = "templates/"


def environment(templates: dict[str, str]) -> Environment:
    """Return an environment that escapes everything and refuses names that do not exist."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    surroundings = Environment(
        loader=FunctionLoader(partial(_text_and_file, templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # what folds constants takes the square of a row of signs
        bytecode_cache=_compiled(),
    )
    surroundings.filters["thousands"] = thousands
    surroundings.filters["sentence"] = sentence
    surroundings.filters["phrase"] = phrase
    surroundings.filters["numeric_columns"] = numeric_columns
    surroundings.filters["record_address"] = address_of
    surroundings.filters["authors"] = authors_in_words
    surroundings.filters["doi_address"] = doi_address
    return surroundings


@cache
def _compiled() -> BytecodeCache:
    """Return what holds the code of templates while this process runs; nothing is written.

    A template is compiled once, however many environments it stands in: its code follows from its
    name and its text alone, since all environments are set up alike.
    """
    from jinja2 import BytecodeCache  # noqa: PLC0415
    from jinja2.bccache import Bucket  # noqa: PLC0415

    class Compiled(BytecodeCache):
        def __init__(self) -> None:
            self._held: dict[str, tuple[str, Any]] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            checksum, code = self._held.get(bucket.key, ("", None))
            if checksum == bucket.checksum:
                bucket.code = code

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._held[bucket.key] = bucket.checksum, bucket.code

    return Compiled()


def _text_and_file(templates: dict[str, str], name: str) -> tuple[str, str, None] | None:
    return (templates[name], f"{FOLDER}{name}", None) if name in templates else None


def thousands(number: int) -> str:
    """Return 2439 as "2,439"."""
    return f"{number:,}"


def sentence(text: Any) -> str:
    """Return text with a capital first letter."""
    words = str(text)
    return words[:1].upper() + words[1:]


def phrase(word: Any) -> str:
    """Return a word of a closed list as it is read: "single-arm-trial" as "single-arm trial"."""
    known = {
        "randomised-controlled-trial": "randomised controlled trial",
        "non-randomised-controlled-trial": "non-randomised controlled trial",
        "single-arm-trial": "single-arm trial",
        "not-supported": "not supported by what could be read",
    }
    return known.get(str(word), str(word).replace("-", " "))
