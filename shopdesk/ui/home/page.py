"""The home page: today's work, then figures, quota and health."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from shopdesk import reach
from shopdesk.changes import Topic
from shopdesk.clock import japan_day
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.home.cards import HealthCard, QuotaCard, RecentCard, TodoCard
from shopdesk.ui.home.figures import Figures
from shopdesk.ui.home.growth import GrowthCard
from shopdesk.ui.home.quota import Asked, notice
from shopdesk.ui.home.today import Today, read_today
from shopdesk.ui.home.welcome import Welcome
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    ErrorState,
    Frame,
    Header,
    Sheets,
    Skeleton,
    clear,
    hbox,
    holder,
    vbox,
)

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.ui.home.todo import Todo
    from shopdesk.ui.shop_page import Desk

ASK_AGAIN = timedelta(minutes=5)
"""So old an answer of LINE's may be; while something is wrong it is asked at every look."""
LOOKS_EVERY_MS = 20_000


class HomePage(ShopPage):
    """What to do today, and how the shop is."""

    topics: ClassVar[frozenset[Topic]] = frozenset(Topic)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._supervisor = desk.supervisor
        self.today: Today | None = None
        self.asked: Asked | None = None
        self.banner: Banner | None = None
        self._make_cards()
        self._banner_place = vbox()
        self._stack = Sheets()
        self._error = ErrorState()
        self._error.again.connect(self.reload)
        waiting = Card(Skeleton(6), pad="")
        waiting.setMinimumHeight(theme().px("phone_width"))
        for part in (waiting, self._figures_and_cards(), self.welcome, Card(self._error, pad="")):
            self._stack.addWidget(part)
        self._import = Button(_("Import orders"), icon="file-up", does=lambda: self.navigator.show_page("imports"))
        self._send = Button(_("Make a broadcast"), "primary", "send", does=self._make_broadcast)
        self.header = Header(_("Home"), " ", actions=[self._import, self._send])
        self._say_day()
        self._asking = QTimer(self, interval=LOOKS_EVERY_MS)
        self._asking.timeout.connect(self._ask_line)
        self._asking.start()
        self.setLayout(vbox(Frame(self.header, holder(self._banner_place), (self._stack, 1), gap="")))
        self.reload()

    def _make_cards(self) -> None:
        self.figures, self.todo, self.growth = Figures(), TodoCard(), GrowthCard()
        self.quota, self.health, self.recent = QuotaCard(), HealthCard(), RecentCard()
        self.welcome = Welcome()
        self.todo.wanted.connect(self._do)
        self.welcome.wanted.connect(self.navigator.show_page)
        self.welcome.files.connect(self._take)

    def _figures_and_cards(self) -> QWidget:
        side = QWidget()
        side.setLayout(vbox(self.quota, self.health, self.recent, ..., gap="card_gap"))
        side.setFixedWidth(theme().px("side_column"))
        left = vbox(self.todo, (self.growth, 1), gap="card_gap")
        return holder(vbox(self.figures, (hbox((left, 1), side, gap="card_gap"), 1), gap="card_gap"))

    # What the window asks

    def shown(self, **what: Any) -> None:  # noqa: ARG002 - home is asked for nothing in particular
        """Say which day it is, and ask LINE again where its answer has become old."""
        self._say_day()
        if self.today is not None:
            self._ask_line()

    def reload(self) -> None:
        """Read everything again."""
        shop = self.shop
        self.tasks.run(self, lambda: read_today(shop), self._show, failed=self._failed, key="today")

    # Showing

    def _say_day(self) -> None:
        day = japan_day(self.shop.clock.now())
        names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        words = _("{weekday} {month}/{day}. What to do today, and how the shop is.")
        self.header.say(_("Home"), words.format(weekday=names[day.weekday()], month=day.month, day=day.day))

    def _show(self, today: Today) -> None:
        self.today = today
        new = today.brand_new
        if new:
            self.welcome.show_today(today)
        else:
            self.figures.show_today(today)
            self.todo.show_today(today, self.asked)
            self.growth.show_today(today)
            self.recent.show_today(today)
            self.quota.show_plan(today)
            self.health.show_health(today, self.asked)
        self._send.setVisible(not new)
        self._import.setVisible(not new)
        self._stack.setCurrentIndex(2 if new else 1)
        self._show_banner()
        self._ask_line()

    def _failed(self, error: Exception) -> None:
        self._error.say(self.notices.sentence(error))
        self._stack.setCurrentIndex(3)

    def _show_banner(self) -> None:
        said = notice(self.today, self.asked) if self.today else None
        clear(self._banner_place)
        self.banner = None
        if said is not None:
            what = {"section": said.section} if said.section else {}
            lead = partial(self.navigator.show_page, said.page, **what)
            self.banner = Banner(said.state, said.fact, said.advice, action=said.action, does=lead)
            self._banner_place.addWidget(holder(vbox(self.banner, "card_gap")))

    # LINE

    def _ask_line(self) -> None:
        today = self.today
        if today is None or not today.has_keys or today.brand_new or not self.isVisible():
            return
        now, line = self.shop.clock.now(), self.shop.line
        if self.asked is not None and abs(now - self.asked.at) < ASK_AGAIN and self.asked.well:
            return

        def work() -> Asked:
            troubles = reach.troubles(self.shop, self._supervisor.look())
            try:
                return Asked(now, line.quota(), troubles=troubles)
            except ShopDeskError as refused:
                return Asked(now, problem=refused.message, troubles=troubles)

        self.tasks.run(self, work, self._answered, lane=Lane.NETWORK, key="quota")

    def _answered(self, asked: Asked) -> None:
        self.asked = asked
        self.quota.show_answer(asked)
        if self.today is not None:
            self.health.show_health(self.today, asked)
            self.todo.show_today(self.today, asked)
        self._show_banner()

    # Going elsewhere

    def _do(self, todo: Todo) -> None:
        self.navigator.show_page(todo.page, **todo.what)

    def _make_broadcast(self) -> None:
        self.navigator.show_page("broadcasts", new=True)

    def _take(self, files: list[Path]) -> None:
        self.navigator.show_page("imports", files=files)
