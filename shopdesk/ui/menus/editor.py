"""One rich menu being written: how it is divided, the menu itself, what its places do, and the customer's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.menus import COLOURS, problems
from shopdesk.ui import widgets as w
from shopdesk.ui.editor import WAITS_MS, Editor, editor_head
from shopdesk.ui.keys import REDO, UNDO, on_key
from shopdesk.ui.loyalty.picks import COLOUR_NAMES, Picks, Swatch
from shopdesk.ui.menus.applying import Applying
from shopdesk.ui.menus.area_form import AreaForm
from shopdesk.ui.menus.canvas import Canvas
from shopdesk.ui.menus.draft import Draft, first_plan
from shopdesk.ui.menus.phone import MenuPhone
from shopdesk.ui.menus.side import Side
from shopdesk.ui.menus.tab_bar import TabBar
from shopdesk.ui.menus.words import letter, standing_mark
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from shopdesk.coupons import Coupon
    from shopdesk.menus import Menu, Plan, Problem, TabClicks
    from shopdesk.pictures import Sized
    from shopdesk.segments import Segment
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

_DRAWN = 1000
"""Pixels across of the picture that is only looked at."""
_SIDE_WIDTH = 180


class Around(NamedTuple):
    """What is offered beside a menu: the shop's name, its coupons, surveys and segments, how many other menus there are."""

    shop: str
    coupons: Sequence[Coupon]
    surveys: Sequence[Survey]
    segments: Sequence[Segment]
    others: int


