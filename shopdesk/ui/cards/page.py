"""The page of the shop card: its look and rewards, how it is filled, how long it lasts, and who has one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QDialog

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _, _n
from shopdesk.pictures import MOST_BYTES
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.cards.acts import CardActs
from shopdesk.ui.cards.draft import RulesDraft
from shopdesk.ui.cards.earning import EarningCard, LastingCard
from shopdesk.ui.cards.look import LookCard
from shopdesk.ui.cards.people import PeopleTab
from shopdesk.ui.cards.rewards import RewardDialog, RewardsCard, replaced
from shopdesk.ui.cards.side import Side
from shopdesk.ui.keys import SAVE, on_key
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.cards import PublishPreview, Reward, Rules, Totals
    from shopdesk.coupons import Coupon, Offer
    from shopdesk.settings import Plan
    from shopdesk.shop import Shop
    from shopdesk.ui.shop_page import Desk

LOOK, EARNING, LASTING, PEOPLE = range(4)


class Seen(NamedTuple):
    """What the page shows, read in one go."""

    rules: Rules
    published: bool
    coupons: Mapping[int, Coupon]
    rewarded: Mapping[int, int]
    totals: Totals
    shop: str
    reached: bool
    uncounted: int
    plan: Plan


def read(shop: Shop) -> Seen:
    """Read everything but the list of people."""
    design = shop.cards.design
    coupons = {one.id: one for one in shop.coupons.list()}
    name, reached = str(shop.settings.get("shop_name")), bool(shop.settings.fixed_address())
    rewarded = shop.cards.holders.rewarded()
    plan, uncounted = shop.settings.plan(), shop.cards.uncounted.count()
    published, totals = design.published(), shop.cards.totals()
    return Seen(design.rules(), published, coupons, rewarded, totals, name, reached, uncounted, plan)


class CardsPage(ShopPage):
    """The shop card. `shown(card=NUMBER)` opens a card, `people=True` the list of who has one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CARDS, Topic.COUPONS, Topic.CUSTOMERS, Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.draft = RulesDraft()
        self._published, self._holders = False, 0
        self._plan: Plan | None = None
        self.state = w.Badge(_("Not published yet"), "warning")
        self.print = w.Button(_("Print paper cards"), icon="printer", does=self._print)
        self.publish = w.Button(_("Publish"), "primary", does=self.put_in_force)
        self.drop = w.link(_("Drop the changes"), self.draft.drop)
        purpose = _("Stamps for visits and purchases. The rules can be changed later, too.")
        header = w.Header(_("Shop card"), purpose, actions=[self.drop, self.state, self.print, self.publish])
        self.tabs = w.Tabs(_("Look and rewards"), _("Collecting"), _("Expiry"), _("People with a card"))
        self.look = LookCard(self.draft, self.shop.clock)
        self.rewards = RewardsCard(self.draft, self.tasks, self.notices.sentence)
        self.earning, self.lasting = EarningCard(self.draft), LastingCard(self.draft, self.shop.clock)
        self.people, self.side = PeopleTab(desk), Side(self.draft)
        self.acts = CardActs(self, desk, self.people)
        self.paperwork = self.acts.giver.paperwork
        self.uncounted = w.Banner("warning", "", action=_("Look"), does=lambda: self.navigator.show_page("uncounted"))
        self.uncounted.hide()
        self._sheets = w.Sheets()
        for sheet in (
            w.holder(w.vbox(self.look, (self.rewards, 1), gap="card_gap")),
            w.holder(w.vbox(self.earning, ...)),
            w.holder(w.vbox(self.lasting, ...)),
            self.people,
        ):
            self._sheets.addWidget(sheet)
        columns = w.hbox((self._sheets, 1), self.side, gap="card_gap")
        self.setLayout(w.vbox(w.Frame(header, self.uncounted, w.vbox(self.tabs, w.line()), (w.holder(columns), 1))))
        self._connect()

    def _connect(self) -> None:
        self.tabs.changed.connect(self._turned)
        self.draft.changed.connect(self._show_state)
        self.rewards.wanted.connect(self.write_reward)
        self.look.picture_chosen.connect(self.keep_picture)
        self.people.print_wanted.connect(self.paperwork.print_cards)
        self.people.sheet_wanted.connect(self.paperwork.write_sheet)
        on_key(self, SAVE, self.put_in_force)
        self.reload()

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a card, or the list of people."""
        if what.get("card") or what.get("people"):
            self.tabs.choose(PEOPLE)
        if what.get("card"):
            self.people.open(int(what["card"]))

    def reload(self) -> None:
        """Read again; what was changed here and is not published stays."""
        shop = self.shop
        self.tasks.run(self, lambda: read(shop), self._show, key="card")
        self.people.reload()

    def back(self) -> bool:
        """Esc: close the card that is open."""
        return self.tabs.current() == PEOPLE and self.people.close_pane()

    def _show(self, found: Seen) -> None:
        self._published = found.published
        self._plan = found.plan
        self.side.show_totals(found.totals)
        self.side.show_phones(reached=found.reached)
        self.uncounted.setVisible(bool(found.uncounted))
        said = _n("{n} visit could not be counted", "{n} visits could not be counted", found.uncounted)
        advice = _("Noted at a till while the shop's data was out of reach. You decide.")
        self.uncounted.say(said.format(n=number(found.uncounted)), advice)
        holders = found.totals.holders
        words = _("People with a card {n}").format(n=number(holders)) if holders else _("People with a card")
        self.tabs.rename(PEOPLE, words)
        self.draft.take(found.rules, found.coupons, found.rewarded, found.shop)
        self._holders = holders
        self._show_state()
        if found.rules.picture and self.draft.picture is None:
            self._read_picture(found.rules.picture)

    def _turned(self, tab: int) -> None:
        self._sheets.setCurrentIndex(tab)
        self.side.setVisible(tab != PEOPLE)

    def _show_state(self) -> None:
        dirty = self.draft.dirty
        if dirty and self._published:
            self.state.show_mark(w.Mark(_("Changes not published"), "warning"))
        elif self._published:
            live = _("Published · {people}").format(people=people(self._holders))
            self.state.show_mark(w.Mark(live, "success", icon="check"))
        else:
            self.state.show_mark(w.Mark(_("Not published yet"), "warning"))
        self.publish.set_words(_("Publish the changes") if self._published else _("Publish"))
        self.publish.setEnabled(dirty or not self._published)
        self.drop.setVisible(dirty)
        self._preview()

    # Designing

    def _preview(self) -> None:
        rules, design = self.draft.rules, self.shop.cards.design
        quiet = lambda _error: None  # noqa: E731 - what is wrong with the rules is said when they are published
        self.tasks.run(self, lambda: design.preview(rules), self._show_preview, failed=quiet, key="preview")

    def _show_preview(self, preview: PublishPreview) -> None:
        self.side.show_preview(preview)
        if self._plan is not None:
            self.lasting.show_told(preview.told, self._plan)

    def put_in_force(self) -> None:
        """Publish the rules as they are now, with a way back to those before."""
        before, rules, first = self.draft.stored, self.draft.rules, not self._published

        def done(_nothing: object) -> None:
            self.draft.stored = rules
            words = _("Published. It holds from each customer's next visit on.")
            self.notices.done(words, None if first else lambda: self._publish(before))
            self.reload()

        if self.publish.isEnabled():
            self._publish(rules, done)

    def _publish(self, rules: Rules, done: Any = None) -> None:
        def back(_nothing: object) -> None:
            self.draft.rules = self.draft.stored = rules
            self.reload()

        self.tasks.run(self, lambda: self.shop.cards.design.publish(rules), done or back, lane=Lane.WRITE)

    def write_reward(self, reward: Reward | None) -> None:
        """Ask what a reward is, and take it into the rules; a coupon that is new is made first."""
        dialog = RewardDialog(self, self.draft, reward)
        dialog.removed.connect(lambda: self.draft.change(rewards=replaced(self.draft.rules.rewards, reward, None)))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            written, offer = dialog.reward(), dialog.coupon.offer()
            if offer is None:
                self._take_reward(reward, written)
            else:
                self._make_coupon(offer, reward, written)
        dialog.deleteLater()

    def _make_coupon(self, offer: Offer, before: Reward | None, written: Reward) -> None:
        coupons = self.shop.coupons

        def work() -> Coupon:
            return coupons.publish(coupons.create(offer).id)

        def then(made: Coupon) -> None:
            self.draft.coupons = {**self.draft.coupons, made.id: made}
            self._take_reward(before, replace(written, coupon_id=made.id))

        self.tasks.run(self, work, then, lane=Lane.WRITE)

    def _take_reward(self, before: Reward | None, written: Reward) -> None:
        self.draft.change(rewards=replaced(self.draft.rules.rewards, before, written))

    def keep_picture(self, file: str) -> None:
        """Keep a file as the stamps' picture."""
        design = self.shop.cards.design

        def work() -> tuple[str, bytes]:
            name = design.keep_picture(_content(Path(file)))
            return name, design.picture(name)[1]

        def then(kept: tuple[str, bytes]) -> None:
            self.draft.show_picture(kept[1])
            self.draft.change(stamp="picture", picture=kept[0])

        self.tasks.run(self, work, then, lane=Lane.WRITE)

    def _read_picture(self, name: str) -> None:
        design = self.shop.cards.design
        self.tasks.run(self, lambda: design.picture(name)[1], self.draft.show_picture, key="picture")

    def _print(self) -> None:
        entries = [
            (_("For those who have a card…"), lambda: self.people.wanted_cards(self.paperwork.print_cards)),
            (_("Blank cards for the counter…"), self.paperwork.print_blanks),
        ]
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.print.mapToGlobal(self.print.rect().bottomLeft()))


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInputError(_("“{file}” cannot be read. Choose it again.").format(file=file.name)) from error
