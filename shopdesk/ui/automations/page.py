"""The page of automations: the list, one being written, and the message of a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from shopdesk.changes import Topic
from shopdesk.i18n import _, _n
from shopdesk.messages import as_written
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.automations.around import Around, read
from shopdesk.ui.automations.editor import AutomationEditor
from shopdesk.ui.automations.message_view import MessageView
from shopdesk.ui.automations.overview import automation_overview
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.automations import Automation
    from shopdesk.ui.automations.step_card import StepCard
    from shopdesk.ui.shop_page import Desk


class AutomationsPage(ListPage):
    """Automations. `shown(automation=ID)` opens one, `new=True` begins one, with `survey=ID` after that survey."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.AUTOMATIONS, Topic.SURVEYS, Topic.BROADCASTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.automations
        self.overview = automation_overview(self.shop, self.tasks, self.notices)
        self.editor = AutomationEditor(self.shop, self.tasks, self.notices)
        self.message = MessageView(self.editor.studio)
        self.hold(self.overview, self.editor, self.message)
        self._connect()
        self.overview.reload()

    def _connect(self) -> None:
        self.overview.opened.connect(lambda one: self.open(one.id))
        self.overview.wanted.connect(self.begin)
        editor = self.editor
        editor.save.connect(self.save)
        editor.publish.connect(self.start)
        editor.pause.connect(self.pause)
        editor.end.connect(self.end)
        editor.delete.connect(self.delete)
        editor.form.opened.connect(self.write_message)
        editor.form.looked.connect(lambda one: self.navigator.show_page("broadcasts", broadcast=one))
        self.message.left.connect(self.step_back)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open an automation by its number, or begin a new one."""
        if what.get("new"):
            self.begin(what.get("survey"))
        elif what.get("automation"):
            self.open(int(what["automation"]))

    def reload(self) -> None:
        """Read what is at the front again; what is being written stays."""
        found, service = self.editor.automation, self._service
        if self.at_front(self.overview):
            self.overview.reload()
        elif found is not None:
            self.tasks.run(self, service.list, self._stands, key="standing")

    def _stands(self, found: list[Automation]) -> None:
        mine = next((one for one in found if self.editor.automation and one.id == self.editor.automation.id), None)
        if mine is not None:
            self.editor.show_standing(mine)

    def step_back(self) -> None:
        """Go from a step's message to its automation, else to the list."""
        if self.at_front(self.message):
            self.message.keep()
            self.bring(self.editor)
            self.editor.show_face()
        else:
            self.bring_list()

    # Opening

    def begin(self, survey_id: int | None = None) -> None:
        """Begin a new one, after a survey where one is given."""
        self._open(None, survey_id)

    def open(self, automation_id: int) -> None:
        """Write one anew."""
        self._open(automation_id, None)

    def _open(self, automation_id: int | None, survey_id: int | None) -> None:
        shop = self.shop

        def work() -> tuple[Automation | None, Around]:
            found = None if automation_id is None else shop.automations.get(automation_id)
            return found, read(shop, survey_id)

        def show(found: tuple[Automation | None, Around]) -> None:
            self.editor.show_automation(*found)
            self.bring(self.editor)

        self.tasks.run(self, work, show, key="automation")

    def write_message(self, card: StepCard) -> None:
        """Write what a step says."""
        self.message.show_step(card, self.editor.shop_name)
        self.bring(self.message)

    # Keeping

    def save(self) -> None:
        """Keep what is written; one that runs goes on with it."""

        def done(kept: Automation) -> None:
            self.notices.done(_("Kept “{name}”.").format(name=kept.name))
            self.open(kept.id)

        self._keep(lambda kept: kept, done)

    def start(self) -> None:
        """Ask, then keep it and let it begin, or go on."""
        found, service = self.editor.automation, self._service

        def done(begun: Automation) -> None:
            self.notices.done(_("“{name}” runs. Its messages go out by themselves.").format(name=begun.name))
            self.open(begun.id)

        if self.editor.form.valid() and self._may_start(found):
            self._keep(lambda kept: service.start(kept.id), done)

    def _may_start(self, found: Automation | None) -> bool:
        """Say what happens and what it costs, and ask."""
        name, counted = self.editor.title(), self.editor.cost()
        if found is None or found.state == "draft":
            begins = _("Whoever answers from now on gets them. Who has answered already does not.")
            return w.confirm(self, _("Start “{name}”?").format(name=name), begins, "\n", counted, verb=_("Start"))
        waiting = sum(one.waiting for one in found.steps)
        waits = _n(
            "{n} message waits. What became due meanwhile goes out with the next round, by day, one a day to each person.",
            "{n} messages wait. What became due meanwhile goes out with the next round, by day, one a day to each person.",
            waiting,
        ).format(n=number(waiting))
        comes = _("Who answered meanwhile comes in, too.")
        return w.confirm(
            self, _("Go on with “{name}”?").format(name=name), waits, "\n", comes, "\n", counted, verb=_("Go on")
        )

    def _keep(self, work: Callable[[Automation], Automation], then: Callable[[Automation], object]) -> None:
        form, before, service, messages = self.editor.form, self.editor.automation, self._service, self.shop.messages
        if not form.valid():
            return
        wanted = form.automation()

        def keep() -> Automation:
            address = messages.public_url()
            steps = tuple(replace(one, said=as_written(one.said.messages, address)) for one in wanted.steps)
            public = replace(wanted, steps=steps)
            return work(service.create(public) if before is None else service.change(before.id, public))

        self.tasks.run(self, keep, then, lane=Lane.WRITE, key="keep")

    # What is done with one that runs

    def pause(self) -> None:
        """Let nothing go out until it is started again."""
        found, service = self.editor.automation, self._service

        def done(paused: Automation) -> None:
            again = lambda: self._act(lambda: service.start(paused.id))  # noqa: E731
            self.notices.done(_("“{name}” is paused. Nothing of it goes out.").format(name=paused.name), again)

        if found is not None:
            self.tasks.run(self, lambda: service.pause(found.id), done, lane=Lane.WRITE)

    def _act(self, work: Callable[[], Automation]) -> None:
        self.tasks.run(self, work, self.editor.show_standing, lane=Lane.WRITE)

    def end(self) -> None:
        """End it for good."""
        found, service = self.editor.automation, self._service
        if found is not None and w.confirm(
            self,
            _("End “{name}”?").format(name=found.name),
            _("Nobody in it gets another message, and it cannot be started again. What was sent stays."),
            verb=_("End it"),
            danger=True,
        ):
            self.tasks.run(self, lambda: service.end(found.id), lambda one: self.open(one.id), lane=Lane.WRITE)

    def delete(self) -> None:
        """Delete a draft, or one that was ended."""
        found, service = self.editor.automation, self._service
        if found is not None and w.confirm(
            self,
            _("Delete “{name}”?").format(name=found.name),
            _("What was sent stays with the people; what is written here goes."),
            verb=_("Delete"),
            danger=True,
        ):
            self.tasks.run(self, lambda: service.remove(found.id), lambda _gone: self.bring_list(), lane=Lane.WRITE)
