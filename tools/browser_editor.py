"""Remake ``evidence/files/browser_editor/vendor/``, what the editor in the browser is made of.

    python -m tools.browser_editor

Needs npm, the network, and fonttools with brotli. The versions are those of tools/editor/package-lock.json; to change
one, say ``npm install --package-lock-only --save-exact @sveltia/cms@0.221.1`` in that folder first. The script of the
editor is taken as it is packed. Of its letters for icons those are taken that it can ask for. What is in the folder,
with versions and hashes, is written to ``vendor.json``, from which the list of components is made.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent / "editor"
OUT = Path(__file__).parent.parent / "evidence" / "files" / "browser_editor" / "vendor"
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
BUNDLE = ("node_modules/.bin/esbuild", "entry.js", "--bundle", "--minify", "--format=iife",
          "--target=es2020", "--legal-comments=none", "--outfile=yaml.js")  # fmt: skip
CMS = "node_modules/@sveltia/cms"
SCRIPT, MAP = f"{CMS}/dist/sveltia-cms.js", f"{CMS}/dist/sveltia-cms.js.map"
ASSETS = f"{CMS}/npm/assets"
ICONS = "material-symbols-outlined"
PACKED = re.compile(r"/\.pnpm/(@?[^@/]+)@([^_/]+)")  # in the places that a map of the script names
WORD = re.compile(r"[a-z0-9_]{2,}")
OWN = (("@sveltia/cms", "MIT"), ("yaml", "ISC"))


def icons(font: Path, script: str) -> bytes:
    """Return the letters of those icons whose names stand in the script: a name is drawn as one letter."""
    opened = TTFont(font)
    letters = opened.getBestCmap()
    by_glyph = {glyph: chr(code) for code, glyph in letters.items()}
    words = set(WORD.findall(script))
    wanted = set()
    for lookup in opened["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            ligatures = getattr(getattr(table, "ExtSubTable", table), "ligatures", {})
            for first, rest in ligatures.items():
                for one in rest:
                    name = "".join(by_glyph.get(glyph, "?") for glyph in (first, *one.Component))
                    if name in words:
                        wanted.add(one.LigGlyph)
    options = Options()
    options.flavor = "woff2"
    options.layout_closure = False
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=sorted(wanted), text="abcdefghijklmnopqrstuvwxyz0123456789_")
    subsetter.subset(opened)
    opened.flavor = "woff2"
    with tempfile.NamedTemporaryFile(suffix=".woff2") as out:
        opened.save(out.name)
        return Path(out.name).read_bytes()


def inside(folder: Path) -> list[dict[str, str]]:
    """Return name and version of each package of which something is in the script of the editor."""
    sources = json.loads((folder / MAP).read_text("utf-8"))["sources"]
    found = {match.groups() for match in map(PACKED.search, sources) if match}
    return [{"name": name.replace("+", "/"), "version": version} for name, version in sorted(found)]


def licences(folder: Path) -> str:
    """Return the licences of what is taken as it is, each below what it is of."""
    texts = {
        "sveltia-cms.js: Sveltia CMS": f"{CMS}/LICENSE.txt",
        "yaml.js: yaml": "node_modules/yaml/LICENSE",
        "icons.woff2: Material Symbols, of which the icons of the editor were taken": f"{ASSETS}/{ICONS}.LICENSE.txt",
    }
    return (
        "\n\n".join(
            f"{of}\n\n{(folder / path).read_text('utf-8').strip()}" for of, path in texts.items()
        )
        + "\n"
    )


def version(folder: Path, name: str) -> str:
    """Return the version of a package that was installed."""
    return str(
        json.loads((folder / "node_modules" / name / "package.json").read_text("utf-8"))["version"]
    )


def main() -> None:
    """Install the packages in a folder of its own, and write what is made of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE, folder, dirs_exist_ok=True)
        subprocess.run(INSTALL, cwd=folder, check=True)  # noqa: S603 - our own words
        subprocess.run(BUNDLE, cwd=folder, check=True)  # noqa: S603
        script = (folder / SCRIPT).read_bytes()
        (font,) = (folder / ASSETS).glob(f"{ICONS}*.woff2")
        made = {
            "sveltia-cms.js": script,
            "yaml.js": (folder / "yaml.js").read_bytes(),
            "icons.woff2": icons(font, script.decode()),
            "LICENSES.txt": licences(folder).encode(),
        }
        packages = [
            {"name": of, "version": version(folder, of), "license": licence} for of, licence in OWN
        ]
        own = {package["name"] for package in packages}
        packages += [package for package in inside(folder) if package["name"] not in own]
    OUT.mkdir(exist_ok=True)
    for name, raw in made.items():
        (OUT / name).write_bytes(raw)
    about = {
        "sha-256": {name: hashlib.sha256(raw).hexdigest() for name, raw in made.items()},
        "packages": packages,
    }
    (OUT / "vendor.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
