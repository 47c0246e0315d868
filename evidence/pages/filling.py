"""A view put into its template."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evidence.finished.headers import POLICY
from evidence.model.claim import VERDICTS
from evidence.model.site import Site
from evidence.model.vocabularies import Vocabularies
from evidence.pages.head import LINKED, Head
from evidence.pages.view import Frame, View
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.templating import FOLDER, environment
from evidence.prose.typesetting import curl_quotes
from evidence.store import Made

INDENT = re.compile(r"(?<=>)\n\s+(?=<)")  # a hundredth of a page's weight; it shows nothing
KEEPS_BLANKS = re.compile(r"<(?:pre|textarea)\b")
PACKAGE = str(Path(__file__).parents[1])


class Filling:
    """Puts views into templates, with what all pages have in common.

    What stands around a page is the same for all pages of a folder, but for those that it names: it is
    made once for them.
    """

    def __init__(
        self,
        templates: dict[str, str],
        site: Site,
        words: Vocabularies,
        frame: Frame,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Remember it; no template is compiled yet."""
        self.templates = environment(templates)
        self._site = site
        self._frame = frame
        self._given = {
            "policy": Markup(POLICY),  # noqa: S704 - a constant
            "site": site,
            "words": words,
            "verdicts": VERDICTS,
            "titles": titles or {},
            "feed": frame.feed,
        }
        self._named = {page.address for page in frame.pages.values()}
        self._around: dict[tuple[str, str], dict[str, Markup]] = {}

    def page(self, view: View) -> str:
        """Return the page of a view.

        Raises ProblemsFoundError when the template needs something that it is not given.
        """
        try:
            template = self.templates.get_template(view.template)
            head = Head.of(view, self._site)
            text = template.render(view=view, head=head, **self._given, **self._frame_of(view))
            curled = curl_quotes(text if KEEPS_BLANKS.search(text) else INDENT.sub("\n", text))
            if not view.hidden:  # put in afterwards: its quotation marks have to stay straight
                curled = curled.replace(LINKED, Head.linked(view, self._site), 1)
            curled.encode()
        except Exception as error:
            if not _of_template(error):
                raise
            raise ProblemsFoundError([_problem(error, view)]) from error
        return curled

    def _frame_of(self, view: View) -> dict[str, Markup]:
        here = (
            view.address if view.address in self._named else f"{posixpath.dirname(view.address)}/"
        )
        place = posixpath.dirname(view.address), here
        if place not in self._around:
            module: Any = self.templates.get_template("parts/frame.html").module
            # Of its own, so that no page has notes for what stands around every page
            writer = replace(view.writer, notes={}, terms={}, figures=[], cited=set())
            try:
                self._around[place] = {
                    "masthead": module.masthead(writer, self._site, self._frame, here),
                    "footer": module.footer(writer, self._site, self._frame),
                }
            except Exception:  # noqa: BLE001 - raised again, with the lines of the template
                self.templates.handle_exception()
        return self._around[place]


def refused(error: ProblemsFoundError) -> Made:
    """Return what stands in place of a page that cannot be made: its problems on the card."""
    return Made({"problems": [problem.fields for problem in error.problems]})


def problems_of(card: Any) -> list[Any]:
    """Return the problems that ``refused`` wrote on a card: none for a sound page."""
    return card["problems"] if isinstance(card, dict) else []


def _of_template(error: Exception) -> bool:
    """Tell whether an error is a template's own: Jinja's, or raised by what a template computes."""
    from jinja2 import TemplateError  # noqa: PLC0415 - slow to import

    trace, own = error.__traceback__, False
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith((FOLDER, PACKAGE)):
            own = file.startswith(FOLDER)
        trace = trace.tb_next
    return own or isinstance(error, (TemplateError, UnicodeEncodeError))


def _problem(error: Exception, view: View) -> Problem:
    """Return where in a template a value was missing: the innermost line of a template."""
    from jinja2 import TemplateNotFound  # noqa: PLC0415

    if isinstance(error, TemplateNotFound):
        place, hint = Place(f"{FOLDER}{error.name}"), "Each kind of page needs its template."
        return Problem(place, "site-complete", "this file is missing", hint)
    place = Place(f"{FOLDER}{view.template}", 1, 1)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(FOLDER):
            place = Place(file, trace.tb_lineno, 1)
        trace = trace.tb_next
    message = f"{error} (for {view.address})"
    hint = "Compare the name with the model in evidence/, or test it with 'is defined'."
    return Problem(place, "template-complete", message, hint)
