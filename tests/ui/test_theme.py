"""The tokens keep what look.md promises: contrast, the same names in both schemes, one size for all."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontMetricsF, QPainterPath
from PySide6.QtWidgets import QApplication

from shopdesk.cards import COLOURS
from shopdesk.ui.theme import SCALES, Theme, read_tokens, theme
from shopdesk.ui.widgets import Button, Icon, hbox, holder, label

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *(("text", ground, TEXT) for ground in ("surface", "window", "accent_soft", "hover", "sunken")),
    *(("text_2", ground, TEXT) for ground in ("surface", "window", "sidebar", "accent_soft", "hover")),
    *(("text_3", ground, TEXT) for ground in ("surface", "window", "sidebar", "sunken", "accent_soft", "hover")),
    *(("on_accent", ground, TEXT) for ground in ("accent", "accent_hover", "accent_pressed", "danger_solid")),
    *(("on_accent", ground, TEXT) for ground in ("success_solid", "danger_hover")),
    *(("accent_text", ground, TEXT) for ground in ("surface", "window", "accent_soft", "accent_softer")),
    *(("accent_text", ground, TEXT) for ground in ("warning_soft", "danger_soft")),
    *((f"{state}_text", "surface", TEXT) for state in ("success", "warning", "danger", "info")),
    *((f"{state}_text", f"{state}_soft", TEXT) for state in ("success", "warning", "danger", "info")),
    *(("text", f"{state}_soft", TEXT) for state in ("success", "warning", "danger", "info")),
    *(("avatar_text", f"avatar_{n}", TEXT) for n in (1, 2, 3, 4)),
    *((text, "tip", TEXT) for text in ("tip_text", "tip_link")),
    *((text, "phone_bar", TEXT) for text in ("phone_text", "phone_note")),
    ("phone_day_text", "phone_day", TEXT),
    ("line_on_green", "line_green", TEXT),
    *(("card_ink", f"card_{one}", TEXT) for one in COLOURS),
    *((f"card_{one}", "card_ground", TEXT) for one in (*COLOURS, "text", "note", "number")),
    *(("talk_text", ground, TEXT) for ground in ("talk_ours", "talk_theirs")),
    *(
        (shape, "surface", SHAPE)
        for shape in ("control", "warning_solid", "success_solid", "danger_solid", "info_solid")
    ),
    *((f"chart_{n}", "surface", SHAPE) for n in range(1, 6)),
    ("focus", "window", SHAPE),
]


def luminance(colour: QColor) -> float:
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_and_shapes_can_be_told_from_their_ground(name):
    chosen = Theme(name)
    weak = [
        f"{front} on {back}: {contrast(chosen[front], chosen[back]):.2f}"
        for front, back, limit in PAIRS
        if contrast(chosen[front], chosen[back]) < limit
    ]
    assert weak == []


def test_the_computed_contrast_is_the_one_of_the_table():
    chosen = Theme("light")
    assert round(contrast(chosen["text"], chosen["surface"]), 2) == 15.87
    assert round(contrast(chosen["line_on_green"], chosen["line_green"]), 2) == 6.86


def test_both_schemes_have_the_same_names_and_the_same_sizes():
    light, dark = read_tokens("light"), read_tokens("dark")
    assert light["colour"].keys() == dark["colour"].keys()
    for part in ("space", "size", "counter", "type", "radius", "border", "motion"):
        assert light[part] == dark[part], part


def test_an_alpha_is_read_as_css_writes_it():
    assert Theme("light")["overlay"].alpha() == 0x66


@pytest.mark.parametrize("scale", SCALES.values())
def test_no_line_cuts_off_what_hangs_below_it(appearance, scale):
    """Text stands centred in its line by its font's ascent and descent; its ink must not reach beyond the line."""
    chosen, cut = Theme("light", scale), []
    roles = [role for role, value in read_tokens("light")["type"].items() if isinstance(value, list)]
    for role, bold in itertools.product(roles, (False, True)):
        font, ink = chosen.font(role, bold), QPainterPath()
        metrics = QFontMetricsF(font)
        base = (chosen.line(role) + metrics.ascent() - metrics.descent()) / 2
        ink.addText(0, base, font, "gpqy,0")
        if ink.boundingRect().top() < 0 or ink.boundingRect().bottom() > chosen.line(role):
            cut.append((role, bold))
    assert "cost" in roles
    assert cut == []


def test_the_text_scale_reaches_fonts_rows_and_gaps_of_what_is_already_shown(appearance):
    words, button, icon = label("見本"), Button("送る", icon="send"), Icon("send")
    row = hbox(words, button, icon, gap="s4", margin="s2")
    inside = holder(row)
    inside.show()
    appearance.apply(scale="largest")
    assert (words.height(), words.font().pixelSize()) == (29, 18)
    assert (button.height(), icon.width(), row.spacing()) == (47, 23, 21)
    assert row.contentsMargins().left() == 10
    appearance.apply(scale="standard")
    assert (words.height(), words.font().pixelSize(), row.spacing()) == (22, 14, 16)


def test_switching_live_draws_the_same_pixels_as_starting_in_that_scheme(appearance):
    def made():
        box = holder(hbox(label("見本 花子", tone="text_2"), Button("送る", "primary", "send"), Icon("users")))
        box.setFixedSize(300, 60)
        box.show()
        return box

    switched = made()
    appearance.apply("dark")
    fresh = made()
    QApplication.processEvents()
    for box in (switched, fresh):
        box.findChild(Button).clearFocus()  # the ring is where the focus is, in one of the two
    assert switched.grab().toImage() == fresh.grab().toImage()
    assert theme().name == "dark"


def test_the_bundled_font_is_what_is_drawn(appearance):
    assert theme().font("body").exactMatch()
    assert theme().font("title").family() == "Noto Sans JP"
