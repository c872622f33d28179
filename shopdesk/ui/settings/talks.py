"""トーク: for how long what friends write is kept. What would go is counted and asked about before anything does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui.amounts import number
from shopdesk.ui.settings.section import Section
from shopdesk.ui.widgets import Choice, Frame, Narrow, choice, confirm, hbox, vbox

if TYPE_CHECKING:
    from shopdesk.talks import Old
    from shopdesk.ui.shop_page import Desk

KEY = "talk_years"


class TalksSection(Section):
    """Kept as soon as it is chosen, where nothing is lost by it; else after a question."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Talks")
        self.purpose = _("For how long what was said with friends is kept.")
        self.years = Choice(
            [
                (_("For ever"), ""),
                *((_n("{n} year", "{n} years", n).format(n=n), str(n)) for n in (1, 2, 3, 5)),
            ],
            "",
            width=160,
        )
        self.years.chosen.connect(self._chosen)
        card = Narrow(
            choice(
                _("How long talks are kept"),
                _("Older messages are deleted by themselves, with their pictures and files, day by day."),
                self.years,
            ),
        )
        self.setLayout(vbox(Frame(None, hbox((card, 1000), ...), ...)))

    def load(self) -> None:
        """Read the setting."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        self.years.set_value(found[KEY])

    def _chosen(self, years: str) -> None:
        if not years:
            self._keep(years)
            return
        self.tasks.run(self, lambda: self.shop.talks.keeping.old(int(years)), lambda old: self._counted(years, old))

    def _counted(self, years: str, old: Old) -> None:
        if old.messages and not confirm(
            self, _question(old), _what_goes(old), verb=_("Delete them"), back=_("Keep them"), danger=True
        ):
            self.load()
            return
        self._keep(years)

    def _keep(self, years: str) -> None:
        self.store(KEY, years, lambda: self.notices.done(_("Kept.")))


def _question(old: Old) -> str:
    asked = _n("Delete {n} old message?", "Delete {n} old messages?", old.messages)
    return asked.format(n=number(old.messages))


def _what_goes(old: Old) -> str:
    talks = _n("It is from before {day}, in {n} talk.", "They are from before {day}, in {n} talks.", old.talks).format(
        day=f"{in_japan(old.until):%Y/%m/%d}", n=number(old.talks)
    )
    files = _n("{n} picture or file goes with it.", "{n} pictures and files go with them.", old.files)
    after = _(
        "It begins within a minute and cannot be taken back, except from a backup. In doubt write them to a file first, on the page Talks."
    )
    return " ".join((talks, *((files.format(n=number(old.files)),) if old.files else ()), after))
