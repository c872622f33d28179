"""Rich menus: written, published, put in order, withdrawn; what LINE shows of them, and how often they were tapped."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from shopdesk.clock import japan_day
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.line import limits, menu_clicks, validate_menu
from shopdesk.menus import copies, invariants, kept, reading
from shopdesk.menus.checking import problems
from shopdesk.menus.layouts import COLOURS
from shopdesk.menus.office import Office
from shopdesk.menus.records import Settled, TabClicks
from shopdesk.menus.rows import in_order, stored
from shopdesk.menus.settling import Settling
from shopdesk.menus.tables import MenuRow
from shopdesk.menus.writing import Keys, kept as as_json, read, request
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Sequence

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.menus.records import Design, Menu, Plan, Tab
    from shopdesk.pictures import Sized
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.staff import Staff
    from shopdesk.surveys import Surveys

_KEY_BYTES = 6


class ChangedError(ShopDeskError):
    """Somebody changed the menu while LINE was asked about it."""

    code = "changed"


class MenuProblemError(InvalidInputError):
    """A menu that LINE would not take."""

    code = "menu"


def new_key() -> str:
    """Return a key for a new tab."""
    return secrets.token_hex(_KEY_BYTES)


class Menus:
    """The rich menus of one shop. What is written changes nothing on LINE: `settle` brings LINE to what is published."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        line: Line,
        leases: Leases,
        installation: Installation,
        segments: Segments,
        coupons: Coupons,
        surveys: Surveys,
    ) -> None:
        self._office = Office(database, clock, staff, changes, line, segments)
        self._staff, self._coupons, self._surveys = staff, coupons, surveys
        self._settling = Settling(self._office, leases, installation)

    # Reading

    @needs(Act.DESIGN)
    def list(self) -> builtins.list[Menu]:
        """Return every menu, the one that goes before the others first."""
        with self._office.database.read() as session:
            return reading.menus(session, self._office.now(session))

    @needs(Act.DESIGN)
    def get(self, menu: int) -> Menu:
        """Return a menu. Raises NotFoundError."""
        with self._office.database.read() as session:
            stored(session, menu)
            return next(one for one in reading.menus(session, self._office.now(session)) if one.id == menu)

    @needs(Act.DESIGN)
    def picture(self, design: Design, tab: Tab, width: int = 0) -> Sized:
        """Return what a tab shows: its own picture as it was kept, or the one that is drawn for it, `width` pixels wide.

        Raises:
            NotFoundError: its own is gone.
        """
        if not tab.picture:
            return kept.drawn(design, tab, width)
        with self._office.database.read() as session:
            return kept.stored(session, tab.picture)

    @needs(Act.DESIGN)
    def clicks(self, menu: int, days: int = 7) -> builtins.list[TabClicks]:
        """Return how often each tab that is on LINE was tapped on the last days, up to yesterday; nothing where none is there.

        Asks LINE, which takes 60 such questions an hour. Raises NotFoundError, LineError.
        """
        with self._office.database.read() as session:
            stored(session, menu)
            now = self._office.now(session)
            current = copies.wanted(session, now).current(menu)
        last = japan_day(now) - timedelta(days=1)
        first = last - timedelta(days=min(days, limits.MENU_CLICK_DAYS) - 1)
        return [TabClicks(one.tab, menu_clicks(self._office.line, one.line_id, first, last)) for one in current]

    # Writing

    @needs(Act.DESIGN)
    def create(self, plan: Plan) -> Menu:
        """Keep a new menu, after all others; it may be half written. Raises InvalidInputError."""
        _require_kept(plan)
        with self._office.database.write() as session:
            last, now = session.scalar(select(func.max(MenuRow.place))), self._office.clock.now()
            blank = {
                "published": "",
                "pictures": "{}",
                "edition": 0,
                "trouble": "",
                "created_at": now,
                "changed_at": now,
            }
            values = {"place": (last or 0) + 1, "plan": as_json(plan), **blank}
            made = session.execute(insert(MenuRow).values(**values).returning(MenuRow.id)).scalar_one()
            self._staff.record(session, "create", "rich menu", [made])
        self._office.tell()
        return self.get(made)

    @needs(Act.DESIGN)
    def change(self, menu: int, plan: Plan) -> Menu:
        """Write a menu anew; friends see it once it is published. Raises NotFoundError, InvalidInputError."""
        _require_kept(plan)
        with self._office.database.write() as session:
            row = stored(session, menu, locked=True)
            if row.plan != as_json(plan):
                row.plan, row.changed_at = as_json(plan), self._office.clock.now()
                session.flush()
                self._staff.record(session, "change", "rich menu", [menu])
        self._office.tell()
        return self.get(menu)

    @needs(Act.DESIGN)
    def keep_picture(self, data: bytes, design: Design) -> str:
        """Keep a picture of the shop's own, cut to the menu's size, and return what `Tab.picture` calls it. Raises PictureError."""
        made = kept.cut(data, design)
        with self._office.database.write() as session:
            name = kept.keep(session, made, self._office.clock.now())
            self._staff.record(session, "keep picture", "rich menu")
        return name

    @needs(Act.DESIGN)
    def publish(self, menu: int) -> Menu:
        """Let a menu be shown as it is written, in its time and to whom it is for, from the next `settle` on.

        LINE is asked whether it takes every tab before anything is changed.

        Raises:
            NotFoundError: there is no such menu, coupon, survey or picture.
            MenuProblemError: LINE would not take it; the sentence says why.
            ChangedError: somebody changed it meanwhile; it is as they left it.
            NotPublishedError, NoFixedAddressError: a coupon in it cannot be given, or a survey not be answered.
            LineError: LINE cannot be reached, or does not take it.
        """
        with self._office.database.read() as session:
            written = stored(session, menu).plan
        plan = read(written)
        self._require_sound(plan)
        self._require_taken(plan)
        drawn = {tab.key: kept.drawn(plan.design, tab) for tab in plan.design.tabs if not tab.picture}
        with self._office.database.write() as session:
            row, now = stored(session, menu, locked=True), self._office.clock.now()
            if row.plan != written:
                raise ChangedError(_("This menu was changed in another window. Look at it and publish it once more."))
            design = kept.fitting(session, plan.design, now)
            row.plan = as_json(replace(plan, design=design))
            pictures = json.dumps(
                {
                    tab.key: kept.keep(session, drawn[tab.key], now) if tab.key in drawn else tab.picture
                    for tab in design.tabs
                }
            )
            # Another time or other people need no other menu on LINE.
            if not row.published or (read(row.published).design, row.pictures) != (design, pictures):
                row.edition += 1
            row.published, row.pictures, row.trouble = row.plan, pictures, ""
            session.flush()
            self._staff.record(session, "publish", "rich menu", [menu])
        self._office.tell()
        return self.get(menu)

    def _require_sound(self, plan: Plan) -> None:
        """Refuse a menu that cannot be published. Raises MenuProblemError, NotFoundError, NotPublishedError, NoFixedAddressError."""
        found = problems(plan)
        if found:
            raise MenuProblemError(found[0].sentence)
        for area in (one for tab in plan.design.tabs for one in tab.areas):
            if area.action.does == "coupon":
                self._coupons.addresses.of_page(self._coupons.get(int(area.action.value)))
            elif area.action.does == "survey":
                self._require_answerable(int(area.action.value))

    def _require_answerable(self, survey_id: int) -> None:
        survey = self._surveys.get(survey_id)
        if survey.state != "published":
            raise MenuProblemError(
                _("The survey “{name}” takes no answers. Publish it, or choose another one.").format(
                    name=survey.form.name
                )
            )
        if survey.form.anonymous:  # it is answered on its page, not in the talk
            self._surveys.addresses.of_page(survey)

    def _require_taken(self, plan: Plan) -> None:
        coupons, surveys = self._coupons.list(), self._surveys.list()
        known = Keys(*({str(one.id): one.page_key for one in some} for some in (coupons, surveys)))
        for tab in plan.design.tabs:
            validate_menu(self._office.line, request(plan.design, tab, plan.name, known))

    @needs(Act.DESIGN)
    def withdraw(self, menu: int) -> Menu:
        """Let a menu be shown to nobody any more, from the next `settle` on; it stays as it is written. Raises NotFoundError."""
        with self._office.database.write() as session:
            row = stored(session, menu, locked=True)
            row.published, row.pictures, row.trouble = "", "{}", ""
            session.flush()
            self._staff.record(session, "withdraw", "rich menu", [menu])
        self._office.tell()
        return self.get(menu)

    @needs(Act.DESIGN)
    def delete(self, menu: int) -> None:
        """Delete a menu; what of it is on LINE goes with the next `settle`. Raises NotFoundError."""
        with self._office.database.write() as session:
            stored(session, menu, locked=True)
            session.execute(delete(MenuRow).where(MenuRow.id == menu))
            self._staff.record(session, "delete", "rich menu", [menu])
        self._office.tell()

    @needs(Act.DESIGN)
    def order(self, menus: Sequence[int]) -> None:
        """Put these menus before all others, in this order: the first that takes a person is the one they see."""
        with self._office.database.write() as session:
            others = [row.id for row in in_order(session) if row.id not in menus]
            for place, menu in enumerate((*menus, *others), 1):
                session.execute(update(MenuRow).where(MenuRow.id == menu).values(place=place))
            self._staff.record(session, "order", "rich menu", list(menus))
        self._office.tell()

    # LINE

    @needs(Act.DESIGN)
    def settle(
        self,
        progress: Callable[[int, int], object] = lambda _done, _of: None,
        *,
        again: bool = False,
        look: bool = False,
    ) -> Settled:
        """Bring LINE to what is published: menus up, shown, given to who is in a segment, and the old ones away.

        It can be cut off anywhere and is gone on with by the next one; what friends see never goes before its successor is there.

        Args:
            progress: Told how many steps of how many are done; what it raises, such as StoppedError, stops before the next one.
            again: Whether what LINE refused is tried once more.
            look: Whether LINE is asked first what it has. Once a day it is in any case.

        Raises:
            LeaseHeldError: another ShopDesk does it just now.
            QuarantinedError: this home was copied or restored.
            LineError: LINE cannot be reached; the next one goes on.
        """
        with self._office.database.read() as session:
            if copies.idle(session):
                return Settled()
        done: Settled | None = None
        try:
            done = self._settling.run(progress, again=again, look=look)
        finally:
            if done is None or not done.nothing:
                self._office.tell()
        return done

    # What must be true

    def broken(self) -> builtins.list[str]:
        """Return what is wrong with the notes of what is on LINE, as sentences."""
        with self._office.database.read() as session:
            return invariants.broken(session)


def _require_kept(plan: Plan) -> None:
    """Refuse what cannot even be kept as a draft."""
    if not plan.name.strip():
        raise InvalidInputError(_("Give the menu a name, so that you find it again."))
    if plan.design.colour not in COLOURS:
        raise InvalidInputError(_("Choose one of: {choices}.").format(choices=", ".join(COLOURS)))
