"""The page 自動応答: what the machine says by itself, what it has said, and a box to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.assistant import AssistantTab
from shopdesk.ui.answers.editor import AnswerEditor
from shopdesk.ui.answers.greetings import GreetingsTab
from shopdesk.ui.answers.hours import HoursTab
from shopdesk.ui.answers.log import LogTab
from shopdesk.ui.answers.questions import QuestionsTab
from shopdesk.ui.answers.rules import RulesTab
from shopdesk.ui.answers.state import State, read_state
from shopdesk.ui.answers.trial import TrialCard
from shopdesk.ui.list_page import may_be_lost
from shopdesk.ui.messages.editors import Studio
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from shopdesk.talks import Occasion, Rule
    from shopdesk.ui.answers.tab import Tab
    from shopdesk.ui.shop_page import Desk


class AnswersPage(ShopPage):
    """The machine. `shown(tab="hours")` opens a tab: greetings, rules, hours, questions, assistant or log."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TALKS, Topic.SETTINGS, Topic.MESSAGES})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.state: State | None = None
        self.studio = Studio(self, self.shop, self.tasks, self.notices)
        self.tabs: dict[str, Tab] = {
            "greetings": GreetingsTab(desk, self.studio),
            "rules": RulesTab(desk),
            "hours": HoursTab(desk, self.studio),
            "questions": QuestionsTab(desk, self.studio),
            "assistant": AssistantTab(desk),
            "log": LogTab(desk),
        }
        self.trial, self.editor = TrialCard(desk, self.studio), AnswerEditor(desk, self.studio)
        self._stack, self._sheets = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.heads = w.Tabs(
            _("Greetings"), _("Auto-reply messages"), _("Response hours"), _("Frequent questions"), _("AI"), _("Lately")
        )
        for tab in self.tabs.values():
            self._sheets.addWidget(w.scroller(w.vbox(tab, margin=("", "s1", "s1", "page_top"))))
        header = w.Header(
            _("Auto reply"),
            _("What is answered by itself: free of charge, marked as such, and only until a person takes over."),
            crumb=_("Talks"),
            back=lambda: self.navigator.show_page("talks"),
        )
        self._aside = w.scroller(w.vbox(self.trial, margin=("s1", "s1", "s1", "page_top")))
        body = w.hbox((self._sheets, 1), self._aside, gap="card_gap", margin=("page_side", "s3", "page_side", ""))
        overview = w.vbox(header, w.holder(w.hbox(self.heads, margin=("page_side", ""))), w.line(), (body, 1))
        for part in (w.holder(overview), self.editor):
            self._stack.addWidget(part)
        self.setLayout(w.vbox((self._stack, 1)))

    def _connect(self) -> None:
        self.heads.changed.connect(self._sheets.setCurrentIndex)
        for tab in self.tabs.values():
            tab.write.connect(self._write)
            tab.edit.connect(self._edit)
            tab.add.connect(lambda alike: self._open_editor(None, alike=alike))
        self.trial.edit.connect(self._edit)
        self.editor.left.connect(self.back)
        self.editor.kept.connect(self._kept)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open the tab that was asked for, and read how the machine is set."""
        if what.get("tab"):
            self.heads.choose(list(self.tabs).index(str(what["tab"])))
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.trial.fit(self.width())
        self._aside.setFixedWidth(self.trial.width() + theme().px("s4"))

    def reload(self) -> None:
        """Read how the machine is set, and what it has said."""
        self.studio.read()
        self.tasks.run(self, lambda: read_state(self.shop), self._show, key="state")

    def _show(self, state: State) -> None:
        self.state = state
        for tab in self.tabs.values():
            tab.show_state(state)
        self.trial.show_state(state)

    def editing(self) -> bool:
        """Tell whether an answer is being written."""
        return self._stack.currentWidget() is self.editor

    def back(self) -> bool:
        """Go back to the overview; what is not saved is asked about."""
        if not self.editing():
            return False
        if not self.editor.dirty() or may_be_lost(self, self.editor.title.text()):
            self._stack.setCurrentIndex(0)
        return True

    # Writing

    def _write(self, occasion: Occasion) -> None:
        kept = self.state.occasions[occasion] if self.state else ""
        self._stack.setCurrentWidget(self.editor)
        self.editor.write(occasion, () if isinstance(kept, str) else kept.messages)

    def _edit(self, rule: Rule) -> None:
        self._open_editor(rule, alike=rule.match == "alike")

    def _open_editor(self, rule: Rule | None, *, alike: bool) -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.edit(rule, alike=alike)

    def _kept(self, undo: Callable[[], object]) -> None:
        self._stack.setCurrentIndex(0)
        back = lambda: self.tasks.run(self, undo, lane=Lane.WRITE)  # noqa: E731
        self.notices.done(_("Saved. It counts from now on."), back)
        self.reload()
