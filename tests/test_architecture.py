"""The architecture's promises: arrows point one way, and nothing grows out of sight."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.projects import ROOT

PACKAGE = ROOT / "evidence"
STEPS = ("load", "validate", "compute", "render", "check", "publish")
# Every room of the house, the ground first, and the rooms that it may know. A module that stands
# alone on the top floor is a room too. Arrows point down this table, never up
ARROWS: dict[str, set[str]] = {
    "problems": set(),
    "model": set(),
    "program": set(),
    "workers": set(),
    "kept_file": set(),
    "store": {"kept_file", "program", "workers"},
    "rules": set(),
    "numbers": {"model"},
    "prose": {"model", "numbers"},
    "read": {"model", "numbers", "problems", "store"},
    "figures": {"model", "numbers", "problems", "prose", "store"},
    "finished": {"model", "problems", "prose", "store"},
    "search": {"finished", "store"},
    "check": {"figures", "finished", "model", "numbers", "problems", "prose", "read", "store"},
    "pages": {
        "check", "figures", "finished", "model", "numbers", "problems", "prose", "search", "store",
    },
    "files": {
        "figures", "finished", "model", "numbers", "pages", "problems", "program", "prose", "search", "store",
    },
    "registry": {"model", "problems", "read"},
    "editors": {"figures", "model", "problems", "read", "registry"},
    "documentation": {"editors", "files", "model", "prose", "rules"},
    "steps": {
        "check", "figures", "files", "finished", "model", "numbers", "pages", "problems", "prose",
        "read", "search", "store",
    },
    "run": {"files", "finished", "model", "program", "steps", "store", "workers"},
    "stopping": set(),
    "saying": set(),
    "serve": {
        "files", "finished", "model", "pages", "problems", "prose", "read", "run", "saying", "search", "steps", "store",
        "workers",
    },
    "commands": {
        "check", "documentation", "figures", "model", "problems", "prose", "read", "registry", "rules", "run", "saying", "serve",
        "steps", "store",
    },
    "command": {"commands", "problems", "saying", "steps", "stopping"},
}  # fmt: skip
MOST_LOOSE = 12  # modules that stand alone on the top floor, and rooms beside them
MOST_ROOMS = 14
# Whatever costs a good part of a second to import, or is needed only when something changed
HEAVY = {
    "PIL", "altair", "jinja2", "latex2mathml", "lxml", "markdown_it", "mdit_py_plugins", "nh3", "numpy", "openpyxl", "pandas", "pypandoc", "scipy", "vl_convert",
    "weasyprint",
}  # fmt: skip
# Modules that may import a heavy library at their top, because they are imported late themselves
LATE = {
    f"evidence.figures.{name}"
    for name in ("accessible_svg", "picture_file", "png", "rendering", "svg", "vega_lite")
}
MOST_LINES = 300  # of a module
# A kind of figure is one file, what it says and how it is drawn: whoever changes one reads both
MOST_LINES_OF_A_KIND = 420
# Longer than a rule of thumb allows, each for a reason
LONG_MODULES = {
    "evidence.store": "keys, and what is kept under them, with every way in which that can be damaged",
    "evidence.numbers.quantity": "the one home of every form; to split it would be to search twice",
}
LONG_FUNCTIONS: dict[str, str] = {}
# What only the command line, and what serves it, may touch: the clock and the surroundings
AMBIENT = {"today", "now", "time", "perf_counter", "environ", "getenv", "random", "getcwd", "cwd"}
MAY_BE_AMBIENT = {"evidence.command", "evidence.serve.server"}


def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a piece of code imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in MODULES else node.module


def at_the_top(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported as soon as a module is, and not for type checkers alone."""
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from imported(ast.Module([node], []))


@functools.cache
def imports_of(name: str) -> frozenset[str]:
    """Return the modules of the package that one imports itself."""
    return frozenset(other for other in imported(MODULES[name]) if other in MODULES)


