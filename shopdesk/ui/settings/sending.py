"""配信: how often and when people are written to, the time to stop a broadcast, and where pictures can be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _, _n
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Choice,
    Field,
    Frame,
    Narrow,
    NumberField,
    Switch,
    TextField,
    choice,
    hbox,
    holder,
    label,
    line,
    vbox,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.shop_page import Desk

CAP, DAYS = 2, 7
TWO_ABOVE = 500
QUIET = (21, 8)
COOLING = (0, 1, 3, 5, 10, 30)


class SendingSection(Section):
    """Everything here is kept as soon as it is chosen or left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Sending messages")
        self.purpose = _("How often and when people are written to. Kept as soon as you change it.")
        self._known = ""
        self.capped, self.cap, self.days = (
            Switch(_("At most so many")),
            NumberField(CAP, 1, 100),
            NumberField(DAYS, 1, 366),
        )
        self.quiet = Switch(_("Quiet hours"))
        hours = [(f"{hour}:00", hour) for hour in range(24)]
        self.quiet_from, self.quiet_to = Choice(hours, QUIET[0], width=90), Choice(hours, QUIET[1], width=90)
        self.two, self.two_above = Switch(_("A second person's OK")), NumberField(TWO_ABOVE, 1, 100_000)
        self.cooling = Choice([(_minutes(one), one) for one in COOLING], 0, width=160)
        self.address = TextField("", "https://shop.example.jp")
        self.address_field = Field(
            _("Public address of the shop"),
            self.address,
            help_text=_("LINE fetches the pictures in messages from it. Without one, use addresses of your own site."),
        )
        self.setLayout(vbox(Frame(None, hbox((self._pace(), 1000), ...), hbox((self._pictures(), 1000), ...), ...)))
        self._connect()

    def _pace(self) -> Narrow:
        cap = choice(_("At most so many to one person"), _("Who has had as many is left out and said so."), self.capped)
        quiet = choice(
            _("Quiet hours"), _("A broadcast that meets them waits and goes on by itself afterwards."), self.quiet
        )
        cooling = _("After “send” nothing goes out for so long, and one button stops it.")
        self._cap_row = self._row(self.cap, label(_("broadcasts within")), self.days, label(_("days")))
        self._quiet_row = self._row(
            self.quiet_from, label(_("until")), self.quiet_to, label(_("Japan time"), tone="text_2")
        )
        rest = choice(_("Time to stop it"), cooling, self.cooling)
        two = choice(
            _("A second person's OK"),
            _("Another owner or manager confirms large broadcasts with the own PIN."),
            self.two,
        )
        self._two_row = self._row(label(_("for more than")), self.two_above, label(_("people")))
        between = ("s5", line(), "s5")
        parts = (cap, self._cap_row, *between, quiet, self._quiet_row, *between, rest, *between, two, self._two_row)
        return Narrow(*parts)

    @staticmethod
    def _row(*parts: QWidget) -> QWidget:
        return holder(vbox("s3", hbox(*parts, ...)))

    def _pictures(self) -> Narrow:
        return Narrow(label(_("Pictures in messages"), "section"), "s4", self.address_field)

    def _connect(self) -> None:
        self.capped.toggled.connect(lambda _on: self._keep_cap())
        self.cap.editingFinished.connect(self._keep_cap)
        self.days.editingFinished.connect(self._keep_cap)
        self.quiet.toggled.connect(lambda _on: self._keep_quiet())
        self.quiet_from.chosen.connect(lambda _hour: self._keep_quiet())
        self.quiet_to.chosen.connect(lambda _hour: self._keep_quiet())
        self.cooling.chosen.connect(lambda minutes: self._keep("cooling_minutes", str(minutes)))
        self.two.toggled.connect(lambda _on: self._keep_two())
        self.two_above.editingFinished.connect(self._keep_two)
        self.address.editingFinished.connect(self._keep_address)

    # How it stands

    def load(self) -> None:
        """Read the settings."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        parts = (self.capped, self.quiet, self.two)
        before = [one.blockSignals(True) for one in parts]
        self.capped.setChecked(bool(found["cap_messages"]))
        self.quiet.setChecked(bool(found["quiet_hours"]))
        self.two.setChecked(bool(found["second_ok_above"]))
        for one, blocked in zip(parts, before, strict=True):
            one.blockSignals(blocked)
        if not (self.cap.hasFocus() or self.days.hasFocus()):
            self.cap.set_value(int(found["cap_messages"]) or CAP)
            self.days.set_value(int(found["cap_days"]))
        if not self.two_above.hasFocus():
            self.two_above.set_value(int(found["second_ok_above"]) or TWO_ABOVE)
        self._show_quiet(str(found["quiet_hours"]))
        self._show_cooling(int(found["cooling_minutes"]))
        self._known = str(found["public_url"])
        if not self.address.hasFocus():
            self.address.setText(self._known)
        self._show()

    def _show(self) -> None:
        self._cap_row.setVisible(self.capped.isChecked())
        self._quiet_row.setVisible(self.quiet.isChecked())
        self._two_row.setVisible(self.two.isChecked())

    def _show_quiet(self, said: str) -> None:
        """Hours that are not whole, which only the command line sets, are shown beside the whole ones."""
        if said:
            begin, _dash, end = said.partition("-")
            for field, time in ((self.quiet_from, begin), (self.quiet_to, end)):
                hour, minute = (int(part) for part in time.split(":"))
                entries: list[tuple[str, Any]] = [(f"{one}:00", one) for one in range(24)]
                wanted: Any = hour if not minute else f"{hour}:{minute:02}"
                field.set_entries(entries if not minute else [(wanted, wanted), *entries], wanted)

    def _show_cooling(self, minutes: int) -> None:
        known = sorted({*COOLING, minutes})
        self.cooling.set_entries([(_minutes(one), one) for one in known], minutes)

    # Keeping

    def _keep(self, key: str, value: str) -> None:
        self.store(key, value, lambda: self.notices.done(_("Kept.")))

    def _keep_cap(self) -> None:
        self._show()
        on, cap, days = self.capped.isChecked(), self.cap.value() or CAP, self.days.value() or DAYS
        if on:
            self.store("cap_days", str(days))
        self._keep("cap_messages", str(cap if on else 0))

    def _keep_quiet(self) -> None:
        self._show()
        times = (_time(self.quiet_from.value()), _time(self.quiet_to.value()))
        self._keep("quiet_hours", "-".join(times) if self.quiet.isChecked() else "")

    def _keep_two(self) -> None:
        self._show()
        self._keep("second_ok_above", str((self.two_above.value() or TWO_ABOVE) if self.two.isChecked() else 0))

    def _keep_address(self) -> None:
        typed = self.address.text().strip()
        if typed == self._known:
            return
        self.tasks.run(
            self,
            lambda: self.shop.settings.set("public_url", typed),
            self._address_kept,
            failed=self._address_refused,
            lane=Lane.WRITE,
        )

    def _address_kept(self, address: object) -> None:
        self._known = str(address)
        self.address_field.set_error("")
        self.notices.done(_("Kept."))

    def _address_refused(self, error: Exception) -> None:
        self.address_field.set_error(self.notices.sentence(error))


def _time(value: int | str) -> str:
    return f"{value:02}:00" if isinstance(value, int) else str(value)


def _minutes(minutes: int) -> str:
    return _n("{n} minute", "{n} minutes", minutes).format(n=minutes) if minutes else _("none")
