"""The desktop: one shop, its lanes, its window, and the lights that are always there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from shopdesk import due
from shopdesk.changes import Topic
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.leases import LeaseHeldError
from shopdesk.line import NoKeysError
from shopdesk.logs import log_file
from shopdesk.quarantine import QuarantinedError
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.bell import TALKS, Bell
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.staff.confirming import Confirming
from shopdesk.ui.staff.presence import Presence
from shopdesk.ui.tasks import Lane, Tasks
from shopdesk.ui.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from shopdesk.shop import Shop
    from shopdesk.supervisor import Seen
    from shopdesk.ui.appearance import Choice, Scale
    from shopdesk.ui.interlude import Work

LOOKS_AT_LINE_MS = 5 * 60 * 1000
LOOKS_AT_GATEWAY_MS = 5 * 1000


class Desktop(QObject):
    """Everything the window needs, made in the right order and ended in the other."""

    def __init__(self, app: QApplication, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self.appearance = app.findChild(Appearance) or Appearance(app)
        self.tasks = Tasks(interrupt=shop.database.interrupt)
        self.notices = Notices(log_file(shop.home.logs))
        self.tasks.default_failed = self.notices.error
        self.notices.catch_all()
        self.live = Live(shop.changes, self.tasks, shop.database.changed_elsewhere)
        self._dress()
        self.window = MainWindow(shop, self.tasks, self.live, self.notices, name=self._name())
        self.presence = Presence(app, shop, self.tasks, self.live, self.notices, self.window)
        self.tasks.second_word = Confirming(shop, self.tasks, self.notices, self.window).sees_to
        self.bell = Bell(shop, self.tasks, self.live, self.window)
        self.tray = Tray(self.window) if Tray.there() else None
        if self.tray is not None:
            self.bell.counted.connect(self.tray.show_count)
            self.bell.rang.connect(self.tray.say)
            self.tray.stay(on=bool(shop.settings.get("stay_in_tray")))
        else:
            self.bell.rang.connect(self._say_news)
        self.wanted: Work | None = None  # what is to be done once this window is gone, before the next
        self.window.again.connect(self._again)
        self.live.on(self, {Topic.SETTINGS}, self._settings_changed)
        self._said: set[tuple[int | None, str]] = set()
        self._timer = QTimer(self, interval=LOOKS_AT_LINE_MS)
        self._timer.timeout.connect(self.look_at_line)
        self._due = QTimer(self, interval=round(due.EVERY_S * 1000))
        self._due.timeout.connect(self.do_due)
        self._gateway = QTimer(self, interval=LOOKS_AT_GATEWAY_MS)
        self._gateway.timeout.connect(self.look_at_gateway)

    def _say_news(self, title: str, words: str, friend_id: int) -> None:
        """Tell of a new talk in the window, where the computer has no place for the sign beside the clock."""
        if self.window.current == TALKS and friend_id and getattr(self.window.page(), "open_one", None) == friend_id:
            return  # it stands there already
        open_it = {"friend": friend_id} if friend_id else {}
        self.notices.news(f"{title}: {words}", lambda: self.window.show_page(TALKS, **open_it))

    def open(self, page: str = "home", *, counter: bool = False) -> None:
        """Show the window with its first page, or the counter; where staff are registered, locked."""
        self.window.show_page(page)
        self.presence.open(counter=counter)
        self._timer.start()
        self._due.start()
        self._gateway.start()
        QTimer.singleShot(0, self.look_at_line)
        QTimer.singleShot(0, self.bell.look)
        QTimer.singleShot(0, self.look_at_gateway)
        if (
            self._shop.cards.offline.waiting()
        ):  # what this till noted without the data is not left to wait for the round
            QTimer.singleShot(0, self.do_due)

    def look_at_line(self) -> None:
        """Ask LINE who we are, and show it as a light at the foot of the sidebar."""
        light = self.window.sidebar.set_line

        def failed(error: Exception) -> None:
            if isinstance(error, NoKeysError):
                light("text_3", _("Not connected to LINE yet"))
            else:
                light("warning_solid", _("LINE cannot be reached"))

        def then(_bot: object) -> None:
            light("success_solid", _("Connected to LINE"))

        self.tasks.run(self, self._shop.line.bot, then, failed=failed, lane=Lane.NETWORK, key="line")

    def look_at_gateway(self) -> None:
        """See to the gateway beside this window, and show it as a second light."""

        def then(seen: Seen) -> None:
            self.window.sidebar.set_reach(*_light(seen))

        def failed(_error: Exception) -> None:  # the settings say why; a voice every five seconds would not help
            self.window.sidebar.set_reach("warning_solid", _("The gateway does not run"))

        self.tasks.run(self, self.window.supervisor.look, then, failed=failed, lane=Lane.NETWORK, key="gateway")

    def do_due(self) -> None:
        """Write and send what is due and look into the watched folders; home shows what needs a person."""

        def failed(error: Exception) -> None:
            if not isinstance(error, LeaseHeldError | QuarantinedError):  # another one does it; home says the other
                self.notices.error(error)

        def work() -> list[due.Ran]:
            return due.run_due(self._shop, send=partial(due.start, self._shop))

        self.tasks.run(self, work, self._say_what_needs_a_person, failed=failed, lane=Lane.NETWORK, key="due")

    def _say_what_needs_a_person(self, ran: list[due.Ran]) -> None:
        """Say of a broadcast why it did not go out, once for each reason."""
        for one in ran:
            why = (one.broadcast_id, one.message)
            if one.kind in {"broadcast", "mail"} and one.message and why not in self._said:
                self._said.add(why)
                self.notices.error(ShopDeskError(f"{one.name}: {one.message}"))

    def close(self) -> None:
        """End the lanes; what is being written is finished first."""
        self._timer.stop()
        self._due.stop()
        self._gateway.stop()
        self.presence.close()
        self.live.close()
        if self.tray is not None:
            self.tray.leave()
        self.window.close_for_good()
        self.tasks.close()
        self.window.supervisor.close(also_staying=self.wanted is not None)  # what is wanted needs the shop closed

    def _again(self, work: Work) -> None:
        self.wanted = work
        self.window.close_for_good()

    def _name(self) -> str:
        return str(self._shop.settings.get("shop_name")) or "ShopDesk"

    def _dress(self) -> None:
        values = self._shop.settings.all()
        self.appearance.apply(cast("Choice", values["theme"]), cast("Scale", values["text_size"]))

    def _settings_changed(self) -> None:
        self._dress()
        self.window.rename(self._name())
        if self.tray is not None:
            self.tray.stay(on=bool(self._shop.settings.get("stay_in_tray")))
        self.look_at_line()


def _light(seen: Seen) -> tuple[str, str]:
    if seen.state == "off":
        return "text_3", ""
    if seen.state == "running":
        return "success_solid", _("The gateway runs")
    return "warning_solid", _("The gateway does not run") if seen.why else _("The gateway is starting")
