"""Where a survey is answered: the page for everybody, and each person's own."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs
from shopdesk.surveys import reading
from shopdesk.surveys.tables import SurveyLinkRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.settings import Settings
    from shopdesk.surveys.office import Office
    from shopdesk.surveys.records import Survey

_KEY_BYTES = 16


class Addresses:
    """Addresses of surveys, which outlast the day: none stands on a temporary one.

    Everything here raises NoFixedAddressError where the shop has no fixed public address.
    """

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._settings = office, settings
        self._staff = office.staff

    def of_page(self, survey: Survey) -> str:
        """Return where everybody may answer. Raises InvalidInputError: it is a draft."""
        if survey.state == "draft":
            raise InvalidInputError(_("A draft has no page yet. Publish the survey first."))
        return self._address(survey.page_key)

    @needs(Act.DESIGN)
    def of_person(self, survey_id: int, customer_id: int) -> str:
        """Return an address at which this customer is known; each call makes another one. Raises NotFoundError."""
        with self._office.database.write() as session:
            return self.of_person_in(session, survey_id, customer_id)

    def of_person_in(self, session: Session, survey_id: int, customer_id: int) -> str:
        """Do what `of_person` does in the caller's transaction."""
        base = self._base()
        row = reading.stored(session, survey_id)
        if session.scalar(select(CustomerRow.id).where(CustomerRow.id == customer_id)) is None:
            raise NotFoundError(_("There is no customer {id}. Search for the person first.").format(id=customer_id))
        key = secrets.token_urlsafe(_KEY_BYTES)
        values = {"key_hash": reading.hash_of(key), "survey_id": row.id, "customer_id": customer_id}
        session.execute(insert(SurveyLinkRow).values(**values))
        self._staff.record(session, "make link", "survey", [row.id, customer_id])
        return f"{base}/survey/{key}"

    def _address(self, key: str) -> str:
        return f"{self._base()}/survey/{key}"

    def _base(self) -> str:
        found = self._settings.fixed_address()
        if not found:
            raise NoFixedAddressError(
                _(
                    "A survey's page needs a fixed public address; a temporary one would soon lead nowhere. Set public_url in the settings first."
                )
            )
        return found
