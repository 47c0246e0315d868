"""Remake ``evidence/figures/vega.js``, the script that makes figures interactive.

    python -m tools.vega_bundle

Needs npm and the network. The versions are those of tools/vega/package-lock.json; to change one, say
``npm install --package-lock-only --save-exact vega@6.4.0`` in that folder first. What went into the
script is written to ``evidence/figures/vega.json``, from which the list of components is made.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "vega"
OUT = Path(__file__).parent.parent / "evidence" / "figures"
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
# Comments of licences are left out by esbuild, because the whole licences stand at the top
BUNDLE = ("node_modules/.bin/esbuild", "entry.js", "--bundle", "--minify", "--format=iife",
          "--target=es2020", "--legal-comments=none", "--outfile=vega.js",
          "--metafile=made-of.json")  # fmt: skip
ABOUT = ("name", "version", "license")
PACKAGE = re.compile(r".*node_modules/((?:@[^/]+/)?[^/]+)/")


def bundled(folder: Path) -> list[dict[str, str]]:
    """Return name, version and licence of each package of which something is in the script."""
    inputs = json.loads((folder / "made-of.json").read_text("utf-8"))["inputs"]
    roots = sorted({found[0].rstrip("/") for found in map(PACKAGE.match, inputs) if found})
    packages = []
    for root in roots:
        described: dict[str, Any] = json.loads((folder / root / "package.json").read_text("utf-8"))
        packages.append({"root": root, **{key: described[key] for key in ABOUT}})
    return packages


def licences(folder: Path, packages: list[dict[str, str]]) -> str:
    """Return every licence once, below the names of the packages that are under it."""
    under = defaultdict(list)
    for package in packages:
        (path,) = (folder / package["root"]).glob("LICENSE*")
        under[path.read_text("utf-8").strip()].append(f"{package['name']} {package['version']}")
    return "\n\n".join(f"{', '.join(names)}:\n\n{text}" for text, names in under.items())


def main() -> None:
    """Install the packages in a folder of its own, bundle them, and write the two files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE, folder, dirs_exist_ok=True)
        subprocess.run(INSTALL, cwd=folder, check=True)  # noqa: S603 - our own words
        subprocess.run(BUNDLE, cwd=folder, check=True)  # noqa: S603
        packages = bundled(folder)
        notice = licences(folder, packages).replace("*/", "* /")
        script = f"/*!\n{notice}\n*/\n{(folder / 'vega.js').read_text('utf-8')}".encode()
    (OUT / "vega.js").write_bytes(script)
    about = {
        "sha-256": hashlib.sha256(script).hexdigest(),
        "packages": [{key: each[key] for key in ABOUT} for each in packages],
    }
    (OUT / "vega.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
