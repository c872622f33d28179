"""Making LINE show what the shop wants: the new menu up, then shown, then the old one away; each step can be cut off and is gone on with.

Every step is written down before LINE is asked and after it has answered. What was asked and not answered is asked again, which all
but the making of a menu takes; a menu whose making was cut off is found again by the mark in its name.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.line import (
    RefusedByLineError,
    create_menu,
    delete_menu,
    list_menus,
    name_menu,
    show_nothing_to_all,
    show_to_all,
    shown_to_all,
    unname_menu,
    upload_picture,
)
from shopdesk.menus import copies, kept
from shopdesk.menus.giving import Giving
from shopdesk.menus.records import Settled
from shopdesk.menus.writing import alias

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.leases import Leases
    from shopdesk.menus.copies import Copy, Wanted
    from shopdesk.menus.office import Office
    from shopdesk.quarantine import Installation

    Progress = Callable[[int, int], object]

LEASE = "menus"
_LOOK_EVERY = timedelta(days=1)


class StoppedError(ShopDeskError):
    """The person stopped it between two steps."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__(_("Stopped. What friends see is as it was, or as it is to be; apply it to go on."))


class Settling:
    """Brings LINE to what is wanted. One at a time does it."""

    def __init__(self, office: Office, leases: Leases, installation: Installation) -> None:
        self._office, self._leases, self._installation = office, leases, installation
        self._giving = Giving(office)

    def run(self, progress: Progress, *, again: bool, look: bool) -> Settled:
        """Do everything that is to be done, and return it.

        Args:
            progress: Told how many steps of how many are done; what it raises stops before the next one.
            again: Whether menus that LINE refused are tried once more.
            look: Whether LINE is asked first what it has: what was deleted there by other hands is made anew.

        Raises:
            LeaseHeldError: another ShopDesk does it just now.
            QuarantinedError: this home was copied or restored.
            LineError: LINE cannot be reached; the next run goes on.
        """
        with self._office.database.read() as session:
            self._installation.require_free(session)
        lease = self._leases.take(LEASE)
        try:
            return _Round(self._office, self._giving, _Steps(progress, lease.renew), again=again).run(look=look)
        finally:
            lease.release()


class _Steps:
    """Counts steps, and renews the lease with each."""

    def __init__(self, progress: Progress, renew: Callable[[], None]) -> None:
        self._progress, self._renew = progress, renew
        self._done = self._of = 0

    def expect(self, steps: int) -> None:
        """Say that so many more are to come."""
        self._of += steps

    def take(self) -> None:
        """Say that one is done."""
        self._done += 1
        self._renew()
        self._progress(self._done, max(self._done, self._of))


