"""The main job, step by step in the real window: from the cart's export to messages on phones, each step with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from shopdesk import demo
from shopdesk.i18n import _
from shopdesk.segments import sentence
from shopdesk.ui.stage import Stage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from shopdesk.broadcasts import Status
    from shopdesk.imports import ImportReport
    from shopdesk.ui.broadcasts.page import BroadcastsPage
    from shopdesk.ui.imports.page import ImportsPage


class MainJob(Stage):
    """The steps, each after the one before it."""

    def _dress(self, theme: str) -> None:
        """Choose light or dark as a person does: whatever changes in the settings later leaves it so."""
        self._do(lambda: self._shop.settings.set("theme", theme), Lane.WRITE)
        self._settle()

    def _open(self) -> None:
        self._do(lambda: demo.prepare(self._shop), Lane.WRITE)
        if self._folder:
            self._dress("light")
        self._desktop.open()
        self._settle()
        self._draw("home-empty")
        self._say(_("A new shop: {name}.").format(name=demo.SHOP_NAME))

    def _import(self) -> None:
        page = cast("ImportsPage", self._show("imports"))
        self._draw("imports-choose")
        page.dropped(demo.export_files())
        self._await(lambda: page.current() is page.checking)
        report = cast("ImportReport", page.report)
        self._say(
            _(
                "Dropped the cart's export: {orders} new orders, {customers} new customers, {problems} rows to check."
            ).format(
                orders=f"{report.orders.new:,}", customers=f"{report.new_customers:,}", problems=len(report.problems)
            )
        )
        self._draw("imports-check")
        page.checking.agreed.emit()
        self._await(lambda: page.current() is page.done)
        self._say(_("Imported: {yen} yen of orders.").format(yen=f"{report.gross_yen:,}"))
        self._draw("imports-done")

    def _bring_friends(self) -> int:
        found = self._do(lambda: demo.bring_friends(self._shop), Lane.NETWORK)
        self._do(lambda: demo.tag_regulars(self._shop), Lane.WRITE)
        self._do(lambda: demo.bring_doubles(self._shop), Lane.WRITE)
        self._say(
            _("Asked LINE for the friends: {friends}; {linked} of them are linked to customers.").format(
                friends=f"{found:,}", linked=f"{demo.LINKED:,}"
            )
        )
        return found

    def _choose_people(self) -> str:
        name = self._do(lambda: demo.save_segments(self._shop), Lane.WRITE)
        self._show("segments", segment=name)
        rule = self._do(lambda: self._shop.segments.get(name)).rule
        reach = self._do(lambda: self._shop.segments.count(rule))
        self._say(
            _("{sentence} – {count} people, {reach} of them reachable on LINE.").format(
                sentence=sentence(rule), count=f"{reach.count:,}", reach=f"{reach.reachable_on_line:,}"
            )
        )
        self._draw("segments-edit")
        return name

    def _write(self, segment: str) -> int:
        broadcast = self._do(lambda: demo.draft(self._shop, segment), Lane.WRITE)
        page = cast("BroadcastsPage", self._show("broadcasts", broadcast=broadcast))
        self._draw("broadcasts-write")
        page.composer.go(2)
        self._settle()
        dry = self._do(lambda: self._shop.broadcasts.preview(broadcast), Lane.NETWORK)
        cost = "–" if dry.cost_yen is None else f"{dry.cost_yen:,}"
        self._say(
            _("{people} people, {messages} messages, {yen} yen extra; {left} messages left this month.").format(
                people=f"{dry.planned:,}",
                messages=f"{dry.messages_counted:,}",
                yen=cost,
                left=f"{dry.quota_left or 0:,}",
            )
        )
        self._draw("broadcasts-check")
        return broadcast

    def _send(self, broadcast: int, *, process: bool) -> Status:
        page = cast("BroadcastsPage", self._desktop.window.page())
        if process:
            page.send(broadcast)
        else:
            self._do(lambda: self._shop.broadcasts.send(broadcast), Lane.NETWORK)
            page.course.show_broadcast(broadcast)
        self._await(lambda: self._shop.broadcasts.status(broadcast).state in {"finished", "paused"})
        page.shown(broadcast=broadcast)
        done = self._shop.broadcasts.status(broadcast)
        self._say(
            _("{accepted} accepted by LINE, {failed} failed, {unknown} unclear, {excluded} left out.").format(
                accepted=f"{done.accepted:,}", failed=done.failed, unknown=done.unknown, excluded=f"{done.excluded:,}"
            )
        )
        self._settle()
        self._draw("broadcasts-result")
        return done
