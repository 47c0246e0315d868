"""The script of interactive figures is what its list of components says."""

import hashlib
import json

from evidence.figures.runtime import runtime
from tests.projects import ROOT

ABOUT = json.loads((ROOT / "evidence/figures/vega.json").read_text("utf-8"))
VERSIONS = [(package["name"], package["version"]) for package in ABOUT["packages"]]


def test_the_list_is_of_this_script() -> None:
    assert hashlib.sha256(runtime()).hexdigest() == ABOUT["sha-256"]


def test_its_packages_are_those_that_are_locked() -> None:
    lock = json.loads((ROOT / "tools/vega/package-lock.json").read_text("utf-8"))["packages"]
    locked = {
        (path.rpartition("node_modules/")[2], package.get("version"))
        for path, package in lock.items()
    }
    assert set(VERSIONS) <= locked
    asked = json.loads((ROOT / "tools/vega/package.json").read_text("utf-8"))["devDependencies"]
    assert {name: dict(VERSIONS).get(name) for name in asked if name != "esbuild"} == {
        name: version for name, version in asked.items() if name != "esbuild"
    }


def test_the_script_holds_the_versions_and_the_licences() -> None:
    text = runtime().decode()
    notice, _, script = text.partition("\n*/\n")
    assert notice.startswith("/*!")
    assert [
        f"{name} {version}" for name, version in VERSIONS if f"{name} {version}" not in notice
    ] == []
    for name in ("vega", "vega-lite", "vega-embed"):
        assert f'"{dict(VERSIONS)[name]}"' in script


def test_the_interpreter_is_past_the_advisory() -> None:
    """CVE-2025-59840 is mended in vega-interpreter 2.2.1 for version 2."""
    assert tuple(map(int, dict(VERSIONS)["vega-interpreter"].split("."))) >= (2, 2, 1)
