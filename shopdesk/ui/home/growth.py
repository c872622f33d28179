"""The chart card: how the friends grow or, before anybody can tell, what was ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from shopdesk.i18n import _, language
from shopdesk.ui.amounts import orders, yen
from shopdesk.ui.days import month_day
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, Dot, Skeleton, card_head, clear, elided, hbox, holder, label, vbox

if TYPE_CHECKING:
    from shopdesk.friends import Growth
    from shopdesk.orders import Day
    from shopdesk.ui.home.chart import Series
    from shopdesk.ui.home.today import Today

TEN_THOUSAND = 10_000


class GrowthCard(Card):
    """A chart of four weeks; drawn after everything else is on the screen."""

    def __init__(self) -> None:
        self._title, self._span = label("", "section"), label(_("the last 4 weeks"), "small", "text_3")
        self._legend = hbox(gap="s1")
        self._place = vbox()
        self._source = elided("", "caption", "text_3")
        foot = holder(hbox((self._source, 1), margin=("s4", "", "s4", "s2")))
        head = card_head(self._title, self._span, self._legend, ..., pad=("s4", "mid"))
        super().__init__(head, (self._place, 1), foot, pad="")
        self._place.addWidget(Skeleton(3))
        self.setMinimumHeight(round(230 * theme().scale))
        self._today: Today | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw)

    def show_today(self, today: Today) -> None:
        """Show the numbers' names now and their bars once the rest of the page is painted."""
        if self._today is not None and (self._today.growth, self._today.sales) == (today.growth, today.sales):
            return
        self._today = today
        clear(self._legend)
        if today.growth:
            self._name_growth(today.growth)
        else:
            self._name_sales(today.sales)
        self._later.start()

    def _name_growth(self, growth: tuple[Growth, ...]) -> None:
        added, blocked = sum(day.added for day in growth), sum(day.blocked for day in growth)
        self._title.setText(_("How friends grow"))
        self._entry("chart_1", _("added {n}").format(n=f"{added:,}"))
        self._entry("chart_5", _("blocked {n}").format(n=f"{blocked:,}"))
        self._source.setText(_("From LINE. Whom the first look found is not counted as new."))

    def _name_sales(self, sales: tuple[Day, ...]) -> None:
        total = sum(day.figure.yen for day in sales)
        self._title.setText(_("Sales"))
        self._entry("chart_1", yen(total))
        self._source.setText(_("From the orders that were imported, less cancellations and refunds."))

    def _entry(self, tone: str, words: str) -> None:
        self._legend.addWidget(holder(hbox(Dot(tone, square=True), label(words, "small", "text_2"), gap="s1")))

    def _draw(self) -> None:
        # pyqtgraph takes half a second to import: only now, when the page is painted.
        from shopdesk.ui.home.chart import BarChart, Series, steps  # noqa: PLC0415

        today = self._today
        if today is None:
            return
        series: list[Series]
        if today.growth:
            days = [day.day for day in today.growth]
            series = [
                Series(tuple(day.added for day in today.growth), "chart_1"),
                Series(tuple(-day.blocked for day in today.growth), "chart_5"),
            ]
            said = [
                _("{day}: added {added}, blocked {blocked}").format(
                    day=month_day(day.day), added=day.added, blocked=day.blocked
                )
                for day in today.growth
            ]
        else:
            days = [day.day for day in today.sales]
            series = [Series(tuple(day.figure.yen for day in today.sales), "chart_1")]
            said = [_sold(day) for day in today.sales]
        values = [value for one in series for value in one.values]
        ticks = [(at, _short(abs(at))) for at in steps(min(values), max(values))]
        name = f"{self._title.text()}: {self._span.text()}"
        clear(self._place)
        self._place.addWidget(BarChart(series, [month_day(day) for day in days], said, name=name, ticks=ticks))


def _sold(day: Day) -> str:
    figure = day.figure
    return _("{day}: {yen}, {orders}").format(day=month_day(day.day), yen=yen(figure.yen), orders=orders(figure.orders))


def _short(amount: int) -> str:
    if amount >= TEN_THOUSAND and language() == "ja":
        return _("{n} ten thousand").format(n=f"{amount / TEN_THOUSAND:g}")
    return f"{amount:,}"
