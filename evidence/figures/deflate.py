"""Compression whose bytes are the same on every machine (RFC 1951, wrapped as in RFC 1950).

What Python brings for it is a library of the machine. Editions of that library, and others that
stand in for it, give other bytes for the same picture. This one knows pictures: it looks for what
repeats beside it, above it, and where the same few bytes stood last. Any reader can unpack it.
"""

from __future__ import annotations

import zlib
from bisect import bisect
from collections.abc import Iterator

LEAST, MOST, FARTHEST = 3, 258, 32768  # of a repetition: its lengths, and how far back it reaches
ALIKE = 6  # bytes that are remembered by their place
END = 256  # the symbol after the last
# A length or a distance is a symbol and some bits more: the symbol's first value and those bits
LENGTHS = [
    *((3 + more, 0) for more in range(8)),
    *((3 + ((4 + more) << bits), bits) for bits in range(1, 6) for more in range(4)),
    (MOST, 0),  # it has a symbol of its own, after the one that could say it too
]
DISTANCES = [
    *((1 + more, 0) for more in range(4)),
    *((1 + ((2 + more) << bits), bits) for bits in range(1, 14) for more in range(2)),
]
STARTS = [first for first, _ in DISTANCES]


def compressed(raw: bytes, *distances: int) -> bytes:
    """Return ``raw`` compressed; most of it repeats what stands one of ``distances`` before."""
    packed, held, count = bytearray(b"\x78\x01"), 0b011, 3  # one block, the last, with usual codes
    for code, bits in _codes(raw, distances):
        held |= code << count
        count += bits
        if count >= 32:
            packed += (held & 0xFFFFFFFF).to_bytes(4, "little")
            held >>= 32
            count -= 32
    packed += held.to_bytes((count + 7) // 8, "little")
    return bytes(packed + zlib.adler32(raw).to_bytes(4, "big"))


def _codes(raw: bytes, distances: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the codes of all symbols, each with its number of bits."""
    place, last = 0, dict[bytes, int]()
    while place < len(raw):
        known = last.get(start := raw[place : place + ALIKE], -FARTHEST - 1)
        last[start] = place
        length, distance = max(
            (_repeated(raw, place, back), -back) for back in (*distances, place - known)
        )
        if length < LEAST:
            yield SYMBOLS[raw[place]]
            place += 1
        else:
            yield LENGTH_CODES[length]
            yield _distance_code(-distance)
            place += length
    yield SYMBOLS[END]


def _repeated(raw: bytes, place: int, back: int) -> int:
    """Return how many bytes at ``place`` are those that stand ``back`` bytes before."""
    if back > min(place, FARTHEST):
        return 0
    here, there = raw[place : place + MOST], raw[place - back : place - back + MOST]
    if here == there[: len(here)]:
        return len(here)
    differing = int.from_bytes(here, "little") ^ int.from_bytes(there[: len(here)], "little")
    return ((differing & -differing).bit_length() - 1) // 8


def _distance_code(distance: int) -> tuple[int, int]:
    number = bisect(STARTS, distance) - 1
    first, extra = DISTANCES[number]
    code, bits = _turned(number, 5)
    return code | (distance - first) << bits, bits + extra


def _turned(code: int, bits: int) -> tuple[int, int]:
    """Return a code with its first bit last, as symbols are written."""
    return int(f"{code:0{bits}b}"[::-1], 2), bits


def _symbol(number: int) -> tuple[int, int]:
    if number < 144:
        return _turned(0x30 + number, 8)
    if number < END:
        return _turned(0x190 + number - 144, 9)
    if number < 280:
        return _turned(number - END, 7)
    return _turned(0xC0 + number - 280, 8)


SYMBOLS = [_symbol(number) for number in range(286)]


def _length_codes() -> dict[int, tuple[int, int]]:
    codes = {}
    for number, (first, extra) in enumerate(LENGTHS):
        code, bits = SYMBOLS[END + 1 + number]
        for more in range(1 << extra):
            codes[first + more] = code | more << bits, bits + extra
    return codes


LENGTH_CODES = _length_codes()
