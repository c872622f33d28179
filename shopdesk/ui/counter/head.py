"""The head of the counter: whose shop, which till, whether the scanner is heard, who stands here, the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from shopdesk.i18n import _
from shopdesk.ui.days import clock_time
from shopdesk.ui.icons import Icon
from shopdesk.ui.sidebar import Logo
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Button, Dot, elided, hbox, holder, icon_button, label, vbox

if TYPE_CHECKING:
    from shopdesk.clock import Clock

_TICKS_MS = 1000


class Head(QFrame):
    """Asks for the lock, for the till's own settings, and to leave."""

    lock = Signal()
    setup = Signal()
    leave = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._shop, self._till = elided("", "section"), label("", "lead", "text_2")
        self._light, self._scanner = Dot("success_solid"), label("", "lead", "text_2")
        self._staff = elided("", "lead", "text_2")
        self._who = holder(hbox(Icon("users", "text_2"), self._staff))
        self._time = label("", "counter_s", bold=True)
        self.lock_button = Button(_("Lock"), icon="lock", size="control_large", does=self.lock.emit)
        self.setup_button = Button(_("This till"), "quiet", icon="settings", size="control_large", does=self.setup.emit)
        leave = icon_button("x", _("Leave the counter"), self.leave.emit, size="control_large")
        row = hbox(
            Logo(),
            self._shop,
            self._till,
            ...,
            holder(hbox(self._light, self._scanner)),
            self._who,
            self._time,
            self.lock_button,
            self.setup_button,
            leave,
            gap="s4",
            margin=("s6", ""),
        )
        self.setProperty("part", "counter_head")
        self.setLayout(vbox(row))
        self._ticks = QTimer(self, interval=_TICKS_MS)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start()
        self.hear(heard=True)
        self._tick()
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("counter_head"))

    def show_place(self, shop: str, till: str) -> None:
        """Show whose counter this is."""
        self._shop.setText(shop)
        self._till.setText(till)

    def show_staff(self, name: str, *, locks: bool) -> None:
        """Show who acts; without anybody registered there is nothing to lock."""
        self._staff.setText(name)
        self._who.setVisible(bool(name))
        self.lock_button.setVisible(locks)

    def hear(self, *, heard: bool) -> None:
        """Show whether this window gets what the scanner types."""
        self._light.set_tone("success_solid" if heard else "warning_solid")
        self._scanner.setText(_("Scanner ready") if heard else _("Click here, so that the scanner is heard"))

    def _tick(self) -> None:
        self._time.setText(clock_time(self._clock.now()))
