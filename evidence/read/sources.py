"""What load gives: every source file before it means anything; and which file belongs where."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from evidence.model.guide import GUIDE_FILES
from evidence.problems import Place, Problem, did_you_mean, nearest, plain

# What load gives: every source file, before it means anything.

TEXT_FOLDERS = ("content", "data", "templates")
STATIC = "templates/static/"
TABLES = "data/tables/"
PICTURES = "data/pictures/"
DOWNLOADS = "data/downloads/"


@dataclass(frozen=True)
class Sources:
    """Every source file by path relative to the project: ``texts`` and ``static`` bytes.

    ``binaries`` are the files of authors that are not read as text: pictures, and what pages offer.
    Files that could not be read as text are in ``unreadable`` with a problem each. ``drafts`` are files that
    were left out because they are drafts. ``guide`` are the documents for editors, by their names.
    """

    texts: dict[str, str] = field(default_factory=dict)
    static: dict[str, bytes] = field(default_factory=dict)
    binaries: dict[str, bytes] = field(default_factory=dict)
    unreadable: dict[str, Problem] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    guide: dict[str, str] = field(default_factory=dict)

    def below(self, folder: str, ending: str | tuple[str, ...]) -> list[str]:
        """Return the paths below ``folder`` with ``ending``, readable or not, in order."""
        known = [*self.texts, *self.unreadable]
        return sorted(path for path in known if path.startswith(folder) and path.endswith(ending))

    def published(self) -> Sources:
        """Return the sources without drafts: what a build sees."""
        drafts = frozenset(file for file, text in self.texts.items() if is_draft(file, text))
        texts = {file: text for file, text in self.texts.items() if file not in drafts}
        return replace(self, texts=texts, drafts=drafts) if drafts else self

    @cached_property
    def strayed(self) -> dict[str, str]:
        """Return where files are meant to stand, each with the file that stands elsewhere for now.

        Whoever looks for what is meant finds it here, and says nothing of its own.
        """
        unread = [path for path, problem in self.unreadable.items() if problem.rule == "file-known"]
        known = [*unread, *(path for path in self.texts if path != plain(path))]
        found = {meant_path(path): path for path in known if path.startswith(("content/", "data/"))}
        return {meant: path for meant, path in found.items() if meant != path}


# A page, a study or a figure may be a draft: its author sees it, and no reader does.

OF_DRAFTS = ("content/", "data/studies/", "data/figures/")
# Whatever is not plainly false: what is unclear is not published
DRAFT = re.compile(r"(?m)^(?:\{(?:.*,)? *)?['\"]?draft['\"]?[ \t]*:(?![ \t]*['\"]?(?i:false|no)\b)")


def is_draft(file: str, text: str) -> bool:
    """Tell whether a file says ``draft: true``, or anything but false; a page says so above its text."""
    if "draft" not in text or not file.startswith(OF_DRAFTS):
        return False
    head = text.partition("\n---")[0] if file.endswith(".md") else text
    return bool(DRAFT.search(head))


# Which file belongs where. What stands anywhere else is a mistake, and is not passed over.

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx")
DOWNLOAD_ENDINGS = (".pdf", ".csv", ".docx", ".odp", ".ods", ".odt", ".pptx", ".txt", ".xlsx")
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Folder:
    """What a folder holds: a ``kind`` of record, as references name it, in files with these ``endings``.

    ``otherwise`` says what to do with a file of another ending.
    """

    kind: str
    endings: tuple[str, ...] = (".yaml",)
    otherwise: str = ""


AS_IT_IS = f"What is published as it is stands in {STATIC}."
PAGES = Folder(
    "page",
    (".md",),
    f"Move what a page offers to {DOWNLOADS}, and name it under 'downloads:' above its text. {AS_IT_IS}",
)
TEMPLATES = Folder("template", (".html", ".txt", ".xml"), AS_IT_IS)
# Those of data
FOLDERS = {
    "claims": Folder("ledger"),
    "downloads": Folder(
        "download",
        DOWNLOAD_ENDINGS,
        f"A page offers documents and tables: {', '.join(DOWNLOAD_ENDINGS)}.",
    ),
    "figures": Folder("figure"),
    "inventories": Folder("inventory", (".csv",)),
    "pictures": Folder(
        "picture",
        (".yaml", *PICTURE_ENDINGS),
        "Pictures are JPEG, PNG or WebP: open it in a program for pictures, and save it as one of these.",
    ),
    "searches": Folder("search"),
    "sources": Folder("source"),
    "studies": Folder("study"),
    "tables": Folder(
        "table",
        (*TABLE_ENDINGS, ".yaml"),
        "Open it in a spreadsheet program, and save it as .xlsx, or as CSV in UTF-8.",
    ),
    "trials": Folder("trial"),
}
SINGLE = (
    "accepted-checks.csv",
    "glossary.yaml",
    "readings.csv",
    "site.yaml",
    "synonyms.yaml",
    "vocabularies.yaml",
)
MEANT = {".yml": ".yaml", ".markdown": ".md", ".mdown": ".md", ".htm": ".html"}


def meant_path(name: str) -> str:
    """Return the path that a file in content/ or data/ would have if its folder, name and ending were right."""
    folder, *inner = name.split("/")
    stem, ending = os.path.splitext(plain(inner.pop()))  # noqa: PTH122
    ending = MEANT.get(ending, ending)
    if folder == "data" and inner:
        kind = nearest(inner[0], FOLDERS)
        inner = [kind or inner[0]]
    return "/".join([folder, *map(plain, inner), f"{stem}{ending}"])


def named_by(path: str) -> str:
    """Return what the file at a ``path`` holds, as "study:smith-2020", or "" where it is no record."""
    folder, *inner = path.split("/")
    stem, ending = os.path.splitext("/".join(inner))  # noqa: PTH122
    if folder == "content":
        return f"{PAGES.kind}:{stem}" if ending in PAGES.endings else ""
    kind, slash, name = stem.partition("/")
    if not slash or kind not in FOLDERS or ending not in FOLDERS[kind].endings:
        return ""
    if kind == "downloads":
        return f"download:{name}{ending}"
    if kind == "tables":
        return f"page-table:{name}" if ending == ".yaml" else f"table:{name}{ending}"
    return f"{FOLDERS[kind].kind}:{name}"


def misplaced(name: str) -> Problem | None:
    """Return a problem for a file that nothing reads, by its path below the project."""
    if name.startswith(STATIC) or name in GUIDE_FILES:
        return None
    folder, *inner = name.split("/")
    if folder != "data":
        return _ending(name, PAGES if folder == "content" else TEMPLATES)
    if len(inner) == 1:
        if inner[0] in SINGLE:
            return None
        hint = did_you_mean(
            inner[0], SINGLE, f"Put it in the folder of its kind: {', '.join(FOLDERS)}."
        )
        return _unknown(name, "nothing reads a file of this name in data/", hint)
    if inner[0] == "registry":
        return _registry(name, inner[1:])
    if inner[0] not in FOLDERS:
        near = nearest(inner[0], [*FOLDERS, "registry"])
        hint = f"Move it to data/{near}/." if near else f"Known: {', '.join(FOLDERS)}."
        return _unknown(name, f"nothing reads the folder 'data/{inner[0]}'", hint)
    if len(inner) > 2:
        hint = f"Move it to data/{inner[0]}/."
        return _unknown(name, f"nothing reads a folder inside 'data/{inner[0]}'", hint)
    return _ending(name, FOLDERS[inner[0]])


def is_binary(name: str) -> bool:
    """Tell whether the file at a path below the project is not read as text: a picture, or one that a page offers."""
    is_picture = name.startswith(PICTURES) and name.endswith(PICTURE_ENDINGS)
    return is_picture or name.startswith(DOWNLOADS)


def same_tables(names: Iterable[str]) -> dict[str, str]:
    """Return the files of data/tables that are named as another but for their ending, each with that one."""
    first: dict[str, str] = {}
    again = {}
    for name in sorted(names):
        stem, ending = os.path.splitext(name)  # noqa: PTH122
        if (
            name.startswith(TABLES)
            and ending in TABLE_ENDINGS
            and first.setdefault(stem, name) != name
        ):
            again[name] = first[stem]
    return again


def _registry(name: str, inner: list[str]) -> Problem | None:
    """Judge a file of an export, which the importer made, or the rules."""
    if inner == ["rules.yaml"]:
        return None
    if len(inner) == 2 and inner[1] in {"provenance.yaml", "records.csv", "changes.csv"}:
        return None
    hint = "Only 'python build.py import' writes here, and rules.yaml is yours."
    return _unknown(name, "nothing reads a file of this name in data/registry/", hint)


def _ending(name: str, folder: Folder) -> Problem | None:
    ending = os.path.splitext(name)[1]  # noqa: PTH122 - for each of ten thousand files
    if ending in folder.endings:
        return None
    hint = _instead(name, ending.lower(), folder)
    return _unknown(name, f"a file with the ending '{ending}' is not read here", hint)


def _instead(name: str, ending: str, folder: Folder) -> str:
    """Return what to do with a file that has no ending of its folder."""
    wanted = MEANT.get(ending, ending)
    if wanted in folder.endings:
        stem = name.rpartition("/")[2][: -len(ending)]
        return f"Rename it to {plain(stem)}{wanted}."
    if wanted in PICTURE_ENDINGS:
        return (
            f"A picture stands in {PICTURES}: 'python build.py new picture {name}' puts it there."
        )
    return folder.otherwise or f"Rename it: the ending is {' or '.join(folder.endings)}."


def _unknown(name: str, message: str, hint: str) -> Problem:
    return Problem(Place(name), "file-known", message, hint)
