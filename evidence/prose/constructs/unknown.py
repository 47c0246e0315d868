"""Marks of other programs that mean nothing here: each would be printed as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.prose.construct import USED, Construct, Draft, Example, Stray
from evidence.prose.numbering import CAPTION, CAPTION_ID

# What it is called, what finds it, and what to write instead. A mark that begins like another stands before it
MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("the shortcode", re.compile(r"\{\{[^{}\n]*+\}\}|\{%[^{}%\n]*+%\}|\{\{[<%]|\{%"),
     "Nothing is filled in here but references in double square brackets: [[study/finding]], ![[figure-id]]."),
    ("the mark of a review", re.compile(r"\{(?:\+\+|--|~~|>>|==)[^{}\n]*+\}"),
     "Write the text as it is meant; a comment is <!-- words -->."),
    ("the role", re.compile(r"\{[a-z][\w:-]*\}(?=\ue002)"), "Write [words](address), or *words*."),
    ("the attribute", re.compile(r"\{:?\s*(?:[.#:][\w-][^{}\n]*|[\w-]+=[^{}\n]*)\}"),
     "Leave it out: how pages look is the same everywhere. An anchor of its own has only a heading: ## Words {#anchor}."),
    ("the highlight", re.compile(r"==(?=[^\s=+|-])[^=\n]+(?<=\S)=="), "Write **words**."),
    ("the underline", re.compile(r"\+\+(?=[^\s+|=-])[^+\n]+(?<=\S)\+\+"), "Write *words*."),
    ("the hidden text", re.compile(r"\|\|(?=\S)[^|\n]+(?<=\S)\|\||>!(?=\S)[^!\n]+!<"), "Write the words without it."),
    ("the short name of a picture", re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])"),
     "Write the character itself, or a word."),
    ("the tag", re.compile(r"(?<![\w&/#\ue002])#[A-Za-z][\w/-]*"),
     "Pages have no tags: leave the # out; to print the sign, write \\#."),
    ("the table of contents", re.compile(r"\[(?:TOC|toc|_TOC_)\]|\{:toc\}"),
     "Leave it out: the contents of a page are made by themselves."),
    ("the shortened word", re.compile(r"(?m)^\*\[[^\[\]\n]+\]:[^\n]*"), "Explain it in data/glossary.yaml."),
    ("the command of LaTeX", re.compile(r"\\[A-Za-z]{3,}\b(?:\{[^{}\n]*\}?)?"),
     "A formula stands between dollar signs, $x$; leave every other command out."),
    ("the reference", re.compile(r"(?<!\[)\[[a-z0-9]+(?:-[a-z0-9]+)+/[a-z0-9-]+(?:\|[^\[\]\n]*)?\](?!\()"),
     "Write it with two brackets on either side: [[study/finding]]."),
    ("the citation", re.compile(r"(?<![\w.@/])-?@[A-Za-z][\w:.#$%&+?~/-]*\d{4}[a-z]?(?:-\w+)*"),
     "Write it in square brackets, with the name of its file in data/sources: [@smith-2020, Table 2]."),
    ("the dash", re.compile(r"(?<=[^\W_])\s?---?\s?(?=[^\W_])|(?<=\w\s)---?(?=\s\w)"),
     "Type the dash itself, –, or a comma."),
)  # fmt: skip


def _strays(draft: Draft) -> Iterator[Stray]:
    bare = CAPTION.sub(lambda caption: CAPTION_ID.sub(_read, caption[0]), draft.bare)
    for name, pattern, hint in MARKS:
        for match in pattern.finditer(bare):
            written = draft.text[match.start() : match.end()].strip()
            message = f"{name} '{written[:60]}' would be printed as it stands"
            start = draft.text.index(written, match.start())
            yield Stray(start, written, "markdown-known", message, hint)


def _read(match: re.Match[str]) -> str:
    return USED * len(match[0])


def _example(written: str, said: str) -> Example:
    return Example(written, rule="markdown-known", said=said)


CONSTRUCT = Construct(
    "Marks of other programs",
    "Shortcodes, attributes in braces, ==highlights==, :emoji: names, #tags, [TOC], LaTeX commands, citations without "
    "brackets, two hyphens for a dash: none is read, and each is named with what to write instead.",
    (
        _example("So {{ site.title }} is.", "Nothing is filled in here"),
        _example("So {% include x.html %} is.", "Nothing is filled in here"),
        _example('So {{< figure src="a.png" >}} is.', "Nothing is filled in here"),
        _example("So {++new++} is.", "the mark of a review"),
        _example("See {ref}`methods`.", "the role"),
        Example("A paragraph.\n{: .lead }", rule="markdown-known", line=2, said="Leave it out"),
        _example("Words{.red} here.", "Leave it out"),
        _example("So ==this== is.", "Write **words**"),
        _example("So ++this++ is.", "Write *words*"),
        _example("So ||this|| is.", "the hidden text"),
        _example("Good :smile: so.", "Write the character itself"),
        _example("About #safety here.", "Pages have no tags"),
        _example("[TOC]", "made by themselves"),
        _example("*[HTML]: Hypertext", "data/glossary.yaml"),
        Example(
            "Words.\n\n\\newpage",
            rule="markdown-known",
            line=3,
            said="leave every other command out",
        ),
        _example("So [smith-2020/improved] did.", "two brackets on either side"),
        _example("As @smith2020 said.", "in square brackets"),
        _example("So -- it is.", "Type the dash itself"),
    ),
    strays=_strays,
)
