"""One survey that was asked: its sums, and every question with what was answered, from the first answer on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.surveys import CHOICES, NUMBERS
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated
from shopdesk.ui.surveys import charts
from shopdesk.ui.surveys.texts import Texts
from shopdesk.ui.surveys.words import dimensions, state_mark, took

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from shopdesk.shop import Shop
    from shopdesk.surveys import CrossRow, Dimension, QuestionResult, Results
    from shopdesk.ui.tasks import Tasks


@dataclass(frozen=True)
class Seen:
    """What came of a survey; `by` is how people are compared, None for not at all, with the rows of each question."""

    results: Results
    by: Dimension | None = None
    rows: dict[str, list[CrossRow]] = field(default_factory=dict)


def read(shop: Shop, survey_id: int, by: Dimension | None) -> Seen:
    """Read what came of a survey. Raises NotFoundError."""
    outcome = shop.surveys.outcome
    found = outcome.of(survey_id)
    if by is None or found.survey.form.anonymous:
        return Seen(found)
    compared = (one.question for one in found.questions if one.question.kind in CHOICES | NUMBERS)
    return Seen(found, by, {one.name: outcome.cross(survey_id, one.name, by) for one in compared})


class ResultsView(QWidget):
    """Each of its buttons is a signal; `customer_wanted` carries somebody's number, `compared` a way to tell people apart."""

    left = Signal()
    edit_wanted = Signal()
    send_wanted = Signal()
    link_wanted = Signal()
    end_wanted = Signal()
    picture_wanted = Signal()
    file_wanted = Signal()
    segment_wanted = Signal()
    automation_wanted = Signal()
    customer_wanted = Signal(int)
    compared = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self.seen: Seen | None = None
        self.title = w.elided("", "title")
        self.state = w.Badge("")
        self.more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self.picture = w.Button(_("As a picture"), icon="image", does=self.picture_wanted.emit)
        self.file = w.Button(_("As an Excel file"), icon="file-spreadsheet", does=self.file_wanted.emit)
        self.segment = w.Button(_("Segment from answers"), "primary", "filter", does=self.segment_wanted.emit)
        self.tiles = {
            "answers": w.Tile("clipboard-list", _("Answers"), "", ""),
            "talk": w.Tile("message-circle", _("Answered in the talk"), "", ""),
            "time": w.Tile("clock", _("Time it took"), "", "", _("the middle value")),
            "gift": w.Tile("gift", _("Gifts"), "", ""),
        }
        self.ways = w.Choice([(_("All answers"), None), *dimensions()], width=150)
        self.ways.setAccessibleName(_("Compare"))
        self.ways.chosen.connect(self.compared)
        self._compare = w.label(_("Compare"), "small", "text_2")
        self._name = w.elided("", "section")
        self._name.hide()
        self._hint = w.label("", "small", "text_2")
        self.none = w.Banner(
            "info",
            _("Nobody has answered yet."),
            _("Ask it on LINE: one button, and it is answered in the talk."),
            action=_("Ask people on LINE"),
            does=self.send_wanted.emit,
        )
        self._columns = w.hbox(gap="card_gap")
        self._lay_out()

    def _lay_out(self) -> None:
        crumb = w.hbox(
            w.link(_("Surveys"), self.left.emit), w.label(_("／ results"), "small", "text_2"), "s2", self.state, ...
        )
        row = w.hbox(
            (w.vbox(crumb, self.title), 1),
            "s4",
            *(self.more, self.picture, self.file, self.segment),
            margin=("page_side", "s4", "page_side", "mid"),
        )
        tiles = w.hbox(*((tile, 1) for tile in self.tiles.values()), gap="tile_gap")
        ways = w.hbox((self._name, 1), self._compare, self.ways, ..., self._hint)
        self.body = w.holder(
            w.vbox(
                self.none,
                tiles,
                ways,
                self._columns,
                ...,
                gap="card_gap",
                margin=("page_side", "s1", "page_side", "page_top"),
            )
        )
        self.setLayout(w.vbox(w.holder(row), (w.scroller(w.vbox(self.body)), 1)))

    def show_seen(self, found: Seen) -> None:
        """Show what came of a survey, or the same anew."""
        self.seen = found
        results, survey = found.results, found.results.survey
        self.title.setText(isolated(survey.form.name))
        self.state.show_mark(state_mark(survey, self._shop.clock.now()))
        begun = _("{people} have begun and not ended").format(people=people(results.begun))
        self._tile("answers", results.answers, begun)
        on_page = _("{people} on the page").format(people=people(results.answers - results.in_talk))
        self._tile("talk", results.in_talk, on_page)
        self.tiles["time"].show_number(*took(results.seconds))
        self._tile("gift", results.gifts, self._about_gifts(found))
        unknown, from_all = _("Nobody knows who answers an anonymous survey."), _("From {people} · also below 20")
        anonymous = survey.form.anonymous
        self._hint.setText(unknown if anonymous else from_all.format(people=people(results.answers)))
        self.ways.set_value(found.by)
        self.ways.setEnabled(not anonymous)
        live = survey.state == "published"
        self.none.setVisible(live and not results.answers)
        self.segment.setVisible(not anonymous)
        self._show_questions(found)

    @staticmethod
    def _about_gifts(found: Seen) -> str:
        form = found.results.survey.form
        if form.gift_coupon:
            return _("{n} coupons were used").format(n=number(found.results.gifts_used))
        if form.gift_points:
            return _n("{n} point each", "{n} points each", form.gift_points).format(n=number(form.gift_points))
        return _("no gift")

    def drawn(self) -> QPixmap:
        """Return the results as a picture: with the survey's name on it, without what is only there to be pressed."""
        assert self.seen is not None  # noqa: S101 - its button is only seen with a survey
        texts = self.findChildren(Texts)
        pressed = (self._compare, self.ways, self.none, *(each for one in texts for each in (one.search, one.more)))
        shown = [one for one in pressed if not one.isHidden()]
        by = self.ways.currentText() if self.seen.by else ""
        self._name.setText(_(" · ").join(filter(None, (self.title.text(), by))))
        for one in (*shown, self._name):
            one.setVisible(one is self._name)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what is left takes the room at once
        made = self.body.grab()
        for one in (*shown, self._name):
            one.setVisible(one is not self._name)
        return made

    def _tile(self, name: str, count: int, note: str) -> None:
        words = people(count)
        self.tiles[name].show_number(number(count), words.replace(number(count), "").strip(), note)

    def _show_questions(self, found: Seen) -> None:
        w.clear(self._columns)
        cards = [self._card(at, one, found) for at, one in enumerate(found.results.questions, 1)]
        # Beside each other, as long as no table of many columns stands in them.
        for side in (cards,) if found.by else (cards[::2], cards[1::2]):
            self._columns.addLayout(w.vbox(*side, ..., gap="card_gap"), 1)

    def _card(self, at: int, one: QuestionResult, found: Seen) -> QWidget:
        head = charts.head(at, one)
        if one.question.kind not in CHOICES | NUMBERS:
            texts = Texts(self._shop, self._tasks, found.results.survey.id, one.question, head)
            texts.opened.connect(self.customer_wanted)
            return texts
        rows = found.rows.get(one.question.name) if found.by else None
        table = charts.table(one, found.by, rows) if found.by and rows else None
        return w.Card(head, charts.chart(one), table, gap="s4")

    def _menu(self) -> None:
        assert self.seen is not None  # noqa: S101 - its buttons are only seen with a survey
        survey = self.seen.results.survey
        live = survey.state == "published"
        entries = [
            *([(_("Ask people on LINE"), self.send_wanted.emit)] if live else []),
            *([] if survey.form.anonymous else [(_("Start an automation after it"), self.automation_wanted.emit)]),
            (_("Change"), self.edit_wanted.emit),
            (_("Copy the page's address"), self.link_wanted.emit),
            (_("End this survey…") if live else _("Take answers again"), self.end_wanted.emit),
        ]
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
