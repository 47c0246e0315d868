"""What hosts read: the file ``_headers``, and recipes for servers. docs/hosting.md prints these recipes."""

from __future__ import annotations

from collections.abc import Callable

from evidence.finished.headers import (
    BY_FOLDER,
    CACHE,
    CONTENT_POLICY,
    EDITOR,
    EVERYWHERE,
    LASTING,
    PACKED,
    TRANSPORT,
    TYPES,
    headers_of,
)

ROOT = "/var/www/evidence"
MOUNT = "/evidence/"


def for_hosts(*, editor: bool) -> dict[str, bytes]:
    """Return the files that hosts read: ``_headers``, and one that bids GitHub Pages change nothing.

    ``editor`` tells whether the site has one.
    """
    return {"_headers": headers_file(editor=editor).encode(), ".nojekyll": b""}


def headers_file(*, editor: bool = False) -> str:
    """Return the rules in the form that Netlify and Cloudflare Pages read.

    Where two rules fit, one host joins what they say of a header with a comma, the other takes the
    nearer: what stands here means the same both ways. Both hosts let browsers ask each time. A policy that was
    joined with that of the other pages would stop the ``editor``: with it, each page says its own, as it always does.
    """
    left_out = {CACHE, CONTENT_POLICY} if editor else {CACHE}
    folders = {name: own for name, own in BY_FOLDER.items() if editor or name != EDITOR}
    rules = {"": {name: it for name, it in EVERYWHERE.items() if name not in left_out}} | folders
    lines = ["# Made by the build. What it says, and why: docs/hosting.md"]
    for folder, headers in rules.items():
        lines.append(f"/{folder}*")
        lines += [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + "\n"


def _values(name: str) -> dict[str, str]:
    """Return what is said of a header in each folder that has something of its own to say of it."""
    plain = EVERYWHERE.get(name, "")
    own = {folder: headers_of(folder).get(name, "") for folder in BY_FOLDER}
    return {folder: value for folder, value in own.items() if value != plain}


def _names(mount: str) -> list[str]:
    """Return the headers that a host sends; one that holds for the whole host only from its top."""
    names = dict.fromkeys([*EVERYWHERE, *(name for own in BY_FOLDER.values() for name in own)])
    return [name for name in names if name != TRANSPORT or mount == "/"]


def nginx_maps(mount: str = "/") -> str:
    """Return what stands above the server block: what is said of files, where it differs by folder."""
    blocks = []
    for name in _names(mount):
        values = _values(name)
        if values:
            lines = [f'    default "{EVERYWHERE.get(name, "")}";']
            lines += [f'    "~^{mount}{folder}" "{value}";' for folder, value in values.items()]
            blocks.append("\n".join([f"map $uri ${_variable(name)} {{", *lines, "}"]))
    return "\n".join(blocks) + "\n"


def _variable(header: str) -> str:
    return "evidence_" + header.lower().replace("-", "_")


def _nginx_files(mount: str, inset: str) -> str:
    types = "\n".join(f"    {kind} {end};" for end, kind in TYPES.items())
    named = [
        f"add_header {name} {f'${_variable(name)}' if _values(name) else _quoted(EVERYWHERE[name])} always;"
        for name in _names(mount)
    ]
    lines = f"""\
index index.html;
error_page 404 {mount}404.html;
include /etc/nginx/mime.types;
types {{
{types}
}}
charset utf-8;
charset_types text/css text/csv text/markdown text/plain application/javascript;
gzip on;
gzip_vary on;
gzip_min_length 500;
gzip_types
    {_wrapped([kind for kind in PACKED if kind != "text/html"])};
""".splitlines()
    return "\n".join(inset + line if line else "" for line in [*lines, *named])


def _quoted(value: str) -> str:
    return f'"{value}"'


def _wrapped(words: list[str]) -> str:
    """Return words four to a line."""
    lines = [" ".join(words[start : start + 4]) for start in range(0, len(words), 4)]
    return "\n    ".join(lines)


def nginx(root: str = ROOT, listen: str = "80", name: str = "example.org") -> str:
    """Return a file for nginx's conf.d that serves the folder ``root`` at the top of a host."""
    return f"""\
{nginx_maps()}
server {{
    listen {listen};
    server_name {name};
    root {root};
{_nginx_files("/", "    ")}
}}
"""


def nginx_location(root: str = ROOT, mount: str = MOUNT) -> str:
    """Return a part of a server block that serves the folder ``root`` below the path ``mount``."""
    return f"""\
location = {mount.rstrip("/")} {{ return 301 {mount}; }}
location ^~ {mount} {{
    alias {root}/;
{_nginx_files(mount, "    ")}
}}
"""


def apache(root: str = ROOT, mount: str = "/") -> str:
    """Return a part of Apache's settings that serves the folder ``root`` at the path ``mount``.

    It needs the modules headers, deflate, filter, mime, dir, alias and authz_core.
    """
    top = f'DocumentRoot "{root}"' if mount == "/" else f'Alias "{mount}" "{root}/"'
    types = "\n".join(f"    AddType {kind} .{end}" for end, kind in TYPES.items())
    always = "\n".join(
        f'    Header always set {name} "{EVERYWHERE[name]}"'
        for name in _names(mount)
        if name in EVERYWHERE
    )
    packed = _wrapped(list(PACKED)).replace("\n", " \\\n    ")
    return f"""\
{top}
<Directory "{root}">
    Require all granted
    Options FollowSymLinks
    AllowOverride None
    DirectoryIndex index.html
    ErrorDocument 404 {mount}404.html
    FileETag None
{types}
    AddCharset utf-8 .html .css .js .csv .md .txt
    AddOutputFilterByType DEFLATE {packed}
{always}
{"".join(_apache_folder(mount, folder) for folder in BY_FOLDER)}</Directory>
"""


def _apache_folder(mount: str, folder: str) -> str:
    plain, own = EVERYWHERE, headers_of(folder)
    lines = [
        f'        Header always set {name} "{value}"'
        for name, value in own.items()
        if value != plain.get(name)
    ]
    lines += [f"        Header always unset {name}" for name in plain if name not in own]
    opening = f'    <If "%{{REQUEST_URI}} =~ m#^{mount}{folder}#">'
    return "\n".join([opening, *lines, "    </If>"]) + "\n"


def bucket(site: str = "site", name: str = "s3://example-bucket") -> str:
    """Return the commands that copy the folder ``site`` to the store of files at ``name``.

    New styles and scripts come first and old ones go last, so that no page lacks its own meanwhile.
    """
    lasting = BY_FOLDER[LASTING][CACHE]
    typed = [
        f'aws s3 cp {site} {name} --recursive --exclude "*" --include "*.{end}" '
        f'--content-type "{kind}; charset=utf-8" --cache-control "{EVERYWHERE[CACHE]}"'
        for end, kind in TYPES.items()
        if kind.startswith("text/")
    ]
    lines = [
        f'aws s3 sync {site}/{LASTING} {name}/{LASTING} --cache-control "{lasting}"',
        f'aws s3 sync {site} {name} --exclude "{LASTING}*" --cache-control "{EVERYWHERE[CACHE]}"',
        *typed,
        f"aws s3 sync {site} {name} --delete",
    ]
    return "\n".join(lines) + "\n"


RECIPES: dict[str, Callable[[], str]] = {
    "headers": headers_file,
    "nginx": nginx,
    "nginx-maps": lambda: nginx_maps(MOUNT),
    "nginx-location": nginx_location,
    "apache": apache,
    "apache-below": lambda: apache(mount=MOUNT),
    "bucket": bucket,
}
