"""What browsers are told of the site's files: what a page may do, who may use a file, how long it keeps.

This is the one home of it. Every page says the policy itself, for hosts that send no headers; what only
a header can say is sent by hosts that read ``_headers``, and by the recipes in docs/hosting.md, which
are both made from here.
"""

from __future__ import annotations

# No inline script or style, nothing from another host, no address but the site's own to send a form to
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
CONTENT_POLICY = "Content-Security-Policy"
FRAMES = "X-Frame-Options"
CACHE = "Cache-Control"
TRANSPORT = "Strict-Transport-Security"

# A browser that is told of frame-ancestors leaves X-Frame-Options aside, so that a host may join the
# headers of two rules, or send those of the nearer one alone: only figures can be framed either way.
EVERYWHERE = {
    CONTENT_POLICY: POLICY,
    FRAMES: "DENY",
    TRANSPORT: "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    CACHE: "public, max-age=0, must-revalidate",
}
FIGURES = "figures/"  # pages that others may show in theirs, and the files of figures
EDITOR = "edit/"  # the editor in the browser, in sites that have it
LASTING = "lasting/"  # files whose names say what is in them
# What other sites may show and read: there is nothing on this one that is not public
_OPEN = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
# The editor sets styles while it runs and asks the host of the repository, which its own page names (https: here)
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; "
    "font-src 'self' data:; connect-src 'self' data: blob: https:; base-uri 'none'; form-action 'none'"
)
BY_FOLDER = {
    EDITOR: {
        CONTENT_POLICY: EDITOR_POLICY,
        "Cross-Origin-Opener-Policy": "unsafe-none",  # the window in which somebody signs in comes back
    },
    FIGURES: {CONTENT_POLICY: f"{POLICY}; frame-ancestors *", **_OPEN},
    "downloads/": _OPEN,
    "registry/": _OPEN,
    "previews/": _OPEN,
    LASTING: {CACHE: "public, max-age=31536000, immutable"},
}


def headers_of(path: str) -> dict[str, str]:
    """Return what a host sends with the file at ``path`` of the site, by name."""
    headers = dict(EVERYWHERE)
    for folder, own in BY_FOLDER.items():
        if path.startswith(folder):
            headers |= own
    if "frame-ancestors" in headers[CONTENT_POLICY]:
        del headers[FRAMES]
    return headers


# What a file is, where hosts do not know it by the end of its name.
TYPES = {
    "csv": "text/csv",
    "md": "text/markdown",
    "yaml": "application/yaml",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "webmanifest": "application/manifest+json",
    "sqlite": "application/vnd.sqlite3",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Texts, which shrink to a fourth on their way; pictures and databases in packed form do not.
PACKED = (
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
    "text/csv",
    "text/plain",
    "text/markdown",
    "text/xml",
    "application/xml",
    "application/atom+xml",
    "application/yaml",
    "application/x-bibtex",
    "application/x-research-info-systems",
)
