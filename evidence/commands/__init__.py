"""The verbs of the command line, a module each: its options, and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from evidence.commands.verb import Verb

# The verbs in the groups and the order of the help. Each is VERB of the module of its name, but for
# those named below.
GROUPS: dict[str, tuple[str, ...]] = {
    "Write the site": ("build", "report", "serve"),
    "Check": ("check",),
    "Change": ("new", "rename", "accept", "import", "refresh"),
    "Look": ("find", "status", "drafts", "explain", "changes"),
    "Write what is made of the program": ("rules", "schemas", "hosting"),
}
HOMES = {
    "report": ("build", "REPORT"),
    "import": ("importing", "VERB"),
    "rules": ("documents", "RULES"),
    "schemas": ("documents", "SCHEMAS"),
    "hosting": ("documents", "HOSTING"),
}
USUAL = "build"  # what is done when no verb is typed


class Verbs(Mapping[str, Verb]):
    """Every verb by its name. Its module is loaded when the verb is asked for: a run needs one."""

    def __getitem__(self, name: str) -> Verb:
        """Return a verb."""
        if name not in set(self):
            raise KeyError(name)
        module, constant = HOMES.get(name, (name.replace("-", "_"), "VERB"))
        verb: Verb = getattr(import_module(f"evidence.commands.{module}"), constant)
        return verb

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all verbs."""
        return (name for names in GROUPS.values() for name in names)

    def __len__(self) -> int:
        """Return how many verbs there are."""
        return sum(map(len, GROUPS.values()))


VERBS: Mapping[str, Verb] = Verbs()