def reached(start: str) -> set[str]:
    """Return every module of the package that one imports, directly or through others."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        for other in imports_of(name):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{name}.{node.name}", node


def length(node: ast.FunctionDef) -> int:
    """Return how many lines a function has, without its docstring."""
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def room(name: str) -> str:
    """Return the room of a module; the package itself, which holds its version, is none."""
    return name.removeprefix("evidence").removeprefix(".").partition(".")[0]


ROOMS = {room(name) for name in MODULES} - {""}


def test_the_table_of_arrows_names_every_room() -> None:
    assert ARROWS.keys() == ROOMS


def test_arrows_point_one_way() -> None:
    order = list(ARROWS)
    for name, known in ARROWS.items():
        assert {other for other in known if order.index(other) >= order.index(name)} == set(), name


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_room_knows_only_the_rooms_of_its_arrows(name: str) -> None:
    known = {
        room(other)
        for module, tree in MODULES.items()
        if room(module) == name
        for other in imported(tree)
        if other in MODULES and room(other)
    }
    assert known - {name} == ARROWS[name]


def test_the_rooms_are_few() -> None:
    alone = {name for name in ROOMS if f"evidence.{name}" in MODULES}
    folders = {name for name in alone if (PACKAGE / name).is_dir()}
    assert len(alone - folders) <= MOST_LOOSE
    assert len(folders) <= MOST_ROOMS


@pytest.mark.parametrize("step", STEPS)
def test_a_step_knows_nothing_of_other_steps(step: str) -> None:
    others = {f"evidence.steps.{name}" for name in STEPS} - {f"evidence.steps.{step}"}
    assert reached(f"evidence.steps.{step}") & others == set()


def test_modules_import_each_other_in_no_circle() -> None:
    assert [name for name in MODULES if name in reached(name)] == []


def test_nothing_imports_the_command_line() -> None:
    assert [name for name, tree in MODULES.items() if "evidence.command" in imported(tree)] == []


def test_one_function_shows_the_six_steps_in_order() -> None:
    (run,) = (node for name, node in functions() if name == "evidence.run.run")
    (build,) = (node for name, node in functions() if name == "evidence.run.build")
    calls = [
        (node.lineno, node.col_offset, node.func.id)
        for part in (build, run)
        for node in ast.walk(part)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    steps = [name for _, _, name in sorted(calls) if name in STEPS]
    assert tuple(steps) == STEPS


def test_each_step_is_a_module_with_a_function_of_its_name() -> None:
    names = {name for name, _ in functions()}
    assert {f"evidence.steps.{step}.{step}" for step in STEPS} <= names


def test_statistics_know_only_numbers() -> None:
    for name, tree in MODULES.items():
        if name.startswith("evidence.numbers.statistics"):
            others = {other for other in imported(tree) if other.startswith("evidence")}
            within = {other for other in others if other.startswith("evidence.numbers.statistics")}
            assert others == within, name


@pytest.mark.parametrize("name", sorted(MODULES.keys() - LATE))
def test_a_heavy_library_is_imported_where_it_is_needed(name: str) -> None:
    libraries = {each.partition(".")[0] for each in at_the_top(MODULES[name])}
    assert libraries & HEAVY == set()


@pytest.mark.parametrize("late", sorted(LATE))
def test_a_module_that_imports_a_heavy_library_is_itself_imported_late(late: str) -> None:
    early = [
        name for name, tree in MODULES.items() if name not in LATE and late in at_the_top(tree)
    ]
    assert early == []


@pytest.mark.parametrize("name", sorted(MODULES.keys() - MAY_BE_AMBIENT))
def test_clock_and_surroundings_are_asked_only_by_the_command_line(name: str) -> None:
    asked = {
        node.func.attr
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    asked |= {node.attr for node in ast.walk(MODULES[name]) if isinstance(node, ast.Attribute)} & {
        "environ"
    }
    assert asked & AMBIENT == set()


def test_only_publish_the_cache_and_the_command_line_write_files() -> None:
    writing = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rmtree", "rename"}
    writers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in writing
    }
    assert writers == {
        "evidence.steps.in_place", "evidence.steps.claim", "evidence.steps.exchange", "evidence.steps.journal", "evidence.kept_file", "evidence.commands.documents", "evidence.commands.external.round", "evidence.commands.making.session", "evidence.run",
        "evidence.registry.storing", "evidence.registry.kept_pages",
    }  # fmt: skip


def most_lines(name: str) -> int:
    """Return how long a module may be: a kind of figure longer than others."""
    constants = {
        target.id
        for node in MODULES[name].body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    is_kind = name.startswith("evidence.figures.") and "KIND" in constants
    return MOST_LINES_OF_A_KIND if is_kind else MOST_LINES


def test_a_module_stays_below_its_limit() -> None:
    paths = {name: PACKAGE.parent.joinpath(*name.split(".")) for name in MODULES}
    files = {
        name: path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        for name, path in paths.items()
    }
    lines = {name: len(file.read_text("utf-8").splitlines()) for name, file in files.items()}
    long = {name for name, count in lines.items() if count > most_lines(name)}
    assert long - LONG_MODULES.keys() == set()
    assert LONG_MODULES.keys() - MODULES.keys() == set()


def test_a_function_stays_below_40_lines() -> None:
    long = {name: length(node) for name, node in functions() if length(node) > 40}
    assert {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS} == {}


def test_no_module_is_a_box_for_everything() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "core", "tools"}
    assert {name for name in MODULES if set(name.split(".")) & vague} == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_module_and_everything_public_says_what_it_is_for(name: str) -> None:
    tree = MODULES[name]
    assert ast.get_docstring(tree), name
    for node in tree.body:
        public = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if public and isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            assert ast.get_docstring(node), f"{name}.{node.name}"


def test_a_class_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert {name for name, modules in homes.items() if len(modules) > 1} == set()


def test_nothing_is_called_data() -> None:
    names = {
        f"{name}:{node.lineno}"
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "data")
        or (isinstance(node, ast.arg) and node.arg == "data")
    }
    assert names == set()


def test_tests_mirror_the_package() -> None:
    folders = {
        path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if (path / "__init__.py").is_file()
    }
    tests = Path(__file__).parent
    tested = {path.relative_to(tests) for path in tests.rglob("*") if path.is_dir()}
    assert folders - tested == set()


# Words that conditions and interventions share with plain English
PLAIN = {
    "acute", "all", "and", "applicable", "cell", "cells", "chronic", "conditions", "covid", "derived",
    "disease", "eye", "fraction", "free", "host", "mixed", "multiple", "not", "other", "primary",
    "several", "source", "stated", "stem", "stroke", "type", "unclassified",
}  # fmt: skip


def named_words() -> set[str]:
    """Return the words by which this site's lists name a condition or an intervention."""
    listed = yaml.safe_load((ROOT / "data/vocabularies.yaml").read_text("utf-8"))
    names = [name for kind in ("conditions", "cells") for name in listed[kind]]
    return {word for name in names for word in name.split("-") if len(word) > 2} - PLAIN


def test_the_program_names_no_condition_and_no_intervention_of_this_site() -> None:
    words = named_words()
    assert {"lupus", "spinal", "crohns", "mesenchymal", "graft"} <= words
    named = re.compile(
        rf"\b(?:{'|'.join(sorted(words))}|crohn|autologous cells|stem[- ]cells?|AIS|ASIA)s?\b",
        re.IGNORECASE,
    )
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    found = {
        f"{path.relative_to(ROOT)}: {word.group()}"
        for path in files
        if path.suffix in {".py", ".html", ".css", ".js"} and "vendor" not in path.parts
        for word in named.finditer(path.read_text("utf-8"))
    }
    assert found == set()
