"""What people wrote below news: what waits first; nothing is seen before somebody here says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.site.rows import Rows, row
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.site import Comment
    from shopdesk.ui.tasks import Tasks

MOST = 100


class Comments(Rows):
    """`decided` once something was shown or hidden."""

    decided = Signal()

    def __init__(self, shop: Shop, tasks: Tasks) -> None:
        said = _("What people write below news waits here. It is shown once you say so.")
        super().__init__(w.EmptyState("message-circle", _("No comments yet"), said))
        self._shop, self._tasks = shop, tasks

    def reload(self) -> None:
        """Read them again."""
        feedback = self._shop.site.feedback

        def work() -> list[Comment]:
            waiting = feedback.comments("waiting", limit=MOST)
            return [*waiting, *(one for one in feedback.comments(limit=MOST) if one.state != "waiting")]

        self._tasks.run(self, work, self._show, key="comments")

    def _show(self, found: Sequence[Comment]) -> None:
        self.show_rows([self._row(one) for one in found])

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
        return row(words, state, *buttons)

    def _decide(self, one: Comment, *, show: bool) -> None:
        feedback = self._shop.site.feedback
        self._tasks.run(
            self, lambda: feedback.decide(one.id, show=show), lambda _done: self.decided.emit(), lane=Lane.WRITE
        )
