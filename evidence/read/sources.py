"""What load gives: every source file, before it means anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.problems import Problem

TEXT_FOLDERS = ("content", "data", "templates")
STATIC = "templates/static/"


@dataclass(frozen=True)
class Sources:
    """Every source file by path relative to the project: ``texts`` and ``static`` bytes.

    Files that could not be read as text are in ``unreadable`` with a problem each.
    """

    texts: dict[str, str] = field(default_factory=dict)
    static: dict[str, bytes] = field(default_factory=dict)
    unreadable: dict[str, Problem] = field(default_factory=dict)

    def below(self, folder: str, ending: str) -> list[str]:
        """Return the paths below ``folder`` with ``ending``, readable or not, in order."""
        known = [*self.texts, *self.unreadable]
        return sorted(path for path in known if path.startswith(folder) and path.endswith(ending))
