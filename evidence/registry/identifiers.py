"""Ids that registries give, found in text and brought to one spelling."""

from __future__ import annotations

import re
from functools import lru_cache

# Each registry's form; the parts that vary between spellings stand outside the group
FORMS: dict[str, str] = {
    "clinicaltrials-gov": r"\b(NCT\d{8})\b",
    "isrctn": r"\b(ISRCTN\d{8})\b",
    # The European number, with EUCTR before it or a country behind it
    "eu-ctr": r"(?<![\d-])(20[0-3]\d-0\d{5}-\d\d)(?!\d)",
    "ctis": r"(?<![\d-])(20[2-3]\d-5\d{5}-\d\d)(?:-\d\d)?(?!\d)",
    "chictr": r"\b(ChiCTR(?:-[A-Z]{2,4})?-?\d{8,10})\b",
    "irct": r"\b(IRCT\d{8,}N\d{1,3})\b",
    "umin": r"\b(UMIN\d{9})\b",
    "jrct": r"\b(jRCTs?\d{9,10})\b",
    "japiccti": r"\b(JapicCTI-\d{5,6})\b",
    "jma": r"\b(JMA-IIA\d{5})\b",
    "anzctr": r"\b(ACTRN\d{14})\b",
    "ctri": r"\b(CTRI/\d{4}/\d{2,3}/\d{6})\b",
    "cris": r"\b(KCT\d{7})\b",
    "drks": r"\b(DRKS\d{8})\b",
    "ntr": r"\b(NTR\d{2,4}|NL\d{3,4}(?![\d.])|NL-OMON\d{3,6})\b",
    "pactr": r"\b(PACTR\d{15,16})\b",
    "tctr": r"\b(TCTR\d{11})\b",
    "rebec": r"\b(RBR-[0-9a-z]{6,8})\b",
    "slctr": r"\b(SLCTR/\d{4}/\d{3})\b",
    "rpcec": r"\b(RPCEC\d{8})\b",
    "lbctr": r"\b(LBCTR\d{10})\b",
    "repec": r"\b(PER-\d{3}-\d{2})\b",
    "itmctr": r"\b(ITMCTR\d{10})\b",
    "who-utn": r"\b(U1111-\d{4}-\d{4})\b",
}
NAMED = "|".join(
    re.sub(r"(?<!\\)\((?!\?)", f"(?P<{name.replace('-', '_')}>", form, count=1)
    for name, form in FORMS.items()
)
ANY_ID = re.compile(NAMED, re.IGNORECASE)
NCT_ID = re.compile(r"NCT\d{8}")


@lru_cache(maxsize=65536)
def ids_in(text: str) -> frozenset[tuple[str, str]]:
    """Return every id in ``text`` as (registry, id in capitals)."""
    if not any(character.isdigit() for character in text):
        return frozenset()
    return frozenset(
        (str(found.lastgroup).replace("_", "-"), found[str(found.lastgroup)].upper())
        for found in ANY_ID.finditer(text)
    )


@lru_cache(maxsize=65536)
def identity(text: str) -> tuple[str, str]:
    """Return the registry and the id of a record by what stands in its id column."""
    if NCT_ID.fullmatch(text):
        return "clinicaltrials-gov", text
    found = sorted(ids_in(text))
    registered = [pair for pair in found if pair[0] != "who-utn"]
    return registered[0] if registered else ("other", " ".join(text.split()).upper())
