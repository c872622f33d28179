"""LINE: the steps to the connection, each of which turns by itself as soon as it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui.settings.account import Account, AccountCard, look
from shopdesk.ui.settings.adopting import AdoptingCard
from shopdesk.ui.settings.section import Section
from shopdesk.ui.settings.step import State, Step
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Bar,
    Button,
    Card,
    Field,
    Frame,
    Prose,
    Share,
    Spinner,
    TextField,
    card_head,
    confirm,
    hbox,
    holder,
    label,
    vbox,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from shopdesk.friends import Synced
    from shopdesk.ui.shop_page import Desk

_STEPS = 4


class LineSection(Section):
    """Sending works after the third step; the fourth fetches the friends where LINE gives them."""

    read = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = "LINE"
        self.purpose = _("With two keys the shop can send on LINE. The marks turn by themselves.")
        self._account: Account | None = None
        self._busy, self._asking, self._again = False, False, False
        self.progress, self._bar = label("", "section"), Bar()
        self.account = AccountCard()
        self.account.cut.connect(self._cut)
        self.change = Button(_("Enter again"), size="control_small", does=self._enter_again)
        self.fetch = Button(_("Fetch the friends"), "primary", "users", does=self._fetch)
        self.fetch_again = Button(_("Fetch them again"), icon="users", does=self._fetch)
        self._fetching = Prose(role="small", tone="text_2")
        self.said = Prose(role="small", tone="danger_text")
        friends = holder(vbox("s3", hbox(self.fetch, self.fetch_again, (self._fetching, 1), gap="s3"), self.said))
        self.said.hide()
        self.steps = (
            Step(1, _("Prepare a LINE Official Account")),
            Step(2, _("Turn on the Messaging API")),
            Step(3, _("Copy the two keys"), self._keys(), action=self.change),
            Step(4, _("Fetch the friends"), friends),
        )
        self.receive = Button(_("Set up"), size="control_small", does=self._set_up_receiving)
        self.receiving = Step(5, _("Receive messages"), action=self.receive, last=True)
        head = card_head((self.progress, 1), self._bar)
        card = Card(head, *self.steps, self.receiving, pad="")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.adopting = AdoptingCard()
        self._both = hbox((vbox(card, ...), 1), vbox(self.account, self.adopting, ..., gap="card_gap"), gap="card_gap")
        self.setLayout(vbox(Frame(None, self._both, ...)))
        self.read.connect(self._told)
        self.dress()

    def dress(self) -> None:
        """Take the widths from the theme in use."""
        self._bar.setFixedWidth(theme().px("bubble") - theme().px("s12"))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the account below the steps where there is no room beside them."""
        room = self.width() - self.account.width() - 2 * theme().px("page_side") - theme().px("card_gap")
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.LeftToRight if room >= theme().px("dialog") else ways.TopToBottom)

    def _keys(self) -> QWidget:
        self.channel, self.secret = TextField(), TextField(secret=True)
        self.channel_field = Field(
            _("Channel ID"), self.channel, help_text=_("LINE Developers, tab Basic settings"), check=self._check_channel
        )
        self.secret_field = Field(
            _("Channel secret"), self.secret, help_text=_("On the same page, further down"), check=self._check_secret
        )
        self.connect_button = Button(_("Check and keep"), "primary", "lock", does=self._connect)
        self.secret.returnPressed.connect(self._connect)
        self.spinner = Spinner()
        self.spinner.hide()
        self._ring = Prose(role="small", tone="text_2")
        return holder(
            vbox(
                "s3",
                self.channel_field,
                "s3",
                self.secret_field,
                "s3",
                hbox(self.connect_button, self.spinner, ..., gap="s3"),
                "s2",
                self._ring,
            )
        )

    def _check_channel(self) -> str:
        typed = self.channel.text().strip()
        return "" if typed.isascii() and typed.isdigit() else _("A channel ID is a number of about ten digits.")

    def _check_secret(self) -> str:
        return "" if self.secret.text().strip() else _("Copy the channel secret from LINE Developers.")

    # How it stands

    def load(self) -> None:
        """Ask how it stands."""
        supervisor = self.desk.supervisor
        self.tasks.run(self, lambda: look(self.shop, supervisor.look()), self._loaded, lane=Lane.NETWORK, key="load")

    def _loaded(self, found: Account) -> None:
        self._account = found
        self.account.show_account(found)
        self.adopting.show_gauge(found.gauge)
        connected, friends = found.bot is not None, found.friends.friends
        done = (connected, connected or bool(found.channel), connected, connected and bool(friends))
        now = next((at for at in range(_STEPS) if not done[at]), _STEPS)
        now = 2 if not connected else now  # the first two turn by themselves with the keys
        for at, (step, note) in enumerate(zip(self.steps, self._notes(found), strict=True)):
            state: State = "done" if done[at] else "now" if at == now else "later"
            step.show_state(state, note, open_body=(at == 2 and self._again) or (at == 3 and connected))
        self.receiving.show_state(*_received(found))
        self.change.setVisible(connected and found.place in {"key_ring", "given"} and not self._again)
        count = sum(done)
        self.progress.setText(_("{done} of {all} are done").format(done=count, all=_STEPS))
        self._bar.set_shares(Share(count / _STEPS, "accent"))
        self._ring.set_runs(_ring(found))
        self.fetch.setVisible(not friends)
        self.fetch_again.setVisible(bool(friends))
        self._may_fetch(not self._busy)
        if found.wrong and not self._asking:
            self.secret_field.set_error(found.wrong)

    def _notes(self, found: Account) -> tuple[str, str, str, str]:
        if found.bot is None:
            return (
                _("LINE Official Account Manager makes one, free of charge."),
                _("In the manager: Settings, Messaging API. It gives the account a channel."),
                _("They stand in LINE Developers. Checked with LINE before they are kept."),
                _("Works as soon as the keys are here."),
            )
        count = found.friends.friends
        return (
            _("Found “{name}”.").format(name=found.bot.name),
            _("Channel ID {id}").format(id=found.channel) if found.channel else _("A token was given."),
            _kept(found),
            _("{n} friends are here, {linked} of them known as customers.").format(
                n=f"{count:,}", linked=f"{found.friends.linked:,}"
            )
            if count
            else _("LINE gives the list to verified accounts only."),
        )

    def _set_up_receiving(self) -> None:
        self.desk.navigator.show_page("settings", section="receiving")

    # The keys

    def _enter_again(self) -> None:
        self._again = True
        if self._account is not None:
            self._loaded(self._account)
        self.channel.setFocus()

    def _connect(self) -> None:
        if self._asking or not all([self.channel_field.valid(), self.secret_field.valid()]):
            return
        channel, secret = self.channel.text(), self.secret.text()
        self._ask(True)
        self.tasks.run(
            self,
            lambda: self.shop.connect_line(channel, secret),
            lambda bot: self._connected(bot.name),
            failed=self._refused,
            lane=Lane.NETWORK,
            key="connect",
        )

    def _ask(self, asking: bool) -> None:
        self._asking = asking
        self.connect_button.setEnabled(not asking)
        self.spinner.setVisible(asking)

    def _connected(self, name: str) -> None:
        self._ask(False)
        self._again = False
        self.channel.clear()
        self.secret.clear()
        self.notices.done(_("Connected with “{name}”.").format(name=name))
        self.load()

    def _refused(self, error: Exception) -> None:
        self._ask(False)
        self.secret_field.set_error(self.notices.sentence(error))

    def _cut(self) -> None:
        fact = _("Channel ID and secret leave the key ring. Friends and customers stay.")
        if confirm(self, _("End the connection with LINE?"), fact, verb=_("End it"), danger=True):
            self.tasks.run(self, self.shop.disconnect_line, lambda _done: self.load(), lane=Lane.WRITE)

    # The friends

    def _fetch(self) -> None:
        self._busy = True
        self._may_fetch(False)
        self.said.hide()
        self._fetching.set_runs(_("Asking LINE for the list"))
        self.tasks.run(
            self,
            lambda: self.shop.friends.sync(self.read.emit),
            self._fetched,
            failed=self._not_fetched,
            lane=Lane.NETWORK,
            key="fetch",
        )

    def _may_fetch(self, may: bool) -> None:
        for button in (self.fetch, self.fetch_again):
            button.setEnabled(may)

    def _told(self, done: int, of: int) -> None:
        if self._busy:
            self._fetching.set_runs(_("{done} of {all} names read").format(done=f"{done:,}", all=f"{of:,}"))

    def _fetched(self, found: Synced) -> None:
        self._busy = False
        said = _("{n} friends; {new} new, {blocked} newly blocked.")
        self._fetching.set_runs(said.format(n=f"{found.friends:,}", new=f"{found.new:,}", blocked=f"{found.blocked:,}"))
        self.load()

    def _not_fetched(self, error: Exception) -> None:
        self._busy = False
        self._may_fetch(True)
        self._fetching.set_runs("")
        self.said.set_runs(self.notices.sentence(error))
        self.said.show()


def _received(found: Account) -> tuple[State, str]:
    if not found.reach:
        return "later", _("Friends can write to the shop. Sending and importing need none of it.")
    if found.unreached:
        return "now", found.unreached
    return "done", _("LINE delivers here.")


def _ring(found: Account) -> str:
    if found.can_keep:
        return _("They go into this computer's key ring and are never shown again.")
    return _(
        "This computer has no key ring to keep them in. Put them in a file only you can read "
        "and name it in SHOPDESK_KEYS_FILE before ShopDesk starts."
    )


def _kept(found: Account) -> str:
    return {
        "key_ring": _("They are in this computer's key ring and are never shown again."),
        "keys_file": _("They come from the file that SHOPDESK_KEYS_FILE names."),
        "environment": _("They come from the environment of this program."),
    }.get(found.place, _("They are kept as long as this program runs."))
