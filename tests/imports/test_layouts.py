"""Columns of invented layouts: at least 95 in 100 right, and nothing silently wrong on mail, phone or amount."""

from __future__ import annotations

import pytest

from shopdesk.imports.reading.files import open_file
from tests.imports.layouts import TRUTH, layouts
from tests.imports.vocabularies import HELD_OUT, TUNED

GRAVE = {"customer.email", "customer.phone", "order.total_yen", "line.total_yen", "line.unit_price_yen"}
COUNT = 48


@pytest.mark.parametrize("vocabulary", [TUNED, HELD_OUT], ids=["tuned", "held out"])
def test_nearly_every_column_is_right_and_none_is_silently_wrong(vocabulary, tmp_path, capsys):
    wrong, silent, asked, columns = [], [], 0, 0
    for layout in layouts(vocabulary, COUNT, seed=1):
        found = open_file(layout.write(tmp_path)).recognition
        assert [each.column for each in found.columns] == [name for name, _truth in layout.columns]
        for each, (name, truth) in zip(found.columns, layout.columns, strict=True):
            columns += 1
            asked += each.asked
            if each.field != truth:
                wrong.append((layout.name, name, truth, each.field, each.asked))
                if not each.asked and {truth, each.field} & GRAVE:
                    silent.append(wrong[-1])
    right = 1 - len(wrong) / columns
    with capsys.disabled():
        print(
            f"\n{columns} columns of {COUNT} layouts: {right:.1%} right, {asked / columns:.1%} asked, {len(silent)} silently wrong"
        )
    assert silent == []
    assert right >= 0.95, wrong


def test_the_two_vocabularies_have_no_word_in_common():
    for concept in TRUTH:
        assert not set(HELD_OUT[concept]) & set(TUNED[concept])
