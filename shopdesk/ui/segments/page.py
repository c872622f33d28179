"""The page of segments: the list, and one segment being made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QDialog

from shopdesk.changes import Topic
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.exporting import Exporter, Wanted
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.segments.editor import SegmentEditor, beginning
from shopdesk.ui.segments.overview import SegmentOverview
from shopdesk.ui.segments.reasons import WhyDialog
from shopdesk.ui.segments.values import Sources
from shopdesk.ui.segments.venn import VennDialog
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.segments import Rule, Segment
    from shopdesk.ui.shop_page import Desk


class SegmentsPage(ListPage):
    """Segments. `shown(segment=NAME)` opens one, `shown(new=True)` begins one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SEGMENTS, Topic.CUSTOMERS, Topic.ORDERS, Topic.FRIENDS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.segments
        self.overview = SegmentOverview(self._service, self.tasks, self.notices)
        self._sources = Sources(self.tasks, self.shop.orders, self._service)
        self.exporter = Exporter(self, self.shop, self.tasks, self.notices)
        self.editor = SegmentEditor(self._service, self.tasks, self._sources, may_export=self.exporter.allowed())
        self.hold(self.overview, self.editor)
        self.overview.opened.connect(self.open)
        self.overview.wanted.connect(self.begin)
        editor = self.editor
        editor.save.connect(self.save)
        editor.copy.connect(self.copy)
        editor.remove.connect(self.remove)
        editor.send.connect(self.send)
        editor.why.connect(self.ask_why)
        editor.compare.connect(self.compare)
        editor.export.connect(self.write_file)
        self.overview.reload()

    def shown(self, **what: Any) -> None:
        """Open a segment by its name, or begin a new one, also with a rule to begin with."""
        if what.get("new"):
            self.begin(what.get("rule"))
        elif what.get("segment"):
            name = str(what["segment"])
            self.tasks.run(self, lambda: self._service.get(name), self.open)

    def reload(self) -> None:
        """Count again."""
        self.overview.reload()
        if self.editing():
            self.editor.count()

    def editing(self) -> bool:
        """Tell whether a segment is open."""
        return self.at_front(self.editor)

    def open(self, segment: Segment) -> None:
        """Show one."""
        self._edit(segment.name, segment.rule, stored=True)

    def begin(self, rule: Rule | None = None) -> None:
        """Begin a new one."""
        self._edit("", rule or beginning(), stored=False)

    def _edit(self, name: str, rule: Rule, *, stored: bool) -> None:
        """Show a rule once it is known what can be asked now: a survey may be a minute old, a field deleted meanwhile."""

        def show() -> None:
            self.editor.show_segment(name, rule, stored=stored)
            self.bring(self.editor)
            if not stored:
                self.editor.name.setFocus()

        self._sources.read(show)

    def save(self, then: Callable[[str], object] | None = None) -> None:
        """Keep what is edited, then go on."""
        name, rule, stored = self.editor.name.text().strip(), self.editor.rule(), self.editor.stored
        if not name:
            self.editor.name.setFocus()
            self.editor.name.set_wrong(True)
        else:
            self.editor.name.set_wrong(False)

        def work() -> Segment:
            known = {one.name for one in self._service.list()}
            if name in known and (stored is None or stored[0] != name):
                raise NameTakenError(_("There is a segment “{name}” already. Choose another name.").format(name=name))
            saved = self._service.save(name, rule)
            if stored is not None and stored[0] != saved.name:
                self._service.delete(stored[0])
            return saved

        def done(saved: Segment) -> None:
            self.editor.saved(saved.name, saved.rule)
            if then is not None:
                then(saved.name)
            else:
                self.notices.done(_("Saved “{name}”.").format(name=saved.name))

        self.tasks.run(self, work, done, lane=Lane.WRITE)

    def copy(self) -> None:
        """Begin a new one from what is edited."""
        rule = self.editor.rule()
        name = _("{name} (copy)").format(name=self.editor.name.text().strip())
        self.editor.show_segment(name, rule, stored=False)
        self.editor.name.setFocus()
        self.editor.name.selectAll()

    def ask_why(self, person: object = None) -> None:
        """Say why somebody is in the segment, or is not."""
        dialog = WhyDialog(self, self.editor.rule(), self.shop, self.tasks)
        if isinstance(person, int):
            dialog.show_person(person)
        dialog.exec()
        dialog.deleteLater()

    def compare(self) -> None:
        """Lay another segment over this one; a part of the picture becomes a segment of its own."""
        name = self.editor.name.text().strip() or _("This segment")
        self.tasks.run(self, self._service.list, lambda found: self._compare(name, self.editor.rule(), found))

    def _compare(self, name: str, rule: Rule, found: list[Segment]) -> None:
        others = [(one.name, one.rule) for one in found if one.name != name]
        others += [(one.title, one.rule) for one in self._service.ready() if not one.asks]
        dialog = VennDialog(self, (name, rule), others, self._service, self.tasks)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.part is not None:
            self.editor.show_segment(*dialog.part, stored=False)
        dialog.deleteLater()

    def remove(self) -> None:
        """Delete the stored one, with a way back."""
        if self.editor.stored is None:
            return
        name, rule = self.editor.stored

        def done(_nothing: object) -> None:
            self.bring(self.overview)
            self.notices.done(_("Deleted “{name}”.").format(name=name), lambda: self._restore(name, rule))

        self.tasks.run(self, lambda: self._service.delete(name), done, lane=Lane.WRITE)

    def _restore(self, name: str, rule: Rule) -> None:
        self.tasks.run(self, lambda: self._service.save(name, rule), lane=Lane.WRITE)

    def write_file(self) -> None:
        """Write the people of the rule as it stands to a file."""
        rule, members = self.editor.rule(), self._service.members
        name = self.editor.name.text().strip() or _("New segment")
        self.exporter.ask(Wanted(name, lambda: sorted(members(rule))))

    def send(self) -> None:
        """Write to these people: saved first, where it is not."""
        if self.editor.dirty():
            self.save(lambda name: self.navigator.show_page("broadcasts", segment=name))
        elif self.editor.stored is not None:
            self.navigator.show_page("broadcasts", segment=self.editor.stored[0])


class NameTakenError(ShopDeskError):
    """Another segment has this name."""

    code = "name_taken"
