"""One survey being written, beside the page of the question that is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.surveys import Form
from shopdesk.ui import widgets as w
from shopdesk.ui.studio import Studio
from shopdesk.ui.surveys.face import QuestionPage
from shopdesk.ui.surveys.form import SurveyForm
from shopdesk.ui.surveys.option_row import SHOWN_WIDTH
from shopdesk.ui.surveys.words import state_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.coupons import Coupon
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 120


class SurveyEditor(QWidget):
    """`save` and `publish` ask for what is written to be kept; `left` to go back, `delete` for a draft to go."""

    save = Signal()
    publish = Signal()
    left = Signal()
    delete = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop = shop
        self.survey: Survey | None = None
        self._begun = Form("", "", ())
        self.studio = Studio(self, shop, tasks, notices)
        self.form = SurveyForm(self.studio)
        self.page = QuestionPage(lambda one: self.studio.image(addresses.own(one, SHOWN_WIDTH)))
        self.state = w.Badge(_("Draft"), "warning")
        self.remove = w.icon_button("trash-2", _("Delete this draft"), self.delete.emit, size="control")
        self.keep = w.Button(_("Keep the draft"), does=self.save.emit)
        self.give = w.Button(_("Publish"), "primary", "check", does=self.publish.emit)
        self.newer = w.Banner(
            "info",
            _("Other questions become a new version when you publish."),
            _("Everybody may answer that one; the answers so far stay with the old one."),
        )
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self._show_face)
        self.form.edited.connect(self._timer.start)
        self.studio.arrived.connect(self.page.update)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, context=here).activated.connect(self.save)

    def _lay_out(self) -> None:
        self.head = w.elided("", "title")
        crumb = w.hbox(
            w.link(_("Surveys"), self.left.emit), w.label(_("／ one survey"), "small", "text_2"), ..., gap="s1"
        )
        row = w.hbox(
            (w.vbox(crumb, self.head), 1),
            "s4",
            *(self.state, self.remove, self.keep, self.give),
            margin=("page_side", "s4", "page_side", "mid"),
        )
        aside = w.holder(
            w.vbox(w.hbox(w.label(_("What the customer sees"), "small", "text_2"), ...), "s2", (self.page, 1))
        )
        aside.setFixedWidth(self.page.width())
        self._left = left = w.scroller(w.vbox(self.newer, "s3", self.form, margin=("", "s1", "s1", "page_top")))
        columns = w.hbox((left, 1), aside, gap="s3", margin=("page_side", "", "page_side", "page_top"))
        self.setLayout(w.vbox(w.holder(row), (w.holder(columns), 1)))

    def show_survey(self, survey: Survey | None, coupons: Sequence[Coupon]) -> None:
        """Show a survey, or the beginning of a new one."""
        self.survey = survey
        self.form.offer_gifts(coupons)
        self.form.show_form(survey.draft if survey else Form("", "", ()))
        mark = w.Mark(_("Draft"), "warning") if survey is None else state_mark(survey, self._shop.clock.now())
        self.state.show_mark(mark)
        asked = survey is not None and survey.version > 0
        self.newer.setVisible(asked)
        self.remove.setVisible(survey is not None and not asked)
        self.keep.set_words(_("Keep for later") if asked else _("Keep the draft"))
        self.studio.read()
        self._left.verticalScrollBar().setValue(0)
        self._begun = self.form.form()
        self._show_face()
        if survey is None:
            self.form.name.setFocus()

    def dirty(self) -> bool:
        """Tell whether there is something that is not kept."""
        return self.form.form() != self._begun

    def _show_face(self) -> None:
        self._timer.stop()
        form = self.form.form()
        self.head.setText(form.name or _("New survey"))
        self.page.show_question(form, self.form.at)
