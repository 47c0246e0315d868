"""Write tests/pages/schema_org.json anew: what schema.org allows of the types that pages use.

    npm pack schema-dts && tar xzf schema-dts-*.tgz
    python -m tools.schema_org package

schema-dts (Apache-2.0) is made from the definitions that schema.org publishes (CC BY-SA 3.0). Taken from it are
facts alone: which types there are, which one is part of which, which properties each has, what these may
hold, and the members of closed lists. Its explanations are not.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "tests" / "pages" / "schema_org.json"
# The types that pages use; what they are part of comes with them
USED = {
    "Article", "BlogPosting", "BreadcrumbList", "Claim", "ClaimReview", "Country", "CreativeWork",
    "DataDownload", "Dataset", "ListItem", "MedicalCode", "MedicalCondition",
    "MedicalObservationalStudy", "MedicalStudy", "MedicalTherapy", "MedicalTrial", "MedicalWebPage",
    "NewsArticle", "Organization", "Periodical", "Person", "Rating", "ScholarlyArticle", "WebPage",
    "WebSite",
}  # fmt: skip
BASE = re.compile(r"interface (\w+)Base extends ([^{]+)\{(.*?)\n\}", re.DOTALL)
PARENT = re.compile(r"(\w+)Base\b")
PROPERTY = re.compile(r'"(\w+)"\?: SchemaValue<([^,]+),')
LEAF = re.compile(r"interface (\w+)Leaf extends ([\w, ]+?) \{")
UNION = re.compile(r"export type (\w+) = ([^;]+);")
MEMBERS = re.compile(r"export type (\w+) = ([^;]*https://schema\.org/[^;]*);")
MEMBER = re.compile(r'"https://schema\.org/(\w+)"')


def definitions(text: str) -> dict[str, dict[str, Any]]:
    """Return for each used type, and all that it is part of, its ``parents`` and ``properties``."""
    bases = {
        name: {
            "parents": sorted(set(PARENT.findall(parents)) - {name}),
            "properties": {
                key: sorted(set(kinds.split(" | ")) - {"IdReference"})
                for key, kinds in PROPERTY.findall(body)
            },
        }
        for name, parents, body in BASE.findall(text)
    }
    for name, parents in LEAF.findall(text):  # a type without properties of its own
        if name not in bases:
            bases[name] = {"parents": sorted(set(PARENT.findall(parents))), "properties": {}}
    for wider, kinds in UNION.findall(text):
        for name in set(kinds.split(" | ")) & bases.keys() - {wider}:
            bases[name]["parents"] = sorted({*bases[name]["parents"], wider} & bases.keys())
    found: dict[str, dict[str, Any]] = {}
    waiting = sorted(USED)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = bases[name]
            waiting += bases[name]["parents"]
    return dict(sorted(found.items()))


def members(text: str, wanted: set[str]) -> dict[str, list[str]]:
    """Return the members of those closed lists that are ``wanted``."""
    return {
        name: sorted(set(MEMBER.findall(listed)))
        for name, listed in sorted(MEMBERS.findall(text))
        if name in wanted
    }


def main(arguments: Sequence[str]) -> int:
    """Write the table from the unpacked package in a folder."""
    folder = Path(arguments[0])
    package = json.loads((folder / "package.json").read_text("utf-8"))
    text = (folder / "dist" / "schema.d.ts").read_text("utf-8")
    types = definitions(text)
    used = {
        kind for name in types.values() for kinds in name["properties"].values() for kind in kinds
    }
    table = {
        "origin": f"schema-dts {package['version']} ({package['license']}), made from schema.org",
        "types": types,
        "lists": members(text, used),
    }
    OUT.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(types)} types")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
