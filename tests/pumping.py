"""Every regular expression of the package, and long texts made to be the worst for each.

A pattern is found by reading the program, so that nobody has to name it. Its worst texts are made from
its own parts: what may be repeated in it is repeated many times, after what leads there, before
something that lets the match fail, and all of it again and again.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.projects import ROOT

AT_ONE_PLACE = {"match", "fullmatch"}
EVERYWHERE = {"search", "sub", "subn", "split", "findall", "finditer"}
CALLS = AT_ONE_PLACE | EVERYWHERE | {"compile"}
REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}
GROUPS = {"word": "aZé", "digit": "07", "space": " \n", "other": "-.,;:/<>[]()\"'=|#\0€"}
CANDIDATES = "".join(GROUPS.values())
MOST_PUMPS, MOST_PAIRED = 120, 9
BEGINNING = (24, 32, 120, 500)  # what doubles with each letter is seen before it stops the tests
MANY, LOT = 3_000, 12_000
SLOW = 0.05  # seconds for a short text
QUICK = 0.002  # seconds for MANY letters; what grows with the square takes ten times as long
TIMES = 4 * 2.0  # what LOT may take of what MANY take: in proportion it is four times


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and by which methods the program uses it."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


# ---------------------------------------------------------------- the patterns of the program


def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its dotted name."""
    found = {}
    for path in sorted((ROOT / "evidence").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()
# Walked once: to walk every module for every pattern takes half a minute
NODES = {name: list(ast.walk(tree)) for name, tree in MODULES.items()}
IMPORTED = {
    name: {
        (node.module, alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for name, nodes in NODES.items()
}


def written_patterns() -> tuple[list[Used], set[str]]:
    """Return the patterns that can be read off the program, and the places of all others."""
    known: list[Used] = []
    composed: set[str] = set()
    for name, tree in MODULES.items():
        names = {
            node.value: node.targets[0].id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call, function in _calls(tree):
            compiled = _compiled(name, call)
            if compiled is None:
                composed.add(f"{name}.{function}")
                continue
            assigned = names.get(call, "")
            where = f"{name}.{assigned or function or f'line {call.lineno}'}"
            method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            methods = _methods(name, assigned) if method == "compile" else {method}
            known.append(Used(where, compiled, frozenset(methods)))
    return known, composed


def _calls(tree: ast.AST, function: str = "") -> Iterator[tuple[ast.Call, str]]:
    """Yield each call of the module ``re`` with a pattern, and the function that it stands in."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ""
        yield from _calls(node, ".".join(part for part in (function, inside) if part))
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in CALLS
        ):
            yield node, function


def _compiled(name: str, call: ast.Call) -> re.Pattern[Any] | None:
    """Return the pattern of a call, or None where it is composed of what only a run knows."""
    known = vars(importlib.import_module(name))
    flags = [word.value for word in call.keywords if word.arg == "flags"]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "compile":
        flags += call.args[1:2]
    try:
        pattern, *more = (
            eval(compile(ast.Expression(part), name, "eval"), known)  # noqa: S307 - our own program
            for part in (call.args[0], *flags)
        )
    except NameError:
        return None
    return re.compile(pattern, *more)


def _methods(home: str, name: str) -> set[str]:
    """Return by which methods a pattern is used; all of them where it is handed on."""
    methods: set[str] = set()
    for module, nodes in NODES.items():
        if module != home and not _knows(module, home, name):
            continue
        called: set[ast.AST] = set()
        for node in nodes:
            if isinstance(node, ast.Attribute) and _is(node.value, name):
                called.add(node.value)
                methods |= {node.attr} & CALLS
            elif _is(node, name) and isinstance(getattr(node, "ctx", None), ast.Load):
                methods |= set() if node in called else AT_ONE_PLACE | {"finditer"}
    return methods or AT_ONE_PLACE | {"finditer"}


def _is(node: ast.AST, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (
        isinstance(node, ast.Attribute) and node.attr == name
    )


def _knows(module: str, home: str, name: str) -> bool:
    """Tell whether a module imports a name from ``home``, or ``home`` itself."""
    room, _, last = home.rpartition(".")
    return (home, name) in IMPORTED[module] or (room, last) in IMPORTED[module]


def composed_by(action: Callable[[], object]) -> list[re.Pattern[Any]]:
    """Return the patterns that the package hands to the module ``re`` during an action."""
    seen: dict[re.Pattern[Any], None] = {}
    real = re._compile  # type: ignore[attr-defined]

    def spied(pattern: Any, flags: Any) -> re.Pattern[Any]:
        compiled: re.Pattern[Any] = real(pattern, flags)
        seen[compiled] = None
        return compiled

    re._compile = spied  # type: ignore[attr-defined]
    try:
        action()
    finally:
        re._compile = real  # type: ignore[attr-defined]
    return list(seen)


# ---------------------------------------------------------------- the worst texts


@dataclass(frozen=True)
class Worst:
    """A text that grows: what leads there, what is repeated, and what ends it."""

    before: str
    repeated: str
    after: str

    def text(self, length: int) -> str:
        """Return the text with about ``length`` letters."""
        return self.before + self.repeated * (length // len(self.repeated)) + self.after


def worst_texts(pattern: re.Pattern[Any]) -> list[Worst]:
    """Return texts that are likely to be the worst for a pattern."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    flags = pattern.flags & ~(0 if isinstance(pattern.pattern, str) else re.ASCII)
    tree = parser.parse(source, flags)
    pumps: dict[tuple[str, str], None] = {}
    letters: dict[str, None] = {}
    whole = _walk(tree, "", pumps, letters)
    for word in whole[:6]:
        pumps["", word] = pumps["", f"{word} "] = pumps["", word[:-1]] = None
    for before, repeated in list(pumps):
        pumps["", before + repeated] = None
    few = list(letters)[:MOST_PAIRED]
    for letter in letters:
        pumps["", letter] = pumps["", f"{letter} "] = None
    for one, other in permutations(few, 2):
        pumps["", one + other] = None
    kept = [pump for pump in pumps if pump[1]]
    step = max(1, len(kept) // MOST_PUMPS)
    return [
        Worst(before, repeated, after)
        for before, repeated in kept[::step]
        for after in ("", "\0\n")
    ]


def _walk(
    tree: Any, before: str, pumps: dict[tuple[str, str], None], letters: dict[str, None]
) -> list[str]:
    """Return words that a part matches; note what may be repeated, and after what."""
    words = [""]
    for operation, given in tree:
        lead = before + words[0]
        choices = _choices(operation, given, lead, pumps, letters)
        if operation in REPEATS:
            for choice in choices:
                pumps[lead, choice] = None
            if len(choices) > 1:
                pumps[lead, "".join(choices)] = None
            least = min(given[0], 12)
            choices = [choice * max(least, 1) for choice in choices]
        words = [words[position % len(words)] + choices[position % len(choices)]
                 for position in range(min(6, max(len(words), len(choices))))]  # fmt: skip
    return words


def _choices(
    operation: Any, given: Any, lead: str,
    pumps: dict[tuple[str, str], None], letters: dict[str, None],
) -> list[str]:  # fmt: skip
    """Return a few texts that one part of a pattern matches."""
    if operation in REPEATS:
        return _walk(given[2], lead, pumps, letters)
    if operation is code.BRANCH:
        return [word for branch in given[1] for word in _walk(branch, lead, pumps, letters)[:2]]
    if operation is code.SUBPATTERN:
        return _walk(given[3], lead, pumps, letters)
    if operation is code.ATOMIC_GROUP:
        return _walk(given, lead, pumps, letters)
    if operation in {code.ASSERT, code.ASSERT_NOT}:
        _walk(given[1], lead, pumps, letters)
        return [""]
    if operation in {code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN}:
        members = _members(operation, given)
        letters.update(dict.fromkeys(members))
        return members
    return [""]  # a place, or the same text as a group before


def _members(operation: Any, given: Any) -> list[str]:
    """Return some letters of a class: the ends of its ranges, and one of each kind."""
    if operation is code.LITERAL:
        return [chr(given)]
    own: list[str] = []
    for kind, value in given if operation is code.IN else ():
        if kind is code.LITERAL:
            own.append(chr(value))
        elif kind is code.RANGE:
            own += [chr(value[0]), chr(value[1])]
    letter = re.compile(_class(operation, given))
    common = [next((each for each in kind if letter.match(each)), "") for kind in GROUPS.values()]
    fitting = [each for each in (*common, *own) if each and letter.match(each)]
    return list(dict.fromkeys(fitting)) or own[:1]


def _class(operation: Any, given: Any) -> str:
    if operation is code.ANY:
        return "."
    if operation is code.NOT_LITERAL:
        return f"[^{re.escape(chr(given))}]"
    parts = []
    for kind, value in given:
        if kind is code.LITERAL:
            parts.append(re.escape(chr(value)))
        elif kind is code.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif kind is code.CATEGORY:
            name = str(value).removeprefix("CATEGORY_").removeprefix("UNI_")
            short = {"DIGIT": "d", "WORD": "w", "SPACE": "s"}[name.removeprefix("NOT_")]
            parts.append("\\" + (short.upper() if name.startswith("NOT_") else short))
    negated = "^" if given[0][0] is code.NEGATE else ""
    return f"[{negated}{''.join(parts)}]"


# ---------------------------------------------------------------- how long they take


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes of the processor, whatever else the machine does."""
    started = time.process_time()
    action()
    return time.process_time() - started


def use(used: Used, method: str, text: str) -> None:
    """Use a pattern on a text, everywhere in it or at one place."""
    given = text if isinstance(used.pattern.pattern, str) else text.encode("utf-8")
    if method in AT_ONE_PLACE:
        getattr(used.pattern, method)(given)
    else:
        deque(used.pattern.finditer(given), 0)


def out_of_proportion(used: Used, *, of_words: bool = False) -> Iterator[str]:
    """Yield the texts for which a pattern takes longer than in proportion to their length.

    ``of_words`` leaves out texts in which the same letters stand without a blank.
    """
    ways = {method if method in AT_ONE_PLACE else "finditer" for method in used.methods}
    for worst in worst_texts(used.pattern):
        if of_words and " " not in worst.repeated:
            continue
        for method in sorted(ways):
            if grows_faster(partial(use, used, method), worst.text):
                yield f"{used.where}.{method}: {worst}"


def grows_faster(work: Callable[[str], object], text: Callable[[int], str]) -> bool:
    """Tell whether work on a text grows faster than the text; begins with short ones."""
    before = 0.0
    for length in BEGINNING:
        taken = seconds(partial(work, text(length)))
        if taken > max(SLOW, 20 * before):
            return True
        before = taken
    many, lot = text(MANY), text(LOT)
    least = min(seconds(partial(work, many)) for _ in range(2))
    if least < QUICK:
        return False
    first = seconds(partial(work, lot))
    if first > 1.5 * TIMES * least:  # beyond what a busy machine does to a time
        return True
    return first > TIMES * least and seconds(partial(work, lot)) > TIMES * least
