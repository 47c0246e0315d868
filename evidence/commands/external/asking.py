"""Whether something is still at an address: asked politely, one question after the other."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser

from evidence.commands.external.addresses import DOI

PAUSE = 1.0  # seconds between two questions to one host
PATIENCE = 20.0  # seconds for an answer
MOST_BYTES = 500_000
GONE = {404, 410}
REFUSED = {401, 403, 405, 406, 429, 451}  # a program is not let in; a reader may be
LOCAL = {"127.0.0.1", "localhost", "::1"}
Send = Callable[..., Any]  # as urllib.request.urlopen


@dataclass(frozen=True)
class Services:
    """Where a DOI, and an archive, are asked for; (id) is what is asked for."""

    doi: str = "https://doi.org/api/handles/(id)"
    archive: str = "https://archive.org/wayback/available?url=(id)"


@dataclass(frozen=True)
class Answer:
    """What was found at an address: something (``there``), nothing any more (``gone``), or nobody knows.

    ``why`` says it in words; ``archive`` is the address of a copy of what is gone, where there is one.
    """

    state: Literal["there", "gone", "unknown"]
    why: str = ""
    archive: str = ""


@dataclass
class Inquiry:
    """One run of questions. ``tick`` gives seconds, ``wait`` lets some pass, ``agent`` says who asks.

    Where the outside is not ``is_public``, only this machine is asked.
    """

    send: Send
    tick: Callable[[], float]
    wait: Callable[[float], object]
    agent: str
    is_public: bool = True
    services: Services = field(default_factory=Services)
    _asked: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def answer(self, address: str) -> Answer:
        """Ask for an address, or a DOI; of what is gone, ask an archive for a copy."""
        if address.startswith(DOI):
            answer, named = (
                self._doi(address.removeprefix(DOI)),
                f"https://doi.org/{address.removeprefix(DOI)}",
            )
        else:
            answer, named = self._page(address), address
        if answer.state != "gone":
            return answer
        return Answer("gone", answer.why, self._copy(named))

    def _page(self, address: str) -> Answer:
        if not self._may(address):
            return Answer("unknown", "its host wishes that programs leave it alone (robots.txt)")
        status, why = self._status(address, "HEAD")
        if status is None or status >= 400:  # many hosts answer a HEAD wrongly
            status, why = self._status(address, "GET")
        if status is None:
            return Answer("unknown", why)
        if status in GONE:
            return Answer("gone", f"its host answers {status}")
        if status in REFUSED:
            return Answer("unknown", f"its host lets no program in ({status})")
        return Answer("there") if status < 400 else Answer("unknown", f"its host answers {status}")

    def _doi(self, doi: str) -> Answer:
        status, told = self._json(self.services.doi.replace("(id)", quote(doi, safe="/")))
        if status == 404 or told.get("responseCode") == 100:
            return Answer("gone", "no such DOI is registered")
        if told.get("responseCode") == 1:
            return Answer("there")
        return Answer(
            "unknown", f"doi.org answers {status}" if status else "doi.org cannot be reached"
        )

    def _copy(self, address: str) -> str:
        _, told = self._json(self.services.archive.replace("(id)", quote(address, safe="")))
        snapshots = told.get("archived_snapshots")
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        url = closest.get("url") if isinstance(closest, dict) and closest.get("available") else ""
        return str(url).replace("http://web.archive.org/", "https://web.archive.org/", 1)

    def _json(self, address: str) -> tuple[int | None, dict[str, Any]]:
        status, raw = self._asked_for(address, "GET")
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            return status, {}
        return status, told if isinstance(told, dict) else {}

    def _may(self, address: str) -> bool:
        """Tell whether the host of an address lets programs ask for it."""
        parts = urlsplit(address)
        top = f"{parts.scheme}://{parts.netloc}"
        if top not in self._robots:
            rules = RobotFileParser()
            status, raw = self._asked_for(f"{top}/robots.txt", "GET")
            rules.parse(raw.decode("utf-8", "replace").splitlines() if status == 200 else [])
            self._robots[top] = rules
        return self._robots[top].can_fetch(self.agent.partition("/")[0], address)

    def _status(self, address: str, method: str) -> tuple[int | None, str]:
        status, raw = self._asked_for(address, method)
        return status, "" if status else raw.decode()

    def _asked_for(self, address: str, method: str) -> tuple[int | None, bytes]:
        """Return status and body; without an answer None, and why."""
        host = urlsplit(address).hostname or ""
        if not self.is_public and host not in LOCAL:
            return None, b"where CI is set, only this machine is asked"
        since = self.tick() - self._asked.get(host, -PAUSE)
        if since < PAUSE:
            self.wait(PAUSE - since)
        try:
            request = urllib.request.Request(  # noqa: S310 - an address of a source
                address, method=method, headers={"User-Agent": self.agent}
            )
            with self.send(request, timeout=PATIENCE) as response:
                return response.status, response.read(MOST_BYTES)
        except urllib.error.HTTPError as error:
            return error.code, b""
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            return None, f"it cannot be reached ({reason})".encode()
        finally:
            self._asked[host] = self.tick()