class _Round:
    """One run of the above."""

    def __init__(self, office: Office, giving: Giving, steps: _Steps, *, again: bool) -> None:
        self._office, self._line, self._giving = office, office.line, giving
        self._steps, self._again = steps, again
        self._done = Settled()

    def run(self, *, look: bool) -> Settled:
        with self._office.database.write() as session:
            copies.note_wanted(session, self._office.now(session))
            stand = copies.stand(session)
            now, looked = self._office.now(session), stand.looked_at
        wanted = self._wanted()
        stale = bool(wanted.copies) and (looked is None or now - looked >= _LOOK_EVERY)
        if look or stale or any(one.step == "making" for one in wanted.copies):
            self._look()
        try:
            self._bring_to_it()
        except RefusedByLineError:  # LINE has something else than is noted: other hands, or data from a backup
            self._look()
            self._bring_to_it()
        if self._done.up or self._done.away:
            with self._office.database.write() as session:
                kept.prune(session, now)
        return self._done

    def _bring_to_it(self) -> None:
        self._bring_up()
        self._name()
        self._show()
        self._done.people += self._giving.settle(self._wanted(), self._steps)
        self._take_away()

    def _wanted(self) -> Wanted:
        with self._office.database.read() as session:
            return copies.wanted(session, self._office.now(session))

    def _change(self, copy: Copy, **values: object) -> None:
        with self._office.database.write() as session:
            copies.change(session, copy.id, **values)

    def _look(self) -> None:
        """Find again what is on LINE, forget what is not any more, delete what is ours there and nobody knows of."""
        there = list_menus(self._line)
        shown = shown_to_all(self._line)
        with self._office.database.write() as session:
            stand = copies.stand(session)
            marks = {copies.mark_in(one.name, stand.key): one.menu_id for one in there}
            marks.pop("", None)
            shown_copy = None
            for one in copies.wanted(session, self._office.now(session)).copies:
                found = marks.pop(one.mark, "")
                if one.step in {"wanted", "making"}:
                    copies.change(session, one.id, step="made" if found else "wanted", line_id=found)
                elif not found:
                    copies.drop(session, one.id)
                if found and found == shown:
                    shown_copy = one.id
            if stand.copy_id != shown_copy:
                stand.sure = False
            now = stand.looked_at = self._office.now(session)
            session.flush()
            copies.note_wanted(session, now)
        for orphan in marks.values():
            delete_menu(self._line, orphan)

    def _bring_up(self) -> None:
        """Make what is wanted and give it its picture, menu by menu; one that LINE refuses keeps none of the others back."""
        wanted = self._wanted()
        tried = [menu for menu in wanted.turn.shown if self._again or not self._troubled(menu)]
        self._steps.expect(2 * sum(len(wanted.to_bring(menu)) for menu in tried))
        for menu in tried:
            try:
                for one in wanted.to_bring(menu):
                    self._bring(one)
                if self._troubled(menu):
                    self._trouble(menu, "")
            except RefusedByLineError as refused:
                self._trouble(menu, refused.message)
                self._done.refused.append(wanted.plans[menu].name)

    def _bring(self, copy: Copy) -> None:
        line_id = copy.line_id
        if copy.step == "wanted":
            with self._office.database.write() as session:
                wish = copies.wish_of(session, copy)
                copies.change(session, copy.id, step="making")
            line_id = self._made(copy, wish)
            self._change(copy, step="made", line_id=line_id)
        self._steps.take()
        with self._office.database.read() as session:
            picture = kept.stored(session, copy.picture)
        upload_picture(self._line, line_id, picture.media, picture.data)
        self._change(copy, step="pictured")
        self._done.up += 1
        self._steps.take()

    def _made(self, copy: Copy, wish: dict[str, object]) -> str:
        try:
            return create_menu(self._line, wish)
        except RefusedByLineError:
            self._change(copy, step="wanted")  # LINE said no: it has none
            raise

    def _troubled(self, menu: int) -> bool:
        with self._office.database.read() as session:
            return copies.trouble(session, menu) != ""

    def _trouble(self, menu: int, sentence: str) -> None:
        with self._office.database.write() as session:
            copies.set_trouble(session, menu, sentence)

    def _name(self) -> None:
        """Let the aliases of tabs mean the newest edition that is whole."""
        wanted = self._wanted()
        for menu in wanted.turn.shown:
            for one in wanted.current(menu):
                if one.tabs > 1 and not one.named:
                    name_menu(self._line, alias(one.tab), one.line_id)
                    self._change(one, named=True)
                    self._steps.take()

    def _show(self) -> None:
        """Show everybody the menu for everybody, or none; what nobody has ever seen needs no taking away."""
        wanted = self._wanted()
        current = wanted.current(wanted.turn.for_all) if wanted.turn.for_all is not None else []
        if wanted.turn.for_all is not None and not current:
            return  # not ready: what is shown stays
        first = current[0] if current else None
        with self._office.database.read() as session:
            stand = copies.standing(session)
        if stand.sure and stand.copy_id == (first.id if first else None):
            return
        with self._office.database.write() as session:
            row = copies.stand(session)
            row.copy_id, row.sure = (first.id if first else None), False
        if first is None:
            show_nothing_to_all(self._line)
        else:
            show_to_all(self._line, first.line_id)
        with self._office.database.write() as session:
            copies.stand(session).sure = True
        self._steps.take()

    def _take_away(self) -> None:
        """Delete what nobody is to see any more, after what replaces it is shown."""
        wanted = self._wanted()
        leaving = wanted.leaving()
        if wanted.turn.for_all is not None and not wanted.current(wanted.turn.for_all):
            # The one for everybody is not ready: what everybody sees meanwhile stays, with all its tabs.
            seen = self._seen_by_all(leaving)
            leaving = [one for one in leaving if (one.menu_id, one.edition) != seen]
        self._steps.expect(len(leaving))
        tabs = {one.tab for menu in wanted.turn.shown for one in wanted.current(menu)}
        for one in leaving:
            self._change(one, step="leaving")
            if one.tabs > 1 and one.tab not in tabs:
                unname_menu(self._line, alias(one.tab))
            if one.line_id:
                delete_menu(self._line, one.line_id)
            with self._office.database.write() as session:
                copies.drop(session, one.id)
            self._done.away += 1
            self._steps.take()

    def _seen_by_all(self, among: list[Copy]) -> tuple[int, int] | None:
        """Return menu and edition of what everybody sees, where it is one of these."""
        with self._office.database.read() as session:
            seen = copies.standing(session).copy_id
        return next(((one.menu_id, one.edition) for one in among if one.id == seen), None)
