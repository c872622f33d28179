"""The envelope of an old .xls: a small file system whose streams lie in chains of sectors (Microsoft's [MS-CFB])."""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

_HEADER, _IN_HEADER = 512, 109
_END = 0xFFFFFFFA
"""Numbers from here on are no sectors but marks: the end of a chain, a free sector."""
_ENTRY, _ROOT, _STREAM = 128, 5, 2
_RUN = 1 << 20


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file, as far as it is needed to read its streams.

    Raises:
        ValueError, struct.error: it is not put together as it should be; so do all methods.
    """

    def __init__(self, data: mmap) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        tables, directory, self._cutoff, mini, _, more, _ = struct.unpack_from("<I I 4x I I I I I", data, 44)
        if not 7 <= shift <= 16 or not 2 <= mini_shift < shift:  # noqa: PLR2004 - sectors of 128 bytes to 64 kB
            raise ValueError
        self._sector, self._mini_sector = 1 << shift, 1 << mini_shift
        self._next = self._table(self._tables(tables, more))
        self._entries = list(self._directory(directory))
        self._mini_next = self._table(list(self._chain(self._next, mini)))

    def streams(self, names: tuple[str, ...]) -> Iterator[Iterator[bytes]]:
        """Yield each stream of these names, itself in pieces of at most a megabyte or so."""
        for entry in self._entries:
            if entry.kind == _STREAM and entry.name in names:
                yield self._stream(entry)

    def _stream(self, entry: _Entry) -> Iterator[bytes]:
        root = next((one for one in self._entries if one.kind == _ROOT), None)
        if entry.size >= self._cutoff or root is None:
            return self._pieces(entry.start)
        small = b"".join(self._pieces(root.start))
        size = self._mini_sector
        return (small[at * size : (at + 1) * size] for at in self._chain(self._mini_next, entry.start))

    def _pieces(self, start: int) -> Iterator[bytes]:
        """Yield a chain's contents, sectors that follow each other in one piece."""
        first = last = None
        for sector in self._chain(self._next, start):
            if first is not None and last is not None:
                if sector == last + 1 and (sector - first) * self._sector < _RUN:
                    last = sector
                    continue
                yield self._between(first, last)
            first = last = sector
        if first is not None and last is not None:
            yield self._between(first, last)

    def _between(self, first: int, last: int) -> bytes:
        return self._data[(first + 1) * self._sector : (last + 2) * self._sector]

    def _chain(self, table: array[int], start: int) -> Iterator[int]:
        for _ in range(len(table)):  # a chain that bites its tail ends too
            if start >= min(_END, len(table)):
                return
            yield start
            start = table[start]

    def _tables(self, count: int, more: int) -> list[int]:
        """The sectors that hold the table of chains: the first ones are named in the header, the others in sectors of names."""
        found = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, _HEADER - 4 * _IN_HEADER))
        names = self._sector // 4
        while more < _END and len(found) < count:
            *listed, more = struct.unpack_from(f"<{names}I", self._data, (more + 1) * self._sector)
            found += listed
        return [sector for sector in found[:count] if sector < _END]

    def _table(self, sectors: list[int]) -> array[int]:
        joined = b"".join(self._between(sector, sector) for sector in sectors)
        return array("I", joined[: len(joined) // 4 * 4])

    def _directory(self, start: int) -> Iterator[_Entry]:
        for piece in self._pieces(start):
            for at in range(0, len(piece) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", piece, at + 64)
                first, size = struct.unpack_from("<II", piece, at + 116)
                name = piece[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield _Entry(name, kind, first, size)
