"""What a page says of itself to machines: tabs, search engines, link previews, reference managers."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.site import Site
from evidence.pages.linked_data import page_node, written
from evidence.pages.titles import of_home, with_site
from evidence.pages.view import SHARED_PICTURE, View, public

LINKED = "\ue012"  # stands in a page for what it says in the words of schema.org


ICON, TOUCH_ICON = "static/favicon.svg", "static/apple-touch-icon.png"
MANIFEST, FEED = "site.webmanifest", "feed.xml"
# The kinds of written pages that stand beside themselves as Markdown: all that are more than a list
TWINNED = {"home", "section", "topic", "plain", "ledger", "glossary", "checks", "what-changed"}


def twin_of(address: str) -> str:
    """Return the path of a page as Markdown."""
    return f"{address.removesuffix('.html')}.md"


@dataclass(frozen=True)
class Head:
    """The head of one page: its ``title``, the same without the name of the site, and one sentence.

    ``address`` and ``picture`` are whole where the address of the site is known. Without it a page has no
    address, and the way to its picture leads from the page: some who show links find it, others show none.
    """

    title: str
    name: str
    description: str
    address: str
    picture: str
    alternative: str
    twin: str

    @classmethod
    def of(cls, view: View, site: Site) -> Head:
        """Return the head of the page of a view."""
        name = view.tab or view.name
        title = with_site(name, site.title)
        if view.kind == "home":
            name = title = of_home(site.title, site.tagline, view.tab)
        return cls(
            title=title,
            name=name,
            description=view.description or site.description,
            address=public(site, view.writer, view.address) if site.address else "",
            picture=public(site, view.writer, view.picture or SHARED_PICTURE),
            alternative=name if view.picture else site.title,
            twin=twin_of(view.address) if _has_twin(view) else "",
        )

    @property
    def files(self) -> dict[str, str]:
        """Return the paths of what belongs to the whole site, by what it is."""
        return {"icon": ICON, "touch": TOUCH_ICON, "manifest": MANIFEST, "feed": FEED}

    @property
    def mark(self) -> str:
        """Return what stands for what the page says in the words of schema.org until that is put in."""
        return LINKED

    @staticmethod
    def linked(view: View, site: Site) -> str:
        """Return what a page says of itself in the words of schema.org, ready to stand in it."""
        steps = [
            (crumb.title, public(site, view.writer, crumb.address) if crumb.address else "")
            for crumb in view.crumbs
        ]
        shared = {
            "name": view.name,
            "url": public(site, view.writer, view.address) if site.address else "",
            "dateModified": str(view.dated or ""),
        }
        return written(page_node(site, shared, steps, view.linked))


def _has_twin(view: View) -> bool:
    return view.kind == "study" or (view.page is not None and view.kind in TWINNED)
