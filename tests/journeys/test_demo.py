"""The demo walks the main job in the real window, and every page can be drawn in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from tests.conftest import PROJECT


def shopdesk(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "shopdesk", "--json", *map(str, arguments)],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def colours(file) -> int:
    """How many colours a grid of points of the picture has: a blank page has one or two."""
    image = QImage(str(file))
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def test_the_demo_says_what_came_of_each_step_and_draws_every_page(tmp_path):
    said, told = shopdesk("demo", "--headless", "--screenshots", tmp_path / "pictures", SHOPDESK_LANGUAGE="ja")
    assert (said["customers"], said["friends"], said["orders"]) == (3_000, 1_800, 12_000)
    sent = said["broadcast"]
    assert (sent["state"], sent["accepted"], sent["failed"], sent["unknown"]) == ("finished", sent["planned"], 0, 0)
    assert sent["planned"] > 500
    assert "新しい注文 12,000 件" in told
    assert "確かめる行 2 行" in told
    drawn = {file.rpartition("/")[2].partition("-")[2].removesuffix(".png") for file in said["screenshots"]}
    assert drawn >= {"home", "customers", "imports", "segments", "broadcasts", "settings", "broadcasts-result"}
    closer = {"customers-person", "customers-export", "customers-doubles", "imports-columns", "imports-regular"}
    assert drawn >= {*closer, "segments-compare", "segments-why"}
    assert drawn >= {"talks", "talks-note", "answers", "broadcasts-cards", "broadcasts-buttons", "settings-sending"}
    assert drawn >= {"cards", "cards-person", "coupons", "coupons-report", "coupons-edit"}
    assert drawn >= {"pages", "pages-edit", "pages-reservations"}
    assert drawn >= {"surveys", "surveys-results", "surveys-edit", "automations", "automations-edit"}
    assert "links" in drawn
    assert drawn >= {"counter-waiting", "counter-person", "counter-counted", "counter-used"}
    assert min(colours(file) for file in said["screenshots"]) > 20


@pytest.mark.parametrize(("language", "size"), [("en", "1280x720")])
def test_every_page_is_drawn_in_the_other_language_and_the_dark(tmp_path, language, size):
    said, _told = shopdesk("screenshots", tmp_path, "--language", language, "--size", size)
    assert len(said["files"]) > 15
    assert {QImage(file).size().toTuple() for file in said["files"]} == {(1280, 720)}
    dark = [file for file in said["files"] if file.endswith("-dark.png")]
    assert len(dark) == 15
    # The edge: in the middle of a page may stand a phone or a poster, which stay light.
    assert [file for file in dark if QImage(file).pixelColor(1278, 2).lightness() > 100] == []
