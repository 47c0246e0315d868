"""Whether pages are edited in the browser, and where what is saved goes."""

from __future__ import annotations

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_core import PydanticCustomError

from evidence.model.base import Address, Model, Words, asks

Backend = Literal["github", "gitlab", "gitea", "local"]
BACKENDS: dict[Backend, str] = {
    "github": "GitHub",
    "gitlab": "GitLab, also one of your own",
    "gitea": "Gitea or Forgejo, as Codeberg is",
    "local": "This computer alone: the editor is in what 'build.py serve' shows, and in no site.",
}


class BrowserEditor(Model):
    """The editor in the browser: the kind of host that keeps the sources, and how people sign in there."""

    backend: Backend = Field(
        examples=["local"],
        json_schema_extra=asks(
            "Where what is saved goes: the kind of host at the address under 'repository:', or 'local' for this computer"
            " alone.",
            BACKENDS,
        ),
    )
    branch: Words = Field(
        default="main",
        examples=["main"],
        json_schema_extra=asks("The branch of which the site is made."),
    )
    sign_in: Address | None = Field(
        default=None,
        examples=["https://sign-in.example.org"],
        json_schema_extra=asks(
            "The address of your service that signs people in at GitHub. Without it they give a token of their own."
        ),
    )
    app_id: Words | None = Field(
        default=None,
        examples=["2c5a"],
        json_schema_extra=asks(
            "The id that GitLab, Gitea or Forgejo gave the editor as an application. Without it people give a token of"
            " their own."
        ),
    )


HOME = "pages"  # the collection of the pages at the top
DATA, CONTENT = "data/", "content/"


def collection_of(folder: str) -> str:
    """Return what the editor calls the pages in a folder below content/."""
    return f"{HOME}-{folder.replace('/', '-')}" if folder else HOME


def entry_of(file: str) -> str:
    """Return where the editor opens a file, behind its own address: ``#/collections/pages/entries/about``."""
    folder, _, name = file.rpartition("/")
    below = folder.removeprefix(CONTENT.rstrip("/")).lstrip("/")
    collection = collection_of(below) if file.startswith(CONTENT) else folder.removeprefix(DATA)
    return f"#/collections/{collection}/entries/{name.rpartition('.')[0]}"


class Repository(Model):
    """Where sources are kept, as an editor needs it: the ``host`` with its scheme, and ``path`` as owner/name."""

    host: Words
    path: Words

    @classmethod
    def at(cls, address: str) -> Self | None:
        """Return what an address names, as https://example.org/owner/name; None where it names no repository."""
        parts = urlsplit(address)
        path = parts.path.strip("/").removesuffix(".git")
        if path.count("/") < 1 or parts.query or parts.fragment:
            return None
        return cls(host=f"{parts.scheme}://{parts.netloc}", path=path)


def check_editing(repository: str | None, edit: str | None, editor: BrowserEditor | None) -> None:
    """Raise a custom pydantic error where a site does not say enough of how it is edited."""
    if edit is not None and "(file)" not in edit:
        raise PydanticCustomError("edit", "the address under 'edit:' has no (file)", {})
    online = editor is not None and editor.backend != "local"
    if online and Repository.at(repository or "") is None:
        message = "the editor is not told which repository it is to change"
        raise PydanticCustomError("editor", message, {})
