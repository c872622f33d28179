"""The form of one place: what is drawn there, and what a tap does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.menus import Action
from shopdesk.ui import widgets as w
from shopdesk.ui.menus.words import DOES, ICONS, letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.coupons import Coupon
    from shopdesk.menus import Does
    from shopdesk.surveys import Survey
    from shopdesk.ui.menus.draft import Draft

_TYPED = ("link", "say")
_CHOSEN = ("coupon", "survey", "tab")


class AreaForm(QWidget):
    """Writes into the draft as it is typed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._coupons: Sequence[Coupon] = ()
        self._surveys: Sequence[Survey] = ()
        self._shown: tuple[object, ...] = ()
        self.mark = w.Badge("A", "accent")
        self.does = w.Choice([(_(words), does) for does, words in DOES.items()])
        self.typed = w.TextField()
        self.one_of = w.Choice([("", "")])
        self.word = w.TextField()
        self.icon = w.Choice([(_("No icon"), ""), *((_(words), name) for name, words in ICONS.items())])
        self.remove = w.icon_button("trash-2", _("Remove this place"), draft.remove_area)
        self._value = w.Field(_("What exactly"), w.holder(w.vbox(self.typed, self.one_of)))
        self._word = w.Field(_("Word in the picture"), self.word)
        self._icon = w.Field(_("Icon in the picture"), self.icon)
        self._own = w.Prose(
            _("This tab shows a picture of your own; words are only read out."), role="caption", tone="text_3"
        )
        top = w.hbox((w.Field(_("When it is tapped"), self.does), 1), (self._value, 1), gap="s3")
        below = w.hbox((self._word, 1), (self._icon, 1), gap="s3")
        self._wrong = w.Prose(role="caption", tone="danger_text")
        fields = w.vbox(top, "s2", below, "s1", self._own, self._wrong)
        self.setLayout(
            w.hbox(w.vbox("s6", "s1", self.mark, ...), (fields, 1), w.vbox("s6", self.remove, ...), gap="s3")
        )
        for name, field in (
            (_("What is tapped for"), self.does),
            (_("Icon"), self.icon),
            (_("Which one"), self.one_of),
        ):
            field.setAccessibleName(name)
        self._connect()

    def _connect(self) -> None:
        draft = self._draft
        self.does.chosen.connect(self._do)
        self.typed.textEdited.connect(lambda said: self._act(said, "value"))
        self.one_of.chosen.connect(self._act)
        self.word.textEdited.connect(lambda said: draft.change_area("word", word=said))
        self.icon.chosen.connect(lambda name: draft.change_area(icon=name))
        for field in (self.typed, self.word):
            field.editingFinished.connect(draft.end_step)
        draft.changed.connect(self.show_area)

    def offer(self, coupons: Sequence[Coupon], surveys: Sequence[Survey]) -> None:
        """Offer these coupons to be given, and these surveys to begin."""
        self._coupons, self._surveys = coupons, surveys
        self._shown = ()
        self.show_area()

    def say(self, sentence: str) -> None:
        """Say what LINE would not take of this place, '' for nothing."""
        self._wrong.set_runs(sentence)
        self._wrong.setVisible(bool(sentence))

    def show_area(self) -> None:
        """Show the place one looks at; the letter under the caret stays where it is."""
        draft, area = self._draft, self._draft.area
        self.setVisible(area is not None)
        if area is None:
            return
        action = area.action
        self.mark.show_mark(w.Mark(letter(draft.area_at), "accent"))
        self.does.set_value(action.does)
        for field, text in ((self.word, area.word), (self.typed, action.value if action.does in _TYPED else "")):
            if field.text() != text:
                field.setText(text)
        self.icon.set_value(area.icon)
        self.typed.setVisible(action.does in _TYPED)
        self.typed.setPlaceholderText("https://" if action.does == "link" else _("Words the friend says"))
        self._value.setVisible(action.does in (*_TYPED, *_CHOSEN))
        self._own.setVisible(bool(draft.tab.picture))
        self.one_of.setVisible(action.does in _CHOSEN)
        entries = self._entries(action.does)
        if (action.does, *entries) != self._shown:
            self._shown = (action.does, *entries)
            self.one_of.set_entries(entries)
        self.one_of.set_value(action.value)

    def _entries(self, does: Does) -> list[tuple[str, str]]:
        if does == "coupon":
            given = [one for one in self._coupons if one.state == "published" and one.offer.by_link]
            first = _("Choose a coupon") if given else _("No coupon is given by link yet")
            return [(first, ""), *((one.offer.name, str(one.id)) for one in given)]
        if does == "survey":
            asked = [one for one in self._surveys if one.state == "published"]
            first = _("Choose a survey") if asked else _("No survey is published yet")
            return [(first, ""), *((one.form.name, str(one.id)) for one in asked)]
        if does == "tab":
            others = [one for one in self._draft.design.tabs if one.key != self._draft.tab.key]
            first = _("Choose a tab") if others else _("There is no other tab yet")
            return [(first, ""), *((one.title, one.key) for one in others)]
        return []

    def _do(self, does: Does) -> None:
        self._draft.change_area(action=Action(does))
        if does in _TYPED:
            self.typed.setFocus()

    def _act(self, value: str, together: str = "") -> None:
        area = self._draft.area
        if area is not None:
            self._draft.change_area(together, action=Action(area.action.does, value))
