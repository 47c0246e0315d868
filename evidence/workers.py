"""All cores of the machine, on every system: functions of plain values shared out to processes."""

from __future__ import annotations

import gc
import hashlib
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

# Told the name of the function, how many of its results are there, and of how many
Watch = Callable[[str, int, int], None]


def unwatched(_function: str, _come: int, _total: int) -> None:
    """Tell nobody."""


_given: tuple[str, tuple[Any, ...]] = ("", ())


class Workers:
    """``number`` processes at most; 1 means this process alone.

    They are started anew (spawned), so that they work alike on every system and take over no thread,
    lock or open file. Nothing is started before there is enough to do.
    """

    def __init__(self, number: int, watch: Watch = unwatched) -> None:
        """Remember how many, and who watches; none is started yet."""
        self._number = number
        self._watch = watch
        self._pool: ProcessPoolExecutor | None = None

    def share(
        self,
        function: Callable[..., Any],
        shared: tuple[Any, ...],
        values: Sequence[tuple[Any, ...]],
        at_a_time: int,
    ) -> Iterator[Any]:
        """Yield ``function(*shared, *value)`` for each of ``values``, in their order.

        A process is handed ``at_a_time`` of them; with 0, or when that is all, they are made here.
        """
        results = self._results(function, shared, values, at_a_time)
        for come, result in enumerate(results, start=1):
            self._watch(function.__name__, come, len(values))
            yield result

    def _results(
        self,
        function: Callable[..., Any],
        shared: tuple[Any, ...],
        values: Sequence[tuple[Any, ...]],
        at_a_time: int,
    ) -> Iterator[Any]:
        if self._number < 2 or not at_a_time or len(values) <= at_a_time:
            for value in values:
                yield function(*shared, *value)
            return
        if self._pool is None:
            self._pool = _started(self._number)
        packed = pickle.dumps(shared)
        digest = hashlib.sha256(packed).hexdigest()
        shares = [values[start : start + at_a_time] for start in range(0, len(values), at_a_time)]
        waiting = [self._pool.submit(_make, function, digest, packed, share) for share in shares]
        waiting.reverse()
        while waiting:  # a result that was handed on is let go
            yield from waiting.pop().result()

    def __enter__(self) -> Self:
        """Be there for a run."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _started(number: int) -> ProcessPoolExecutor:
    import multiprocessing  # noqa: PLC0415 - most runs have too little to do for it
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, context, _begin, (gc.get_threshold(),))


def _begin(threshold: tuple[int, int, int]) -> None:
    """Leave it to the process that started this one to end when its author says so.

    What nobody uses any more is looked for as seldom as there.
    """
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _make(
    function: Callable[..., Any], digest: str, packed: bytes, values: Sequence[tuple[Any, ...]]
) -> list[Any]:
    global _given  # noqa: PLW0603 - what all values of one call share is unpacked once
    if _given[0] != digest:
        _given = digest, pickle.loads(packed)  # noqa: S301 - from the process that started this one
    return [function(*_given[1], *value) for value in values]
