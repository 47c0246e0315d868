"""Can every template be compiled, and does it use only names that it is given?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.problems import Place, Problem, did_you_mean
from evidence.prose.templating import CONTEXT, environment
from evidence.read.sources import Sources
from evidence.store import Made, Store

if TYPE_CHECKING:
    from jinja2.nodes import Template

UNKNOWN = re.compile(r"No (filter|test) named '([^']+)'")


# What Jinja lets through to Python's own compiler, or runs into
UNCOMPILED = (RecursionError, SyntaxError, ValueError, ArithmeticError, MemoryError)


def check_templates(sources: Sources, store: Store) -> Iterator[Problem]:
    """Yield what is wrong with templates; one found sound is not read again while it stays."""
    files = sources.below("templates/", ".html")
    names = [file.removeprefix("templates/") for file in files]
    texts = {file: sources.texts[file] for file in files if file in sources.texts}
    kept = store.keep_all(sound_template, [(file, text, names) for file, text in texts.items()])
    unsound = {file for file, result in zip(texts, kept, strict=True) if not result.card}
    for file in files:
        if file in sources.unreadable:
            yield sources.unreadable[file]
        elif file in unsound:
            yield from _check(file, texts[file], names)


def sound_template(file: str, text: str, names: list[str]) -> Made:
    """Tell whether a template can be used, where templates of these ``names`` are."""
    return Made(not list(_check(file, text, names)))


def _check(file: str, text: str, names: list[str]) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError, meta  # noqa: PLC0415 - slow to import

    name = file.removeprefix("templates/")
    surroundings = environment({name: text})
    try:
        tree = surroundings.parse(text)
        surroundings.get_template(name)  # compiles it
        undeclared = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        yield _syntax(file, error, list(surroundings.filters))
        return
    except UNCOMPILED as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        message = f"the template cannot be compiled: {reason}"
        hint = "Look for brackets and blocks that are nested without end, and for long numbers."
        yield Problem(Place(file, 1, 1), "template-syntax", message, hint)
        return
    for used in sorted(undeclared - CONTEXT - _made_here(tree)):
        message = f"the template uses '{used}', which it is not given"
        hint = did_you_mean(used, CONTEXT, f"Given: {', '.join(sorted(CONTEXT))}.")
        yield Problem(Place(file, *_line_of(text, used)), "template-syntax", message, hint)
    yield from _missing_templates(file, text, tree, names)


def _made_here(tree: Template) -> set[str]:
    """Return the names that a template sets or imports itself, which its blocks may use."""
    from jinja2 import nodes  # noqa: PLC0415

    names = {imported.target for imported in tree.find_all(nodes.Import)}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for assignment in tree.find_all(nodes.Assign):
        names |= {node.name for node in assignment.find_all(nodes.Name) if node.ctx == "store"}
    return names


def _missing_templates(file: str, text: str, tree: Template, known: list[str]) -> Iterator[Problem]:
    from jinja2 import meta  # noqa: PLC0415

    for name in meta.find_referenced_templates(tree):
        if name is not None and name not in known:
            message = f"the template '{name}' does not exist"
            place = Place(file, *_line_of(text, name))
            hint = did_you_mean(name, known, "Write it in templates/.")
            yield Problem(place, "template-syntax", message, hint)


def _syntax(file: str, error: object, filters: list[str]) -> Problem:
    message, line = str(getattr(error, "message", "")), int(getattr(error, "lineno", 1))
    hint = "Look for an open {% block %}, {{ or quote, here or just above."
    unknown = UNKNOWN.search(message)
    if unknown:
        hint = did_you_mean(
            unknown.group(2), filters, "Use a filter of Jinja, or of evidence/prose/templating.py."
        )
    return Problem(Place(file, line, 1), "template-syntax", message.rstrip(".").lower(), hint)


def _line_of(text: str, name: str) -> tuple[int, int]:
    match = re.search(rf"\b{re.escape(name)}\b", text)
    if match is None:
        return 1, 1
    start = match.start()
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
