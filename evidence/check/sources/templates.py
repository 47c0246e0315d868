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


def check_templates(sources: Sources, store: Store) -> list[Problem]:
    """Return a problem for each template that cannot be used; sound ones are remembered."""
    files = sources.below("templates/", ".html")
    broken = any(file in sources.unreadable for file in files)
    texts = {file: sources.texts[file] for file in files if file in sources.texts}
    if not broken and store.keep(sound_templates, texts).card:
        return []
    return list(_check(sources))


def sound_templates(texts: dict[str, str]) -> Made:
    """Tell whether all templates can be used."""
    return Made(not list(_check(Sources(texts))))


def _check(sources: Sources) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError, meta  # noqa: PLC0415 - slow to import

    templates = {
        file.removeprefix("templates/"): sources.texts[file]
        for file in sources.below("templates/", ".html")
        if file in sources.texts
    }
    surroundings = environment(templates)
    for file in sources.below("templates/", ".html"):
        if file in sources.unreadable:
            yield sources.unreadable[file]
            continue
        text = sources.texts[file]
        try:
            tree = surroundings.parse(text)
            surroundings.compile(tree)
            undeclared = meta.find_undeclared_variables(tree)
        except TemplateSyntaxError as error:
            yield _syntax(file, error, list(surroundings.filters))
            continue
        except UNCOMPILED as error:
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            message = f"the template cannot be compiled: {reason}"
            hint = "Look for brackets and blocks that are nested without end, and for long numbers."
            yield Problem(Place(file, 1, 1), "template-syntax", message, hint)
            continue
        for name in sorted(undeclared - CONTEXT - _made_here(tree)):
            line = _line_of(text, name)
            message = f"the template uses '{name}', which it is not given"
            hint = did_you_mean(name, CONTEXT, f"Given: {', '.join(sorted(CONTEXT))}.")
            yield Problem(Place(file, *line), "template-syntax", message, hint)
        yield from _missing_templates(file, text, tree, templates)


def _made_here(tree: Template) -> set[str]:
    """Return the names that a template sets or imports itself, which its blocks may use."""
    from jinja2 import nodes  # noqa: PLC0415

    made = {each.target for each in tree.find_all(nodes.Import)}
    made |= {each.name for each in tree.find_all(nodes.Macro)}
    for assignment in tree.find_all(nodes.Assign):
        made |= {each.name for each in assignment.find_all(nodes.Name) if each.ctx == "store"}
    return made


def _missing_templates(
    file: str, text: str, tree: Template, known: dict[str, str]
) -> Iterator[Problem]:
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
    found = re.search(rf"\b{re.escape(name)}\b", text)
    if found is None:
        return 1, 1
    start = found.start()
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
