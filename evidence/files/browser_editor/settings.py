"""The configuration of the editor: a collection for each folder, with the forms of the files in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from evidence.figures import KINDS
from evidence.files.browser_editor.forms import Form, Forms
from evidence.model.browser_editor import BrowserEditor, Repository, collection_of
from evidence.model.closed_lists import closed_lists
from evidence.model.file_kinds import FILE_KINDS, FileKind, schema_line, schema_of_kind
from evidence.model.json_schema import Schema
from evidence.model.page import FrontMatter
from evidence.model.report import Report
from evidence.model.site import Site
from evidence.model.vocabularies import Vocabularies

# What the importer writes is changed by the importer
EDITED = [kind for kind in FILE_KINDS if not kind.files.startswith("data/registry/")]
REVIEWED = ("github", "gitlab")  # where what is saved is checked before it is in the site
GITHUB = "https://github.com"  # whose programs ask elsewhere
API = {"github": "v3", "gitlab": "v4", "gitea": "v1"}
WHOLE = "site"  # the collection of files that stand alone
BODY = {
    "name": "body",
    "label": "Text",
    "widget": "text",
    "required": False,
    "hint": "The text of the page, in Markdown, with numbers as references.",
}


@dataclass(frozen=True)
class EditedSite:
    """What the editor is made for: a ``site`` with its closed ``words``, and the ``folders`` of its pages below content/.

    ``local`` tells whether it is for the working copy on this computer, whatever the site says.
    """

    site: Site
    words: Vocabularies
    folders: tuple[str, ...]
    local: bool


def edited_site(report: Report, *, local: bool) -> EditedSite:
    """Return what of a report the editor is made for."""
    folders = sorted({page.section for page in report.pages.values()})
    return EditedSite(report.site, report.vocabularies, tuple(folders), local)


def configuration(edited: EditedSite) -> dict[str, Any]:
    """Return what start.js is given: the editor's ``config``, and the ``forms`` by the names of their formats."""
    lists = closed_lists(edited.words, KINDS)
    forms = {kind.schema: Forms(schema_of_kind(kind), lists["$defs"]).form() for kind in EDITED}
    collections = [*_pages(edited.folders, forms["page.json"]), *_folders(forms)]
    collections.append(_alone(forms))
    backend = backend_of(edited)
    config = {
        "load_config_file": False,
        "backend": backend,
        "app_title": f"Edit {edited.site.title}",
        "site_url": edited.site.address or "",
        "show_preview_links": False,
        "media_folder": "templates/static",  # nothing is put there from here
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": collections,
    }
    if backend["name"] in REVIEWED:
        config["publish_mode"] = "editorial_workflow"
    return {"config": config, "forms": dict(_formats(forms))}


def backend_of(edited: EditedSite) -> dict[str, Any]:
    """Return where the editor loads and saves."""
    editor = edited.site.editor or BrowserEditor(backend="local")
    repository = Repository.at(edited.site.repository or "")
    if edited.local or repository is None:
        return {"name": "test-repo"}  # a folder of the browser: local.js gives it the working copy
    told = {"name": editor.backend, "repo": repository.path, "branch": editor.branch}
    if editor.backend != "github":
        told["base_url"] = repository.host
    elif editor.sign_in:
        told["base_url"] = editor.sign_in
    if repository.host != GITHUB:
        told["api_root"] = f"{repository.host}/api/{API[editor.backend]}"
    signs_in = editor.sign_in if editor.backend == "github" else editor.app_id
    if editor.app_id and editor.backend != "github":
        told["app_id"] = editor.app_id
        told |= {"auth_type": "pkce"} if editor.backend == "gitlab" else {}
    return told | {"auth_methods": ["oauth", "token"] if signs_in else ["token"]}


def _formats(forms: Mapping[str, Form]) -> Iterator[tuple[str, Schema]]:
    """Yield how each kind of file is read and written, by the name of its format."""
    for kind in EDITED:
        form = forms[kind.schema]
        if kind.model is FrontMatter:
            yield _format(kind), {"extension": "md", "shape": form.shape | {"page": True}}
        else:
            first = schema_line(kind, kind.files)
            yield _format(kind), {"extension": "yaml", "shape": form.shape | {"first": first}}


def _format(kind: FileKind) -> str:
    return kind.schema.removesuffix(".json")


def _pages(folders: Iterable[str], form: Form) -> Iterator[dict[str, Any]]:
    """Yield a collection for each folder of pages: an entry stands right in the folder."""
    for folder in folders:
        yield {
            "name": collection_of(folder),
            "label": f"Pages: {folder}" if folder else "Pages",
            "label_singular": "page",
            "folder": f"content/{folder}".rstrip("/"),
            "format": "page",
            "create": True,
            "slug": "{{title}}",
            "summary": "{{title}}",
            "fields": [form.fields[0], BODY, *form.fields[1:]],
        }


def _folders(forms: Mapping[str, Form]) -> Iterator[dict[str, Any]]:
    for kind in EDITED:
        path, named = PurePosixPath(kind.files), kind.collection
        if named is not None:
            yield {
                "name": path.parent.name,
                "label": named.several,
                "label_singular": named.one,
                "description": kind.title,
                "folder": path.parent.as_posix(),
                "format": _format(kind),
                "create": True,
                "slug": "{{title}}" if "{{title}}" in named.shown else "{{slug}}",
                "identifier_field": forms[kind.schema].fields[0]["name"],
                "summary": named.shown,
                "fields": forms[kind.schema].fields,
            }


def _alone(forms: Mapping[str, Form]) -> dict[str, Any]:
    files = [
        {
            "name": PurePosixPath(kind.files).stem,
            "label": kind.title,
            "file": kind.files,
            "format": _format(kind),
            "fields": forms[kind.schema].fields,
        }
        for kind in EDITED
        if "*" not in kind.files
    ]
    return {"name": WHOLE, "label": "The whole site", "files": files}
