"""The envelope of old workbooks is read as it is written, small streams too, and broken ones are nobody's loss."""

from __future__ import annotations

import struct

import pytest

from shopdesk.spreadsheets import open_table
from shopdesk.spreadsheets.records import xls_cells
from tests.faults.workbooks import COMPOUND, xls, xls_number

NONE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def entry(name, kind, inside, start, size):
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(written), kind, 1, NONE, NONE, inside)
    return written.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def small(stream):
    """A compound file whose one stream lies among the small ones: sector 0 chains, 1 directory, 2 small chains, then these."""
    minis, sectors = -(-len(stream) // 64), -(-len(stream) // 512)
    table = [TABLE, END, END, *range(4, 3 + sectors), END]
    mini_table = [*range(1, minis), END]
    head = (
        COMPOUND + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, END, 0)
    )
    head += struct.pack("<109I", 0, *[NONE] * 108)
    pad = [struct.pack(f"<{len(one)}I", *one).ljust(512, b"\xff") for one in (table, mini_table)]
    directory = entry("Root Entry", 5, 1, 3, minis * 64) + entry("Workbook", 2, NONE, 0, len(stream)) + bytes(256)
    return head + pad[0] + directory + pad[1] + stream.ljust(sectors * 512, b"\0")


def stream_of(book):
    """The stream of a compound file that the workshop made: it begins after the header."""
    return book[512 : 512 + 4096].rstrip(b"\0") + bytes(3)


@pytest.mark.parametrize(("far", "cells"), [((2, 3), 12), ((65_535, 255), 16_777_216)])
def test_a_stream_among_the_small_ones_is_walked(tmp_path, far, cells):
    path = tmp_path / "a.xls"
    path.write_bytes(small(stream_of(xls([["見本", 1]], beyond=xls_number(*far)))))
    assert xls_cells(path) == cells
    if cells < 100:
        assert [row for _, row in open_table(path).rows()] == [["見本", 1.0, "", ""], ["", "", "", 1.0]]


def test_a_long_stream_is_walked_to_its_end(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(xls([["見本", n] for n in range(30_000)], beyond=xls_number(40_000, 9)))
    assert xls_cells(path) == 40_001 * 10


@pytest.mark.parametrize("kept", [8, 60, 511, 600, 3000])
def test_an_envelope_cut_short_says_nothing(tmp_path, kept):
    path = tmp_path / "a.xls"
    path.write_bytes(xls([["見本", 1]])[:kept])
    assert xls_cells(path) == 0
