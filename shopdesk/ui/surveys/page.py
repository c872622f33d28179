"""The page of surveys: the list, one being written, one and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QApplication, QFileDialog

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.line import limits
from shopdesk.messages import actions, buttons, literal
from shopdesk.segments import AllOf, Condition
from shopdesk.surveys import starts
from shopdesk.ui import widgets as w
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.surveys.editor import SurveyEditor
from shopdesk.ui.surveys.overview import survey_overview
from shopdesk.ui.surveys.results import ResultsView, Seen, read
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.coupons import Coupon
    from shopdesk.exports import ExportReport
    from shopdesk.line import Message
    from shopdesk.surveys import Dimension, Form, Survey
    from shopdesk.ui.shop_page import Desk


class _Written(NamedTuple):
    """A survey to be written, and the coupons that may be its gift."""

    survey: Survey | None
    coupons: list[Coupon]


class SurveysPage(ListPage):
    """Surveys. `shown(survey=ID)` opens one, `new=True` begins one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SURVEYS, Topic.CUSTOMERS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.surveys
        self._by: Dimension | None = None
        self.overview = survey_overview(self.shop, self.tasks, self.notices)
        self.editor = SurveyEditor(self.shop, self.tasks, self.notices)
        self.results = ResultsView(self.shop, self.tasks)
        self.hold(self.overview, self.editor, self.results)
        self._connect()
        self.overview.reload()

    def _connect(self) -> None:
        self.overview.opened.connect(self.open)
        self.overview.wanted.connect(lambda: self.write(None))
        self.editor.save.connect(self.save)
        self.editor.publish.connect(self.publish)
        self.editor.delete.connect(self.delete)
        results = self.results
        results.left.connect(self.back)
        results.edit_wanted.connect(lambda: self.write(self._shown()))
        results.send_wanted.connect(self.send)
        results.link_wanted.connect(self.copy_link)
        results.end_wanted.connect(self.end)
        results.picture_wanted.connect(self.keep_picture)
        results.file_wanted.connect(self.write_file)
        results.segment_wanted.connect(self.make_segment)
        results.automation_wanted.connect(self.make_automation)
        results.compared.connect(self.compare)
        results.customer_wanted.connect(lambda one: self.navigator.show_page("customers", customer=one))

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a survey by its number, or begin a new one."""
        if what.get("new"):
            self.write(None)
        elif what.get("survey"):
            self._by = None
            self.open_id(int(what["survey"]))

    def reload(self) -> None:
        """Read what is at the front again; what is being written stays."""
        if self.at_front(self.results):
            self._refresh()
        elif self.at_front(self.overview):
            self.overview.reload()

    def step_back(self) -> None:
        """Show what came of the one that was written, or the list."""
        survey = self.editor.survey if self.at_front(self.editor) else None
        if survey is not None and survey.version:
            self.open_id(survey.id)
        else:
            self.bring_list()

    # Opening

    def open(self, survey: Survey) -> None:
        """Go on with a draft, or show what came of one that was asked."""
        if survey.version:
            self._by = None
            self.open_id(survey.id)
        else:
            self.write(survey)

    def open_id(self, survey_id: int) -> None:
        """Show a survey and what came of it; a draft is gone on with."""
        shop, by = self.shop, self._by

        def work() -> Survey | Seen:
            found = shop.surveys.get(survey_id)
            return read(shop, survey_id, by) if found.version else found

        def show(found: Survey | Seen) -> None:
            if isinstance(found, Seen):
                self.results.show_seen(found)
                self.bring(self.results)
            else:
                self.write(found)

        self.tasks.run(self, work, show, key="survey")

    def _refresh(self) -> None:
        """Read the results again; whoever has gone on meanwhile is not brought back."""
        shop, by, survey = self.shop, self._by, self._shown()

        def show(found: Seen) -> None:
            if self.at_front(self.results) and self._shown().id == survey.id:
                self.results.show_seen(found)

        self.tasks.run(self, lambda: read(shop, survey.id, by), show, key="results")

    def compare(self, by: Dimension | None) -> None:
        """Compare people by something, or not."""
        self._by = by
        self.open_id(self._shown().id)

    def write(self, survey: Survey | None) -> None:
        """Write one anew, or begin a new one."""
        coupons = self.shop.coupons

        def work() -> _Written:
            return _Written(survey, [one for one in coupons.list() if one.state == "published"])

        def show(found: _Written) -> None:
            self.editor.show_survey(*found)
            self.bring(self.editor)

        self.tasks.run(self, work, show, key="survey")

    def _shown(self) -> Survey:
        assert self.results.seen is not None  # noqa: S101 - its buttons are only seen with a survey
        return self.results.seen.results.survey

    # Keeping

    def save(self) -> None:
        """Keep what is written; people are still asked what was published."""

        def done(kept: Survey) -> None:
            self.notices.done(_("Kept “{name}”.").format(name=kept.draft.name))
            self.write(kept)

        self._keep(self._kept, done)

    def publish(self) -> None:
        """Keep what is written and ask it from now on."""
        service = self._service

        def done(made: Survey) -> None:
            self.notices.done(_("Published. Ask it on LINE, or copy its address."))
            self.open_id(made.id)

        self._keep(lambda before, form: service.publish(self._kept(before, form).id), done)

    def _kept(self, before: Survey | None, form: Form) -> Survey:
        return self._service.create(form) if before is None else self._service.change(before.id, form)

    def _keep(self, work: Callable[[Survey | None, Form], Survey], then: Callable[[Survey], object]) -> None:
        if self.editor.form.valid():
            before, form = self.editor.survey, self.editor.form.form()
            self.tasks.run(self, lambda: work(before, form), then, lane=Lane.WRITE)

    def delete(self) -> None:
        """Delete a draft that nobody was asked."""
        survey, service = self.editor.survey, self._service
        if survey is not None and w.confirm(
            self,
            _("Delete “{name}”?").format(name=survey.draft.name),
            _("It is a draft; nobody has been asked."),
            verb=_("Delete"),
            danger=True,
        ):
            self.tasks.run(self, lambda: service.delete(survey.id), lambda _gone: self.bring_list(), lane=Lane.WRITE)

    # What is done with one that is asked

    def end(self) -> None:
        """Take no answers any more, or take them again."""
        survey, service = self._shown(), self._service
        if survey.state != "published":
            self.tasks.run(self, lambda: service.publish(survey.id), lambda _done: self.reload(), lane=Lane.WRITE)
        elif w.confirm(
            self,
            _("End “{name}”?").format(name=survey.form.name),
            _("Nobody can answer it any more; the answers stay. It can be opened again."),
            verb=_("End it"),
            danger=True,
        ):
            self.tasks.run(self, lambda: service.close(survey.id), lambda _done: self.reload(), lane=Lane.WRITE)

    def send(self) -> None:
        """Open the composer with a message whose button begins the survey in the talk, or opens the page of an anonymous one."""
        survey, addresses = self._shown(), self._service.addresses

        def work() -> Message:
            title = literal(survey.form.title[: limits.BUTTONS_TEXT.most])
            label = for_customers(N_("Answer the survey"))
            if survey.form.anonymous:
                return buttons(title, title, (actions.open_link(label, addresses.of_page(survey)),))
            return buttons(title, title, (actions.postback(label, starts(survey.page_key), label),))

        def show(message: Message) -> None:
            self.navigator.show_page("broadcasts", messages=[message], name=survey.form.name)

        self.tasks.run(self, work, show)

    def copy_link(self) -> None:
        """Put the address of the page on the clipboard."""
        survey, addresses = self._shown(), self._service.addresses

        def copied(address: str) -> None:
            QApplication.clipboard().setText(address)
            self.notices.done(_("Copied. Whoever opens it may answer."))

        self.tasks.run(self, lambda: addresses.of_page(survey), copied)

    def make_segment(self) -> None:
        """Begin a segment of those who answered."""
        name = self._shown().form.name
        self.navigator.show_page("segments", new=True, rule=AllOf((Condition(f"survey.{name}", "is", True),)))

    def make_automation(self) -> None:
        """Begin an automation for whoever answers it."""
        self.navigator.show_page("automations", new=True, survey=self._shown().id)

    def keep_picture(self) -> None:
        """Write what is seen of the results to a picture."""
        chosen = self._file(_("As a picture"), "png", f"{_('Pictures')} (*.png)")
        if chosen and self.results.drawn().save(chosen, "PNG"):
            self.notices.done(_("The picture is in “{file}”.").format(file=Path(chosen).name))
        elif chosen:
            self.notices.error(InvalidInputError(_("The file cannot be written there. Choose another folder.")))

    def write_file(self) -> None:
        """Write every answer to an Excel file."""
        survey, exports = self._shown(), self.shop.exports
        chosen = self._file(_("As an Excel file"), "xlsx", "Excel (*.xlsx)")
        if not chosen:
            return
        self.tasks.run(self, lambda: exports.write_survey(survey, Path(chosen)), self._written, lane=Lane.NETWORK)

    def _written(self, report: ExportReport) -> None:
        self.notices.done(_("The answers are in “{file}”.").format(file=report.file.name))

    def _file(self, title: str, ending: str, kinds: str) -> str:
        name = f"{self._shown().form.name}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, title, name, kinds)
        return chosen if not chosen or chosen.endswith(f".{ending}") else f"{chosen}.{ending}"
