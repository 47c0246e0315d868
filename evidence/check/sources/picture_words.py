"""What is written of a picture where it is shown: does it say what is to be seen, and bind its numbers?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from evidence.check.sources.known import Known, ProseCheck
from evidence.check.sources.markdown import not_bound, read, unbound
from evidence.problems import Problem
from evidence.prose.markdown import prose_of
from evidence.prose.references import PictureWords, Reference, picture_words

# What programs write in place of words
EMPTY_WORDS = {"", "alt", "alt text", "image", "img", "photo", "picture", "screenshot"}


def check_picture(reference: Reference, prose: ProseCheck, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with a picture in a text, and with the words that belong to it."""
    if prose.page is None:
        message = "a picture is shown in the text of a page alone"
        hint = "Write it into the text of a page below content/."
        yield Problem(
            prose.place(reference.start, reference.written), "markdown-known", message, hint
        )
        return
    yield from known.picture(
        reference.target, partial(prose.place, reference.start, reference.written)
    )
    words = picture_words(reference)
    yield from _check_alternative(reference, words, prose)
    yield from _check_caption(reference, words, prose)


def _check_alternative(
    reference: Reference, words: PictureWords, prose: ProseCheck
) -> Iterator[Problem]:
    said = " ".join(words.alternative.split())
    start = reference.start + words.alternative_start
    if said.lower() in {*EMPTY_WORDS, reference.target, PurePosixPath(reference.target).stem}:
        message = "nobody says what is to be seen on this picture"
        hint = f"Say it to somebody who cannot see it: ![A knee from the side]({reference.target})."
        place = prose.place(reference.start, reference.written)
        yield Problem(place, "alternative-text", message, hint)
    for number in unbound(words.alternative):
        message = f"the number '{number.text}' stands where it cannot be bound to a finding"
        hint = "Say it in the caption, with [[study/finding]], or in the text."
        yield Problem(prose.place(start + number.start, number.text), "number-bound", message, hint)


def _check_caption(
    reference: Reference, words: PictureWords, prose: ProseCheck
) -> Iterator[Problem]:
    draft, strayed = read(words.caption, whole=False)
    start = reference.start + words.caption_start
    for stray in strayed:
        place = prose.place(start + stray.start, stray.written)
        yield Problem(place, stray.rule, stray.message, stray.hint)
    for number in unbound(prose_of(draft)):
        yield not_bound(number, prose.place(start + number.start, number.text))
