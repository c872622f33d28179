"""One survey being written, beside the page of the question that is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.surveys import Form
from shopdesk.ui import widgets as w
from shopdesk.ui.editor import FormEditor, editor_head
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


class SurveyEditor(FormEditor):
    """A survey in its form, beside the page of the question at hand; `delete` asks for a draft to go."""

    delete = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(shop, tasks, notices)
        self.survey: Survey | None = None
        self.form = SurveyForm(self.studio)
        self.page = QuestionPage(lambda one: self.studio.image(addresses.own(one, SHOWN_WIDTH)))
        self.remove = w.icon_button("trash-2", _("Delete this draft"), self.delete.emit, size="control")
        self.newer = w.Banner(
            "info",
            _("Other questions become a new version when you publish."),
            _("Everybody may answer that one; the answers so far stay with the old one."),
        )
        which = w.label(_("／ one survey"), "small", "text_2")
        acts = (self.state, self.remove, self.keep, self.give)
        head = editor_head(_("Surveys"), self.left.emit, which, self.head, *acts)
        self.lay_out(head, [self.newer, "s3", self.form], self.page, self.page.width())
        self.form.edited.connect(self.resting.start)
        self.studio.arrived.connect(self.page.update)

    def show_survey(self, survey: Survey | None, coupons: Sequence[Coupon]) -> None:
        """Show a survey, or the beginning of a new one."""
        self.survey = survey
        self.form.offer_gifts(coupons)
        self.form.show_form(survey.draft if survey else Form("", "", ()))
        mark = w.Mark(_("Draft"), "warning") if survey is None else state_mark(survey, self._shop.clock.now())
        asked = survey is not None and survey.version > 0
        self.newer.setVisible(asked)
        self.remove.setVisible(survey is not None and not asked)
        self.keep.set_words(_("Keep for later") if asked else _("Keep the draft"))
        self.paper.verticalScrollBar().setValue(0)
        self.begin(mark)
        if survey is None:
            self.form.name.setFocus()

    def written(self) -> Form:
        """Return what stands in the form."""
        return self.form.form()

    def title(self) -> str:
        """Return its name so far."""
        return self.form.form().name or _("New survey")

    def draw(self) -> None:
        """Draw the page of the question at hand."""
        self.page.show_question(self.form.form(), self.form.at)
