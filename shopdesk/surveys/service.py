"""Surveys: written, published, changed, ended; answered, and what came of it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select

from shopdesk import japanese
from shopdesk.database import id_in
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs
from shopdesk.surveys import forms, invariants, looking, reading
from shopdesk.surveys.addresses import Addresses
from shopdesk.surveys.answering import Answering
from shopdesk.surveys.checking import checked, field_kind
from shopdesk.surveys.office import Office
from shopdesk.surveys.outcome import Outcome
from shopdesk.surveys.tables import SurveyRow, SurveyVersionRow
from shopdesk.surveys.wishes import key_in, named_in

if TYPE_CHECKING:
    import builtins

    from sqlalchemy.orm import Session

    from shopdesk.cards import Cards
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff
    from shopdesk.surveys.records import Form, Person, Progress, Survey

_KEY_BYTES = 16


class Surveys:
    """The surveys of one shop. `answering` takes answers, `outcome` tells what came of them, `addresses` says where they are answered."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        customers: Customers,
        coupons: Coupons,
        cards: Cards,
        settings: Settings,
    ) -> None:
        self._office = Office(database, clock, staff, changes, customers, coupons, cards)
        self._staff = staff
        self.answering, self.outcome = Answering(self._office), Outcome(self._office)
        self.addresses = Addresses(self._office, settings)

    # Reading

    def get(self, survey_id: int) -> Survey:
        """Return a survey. Raises NotFoundError."""
        with self._office.database.read() as session:
            return self._read(session, reading.stored(session, survey_id))

    def find(self, said: str) -> Survey:
        """Return the survey of that name or number. Raises NotFoundError."""
        row = SurveyRow
        with self._office.database.read() as session:
            found = session.scalar(select(row).where(row.name == japanese.tidy(said)))
            if found is None and (id_ := id_in(said)) is not None:
                found = session.get(row, id_)
            if found is None:
                raise NotFoundError(_("There is no survey “{name}”. `surveys list` shows all.").format(name=said))
            return self._read(session, found)

    def list(self) -> builtins.list[Survey]:
        """Return every survey, the newest first."""
        with self._office.database.read() as session:
            rows = session.scalars(select(SurveyRow).order_by(SurveyRow.id.desc())).all()
            return reading.surveys(session, rows, self._office.now(session))

    @needs(Act.SERVE_PAGE)
    def on_page(self, key: str) -> tuple[Survey, Person | None]:
        """Return the survey of a page, uncounted, and whose page it is: nobody's where everybody has its address. Raises NotFoundError."""
        with self._office.database.read() as session:
            row, person = looking.by_key(session, key)
            return reading.asked(session, row, self._office.now(session)), person

    @needs(Act.SERVE_PAGE)
    def opened(self, key: str) -> tuple[Survey, Person | None, Progress | None]:
        """Return what `on_page` does, and how far that person is, None where they have not begun. Raises NotFoundError."""
        with self._office.database.read() as session:
            row, person = looking.by_key(session, key)
            survey = reading.asked(session, row, self._office.now(session))
            return survey, person, looking.progress(session, row, person) if person is not None else None

    def begun_by_in(self, session: Session, said: str) -> Survey | None:
        """Return the published survey that a word begins in the talk, that is named there, or that has this page's key; None for none."""
        row, named = SurveyRow, named_in(said)
        keyword = row.keyword.in_([japanese.fold(said), japanese.fold(named)]) & (row.keyword != "")
        meant = or_(row.page_key == key_in(said), keyword, row.name == japanese.tidy(named))
        best = (row.keyword == japanese.fold(said)).desc()
        found = session.scalar(select(row).where(meant, row.state == "published").order_by(best, row.id).limit(1))
        return self._read(session, found) if found is not None else None

    def open_in(self, session: Session) -> builtins.list[Survey]:
        """Return the surveys that take answers just now, the newest first."""
        rows = session.scalars(select(SurveyRow).where(SurveyRow.state == "published").order_by(SurveyRow.id.desc()))
        found = reading.surveys(session, rows.all(), self._office.now(session))
        return [one for one in found if one.standing == "open"]

    def _read(self, session: Session, row: SurveyRow) -> Survey:
        return reading.survey(session, row, self._office.now(session))

    # Writing

    @needs(Act.DESIGN)
    def create(self, form: Form) -> Survey:
        """Make a draft. Raises InvalidInputError: it cannot be as it is."""
        form = checked(form)
        with self._office.database.write() as session:
            _require_free_name(session, form.name, 0)
            now = self._office.clock.now()
            values = {
                "name": form.name,
                "state": "draft",
                "page_key": secrets.token_urlsafe(_KEY_BYTES),
                "salt": secrets.token_hex(_KEY_BYTES),
                "draft": forms.dump(form),
                "live": "",
                "version": 0,
                "keyword": "",
                "created_at": now,
                "changed_at": now,
            }
            made = session.execute(insert(SurveyRow).values(**values).returning(SurveyRow.id)).scalar_one()
            self._staff.record(session, "make", "survey", [made])
            found = self._read(session, reading.stored(session, made))
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def change(self, survey_id: int, form: Form) -> Survey:
        """Write a survey anew; people are asked this once it is published again.

        Raises:
            NotFoundError: there is none.
            InvalidInputError: it cannot be as it is.
        """
        form = checked(form)
        with self._office.database.write() as session:
            row = reading.stored(session, survey_id, locked=True)
            _require_free_name(session, form.name, survey_id)
            row.name, row.draft, row.changed_at = form.name, forms.dump(form), self._office.clock.now()
            if row.live:  # one name everywhere, and at once: segments go by it
                row.live = forms.dump(replace(forms.load(row.live), name=form.name))
            session.flush()
            self._staff.record(session, "change", "survey", [survey_id])
            found = self._read(session, row)
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def publish(self, survey_id: int) -> Survey:
        """Ask people what is written. Questions that differ from those that were asked are a new version, which everybody may answer.

        Own fields that answers are written into are made where they are not there.

        Raises:
            NotFoundError: there is none, or its coupon is gone.
            InvalidInputError: it cannot be asked: a field of another kind, another survey with this keyword, a coupon that is not given.
        """
        with self._office.database.write() as session:
            row = reading.stored(session, survey_id, locked=True)
            form = forms.load(row.draft)
            self._require_askable(session, row, form)
            now, questions = self._office.clock.now(), forms.dump_questions(form)
            before = reading.newest_version(session, row)
            if before is None or before.questions != questions:
                row.version += 1
                version = {"survey_id": row.id, "number": row.version, "questions": questions, "published_at": now}
                session.execute(insert(SurveyVersionRow).values(**version))
            row.state, row.live, row.changed_at = "published", row.draft, now
            row.keyword = japanese.fold(form.keyword)
            session.flush()
            self._staff.record(session, "publish", "survey", [survey_id])
            found = self._read(session, row)
        self._office.tell(gave=True)
        return found

    def _require_askable(self, session: Session, row: SurveyRow, form: Form) -> None:
        for one in form.questions:
            if one.sets:
                self._office.customers.require_field(session, one.sets, field_kind(one))
        if form.gift_coupon is not None:
            coupon = self._office.coupons.get(form.gift_coupon)
            if coupon.state != "published":
                raise InvalidInputError(_("Only a published coupon can be the gift. Publish it first."))
            if form.anonymous and not coupon.offer.by_link:
                raise InvalidInputError(
                    _(
                        "Of an anonymous survey the gift is a coupon that may be taken by link. Let it, or ask by person."
                    )
                )
        keyword = japanese.fold(form.keyword)
        taken = (SurveyRow.keyword == keyword, SurveyRow.state == "published", SurveyRow.id != row.id)
        if keyword and session.scalar(select(SurveyRow.id).where(*taken)) is not None:
            raise InvalidInputError(_("Another survey begins with this keyword. Choose another word."))

    @needs(Act.DESIGN)
    def close(self, survey_id: int) -> Survey:
        """Take no answers any more; publishing opens it again. Raises NotFoundError."""
        with self._office.database.write() as session:
            row = reading.stored(session, survey_id, locked=True)
            if row.state == "draft":
                raise InvalidInputError(_("This survey is a draft and asks nobody yet."))
            row.state, row.keyword, row.changed_at = "closed", "", self._office.clock.now()
            session.flush()
            self._staff.record(session, "close", "survey", [survey_id])
            found = self._read(session, row)
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def delete(self, survey_id: int) -> None:
        """Delete a survey that nobody has been asked. Raises NotFoundError; InvalidInputError: it was published."""
        with self._office.database.write() as session:
            row = reading.stored(session, survey_id, locked=True)
            if row.version:
                raise InvalidInputError(_("People have been asked this. End it; its answers stay."))
            session.delete(row)
            self._staff.record(session, "delete", "survey", [survey_id])
        self._office.tell()

    # What must be true

    def broken(self) -> builtins.list[int]:
        """Return the surveys whose answers are more than they may be, or not whole."""
        with self._office.database.read() as session:
            return invariants.broken(session)


def _require_free_name(session: Session, name: str, but: int) -> None:
    if session.scalar(select(SurveyRow.id).where(SurveyRow.name == name, SurveyRow.id != but)) is not None:
        raise InvalidInputError(_("There is a survey “{name}” already. Choose another name.").format(name=name))
