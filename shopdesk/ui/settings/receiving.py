"""受信: how LINE reaches the shop, chosen in one place, with points that turn by themselves as soon as they are so."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk import reach
from shopdesk.i18n import N_, _
from shopdesk.supervisor import health
from shopdesk.ui.settings.forwarding import Forwarding
from shopdesk.ui.settings.section import Section
from shopdesk.ui.settings.step import State, Step
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Button,
    Card,
    Choice,
    Field,
    Frame,
    Narrow,
    NumberField,
    Prose,
    Radio,
    Switch,
    TextField,
    card_head,
    choice,
    hbox,
    holder,
    label,
    line,
    link,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent, QShowEvent

    from shopdesk.reach import Point
    from shopdesk.ui.shop_page import Desk

LOOKS_EVERY_MS = 6000
_WAYS = {
    "": (N_("Not at all"), N_("Sending, importing and the counter work. Nothing that friends write arrives here.")),
    "own": (
        N_("An address the shop has"),
        N_("A proxy or a router of yours leads https to this computer. Pages and pictures work, too."),
    ),
    "tunnel": (
        N_("A tunnel from this computer"),
        N_(
            "A program gives a temporary address, and LINE is told by itself. Messages arrive; links, QR codes and "
            "pictures need an address that stays."
        ),
    ),
    "host": (
        N_("A gateway on a host that never sleeps"),
        N_("“shopdesk serve” runs there, over the same PostgreSQL as this window."),
    ),
}
_POINTS: dict[reach.Key, str] = {
    "keys": N_("The keys of the account"),
    "gateway": N_("The gateway"),
    "address": N_("The public address"),
    "told": N_("LINE knows the address"),
    "tried": N_("LINE's own try"),
    "heard": N_("Friends' messages arrive"),
    "again": N_("What does not arrive comes again"),
    "chat": N_("Friends see that you read"),
    "quota": N_("Messages left this month"),
}


class ReceivingSection(Section):
    """The ways at the top, the points below. Everything is kept as soon as it is chosen or left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Receiving")
        self.purpose = _("How LINE reaches the shop. The marks turn by themselves.")
        self._group, self.ways = QButtonGroup(self), {key: Radio(_(title)) for key, (title, _about) in _WAYS.items()}
        self.address = TextField("", "https://shop.example.jp")
        self.address_field = Field(_("The public address"), self.address)
        self.port = NumberField(8787, 1024, 65_535)
        self.port_field = Field(
            _("Port of this computer"), self.port, help_text=_("Your proxy leads to this port on 127.0.0.1.")
        )
        self.program = Choice([("cloudflared", "cloudflared"), ("ngrok", "ngrok")], "cloudflared", width=180)
        self.program_field = Field(_("Program"), self.program)
        self.found = Prose(role="small", tone="text_2")
        self.stays = Switch(_("Go on when the window is closed"))
        self._reach, self._points = "", {key: Step(at, _(title)) for at, (key, title) in enumerate(_POINTS.items(), 1)}
        self.tell = Button(_("Let LINE deliver here"), "primary", does=self._tell)
        self.tell.hide()
        self.try_it = Button(_("Try it now"), does=lambda: self._look(try_it=True))
        self._by_hand = Prose(
            _(
                "One thing LINE tells no program: greeting and auto-reply messages of its own. Turn both off in LINE Official "
                "Account Manager (Settings, Response settings), or friends are answered twice."
            ),
            role="small",
            tone="text_2",
        )
        self.forwarding = Forwarding(self.shop.clock)
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(lambda: self._look(try_it=False))
        self._forward = Narrow(self.forwarding)
        cards = (self._choices(), self._checks(), self._forward)
        self.setLayout(vbox(Frame(None, *(hbox((card, 1000), ...) for card in cards), ...)))
        self._connect()

    def _choices(self) -> QWidget:
        self._own = holder(vbox("s4", line(), "s4", self.address_field, self.port_field, gap="s3"))
        self._tunnel = holder(vbox("s4", line(), "s4", self.program_field, "s1", self.found))
        rows: list[QWidget] = []
        for key, (_title, about) in _WAYS.items():
            self._group.addButton(self.ways[key])
            said = Prose(_(about), role="small", tone="text_2")
            rows.append(holder(vbox(self.ways[key], hbox("s6", (said, 1)), gap="s1")))
        self._stay_row = holder(
            vbox(
                "s4",
                line(),
                "s4",
                choice(
                    _("Go on when the window is closed"), _("Messages arrive as long as this PC is on."), self.stays
                ),
            )
        )
        parts = [part for row in rows for part in (row, "s3")][:-1]
        return Narrow(*parts, self._own, self._tunnel, self._stay_row)

    def _checks(self) -> QWidget:
        head = card_head((label(_("Does it work?"), "section"), 1), self.tell, self.try_it)
        answers = link(_("Greetings and auto-reply messages of ShopDesk"), self._to_answers)
        foot = holder(vbox(self._by_hand, "s2", hbox(answers, ...), margin="s5"))
        self.points_card = Card(head, *self._points.values(), foot, pad="")
        self.points_card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.dress()
        return self.points_card

    def dress(self) -> None:
        """Take the greatest width from the theme in use."""
        self.points_card.setMaximumWidth(theme().px("text_width") + 2 * theme().px("s5"))

    def _connect(self) -> None:
        for key, radio in self.ways.items():
            radio.clicked.connect(lambda _on=False, key=key: self._choose(key))
        self.address.editingFinished.connect(lambda: self._keep_field("public_url", self.address.text()))
        self.forwarding.changed.connect(lambda typed: self._keep_field("forward_to", typed))
        self.port.editingFinished.connect(lambda: self._keep_field("gateway_port", self.port.text()))
        self.program.chosen.connect(lambda name: self._keep("tunnel", name))
        self.stays.toggled.connect(lambda on: self._keep("gateway_stays", "on" if on else "off"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # How it stands

    def load(self) -> None:
        """Read the settings, then look at each point."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        self._reach = str(found["reach"])
        self.ways[self._reach].setChecked(True)
        if not self.address.hasFocus():
            self.address.setText(str(found["public_url"]))
        if not self.port.hasFocus():
            self.port.set_value(int(found["gateway_port"]))
        self.forwarding.show_address(str(found["forward_to"]))
        self.program.set_value(found["tunnel"])
        blocked = self.stays.blockSignals(True)
        self.stays.setChecked(bool(found["gateway_stays"]))
        self.stays.blockSignals(blocked)
        self._show_way()
        self._look(try_it=False)

    def _show_way(self) -> None:
        self._own.setVisible(self._reach in {"own", "host"})
        self.port_field.setVisible(self._reach == "own")
        self._tunnel.setVisible(self._reach == "tunnel")
        self._stay_row.setVisible(self._reach in {"own", "tunnel"})
        self._forward.setVisible(bool(self._reach))
        self.points_card.setVisible(bool(self._reach))
        name = str(self.program.value())
        there = shutil.which(name) is not None
        said = (
            _("{name} is on this computer.") if there else _("{name} was not found on this computer. Install it first.")
        )
        self.found.set_runs(said.format(name=name))

    def _look(self, *, try_it: bool) -> None:
        if not self._reach:
            return
        self.try_it.setEnabled(not try_it)
        supervisor = self.desk.supervisor

        def work() -> tuple[list[Point], Mapping[str, Any]]:
            seen = supervisor.look()
            said = health(seen.standing.url) if seen.standing else {}
            return reach.look(self.shop, seen, try_it=try_it), said

        self.tasks.run(
            self, work, lambda read: self._looked(*read), failed=self._not_looked, lane=Lane.NETWORK, key="look"
        )

    def _looked(self, points: list[Point], said: Mapping[str, Any]) -> None:
        self.try_it.setEnabled(True)
        self.forwarding.show_health(said)
        first_wrong = next((one.key for one in points if one.ok is False and one.key not in reach.WATCHED), None)
        unseen = self._points.keys() - {one.key for one in points}
        for one in (*points, *(reach.Point(key, None, "") for key in unseen)):
            state: State = "done" if one.ok else "now" if one.ok is False else "later"
            if one.key == "tried" and one.ok is None and first_wrong is None and self._points["tried"].state == "done":
                continue  # it was tried before; the rounds in between ask LINE for nothing
            self._points[one.key].show_state(state, one.message or _("Waits for the point above."))
            if one.key == "tried" and one.ok is None and first_wrong is None:
                self._points["tried"].show_state("later", _("Not tried yet. “Try it now” lets LINE send something."))
        self.tell.setVisible(first_wrong == "told")

    def _to_answers(self) -> None:
        self.desk.navigator.show_page("answers")

    def _not_looked(self, error: Exception) -> None:
        self.try_it.setEnabled(True)
        self.notices.error(error)

    # Keeping

    def _choose(self, way: str) -> None:
        self._reach = way
        self._show_way()
        self._keep("reach", way)

    def _keep_field(self, key: str, typed: str) -> None:
        fields = {
            "public_url": self.address_field,
            "gateway_port": self.port_field,
            "forward_to": self.forwarding.field,
        }
        field = fields[key]
        field.set_error("")

        def refused(error: Exception) -> None:
            field.set_error(self.notices.sentence(error))

        self.tasks.run(
            self,
            lambda: self.shop.settings.set(key, typed),
            lambda _value: self._look(try_it=False),
            failed=refused,
            lane=Lane.WRITE,
        )

    def _keep(self, key: str, value: str) -> None:
        self.tasks.run(
            self, lambda: self.shop.settings.set(key, value), lambda _value: self.load(), lane=Lane.WRITE, key=key
        )

    def _tell(self) -> None:
        supervisor = self.desk.supervisor
        self.tasks.run(
            self,
            lambda: reach.tell_line(self.shop, supervisor.look()),
            lambda _none: self._look(try_it=True),
            lane=Lane.NETWORK,
            key="tell",
        )
