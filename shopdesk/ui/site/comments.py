"""What people wrote below news: what waits first; nothing is seen before somebody here says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop
    from shopdesk.site import Comment
    from shopdesk.ui.tasks import Tasks

MOST = 100


class Comments(QWidget):
    """`decided` once something was shown or hidden."""

    decided = Signal()

    def __init__(self, shop: Shop, tasks: Tasks) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._empty = w.EmptyState(
            "message-circle",
            _("No comments yet"),
            _("What people write below news waits here. It is shown once you say so."),
        )
        self._rows = w.vbox()
        self._stack = w.Sheets()
        self._stack.addWidget(w.Card(self._empty, pad=""))
        self._stack.addWidget(w.Card(w.scroller(w.vbox(self._rows, ...)), pad=""))
        self.setLayout(w.vbox((self._stack, 1)))

    def reload(self) -> None:
        """Read them again."""
        feedback = self._shop.site.feedback

        def work() -> list[Comment]:
            waiting = feedback.comments("waiting", limit=MOST)
            return [*waiting, *(one for one in feedback.comments(limit=MOST) if one.state != "waiting")]

        self._tasks.run(self, work, self._show, key="comments")

    def _show(self, found: Sequence[Comment]) -> None:
        w.clear(self._rows)
        for one in found:
            self._rows.addWidget(self._row(one))
        self._stack.setCurrentIndex(1 if found else 0)

    def _row(self, one: Comment) -> QWidget:
        now = self._shop.clock.now()
        known = _("a friend on LINE") if one.friend_id is not None else ""
        about = " · ".join(filter(None, (named(one.name), known, when(one.at, now))))
        page = _("on “{page}”").format(page=isolated(one.page))
        words = w.vbox(w.elided(f"{about}  {page}", "small", "text_2"), w.Prose(one.text), gap="s1")
        state = {"waiting": None, "shown": w.Badge(_("Shown"), "success"), "hidden": w.Badge(_("Hidden"))}[one.state]
        verbs = ((_("Show it"), True, "shown"), (_("Hide it"), False, "hidden"))
        buttons = [
            w.Button(words, size="control_small", does=partial(self._decide, one, show=show))
            for words, show, there in verbs
            if one.state != there
        ]
        side = w.vbox(w.hbox(state, *buttons, gap="s2"), ...)
        return w.holder(w.vbox(w.hbox((words, 1), side, gap="s4", margin=("s4", "s3")), w.line()))

    def _decide(self, one: Comment, *, show: bool) -> None:
        feedback = self._shop.site.feedback
        self._tasks.run(
            self, lambda: feedback.decide(one.id, show=show), lambda _done: self.decided.emit(), lane=Lane.WRITE
        )
