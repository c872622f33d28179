"""How a broadcast goes, and what became of it: only read from its rows, so that closing the window changes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts import saying
from shopdesk.ui.broadcasts.clicks import ClickTable
from shopdesk.ui.broadcasts.cooling import CoolingPanel
from shopdesk.ui.broadcasts.mail_panel import MailPanel
from shopdesk.ui.broadcasts.outcomes import ReasonTable
from shopdesk.ui.broadcasts.overview import scheduled
from shopdesk.ui.broadcasts.scheduled import ScheduledPanel
from shopdesk.ui.broadcasts.seen import Seen, look_at
from shopdesk.ui.broadcasts.sent_card import SentCard
from shopdesk.ui.broadcasts.variants import VariantTable
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QResizeEvent

    from shopdesk.broadcasts import SendingProcess, Status
    from shopdesk.shop import Shop
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.tasks import Tasks

LOOKS_EVERY_MS = 500
OPEN = ("waiting", "sending")


class Course(QWidget):
    """One broadcast that waits, is under way or done. Its signals are what the buttons ask for.

    `stop` asks first, `halt` does not: in the cooling time nothing has gone out. `begin` sends what is late after all, `retimed`
    carries another time or None, `reuse` what is shown, `follow` the way (line or mail) by which whoever opened nothing gets it,
    `link` a link whose clicks somebody wants to see.
    """

    left = Signal()
    pause = Signal(int)
    stop = Signal(int)
    halt = Signal(int)
    resume = Signal(int)
    begin = Signal(int)
    change = Signal(int)
    retimed = Signal(int, object)
    settle = Signal(int, str)
    settle_mail = Signal(int, str)
    reuse = Signal(object)
    follow = Signal(int, str)
    link = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks, studio: Studio) -> None:
        super().__init__()
        self._shop, self._tasks, self._studio = shop, tasks, studio
        self.id: int | None = None
        self.seen: Seen | None = None
        self._process: SendingProcess | None = None
        self.cooling, self.scheduled = CoolingPanel(shop.clock), ScheduledPanel(shop.clock)
        self.variants, self.mail = VariantTable(), MailPanel()
        self.clicks = ClickTable(_("Links"), _("Mail those who did not open it"))
        self.mail_clicks = ClickTable(_("Links in the mail"), _("Write on LINE to those who did not open it"))
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._lay_out()
        studio.arrived.connect(self.look)
        self.cooling.stop.connect(lambda: self._ask(self.halt))
        self.scheduled.change.connect(lambda: self._ask(self.change))
        self.scheduled.moved.connect(lambda at: self.retimed.emit(self.id, at))
        self.scheduled.released.connect(lambda: self.retimed.emit(self.id, None))
        self.mail.resume.connect(lambda: self._ask(self.resume))
        self.mail.pause.connect(lambda: self._ask(self.pause))
        self.mail.stop.connect(lambda: self._ask(self.stop))
        for table, way in ((self.clicks, "mail"), (self.mail_clicks, "line")):
            table.link.connect(self.link)
            table.follow_up.clicked.connect(partial(self._follow, way))
        self.mail.settle.connect(lambda as_: self.settle_mail.emit(self.id, as_))

    def _head(self) -> QWidget:
        self.title, self._crumb = w.label("", "title"), w.elided("", "small", "text_2")
        self.pause_button = w.Button(_("Pause"), icon="pause", does=lambda: self._ask(self.pause))
        self.stop_button = w.Button(_("Stop here"), "stop", "square", does=lambda: self._ask(self.stop))
        self.end_button = w.Button(_("Stop here"), "danger", does=lambda: self._ask(self.stop))
        self.resume_button = w.Button(_("Go on"), "primary", "send", does=self._resume)
        self.reuse_button = w.Button(_("Use it again"), "primary", "copy", does=self._reuse)
        self._ended = w.Badge("", "success", icon="check")
        crumb = w.hbox(w.link(_("Broadcasts"), self.left.emit), (self._crumb, 1), gap="s1")
        buttons = (
            self._ended,
            self.pause_button,
            self.stop_button,
            self.end_button,
            self.resume_button,
            self.reuse_button,
        )
        margin = ("page_side", "s4", "page_side", "mid")
        return w.holder(w.hbox((w.vbox(crumb, self.title), 1), *buttons, margin=margin))

    def _lay_out(self) -> None:
        head = self._head()
        self._banners = w.vbox(gap="s3")
        self._said: tuple[saying.Said, ...] = ()
        self.progress = w.BigProgress()
        names = (_("Accepted"), _("To go"), _("Unclear"), _("Not sent"), _("Left out"))
        tones = ("success_solid", "accent", "warning_solid", "danger_solid", "text_3")
        self.tiles = [w.Tile(tone, name, "0", "", " ", dot=True) for name, tone in zip(names, tones, strict=True)]
        self.reasons = ReasonTable(_("Not sent and left out"), _("Everybody in it gets it."))
        self._sent = SentCard(self._studio)
        self._below = w.hbox(
            (w.vbox(self.variants, self.clicks, self.mail_clicks, self.reasons, ..., gap="card_gap"), 1),
            w.vbox(self._sent, ...),
            gap="card_gap",
        )
        self._tiles = w.holder(w.hbox(*((tile, 1) for tile in self.tiles), gap="tile_gap"))
        body = w.vbox(
            self._banners,
            self.cooling,
            self.scheduled,
            self.progress,
            self._tiles,
            self.mail,
            self._below,
            ...,
            gap="card_gap",
            margin=("page_side", "s1", "page_side", "page_top"),
        )
        self.setLayout(w.vbox(head, (w.scroller(body), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """What is sent stands at the right, at the left where nothing stands beside it yet, and below in a narrow window."""
        narrow = self.width() < theme().px("narrow_below") - theme().px("sidebar")
        alone = self.seen is not None and self.seen.status.state == "draft" and scheduled(self.seen.status)
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if narrow else ways.RightToLeft if alone else ways.LeftToRight
        self._below.setDirection(way)
        self._sent.setMinimumWidth(0 if narrow else theme().px("side_column"))
        self._sent.setMaximumWidth(16_777_215 if narrow else theme().px("side_column"))

    def _ask(self, what: SignalInstance) -> None:
        if self.id is not None:
            what.emit(self.id)

    def _follow(self, way: str) -> None:
        if self.id is not None:
            self.follow.emit(self.id, way)

    def _resume(self) -> None:
        self._ask(self.begin if self._late() else self.resume)

    def _late(self) -> bool:
        return self.seen is not None and self.seen.status.reason == "late"

    def _reuse(self) -> None:
        if self.seen is not None:
            self.reuse.emit(self.seen)

    # Looking

    def show_broadcast(self, broadcast_id: int, process: SendingProcess | None = None) -> None:
        """Show one, and the process that was started for it here."""
        if broadcast_id != self.id:
            self.seen = None
        self.id, self._process = broadcast_id, process or (self._process if broadcast_id == self.id else None)
        self.look()
        self._timer.start()

    def leave(self) -> None:
        """Look no more; the sender goes on."""
        self._timer.stop()
        self.cooling.show_until(None)

    def look(self) -> None:
        """Read the rows again."""
        wanted, shop, process = self.id, self._shop, self._process
        if wanted is None:
            return
        self._tasks.run(self, lambda: look_at(shop, wanted, process), self._show, key="look")

    def _show(self, seen: Seen) -> None:
        if seen.status.id != self.id:
            return
        self.seen = seen
        now = seen.status
        if seen.over:
            self._timer.stop()
        self._show_head(now, seen)
        self._show_banners(now, seen)
        self._show_waiting(now)
        self._show_numbers(now, seen)
        self.variants.show_variants(now.variants)
        ended, first = now.state in {"finished", "cancelled"}, seen.draft.follows is None
        self.clicks.show_clicks(seen.clicks, followable=ended and first and bool(now.accepted))
        mailed = seen.mail is not None and bool(seen.mail.accepted) and not seen.mail.remaining
        self.mail_clicks.show_clicks(seen.mail_clicks, followable=mailed and first)
        self.mail.show_mail(seen)
        self.reasons.show_reasons(seen.reasons)
        self._sent.show_sent(seen)

    def stalled(self) -> bool:
        """Tell whether it should be going and no sender is at work."""
        seen = self.seen
        if seen is None or seen.alive or seen.status.state not in {*OPEN, "draft"}:
            return False
        if seen.status.cooling_until or scheduled(seen.status) or seen.mail_alone:
            return False
        return seen.status.state in OPEN or self._process is not None

    def _show_head(self, now: Status, seen: Seen) -> None:
        stalled, going = self.stalled(), now.state in OPEN and not self.stalled()
        waits = scheduled(now)
        title = _("Scheduled") if waits else _("Not sent yet") if now.cooling_until else ""
        title = _("By mail only") if seen.mail_alone else title
        self.title.setText(title or saying.title(now.state, stalled=stalled))
        self._crumb.setText(f"／ {now.name}")
        self.pause_button.setVisible(going and now.state == "sending")
        self.stop_button.setVisible(going and now.state == "sending")
        held = now.state == "paused" and not (seen.alive and now.reason == "asked")
        self.resume_button.setVisible(held or stalled or self._late())
        self.resume_button.set_words(_("Send it all the same") if self._late() else _("Go on"))
        self.end_button.setVisible((held or stalled) and now.state != "draft")
        self.reuse_button.setVisible(now.state in {"finished", "cancelled"} and seen.draft.follows is None)
        self._ended.setVisible(now.state == "finished" and now.started_at is not None)
        if now.state == "finished" and now.started_at:
            at = in_japan(now.started_at)
            self._ended.show_mark(
                w.Mark(
                    _("Started {month}/{day} {time}").format(month=at.month, day=at.day, time=f"{at:%H:%M}"),
                    "success",
                    icon="check",
                )
            )

    def _show_waiting(self, now: Status) -> None:
        self.cooling.show_until(now.cooling_until)
        self._arrange()
        at = now.scheduled_at if scheduled(now) else None
        self.scheduled.show_moment(at, now.sentence, frozen=now.state != "draft")
        on_line = now.state != "draft" or (at is None and not (self.seen and self.seen.mail_alone))
        on_line = on_line and not now.mail_only
        self._tiles.setVisible(on_line)
        self.reasons.setVisible(on_line)

    def _show_banners(self, now: Status, seen: Seen) -> None:
        problem = self._process.problem() if self._process is not None and not seen.alive else ""
        wanted = tuple(saying.banners(now, alive=seen.alive, stalled=self.stalled(), problem=problem))
        if self._said != wanted:
            self._said = wanted
            w.clear(self._banners)
            for one in wanted:
                self._banners.addWidget(self._banner(*one))

    def _banner(self, state: str, fact: str, advice: str) -> QWidget:
        if state != "unknown":
            return w.Banner(state, fact, advice)
        took = w.Button(_("Leave them: count as accepted"), size="control_small", does=lambda: self._settle("accepted"))
        lost = w.Button(_("Count as not sent"), size="control_small", does=lambda: self._settle("failed"))
        return w.holder(w.vbox(w.Banner("warning", fact, advice), w.hbox(..., lost, took), gap="s2"))

    def _settle(self, as_: str) -> None:
        if self.id is not None:
            self.settle.emit(self.id, as_)

    def _show_numbers(self, now: Status, seen: Seen) -> None:
        done = now.planned - now.remaining - now.cancelled
        waits = scheduled(now) or now.cooling_until is not None or seen.mail_alone
        self.progress.setVisible(now.state not in {"finished", "cancelled"} and not waits)
        start = ""
        if now.started_at:
            start = _("started at {time}").format(time=f"{in_japan(now.started_at):%H:%M:%S}")
            if now.per_second and seen.alive:
                start += "　" + _("{n} people a second").format(n=f"{max(1, round(now.per_second)):,}")
        self.progress.show_progress(
            f"{done:,}",
            _("/ {n} people").format(n=f"{now.planned:,}"),
            done / now.planned if now.planned else 0,
            left=saying.time_left(now.seconds_left) if seen.alive and now.state == "sending" else "",
            start=start,
            note=_("It goes on when this window is closed.") if seen.alive else "",
        )
        notes = saying.notes(now)
        numbers = (now.accepted, now.remaining, now.unknown, now.failed, now.excluded)
        for tile, number, note in zip(self.tiles, numbers, notes, strict=True):
            tile.show_number(f"{number:,}", _n("person", "people", number), note)
