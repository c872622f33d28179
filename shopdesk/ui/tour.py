"""The walk through the real window: the main job, then every other page, as a demo or drawn to pictures."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from shopdesk import demo
from shopdesk.i18n import _
from shopdesk.segments import parse
from shopdesk.ui.exporting import ExportDialog, Wanted
from shopdesk.ui.main_job import MainJob
from shopdesk.ui.segments.reasons import WhyDialog
from shopdesk.ui.segments.venn import VennDialog
from shopdesk.ui.stage import PATIENCE_SECONDS
from shopdesk.ui.tasks import Lane
from shopdesk.verify import verify

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.answers.page import AnswersPage
    from shopdesk.ui.broadcasts.page import BroadcastsPage
    from shopdesk.ui.counter.window import CounterWindow
    from shopdesk.ui.coupons.page import CouponsPage
    from shopdesk.ui.customers.page import CustomersPage
    from shopdesk.ui.imports.page import ImportsPage
    from shopdesk.ui.links.page import LinksPage
    from shopdesk.ui.site.page import SitePage
    from shopdesk.ui.surveys.page import SurveysPage
    from shopdesk.ui.talks.page import TalksPage

SEEN_DARK = (
    "home",
    "talks",
    "answers",
    "customers",
    "imports",
    "segments",
    "broadcasts",
    "automations",
    "menus",
    "cards",
    "coupons",
    "surveys",
    "links",
    "pages",
)
IN_SIGHT = 12
"""Rows of a list that are seen without scrolling."""


class Tour(MainJob):
    """The main job, and after it whatever else there is to see."""

    def walk(self) -> dict[str, Any]:
        """Do the main job and return its figures, as the contract of the command `demo` names them."""
        self._open()
        self._import()
        friends = self._bring_friends()
        segment = self._choose_people()
        sent = self._send(self._write(segment), process=True)
        self._talk()
        self._look_around()
        self._look_closer()
        self._serve()
        self._give_cards()
        self._ask()
        self._put_up_menus()
        self._find_friends()
        self._show_pages()
        wrong = [one.name for one in self._do(lambda: verify(self._shop)) if not one.ok]
        self._say(
            _("Checked all that must be true of the data: {result}.").format(
                result=", ".join(wrong) or _("all is well")
            )
        )
        return {
            "home": self._shop.home.path,
            "customers": self._shop.customers.count(),
            "friends": friends,
            "orders": self._shop.orders.totals().ever.orders + self._shop.orders.totals().cancelled,
            "broadcast": sent,
            "screenshots": self._files,
        }

    def pictures(self) -> list[Path]:
        """Draw every page with the demo's data, then once more in the dark; the shop's clock stands still."""
        self._open()
        self._import()
        self._bring_friends()
        self._send(self._write(self._choose_people()), process=False)
        self._talk()
        self._look_around()
        self._look_closer()
        self._serve()
        self._give_cards()
        self._ask()
        self._put_up_menus()
        self._find_friends()
        self._show_pages()
        self._dress("dark")
        for page in (*SEEN_DARK, "settings"):
            self._show(page)
            self._draw(f"{page}-dark")
        return self._files

    # The steps

    def _talk(self) -> None:
        """Let friends write back, and begin to answer one of them."""
        friend = self._do(lambda: demo.bring_talks(self._shop), Lane.NETWORK)
        self._do(lambda: self._shop.talks.desk.read(friend), Lane.NETWORK)
        page = cast("TalksPage", self._show("talks", friend=friend))
        self._await(lambda: page.opened is not None)
        counts = self._do(self._shop.talks.counts)
        self._say(
            _("Friends wrote back: {waiting} wait for an answer; {words}.").format(
                waiting=counts.waiting, words=page.composer.cost.badge.mark.words
            )
        )
        self._draw("talks")
        page.composer.turn_to("note")
        self._draw("talks-note")
        self._do(lambda: demo.set_machine(self._shop), Lane.WRITE)
        machine = cast("AnswersPage", self._show("answers", tab="rules"))
        machine.trial.text.setText(demo.ASKED)
        machine.trial.look()
        self._draw("answers")

    def _give_cards(self) -> None:
        """Give the shop card and a coupon to the regulars, and look at what became of them."""
        shop = self._shop
        coupon = self._do(lambda: demo.bring_cards(shop, demo.regulars(shop)), Lane.WRITE)
        totals = self._do(shop.cards.totals)
        self._say(
            _("Gave out shop cards: {people} have one, with {points} points.").format(
                people=totals.holders, points=totals.points
            )
        )
        self._show("cards")
        self._draw("cards")
        self._show("cards", card=1)
        self._draw("cards-person")
        self._show("coupons")
        self._draw("coupons")
        self._show("coupons", coupon=coupon)
        self._draw("coupons-report")
        cast("CouponsPage", self._desktop.window.page()).report.edit_wanted.emit()
        self._settle()
        self._draw("coupons-edit")
        self._desktop.window.page().back()  # type: ignore[union-attr] # it was just shown

    def _ask(self) -> None:
        """Ask the regulars something, and look at what they answered."""
        shop = self._shop
        survey = self._do(lambda: demo.bring_survey(shop, demo.regulars(shop)), Lane.WRITE)
        found = self._do(lambda: shop.surveys.get(survey))
        self._say(
            _("Asked the regulars: {answers} answered, {begun} have begun.").format(
                answers=found.answers, begun=found.begun
            )
        )
        self._show("surveys")
        self._draw("surveys")
        self._show("surveys", survey=survey)
        self._draw("surveys-results")
        cast("SurveysPage", self._desktop.window.page()).write(found)
        self._settle()
        self._draw("surveys-edit")
        self._desktop.window.page().back()  # type: ignore[union-attr] # it was just shown
        automation = self._do(lambda: demo.bring_automation(shop, survey), Lane.WRITE)
        self._say(_("Started an automation for those who like strawberries."))
        self._show("automations")
        self._draw("automations")
        self._show("automations", automation=automation)
        self._draw("automations-edit")
        self._desktop.window.page().back()  # type: ignore[union-attr] # it was just shown

    def _put_up_menus(self) -> None:
        """Put a menu for everybody and one for regulars below the talk."""
        shop = self._shop
        menu = self._do(lambda: demo.bring_menus(shop, _(demo.COME_OFTEN)), Lane.NETWORK)
        self._say(_("Put up rich menus: {menus}.").format(menus=len(self._do(shop.menus.list))))
        self._show("menus")
        self._draw("menus-list")
        self._show("menus", menu=menu)
        self._draw("menus")

    def _find_friends(self) -> None:
        """Look at the codes by which friends came, and at what is printed with them."""
        self._do(lambda: demo.bring_sources(self._shop), Lane.WRITE)
        page = cast("LinksPage", self._show("links"))
        self._await(lambda: page.preview.view.poster is not None)
        self._draw("links")

    def _show_pages(self) -> None:
        """Look at the shop's own pages, one as it is written, and at what waits on them."""
        newest = self._do(lambda: demo.bring_pages(self._shop), Lane.WRITE)
        page = cast("SitePage", self._show("pages"))
        self._draw("pages")
        page.open(newest)
        self._settle()
        self._draw("pages-edit")
        page.back()
        self._show("pages", part="reservations")
        self._draw("pages-reservations")

    def _serve(self) -> None:
        """Stand at the counter: a card is scanned, its visit counted; a coupon comes that was used at the other till."""
        known = self._do(lambda: demo.open_cards(self._shop), Lane.WRITE)
        presence = self._desktop.presence
        presence.open_counter()
        counter = cast("CounterWindow", presence.counter)
        counter.setup.done.emit(demo.TILL, False)
        if self._folder:
            counter.showNormal()
            self._settle()
            counter.resize(self._desktop.window.size())

        def drawn(name: str) -> None:
            counter.tasks.settle(PATIENCE_SECONDS)
            self._draw(f"counter-{name}", of=counter)

        drawn("waiting")
        counter.serving.scan(self._do(lambda: self._shop.cards.passing_code(known.card)).digits)
        drawn("person")
        counter.serving.screens.person.enter()
        drawn("counted")
        counter.serving.scan(known.used)
        drawn("used")
        self._say(_("At the counter: a visit was counted, and a coupon refused that was used at the other till."))
        counter.left.emit()
        self._settle()

    def _look_around(self) -> None:
        for page in ("broadcasts", "segments", "imports", "settings", "customers"):
            self._show(page)
            self._desktop.window.page().back()  # type: ignore[union-attr] # there is one: it was just shown
            self._draw(page)
        self._show("home")
        self._draw("home")

    def _look_closer(self) -> None:
        """Open what lies one step behind the pages: a person, doubles, unclear columns, what comes regularly, the dialogs."""
        people = cast("CustomersPage", self._show("customers"))
        self._choose_person(people)
        self._draw("customers-person")
        self._draw_over("customers-export", ExportDialog(people, self._shop, Wanted(_("Customers")), "xlsx"))
        people.look_for_doubles()
        self._draw("customers-doubles")
        people.back()
        self._show_columns()
        self._do(lambda: demo.make_regular(self._shop, self._shop.home.path.parent / "demo"), Lane.WRITE)
        self._show("imports", regular=True)
        self._draw("imports-regular")
        self._compare_segments()
        self._write_more()

    def _write_more(self) -> None:
        """What else can be said, as it is written: cards, buttons, a place."""
        page = cast("BroadcastsPage", self._show("broadcasts", new=True))
        for name, said in demo.KINDS.items():
            page.composer.writing.show_messages(said)
            page.composer.go(1)
            self._draw(f"broadcasts-{name}")
        self._show("settings", section="sending")
        self._draw("settings-sending")

    def _choose_person(self, page: CustomersPage) -> None:
        """Choose the first friend in sight who comes often."""
        table, model = page.people.table, page.people.model
        rows = [row for row in map(model.record, range(IN_SIGHT)) if row is not None]
        often = [row for row in rows if row.line == "friend" and row.orders >= demo.REGULAR_FROM]
        chosen = min(often or rows, key=lambda row: row.orders)
        table.setCurrentIndex(model.index(rows.index(chosen), 0))
        page.open(chosen.id)

    def _show_columns(self) -> None:
        page = cast("ImportsPage", self._show("imports"))
        with TemporaryDirectory() as folder:
            page.dropped([demo.write_list(Path(folder))])
            self._await(lambda: page.current() in {page.assigning, page.checking})
            if page.current() is page.checking:
                page.checking.files.change_wanted.emit()
            self._await(lambda: page.trial.report is not None)
            self._draw("imports-columns")
            page.back()
            self._settle()

    def _compare_segments(self) -> None:
        segments = self._shop.segments
        kept = self._do(segments.list)
        stored = next(one for one in kept if one.rule == parse(demo.LAPSING))
        others = [(one.name, one.rule) for one in kept if one is not stored]
        page = cast("QWidget", self._show("segments", segment=stored.name))
        tasks = self._desktop.tasks
        self._draw_over("segments-compare", VennDialog(page, (stored.name, stored.rule), others, segments, tasks))
        why = WhyDialog(page, stored.rule, self._shop, tasks)
        why.show_person(self._do(lambda: segments.sample(stored.rule, 1, 0))[0].id)
        self._draw_over("segments-why", why)