class MenuEditor(Editor):
    """Signals ask for what is written to be kept, published, withdrawn, deleted; `left` to go back."""

    publish = Signal()
    withdraw = Signal()
    delete = Signal()
    times_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self.menu: Menu | None = None
        self.draft = Draft()
        self.name = w.TitleField(_("Name of the menu"))
        self.side, self.tabs, self.canvas = Side(self.draft), TabBar(self.draft), Canvas(self.draft)
        self.form, self.phone = AreaForm(self.draft), MenuPhone(self.draft)
        self.applying = Applying(shop, tasks, notices)
        self.colours = Picks(Swatch, [(one, one, _(COLOUR_NAMES[one])) for one in COLOURS])
        self.state = w.Badge(_("Draft"))
        self.times = w.Button(_("When it is shown"), icon="calendar", does=self.times_wanted.emit)
        self.keep = w.Button(_("Keep the draft"), does=self.save.emit)
        self.give = w.Button(_("Apply it"), "primary", "upload", does=self.publish.emit)
        self.more = w.icon_button("ellipsis", _("More"), self._more, size="control")
        self.drawn = w.Button(_("Draw the picture"), icon="sparkles", size="control_small", does=lambda: self.take(""))
        self.own = w.Button(
            _("A picture of our own"), icon="upload", size="control_small", does=self.picture_wanted.emit
        )
        self.back_step = w.icon_button("undo-2", _("One step back"), self.draft.undo)
        self._measure = w.label("", "small", "text_2")
        self._wrong = w.Banner("warning", "…")
        self._clicks = w.Prose(role="small", tone="text_2")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        which = w.label(_("／ one menu"), "small", "text_2")
        acts = (self.state, self.more, self.times, self.keep, self.give)
        head = editor_head(_("Rich menus"), self.left.emit, which, self.name, *acts)
        left = w.scroller(w.vbox(self.side, margin=("", "", "s2", "")))
        left.setFixedWidth(_SIDE_WIDTH)
        self._middle = w.Card(
            w.hbox((self.tabs, 1), self._measure, self.back_step),
            "s2",
            (self.canvas, 1),
            "s2",
            w.hbox(self.drawn, self.own, ..., self.colours),
            w.line(),
            self.form,
            self._wrong,
            self._clicks,
            gap="s2",
            pad=("s4", "s3", "s4", "s3"),
        )
        seen = w.vbox(w.label(_("On the customer's phone"), "small", "text_2"), "s2", (self.phone, 1))
        self._seen = w.holder(seen)
        centre = w.scroller(w.vbox(self.applying, (self._middle, 1), gap="s2"))
        columns = w.hbox(left, (centre, 1), self._seen, gap="s3", margin=("page_side", "", "page_side", "page_top"))
        self.setLayout(w.vbox(head, (w.holder(columns), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a window that is too narrow for both, the canvas stays and the phone goes."""
        t = theme()
        taken = 2 * t.px("page_side") + _SIDE_WIDTH + 3 * t.px("s3") + self.phone.width()
        self._seen.setVisible(self.width() - taken >= self._middle.minimumSizeHint().width())

    def _connect(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self._draw)
        self.draft.changed.connect(self._look)
        self.name.textEdited.connect(lambda said: self.draft.change("name", name=said))
        self.name.editingFinished.connect(self.draft.end_step)
        self.colours.chosen.connect(lambda one: self.draft.restyle(colour=one))
        self.phone.tapped.connect(self._tapped)
        on_key(self, UNDO, self.draft.undo)
        on_key(self, REDO, self.draft.redo)

    # What is shown

    def show_menu(self, menu: Menu | None, around: Around) -> None:
        """Show a menu, or the beginning of a new one."""
        self.menu = menu
        self.form.offer(around.coupons, around.surveys)
        self.side.offer(around.segments, around.others)
        self.phone.show_shop(around.shop)
        self.draft.begin(menu.plan if menu else first_plan())
        self._begun = self.draft.plan
        self.show_standing(menu)
        self._timer.stop()
        self._draw()  # at once: only what is typed waits for the next letter
        self._clicks.hide()
        (self.canvas if menu else self.name).setFocus()

    def show_standing(self, menu: Menu | None) -> None:
        """Show how the menu stands; what is being written stays."""
        self.menu = menu
        self.state.show_mark(standing_mark(menu) if menu else w.Mark(_("Draft")))
        self._look()

    def kept(self, menu: Menu) -> None:
        """Show that what is written is kept."""
        self._begun = self.draft.plan
        self.show_standing(menu)

    def show_clicks(self, found: Sequence[TabClicks]) -> None:
        """Show how often the places of the tab one looks at were tapped."""
        here = next((one for one in found if one.tab == self.draft.tab.key), None)
        self._clicks.setVisible(here is not None)
        if here is None:
            return
        if here.clicks is None:
            self._clicks.set_runs(_("LINE tells how often places were tapped once 20 people have tapped in a week."))
            return
        counts = "・".join(f"{letter(number)} {count:,}" for number, (count, _who) in enumerate(here.clicks.areas))
        self._clicks.set_runs(_("Tapped in the last 7 days: {counts}").format(counts=counts))

    def written(self) -> Plan:
        """Return the menu as it is written."""
        return self.draft.plan

    def title(self) -> str:
        """Return its name so far."""
        return self.draft.plan.name or _("New menu")

    def take(self, picture: str) -> None:
        """Let the tab show a kept picture; '' lets one be drawn."""
        self.draft.retab(picture=picture)

    def _look(self) -> None:
        draft, plan = self.draft, self.draft.plan
        if self.name.text() != plan.name:
            self.name.setText(plan.name)
        self.colours.set_value(plan.design.colour)
        own = bool(draft.tab.picture)
        self.drawn.setVisible(own)
        self.colours.setVisible(not own)  # it has the picture's
        self.back_step.setEnabled(draft.can_undo)
        found = problems(plan)
        mine = [one for one in found if one.tab == draft.tab.key and one.area == draft.area_at]
        self.form.say(mine[0].sentence if mine else "")
        refused = self.menu.trouble if self.menu else ""
        self._wrong.setVisible(bool(found or refused))
        if found or refused:
            self._wrong.say(self._placed(found[0]) if found else refused)
        self._fit()
        self._timer.start()

    def _placed(self, problem: Problem) -> str:
        """Say a problem with the tab and the letter of the place it is about."""
        titles = {one.key: one.title for one in self.draft.design.tabs}
        tab = titles.get(problem.tab, "") if len(titles) > 1 else ""
        place = letter(problem.area) if problem.area is not None else ""
        where = " ".join(filter(None, (tab, place)))
        return _("{place}: {problem}").format(place=where, problem=problem.sentence) if where else problem.sentence

    def _draw(self) -> None:
        design, tab, menus = self.draft.design, self.draft.tab, self._shop.menus
        self._tasks.run(self, lambda: menus.picture(design, tab, _DRAWN), self._show_picture, key="picture")

    def _show_picture(self, picture: Sized) -> None:
        image = QImage.fromData(picture.data)
        self.canvas.show_picture(image)
        self.phone.show_menu(image)
        design, size = self.draft.design, f"{self.draft.design.width} × {self.draft.design.height}"
        if self.draft.tab.picture and (picture.width, picture.height) == (design.width, design.height):
            size += f"・{len(picture.data) // 1024:,} KB / {limits.MENU_PICTURE_BYTES // 2**20} MB"
        self._measure.setText(size)

    def _tapped(self, number: int) -> None:
        """Do on the preview's phone what a tap will do."""
        area = self.draft.tab.areas[number]
        action, tabs = area.action, [one.key for one in self.draft.design.tabs]
        if action.does == "tab" and action.value in tabs:
            self.draft.look_at(tab=tabs.index(action.value))
            return
        self.draft.look_at(area=number)
        said = {
            "link": _("Opens {address}").format(address=action.value or "…"),
            "say": _("Your friend says: {words}").format(words=action.value),
            "card": _("The shop card opens."),
            "coupon": _("The coupon comes into the talk."),
            "talk": _("The keyboard opens."),
            "tab": _("The tab that is shown by tapping here is not there any more. Choose another one."),
        }[action.does]
        self.phone.say(said)

    def _more(self) -> None:
        entries = [(_("Delete the menu"), self.delete.emit)]
        if self.menu and self.menu.published:
            entries.insert(0, (_("Take it off LINE"), self.withdraw.emit))
        w.popup_menu(self, entries).popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
