"""Formulas: $x$ in a line, $$x$$ on its own, written in LaTeX and shown as MathML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from evidence.prose.construct import Construct, Draft, Example, Stray

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What browsers draw of formulas; nothing that holds HTML or leads anywhere
TAGS = {
    "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
    "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}  # fmt: skip
ATTRIBUTES = {
    "math": {"display"},
    "mo": {
        "stretchy",
        "fence",
        "form",
        "separator",
        "largeop",
        "movablelimits",
        "minsize",
        "maxsize",
    },
    "mi": {"mathvariant"},
    "mfrac": {"linethickness"},
    "mspace": {"width"},
    "mtd": {"columnalign"},
    "mover": {"accent"},
    "munder": {"accentunder"},
}
COMMAND = re.compile(r"\\[A-Za-z]+")
LEFT = re.compile(r"\$\$|\$(?=\\|[A-Za-z](?:\$|[\^_=]| [=<>]))\S*")
# A number behind a sign of relation says how large something is
RESULT = re.compile(
    r"(?:[=<>≈≤≥~]|\\(?:approx|leq?|geq?|sim|simeq|lt|gt|ll|gg)\b)[-+{\s]{0,4}(\d[\d.,]*)"
)
MOST = 1_000  # formulas that are remembered


def _read(parser: MarkdownIt) -> None:
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415 - only where text is read

    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    for name in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(name, _drawn)


def _drawn(_renderer: Any, tokens: Sequence[Token], position: int, *_rest: Any) -> str:
    token = tokens[position]
    mathml, _ = mathml_of(token.content.strip(), apart=token.type != "math_inline")
    return f"<p>{mathml}</p>\n" if token.type == "math_block" else mathml


@lru_cache(MOST)
def mathml_of(formula: str, *, apart: bool) -> tuple[str, str]:
    """Return LaTeX as MathML, and what of it cannot be read."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - few texts hold a formula

    try:
        mathml = convert(formula, display="block" if apart else "inline")
    except Exception:  # noqa: BLE001 - whatever an author typed, the answer is a message
        return "", formula
    unknown = COMMAND.search(re.sub(r"<[^<>]*+>", " ", mathml))
    return mathml, unknown[0] if unknown else ""


def _strays(draft: Draft) -> Iterator[Stray]:
    for start, token in _formulas(draft):
        formula = token.content.strip()
        _, unreadable = mathml_of(formula, apart=False)
        if unreadable or not formula:
            message = f"the formula cannot be read at '{unreadable[:40]}'"
            hint = "Write it in LaTeX, as in $x^2$ or $\\frac{a}{b}$; to print a dollar sign, write \\$."
            written = formula if token.type != "math_block" else "$$"
            yield Stray(start, written, "markdown-known", message, hint)
        result = RESULT.search(formula)
        if result:
            message = f"the number '{result[1]}' in a formula is not bound to a finding"
            hint = "Close the formula before it, and name its finding as [[study/finding]]."
            where = draft.text.find(result[1], start)
            yield Stray(where, result[1], "number-bound", message, hint)
    for match in LEFT.finditer(draft.bare):
        message = f"the formula that begins with {match[0]} here has no end, or is none"
        hint = "Write $x$ without blanks inside, or $$x$$ on lines of its own; to print a dollar sign, write \\$."
        yield Stray(match.start(), match[0], "markdown-closed", message, hint)
    for match in BRACKETS.finditer(draft.readable):
        if match[0][1] == "[" and IN_FORMULAS.isdisjoint(match[0][2:-2]):
            continue  # brackets that are to be printed
        message = f"'{match[0][:40]}' would be printed without its marks, and is no formula"
        hint = "Write $x$ in a line of text, $$x$$ on a line of its own."
        yield Stray(match.start(), match[0], "markdown-known", message, hint)


BRACKETS = re.compile(r"\\\((?:[^\\\n]|\\(?![()]))*+\\\)|\\\[(?:[^\\]|\\(?![\[\]]))*+\\\]")
IN_FORMULAS = frozenset("^_=\\")


def _formulas(draft: Draft) -> Iterator[tuple[int, Token]]:
    for token in draft.tokens:
        if token.type == "math_block" and token.map is not None:
            yield draft.line_at(token.map[0])[0], token
    for token, start in draft.marks:
        if token.type.startswith("math_inline"):
            yield start, token


CONSTRUCT = Construct(
    "Formulas",
    "`$x$` in a line of text, `$$x$$` on lines of its own, in LaTeX. A number behind =, < or > is a result: it stands outside "
    "the formula and is bound.",
    (
        Example(
            "So $x$ is.",
            '<p>So <math display="inline"><mrow><mi>x</mi></mrow></math> is.</p>',
        ),
        Example(
            "$$\na^2\n$$",
            '<p><math display="block"><mrow><msup><mi>a</mi><mn>2</mn></msup></mrow></math></p>',
        ),
        Example("So $\\foo{x}$ is.", rule="markdown-known", said="cannot be read at '\\foo'"),
        Example("So $p = 0.05$ is.", rule="number-bound", said="Close the formula before it"),
        Example("So $x^2 is.", rule="markdown-closed", said="write \\$"),
        Example("So \\(x\\) is.", rule="markdown-known", said="Write $x$"),
    ),
    _read,
    _strays,
)
