"""The documents for editors, in docs/, which are pages of the site too."""

from __future__ import annotations

GUIDE_FOLDER = "docs/"
# In the order in which one reads them; the first is what a host of sources shows of the folder
GUIDE = (
    "README",
    "editing",
    "figures",
    "markdown",
    "keys",
    "words",
    "rules",
    "importing",
    "hosting",
)
GUIDE_FILES = tuple(f"{GUIDE_FOLDER}{name}.md" for name in GUIDE)
FIRST = GUIDE[0]


def guide_address(name: str) -> str:
    """Return the path of a document of the guide in the site."""
    return f"guide/{'index' if name == FIRST else name}.html"
