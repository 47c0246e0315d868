"""Write ``components.cdx.json``, the list of what the project is made of, in CycloneDX 1.6.

    python -m tools.components

Everything is read from what pins it: requirements.txt for Python, evidence/figures/vega.json for the
script of figures, evidence/files/browser_editor/vendor/vendor.json for the editor, the first line of the search's script, and NOTICE for map and letters. There is no clock
and no network in it, so the same pins give the same file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
OUT = ROOT / "components.cdx.json"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$")
VIA = re.compile(r"^    # +(?:via )?(-r|[a-z0-9][a-z0-9._-]*)(?: requirements\.in)?$")
FONTS = re.compile(r"Liberation Sans ([\d.]+),")
ICONS = re.compile(r"Material Symbols ([\d.]+),")
MAP = re.compile(r"world-atlas ([\d.]+),")
Component = dict[str, Any]


def component(kind: str, name: str, version: str, licence: str | None = None) -> Component:
    """Return one component: ``kind`` is the registry in which its name is looked up."""
    purl = f"pkg:{kind}/{name}@{version}"
    described = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return described | ({"licenses": [{"license": {"id": licence}}]} if licence else {})


def of_python(requirements: str) -> tuple[list[Component], dict[str, set[str]]]:
    """Return the pinned packages, and for each what it was pinned for, by name."""
    pinned: list[Component] = []
    wanted_by: dict[str, set[str]] = {}
    for line in requirements.splitlines():
        pin, via = PIN.match(line), VIA.match(line)
        if pin:
            name, version, condition = pin.groups()
            package = component("pypi", name, version)
            if condition:
                package["properties"] = [{"name": "python:marker", "value": condition}]
            pinned.append(package)
            wanted_by.setdefault(name, set())
        elif via:
            wanted_by[pinned[-1]["name"]].add(via[1])
    return pinned, wanted_by


def of_scripts() -> list[Component]:
    """Return the packages of which something is in the scripts and files that the site carries."""
    made_of = ("evidence/figures/vega.json", "evidence/files/browser_editor/vendor/vendor.json")
    bundled = [
        each
        for path in made_of
        for each in json.loads((ROOT / path).read_text("utf-8"))["packages"]
    ]
    icons = ICONS.search((ROOT / "NOTICE").read_text("utf-8"))
    outlines = MAP.search((ROOT / "NOTICE").read_text("utf-8"))
    fonts = FONTS.search((ROOT / "NOTICE").read_text("utf-8"))
    if outlines is None or fonts is None or icons is None:
        message = "NOTICE does not say its versions as it did"
        raise ValueError(message)
    return [
        *(component("npm", each["name"], each["version"], each.get("license")) for each in bundled),
        component("npm", "world-atlas", outlines[1], "ISC"),
        component("npm", "@fontsource-variable/material-symbols-outlined", icons[1], "OFL-1.1"),
        component("github", "liberationfonts/liberation-fonts", fonts[1], "OFL-1.1"),
    ]


def listed() -> dict[str, Any]:
    """Return the whole list."""
    pinned, wanted_by = of_python((ROOT / "requirements.txt").read_text("utf-8"))
    needs = [
        {
            "ref": package["bom-ref"],
            "dependsOn": [
                other["bom-ref"] for other in pinned if package["name"] in wanted_by[other["name"]]
            ],
        }
        for package in pinned
    ]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "stem-cell-evidence",
                "name": "stem-cell-evidence",
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [*pinned, *of_scripts()],
        "dependencies": [
            {
                "ref": "stem-cell-evidence",
                "dependsOn": [
                    *(each["bom-ref"] for each in pinned if "-r" in wanted_by[each["name"]]),
                    *(each["bom-ref"] for each in of_scripts()),
                ],
            },
            *needs,
        ],
    }


def text() -> str:
    """Return the list as it stands in the file."""
    return json.dumps(listed(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file."""
    OUT.write_text(text(), "utf-8")
    print(f"{OUT.name} is written.")


if __name__ == "__main__":
    main()
