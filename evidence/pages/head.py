"""What a page says of itself to machines: tabs, search engines, link previews, reference managers."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.site import Site
from evidence.pages.titles import of_home, with_site
from evidence.pages.view import SHARED_PICTURE, View


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

    @classmethod
    def of(cls, view: View, site: Site) -> Head:
        """Return the head of the page of a view."""
        name = view.tab or view.name
        title = with_site(name, site.title)
        if view.kind == "home":
            name = title = of_home(site.title, site.tagline, view.tab)
        path = view.picture or SHARED_PICTURE
        base = f"{site.address.rstrip('/')}/" if site.address else ""
        return cls(
            title=title,
            name=name,
            description=view.description or site.description,
            address=f"{base}{view.address}" if base else "",
            picture=f"{base}{path}" if base else view.writer.href(path),
            alternative=name if view.picture else site.title,
        )
