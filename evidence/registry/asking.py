"""One question to a registry, over the network: asked politely, and again while that may help."""

from __future__ import annotations

import email.utils
import http.client
import ssl
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from evidence.problems import shown

TRIES = 6
UNREACHABLE_TRIES = 2  # where nothing answers, nobody should wait long to be told so
FIRST_WAIT = 2.0  # seconds; twice as long after each further try
LONGEST_WAIT = 120.0
MOST_PATIENCE = 600.0  # a registry that asks for more is asked another day
MOST_ANSWER_BYTES = 64_000_000
MOST_SECONDS = 300.0  # of one answer: a server may also drip without end
MOST_SILENCE = 60.0  # seconds in which nothing at all comes
PIECE = 65_536
PASSING = {408, 425, 429, 500, 502, 503, 504}
SHOWN = 160
READS_GZIP = 31  # a window of zlib that takes the head of gzip
BAD_REQUEST = 400
Result = TypeVar("Result")


@dataclass(frozen=True)
class Outside:
    """What lies outside of the program, handed in: network, clock, patience and chance.

    ``send`` gives the response to a request, ``clock`` the time with its zone; ``wait`` waits for
    seconds, and ``chance`` gives a number from 0 up to 1. Where the outside is not ``is_public``,
    only servers of this machine are asked.
    """

    send: Callable[[urllib.request.Request], Any]
    clock: Callable[[], datetime]
    wait: Callable[[float], object]
    chance: Callable[[], float]
    is_public: bool = True


class NoAnswerError(Exception):
    """Raised when a registry gives no answer: says so in one sentence, and what to do in another."""


class RefusedError(NoAnswerError):
    """Raised when a registry finds the question itself wrong, as it does an outworn page token."""


class PassingError(Exception):
    """Raised when the same question may be answered a little later.

    ``patience`` is for how many seconds the registry asks to be left alone, ``tries`` how often to
    ask in all.
    """

    def __init__(self, reason: str, patience: float = 0.0, tries: int = TRIES) -> None:
        """Keep why, for how long, and how often."""
        super().__init__(reason)
        self.patience = patience
        self.tries = tries


def ask(
    outside: Outside,
    request: urllib.request.Request,
    read: Callable[[bytes], Result],
    say: Callable[[str], None],
) -> Result:
    """Return what ``read`` makes of the answer; ``read`` raises PassingError for a broken one.

    Raises NoAnswerError when the registry cannot be reached, asks for too much patience, or has
    given no sound answer after TRIES tries; RefusedError when it finds the question wrong.
    """
    host = request.host
    tried = 0
    while True:
        tried += 1
        try:
            return read(_answer(outside, request))
        except PassingError as error:
            if error.patience > MOST_PATIENCE:
                minutes = round(error.patience / 60)
                sentence = f"{host} asks to be left alone for {minutes} minutes. Run the command again then"
                raise NoAnswerError(f"{sentence}; it goes on where it stopped.") from error
            if tried >= error.tries:
                sentence = f"{host} {error}, {tried} times. {_advice(error)}"
                raise NoAnswerError(f"{sentence}; it goes on where it stopped.") from error
            seconds = max(error.patience, _backing_off(tried, outside.chance()))
            say(f"{host} {error}; asked again in {seconds:.0f} s")
            outside.wait(seconds)


def _advice(error: PassingError) -> str:
    if error.tries == UNREACHABLE_TRIES:
        return "Look whether this machine has a network, and run the command again"
    return "Run the command again later"


def _backing_off(tried: int, chance: float) -> float:
    """Return seconds to wait: twice as many after each try, give or take a half of them."""
    doubled: float = FIRST_WAIT * 2 ** (tried - 1)
    return min(doubled, LONGEST_WAIT) * (0.5 + chance)


def _answer(outside: Outside, request: urllib.request.Request) -> bytes:
    try:
        with outside.send(request) as response:
            return _body(response, request.host, outside.clock)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error, request.host, outside.clock()) from error
    except urllib.error.URLError as error:  # no connection was made
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            sentence = f"{request.host} has a certificate that is not trusted here"
            raise NoAnswerError(
                f"{sentence}: {_plain(error.reason)}. Nothing was asked."
            ) from error
        reason = f"cannot be reached ({_plain(error.reason)})"
        raise PassingError(reason, tries=UNREACHABLE_TRIES) from error
    except TimeoutError as error:
        raise PassingError("did not answer in time") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise PassingError("broke its answer off") from error


def _plain(reason: object) -> str:
    """Return what a system says of an error, in small letters and one line."""
    said = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return shown(said[:SHOWN].lower())


def _body(response: Any, host: str, clock: Callable[[], datetime]) -> bytes:
    """Return the whole body, unpacked; raise PassingError when it ends too early."""
    unpack = None
    if response.headers.get("Content-Encoding", "").strip().lower() == "gzip":
        unpack = zlib.decompressobj(READS_GZIP)
    body, came, begun = bytearray(), 0, clock()
    while piece := response.read(PIECE):
        came += len(piece)
        body += unpack.decompress(piece, MOST_ANSWER_BYTES + 1) if unpack else piece
        if len(body) > MOST_ANSWER_BYTES:
            message = f"an answer has more than the {MOST_ANSWER_BYTES:,} bytes that are read"
            raise NoAnswerError(f"{host}: {message}. Nothing was imported.")
        if (clock() - begun).total_seconds() > MOST_SECONDS:
            raise PassingError("answers too slowly")
    announced = response.headers.get("Content-Length", "")
    is_short = announced.isdecimal() and came < int(announced)
    if is_short or (unpack is not None and not unpack.eof):
        raise PassingError("broke its answer off")
    return bytes(body)


def _refusal(
    error: urllib.error.HTTPError, host: str, now: datetime
) -> PassingError | NoAnswerError:
    """Return what an answer with an error's status means."""
    status = f"{error.code} {http.client.responses.get(error.code, '')}".strip()
    if error.code in PASSING:
        return PassingError(
            f"answered '{status}'", patience_asked(error.headers.get("Retry-After"), now)
        )
    try:
        words = error.read(PIECE).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        words = ""
    first_line = (
        shown(" ".join(words.split())[:SHOWN]) if not words.lstrip().startswith("<") else ""
    )
    said = f": '{first_line}'" if first_line else ""
    if error.code == BAD_REQUEST:
        advice = "Look at the words of the search; the registry cannot read them."
        return RefusedError(f"{host} answered '{status}'{said}. {advice}")
    advice = (
        "Look at the address, and whether this network may ask there; asking again will not help."
    )
    return NoAnswerError(f"{host} answered '{status}'{said}. {advice}")


def patience_asked(retry_after: str | None, now: datetime) -> float:
    """Return for how many seconds "Retry-After" asks, written as seconds or as a date; else 0."""
    written = (retry_after or "").strip()
    if written.isascii() and written.isdecimal():
        return float(written[:9])
    try:
        then = email.utils.parsedate_to_datetime(written)
    except ValueError:
        return 0.0
    if then.tzinfo is None:  # "-0000" names no zone; dates of HTTP are in UTC
        then = then.replace(tzinfo=UTC)
    return max((then - now).total_seconds(), 0.0)
