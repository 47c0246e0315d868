"""The list of components is true to what pins them."""

import json
import re

from tests.projects import ROOT
from tools.components import OUT, of_python, text

LIST = json.loads(OUT.read_text("utf-8"))
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")


def pairs(kind: str) -> set[tuple[str, str]]:
    return {
        (component["name"], component["version"])
        for component in LIST["components"]
        if component["purl"].startswith(f"pkg:{kind}/")
    }


def test_the_file_is_what_the_tool_writes() -> None:
    assert OUT.read_text("utf-8") == text(), "write it again: make components"


def test_every_pinned_package_is_listed_and_no_other() -> None:
    assert pairs("pypi") == set(re.findall(r"(?m)^([a-z0-9._-]+)==([^ ;\\]+)", REQUIREMENTS))


def test_every_package_in_a_script_is_listed() -> None:
    bundled = json.loads((ROOT / "evidence/figures/vega.json").read_text("utf-8"))["packages"]
    assert {(each["name"], each["version"]) for each in bundled} < pairs("npm")
    assert {"vega", "world-atlas"} < {name for name, _ in pairs("npm")}


def test_each_component_is_named_once_and_reached() -> None:
    names = [component["bom-ref"] for component in LIST["components"]]
    assert len(names) == len(set(names))
    reached = {ref for each in LIST["dependencies"] for ref in each["dependsOn"]}
    assert reached == set(names)


def test_what_the_project_asks_for_itself_is_its_own() -> None:
    own = next(each for each in LIST["dependencies"] if each["ref"] == "stem-cell-evidence")
    asked = re.findall(r"(?m)^([a-z0-9-]+)[><=]", (ROOT / "requirements.in").read_text("utf-8"))
    listed = {re.split("[/@]", ref)[1] for ref in own["dependsOn"] if ref.startswith("pkg:pypi")}
    assert listed == set(asked)


def test_a_condition_of_a_pin_is_kept() -> None:
    pinned, wanted_by = of_python("a==1.0 ; python_version < '3' \\\n    # via b\n")
    assert pinned[0]["properties"] == [{"name": "python:marker", "value": "python_version < '3'"}]
    assert wanted_by == {"a": {"b"}}
