"""New entries of files that hold many: a claim of a ledger, a term of the glossary."""

from __future__ import annotations

from typing import Any

from evidence.commands.making.records import Answers, claim_text, ledger_text, term_text
from evidence.read.sources import Sources
from evidence.read.yaml_file import read_yaml

GLOSSARY = "data/glossary.yaml"


def with_claim(sources: Sources, name: str, answers: Answers) -> tuple[str, str]:
    """Return the file of a ledger and its text with one more entry; raises ValueError where it cannot be added."""
    ledger, _, claim = name.partition("/")
    file = f"data/claims/{ledger}.yaml"
    said = {**answers, "claim": claim, "document": answers["document"] or ledger}
    before = sources.texts.get(file)
    if before is None:
        return file, ledger_text(said) + claim_text(said)
    return file, _added(file, before, claim_text(said), ("claims", claim))


def with_term(sources: Sources, name: str, answers: Answers) -> tuple[str, str]:
    """Return the glossary with one more entry; raises ValueError where it cannot be added."""
    entry = term_text({**answers, "id": name})
    return GLOSSARY, _added(GLOSSARY, sources.texts.get(GLOSSARY, ""), entry, (name,))


def _added(file: str, before: str, entry: str, path: tuple[str, ...]) -> str:
    """Return a text with an entry at its end, where that adds the entry and changes nothing else."""
    *above, name = path
    old = read_yaml(file, before)
    if old.problems:
        message = f"{file} cannot be read: 'build.py check' says why"
        raise ValueError(message)
    if old.holds(path):
        message = f"'{name}' stands in {file} already"
        raise ValueError(message)
    text = f"{before.rstrip()}\n\n{entry}" if before.strip() else entry
    new = read_yaml(file, text)
    if new.problems or not new.holds(path) or _without(new.content, path) != (old.content or {}):
        where = f"below '{above[0]}:' " if above else ""
        message = (
            f"the entry cannot be added at the end of {file}. Write it {where}yourself:\n{entry}"
        )
        raise ValueError(message)
    return text


def _without(content: Any, path: tuple[str, ...]) -> Any:
    """Return a mapping without the entry at ``path``."""
    first, *others = path
    if others:
        return {**content, first: _without(content[first], tuple(others))}
    return {key: value for key, value in content.items() if key != first}
