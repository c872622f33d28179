"""How the card works and looks: rules put in force, and pictures kept for it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import insert

from shopdesk import pictures
from shopdesk.cards import expiring, publishing
from shopdesk.cards.rules import dump, parse
from shopdesk.cards.tables import CardPictureRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.cards.office import Office
    from shopdesk.cards.records import PublishPreview
    from shopdesk.cards.rules import Rules

_PICTURE = (640, 1_000_000)


class Design:
    """The design of a shop's card. `check_words` refuses a text that cannot be sent: what messages are, cards do not know."""

    def __init__(self, office: Office, check_words: Callable[[str], object]) -> None:
        self._office, self._check_words = office, check_words
        self._staff = office.staff

    def rules(self) -> Rules:
        """Return the rules in force."""
        with self._office.database.read() as session:
            return publishing.current(session)[1]

    def published(self) -> bool:
        """Return whether the shop has put rules in force; until then the default card is given out."""
        with self._office.database.read() as session:
            return publishing.current(session)[0] is not None

    @needs(Act.DESIGN)
    def preview(self, rules: Rules) -> PublishPreview:
        """Return how many cards rules would touch. Points that were earned stay, and expire when they were to."""
        with self._office.database.read() as session:
            return publishing.preview(session, rules, expiring.told_a_month(session, rules, self._office.now(session)))

    @needs(Act.DESIGN)
    def publish(self, rules: Rules) -> None:
        """Put rules in force, for every card from its next visit on.

        Raises:
            InvalidInputError: they contradict themselves, their picture is not kept here, or a reward is not given out.
            NotFoundError: there is no such coupon.
            MessageError: the words of the notice cannot be sent so.
        """
        parse(dump(rules))
        if rules.notice_text:
            self._check_words(rules.notice_text)
        for reward in rules.rewards:
            if self._office.coupons.get(reward.coupon_id).state != "published":
                raise InvalidInputError(_("A reward is a coupon that is given out. Publish the coupon first."))
        office = self._office
        with office.database.write() as session:
            if rules.picture and session.get(CardPictureRow, rules.picture) is None:
                raise InvalidInputError(_("The card's picture is not there any more. Choose another one."))
            made = publishing.publish(session, rules, office.now(session), office.staff.actor.name)
            office.staff.record(session, "publish", "card rules", [made])
        office.tell()

    @needs(Act.DESIGN)
    def keep_picture(self, data: bytes) -> str:
        """Keep a picture for the card and return what `Rules.picture` calls it.

        Raises:
            PictureError: it is no picture that can be used.
        """
        picture = pictures.sized(data, [_PICTURE])[0]
        name = hashlib.sha256(picture.data).hexdigest()
        with self._office.database.write() as session:
            if session.get(CardPictureRow, name) is None:
                values = {"sha256": name, "media": picture.media, "data": picture.data}
                session.execute(insert(CardPictureRow).values(**values))
            self._office.staff.record(session, "keep picture", "card rules")
        return name

    def picture(self, name: str) -> tuple[str, bytes]:
        """Return a kept picture: its media type and bytes. Raises NotFoundError."""
        with self._office.database.read() as session:
            row = session.get(CardPictureRow, name)
        if row is None:
            raise NotFoundError(_("There is no such picture. Choose another one."))
        return row.media, row.data
