"""What a page says of itself to machines: tabs, search engines, link previews, reference managers."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.site import Site
from evidence.pages.titles import of_home, with_site
from evidence.pages.view import View


@dataclass(frozen=True)
class Head:
    """The head of one page: its ``title``, the same without the name of the site, and one sentence."""

    title: str
    name: str
    description: str

    @classmethod
    def of(cls, view: View, site: Site) -> Head:
        """Return the head of the page of a view."""
        description = view.description or site.description
        if view.kind == "home":
            title = of_home(site.title, site.tagline, view.tab)
            return cls(title, title, description)
        name = view.tab or view.name
        return cls(with_site(name, site.title), name, description)
