"""The questions of the page: a new place, who came by one, and the keys of a LINE Login channel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.link_clicks import opened
from shopdesk.ui.links.words import WAY_HELP, WAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.links import Arrival, Day, Report, Source, Way

_HIGH = 320


class PlaceDialog(w.Dialog):
    """Asks where a new code stands, and what it opens."""

    def __init__(self, parent: QWidget, way: Way) -> None:
        self.name = w.TextField(hint=_("Till, flyer, parcel, Instagram …"))
        self.way = w.Choice([(_(title), one) for one, title in WAYS.items()], way)
        self._way = w.Field(_("The code opens"), self.way, help_text=_(WAY_HELP[way]))
        body = w.vbox(w.Field(_("Where does it stand?"), self.name), self._way, gap="s4")
        super().__init__(parent, _("A new code"), body, verb=_("Make it"))
        self.begin_at(self.name)
        self.way.chosen.connect(self._explain)
        self.name.textChanged.connect(self._show)
        self._show()

    def _explain(self, way: Way) -> None:
        self._way.set_help(_(WAY_HELP[way]))
        self.adjustSize()

    def _show(self, _words: str = "") -> None:
        self.verb.setEnabled(bool(self.name.text().strip()))

    def asked(self) -> bool:
        """Ask; return whether one is wanted."""
        return self.exec() == QDialog.DialogCode.Accepted


class CameDialog(w.Dialog):
    """Shows who came by a source, the latest first, and how many on each of the last days."""

    def __init__(self, parent: QWidget, source: Source, came: Sequence[Arrival], days: Sequence[Day]) -> None:
        busy = [one for one in days if one.friends or one.visits]
        by_day = [
            w.fact(
                _("{month}/{day}").format(month=one.day.month, day=one.day.day),
                _came_by(one),
            )
            for one in reversed(busy)
        ]
        rows = [w.fact(named(one.customer, one.name), f"{in_japan(one.at):%Y/%m/%d %H:%M}") for one in came]
        nobody = w.Prose(_("Nobody yet. Whoever sends the word of the code stands here."), tone="text_2")
        lists = w.vbox(*by_day, w.line() if by_day and rows else None, *rows, gap="s2")
        body = w.listed(lists, _HIGH) if by_day or rows else nobody
        super().__init__(parent, _("Who came by “{name}”").format(name=source.wanted.name), body, verb=_("Close"))
        self.back.hide()


def _came_by(one: Day) -> str:
    """How many came on a day, and how often the page was seen, where the code opens one."""
    if not one.visits:
        return _n("{n} friend", "{n} friends", one.friends).format(n=number(one.friends))
    said = _n("{n} friend, page seen {visits} times", "{n} friends, page seen {visits} times", one.friends)
    return said.format(n=number(one.friends), visits=number(one.visits))


class CountedDialog(w.Dialog):
    """Shows the counted links for everybody with how often each was opened; `chosen` is the one somebody wants to look into."""

    def __init__(self, parent: QWidget, links: Sequence[Report]) -> None:
        self.chosen: Report | None = None
        rows = []
        for one in links:
            words = w.vbox(
                ...,
                w.elided(isolated(one.link.name), bold=True),
                w.elided(one.link.destination, "caption", "text_2"),
                ...,
            )
            row = w.Row((words, 1), w.label(opened(one)), last=one is links[-1], opens=True)
            row.clicked.connect(partial(self._choose, one))
            rows.append(row)
        none = w.Prose(
            _("No counted link stands anywhere for everybody. Those of a broadcast and its mail stand in its report."),
            tone="text_2",
        )
        body = w.listed(w.vbox(*rows), _HIGH) if rows else none
        super().__init__(parent, _("Counted links"), body, verb=_("Close"))
        self.back.hide()

    def _choose(self, link: Report) -> None:
        self.chosen = link
        self.accept()


class LoginDialog(w.Dialog):
    """Asks for the id and the secret of a LINE Login channel."""

    def __init__(self, parent: QWidget) -> None:
        self.channel, self.secret = w.TextField(), w.TextField(secret=True)
        said = _(
            "With a LINE Login channel people sign in on your page, and it is known for sure who came by which code. Make it in the "
            "LINE Developers console under the same provider as your account, and enter {url} there as callback URL."
        )
        body = w.vbox(
            w.Field(_("Channel ID"), self.channel),
            w.Field(_("Channel secret"), self.secret),
            gap="s4",
        )
        self._said = w.Prose("", tone="text_2")
        self._words = said
        super().__init__(parent, _("Sign-in with LINE"), self._said, "s3", body, verb=_("Save"))
        self.begin_at(self.channel)

    def ask(self, address: str) -> tuple[str, str] | None:
        """Ask; return id and secret, None where nobody wants it."""
        self._said.set_runs(self._words.format(url=f"{address}/sign-in/done"))
        accepted = self.exec() == QDialog.DialogCode.Accepted
        return (self.channel.text(), self.secret.text()) if accepted else None
