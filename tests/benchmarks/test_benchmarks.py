"""Every benchmark runs from end to end at a tiny size, so that none rots; figures of this size say nothing."""

from __future__ import annotations

import io

import pytest

from tests.benchmarks.results import Figure, Line, table
from tests.benchmarks.suite import BENCHMARKS, run
from tests.benchmarks.workplace import TINY


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_reports_and_names_the_machine(name):
    out = io.StringIO()
    lines = run([name], TINY, out)
    assert {line.name for line in lines} == {name}
    assert all(line.ratio or line.note for line in lines)
    assert "SQLite 3." in out.getvalue()


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (Line.of("P0", "as quick", Figure(2, "s"), Figure(2, "s"), 1.0), "met"),
        (Line.of("P0", "slower", Figure(2, "s"), Figure(3, "s"), 1.1), "MISSED"),
        (Line.of("P0", "no goal", Figure(2, "s"), Figure(3, "s"), None), "beside"),
        (Line("P0", "not there yet", note="why"), "not measured"),
    ],
)
def test_a_line_says_its_verdict(line, verdict):
    assert line.verdict == verdict
    assert verdict in table([line])
