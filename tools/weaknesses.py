"""Ask whether a listed component has a known weakness.

    python -m tools.weaknesses

Sends the names and versions of ``components.cdx.json`` to OSV (https://osv.dev), which knows Python's
advisories and npm's. Exit code 0: none is known; 1: some are; 2: OSV could not be asked, so nothing is
known. An audit that cannot ask never passes.
"""

from __future__ import annotations

import http.client
import json
import sys
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from tools.components import OUT

SERVICE = "https://api.osv.dev/v1/querybatch"
SECONDS = 30
Answer = dict[str, Any]


def ask(purls: Sequence[str]) -> Answer:
    """Return what OSV answers about packages, in their order."""
    question = {"queries": [{"package": {"purl": purl}} for purl in purls]}
    request = urllib.request.Request(
        SERVICE, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        told: Answer = json.load(answer)
    return told


def weaknesses(purls: Sequence[str], answer: Answer) -> list[str]:
    """Return a line for each known weakness; raise ValueError unless every package was looked up."""
    results = answer["results"]
    if len(results) != len(purls):
        message = f"{len(results)} answers to {len(purls)} questions"
        raise ValueError(message)
    return [
        f"{purl}: https://osv.dev/vulnerability/{known['id']}"
        for purl, result in zip(purls, results, strict=True)
        for known in result.get("vulns", ())
    ]


def main(asked: Callable[[Sequence[str]], Answer] = ask) -> int:
    """Print what is known; return the exit code."""
    purls = [each["purl"] for each in json.loads(OUT.read_text("utf-8"))["components"]]
    try:
        lines = weaknesses(purls, asked(purls))
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        print(f"OSV could not be asked, so nothing was audited: {error}", file=sys.stderr)
        return 2
    print("\n".join([*lines, f"{len(purls)} components, {len(lines)} known weaknesses."]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
