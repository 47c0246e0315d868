"""The files of the editor, as they are served below ``edit/``."""

from __future__ import annotations

import html
import json
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from evidence.files.browser_editor.settings import EditedSite, configuration
from evidence.finished.headers import EDITOR
from evidence.model.browser_editor import Repository

HERE = Path(__file__).parent
SCRIPTS = ("begin.js", "written_form.js", "start.js", "edit.css")
VENDOR = ("yaml.js", "sveltia-cms.js", "icons.woff2", "LICENSES.txt")
LOCAL = "local.js"  # for the working copy alone
API = {"https://github.com": "https://api.github.com"}


def editor_files(edited: EditedSite) -> dict[str, bytes]:
    """Return the page of the editor, its configuration and its scripts, by path in the site."""
    names = [*SCRIPTS, *(f"vendor/{name}" for name in VENDOR), *([LOCAL] if edited.local else [])]
    files = {name: (HERE / name).read_bytes() for name in names}
    told = configuration(edited)
    files["config.json"] = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    files["index.html"] = _page(edited).encode()
    return {f"{EDITOR}{name}": raw for name, raw in sorted(files.items())}


def _page(edited: EditedSite) -> str:
    frame = Template((HERE / "page.html").read_text("utf-8"))
    local = f'<script src="{LOCAL}"></script>\n' if edited.local else ""
    return frame.substitute(
        title=html.escape(edited.site.title), local=local, policy=policy_of(edited)
    )


def policy_of(edited: EditedSite) -> str:
    """Return what the page of the editor may do: run the scripts beside it, and ask the host of the repository.

    The editor sets styles of its own while it runs, which is all that it may do beyond the policy of other pages.
    """
    asked = ["'self'", "data:", "blob:"]
    repository = Repository.at(edited.site.repository or "")
    if not edited.local and repository is not None:
        asked += [repository.host, *([API[repository.host]] if repository.host in API else [])]
    sign_in = edited.site.editor.sign_in if edited.site.editor else None
    if sign_in and not edited.local:
        parts = urlsplit(sign_in)
        asked.append(f"{parts.scheme}://{parts.netloc}")
    pictures = "'self' data: blob:" + ("" if edited.local else " https:")  # of who signed in
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src {pictures}; "
        f"font-src 'self' data:; connect-src {' '.join(asked)}; base-uri 'none'; form-action 'none'"
    )
