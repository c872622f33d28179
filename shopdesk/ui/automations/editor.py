"""One automation being written, beside the message of the step that is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.settings import PLANS
from shopdesk.ui import widgets as w
from shopdesk.ui.automations.form import AutomationForm
from shopdesk.ui.automations.words import as_read, cost, state_mark
from shopdesk.ui.editor import FormEditor, editor_head
from shopdesk.ui.phone import Phone

if TYPE_CHECKING:
    from shopdesk.automations import Automation, Estimate
    from shopdesk.settings import Plan
    from shopdesk.shop import Shop
    from shopdesk.ui.automations.around import Around
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class AutomationEditor(FormEditor):
    """An automation in its form, beside the phone; `publish` asks for it to start, `pause`, `end` and `delete` for what they say."""

    pause = Signal()
    end = Signal()
    delete = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(shop, tasks, notices)
        self.automation: Automation | None = None
        self.shop_name = ""
        self._plan: Plan = PLANS[0]
        self.form = AutomationForm()
        self.phone = Phone(pictures=self.studio.image)
        self.more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self.stop = w.Button(_("Pause"), icon="pause", does=self.pause.emit)
        which = w.label(_("／ one automation"), "small", "text_2")
        acts = (self.state, self.more, self.stop, self.keep, self.give)
        head = editor_head(_("Automations"), self.left.emit, which, self.head, *acts)
        self.lay_out(head, [self.form], self.phone, self.phone.maximumWidth())
        self.form.edited.connect(self.resting.start)
        self.form.asked.connect(self._ask)
        self.studio.arrived.connect(self.phone.lay_out)

    def show_automation(self, found: Automation | None, around: Around) -> None:
        """Show an automation, or the beginning of a new one."""
        self.automation, self.shop_name, self._plan = found, around.shop_name, around.plan
        self.form.offer(around.surveys, found.survey_id if found else None)
        self.form.show_automation(found, around.survey_id, self._shop.clock.now())
        self.show_standing(found)
        self.paper.verticalScrollBar().setValue(0)
        self.begin(state_mark(found) if found else w.Mark(_("Draft"), "warning"))
        if found is None:
            self.form.name.setFocus()

    def show_standing(self, found: Automation | None) -> None:
        """Show how it stands and how far it is; what is written stays."""
        self.automation = found
        state = found.state if found else "draft"
        if found is not None:
            self.state.show_mark(state_mark(found))
        self.form.show_sums(found, self._shop.clock.now())
        self.form.show_trouble(found.sentence if found else "")
        if found is not None and found.since is not None:
            self.form.show_reach(found.people)
        self.more.setVisible(found is not None)
        self.stop.setVisible(state == "running")
        self.keep.setVisible(state != "ended")
        self.keep.set_words(_("Keep the draft") if state == "draft" else _("Keep the changes"))
        self.give.setVisible(state in {"draft", "paused"})
        self.give.set_words(_("Start") if state == "draft" else _("Go on"))

    def written(self) -> Any:
        """Return what stands in the form."""
        return self.form.automation()

    def title(self) -> str:
        """Return its name so far."""
        return self.form.name.text().strip() or _("New automation")

    def draw(self) -> None:
        """Draw the message of the step at hand."""
        if self.form.cards:
            self.phone.show_talk(self.shop_name, as_read(self.form.cards[self.form.at].messages))

    def cost(self) -> str:
        """Return how many messages each person gets at most, and what they cost."""
        return cost(len(self.form.cards), self._plan)

    def _ask(self) -> None:
        wanted, service = self.form.automation(), self._shop.automations
        if not self._was_started() and wanted.survey_id and (wanted.options or not wanted.question):
            self._tasks.run(
                self,
                lambda: service.estimate(wanted.survey_id, wanted.question, wanted.options),
                self._reached,
                key="estimate",
            )

    def _reached(self, found: Estimate) -> None:
        if not self._was_started():  # another automation may have been opened meanwhile
            self.form.show_reach(found)

    def _was_started(self) -> bool:
        return self.automation is not None and self.automation.since is not None

    def _menu(self) -> None:
        going = self.automation is not None and self.automation.state in {"running", "paused"}
        entry = (_("End this automation…"), self.end.emit) if going else (_("Delete…"), self.delete.emit)
        self.menu = w.popup_menu(self, [entry])
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
