"""What happens to the answers of a person who is merged, forgotten or disclosed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.surveys import reading
from shopdesk.surveys.adopting import join, renew
from shopdesk.surveys.forms import load_questions
from shopdesk.surveys.tables import (
    SurveyAnswerRow,
    SurveyFillRow,
    SurveyGiftRow,
    SurveyLinkRow,
    SurveyResponseRow,
    SurveyRow,
    SurveyVersionRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


GONE = "gone:"
"""How `who` begins of somebody who was forgotten."""


class SurveyPart:
    """Surveys' part in a person's life."""

    name = "surveys"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the answers of `other`; of a version that both answered the finished one counts, else that of `keep`.

        Returns what was there before: the answers that changed with whose they were and how they stood, the links, the gifts, and
        those that go because `keep` had one of that survey, too.
        """
        mine = {one.version_id: one for one in session.scalars(_of(keep))}
        before: list[Any] = []
        for one in session.scalars(_of(other)).all():
            there = mine.get(one.version_id)
            before.append(_image(one))
            if there is not None and one.state == "finished" and there.state == "open":
                before.append(_image(there))
            join(session, one, there, keep)
        renew(session, keep)
        links = update(SurveyLinkRow).where(SurveyLinkRow.customer_id == other).values(customer_id=keep)
        hashes = list(session.scalars(links.returning(SurveyLinkRow.key_hash)))
        gift = SurveyGiftRow
        had = select(gift.survey_id).where(gift.customer_id == keep)
        twice = select(gift).where(gift.customer_id == other, gift.survey_id.in_(had)).order_by(gift.survey_id)
        going = [[one.survey_id, one.ticket_id, one.points, one.at.isoformat()] for one in session.scalars(twice)]
        gifts = update(gift).where(gift.customer_id == other, gift.survey_id.not_in(had)).values(customer_id=keep)
        moved = [before, hashes, list(session.scalars(gifts.returning(gift.survey_id))), going]
        return moved if any(moved) else []

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its answers again, each as it stood."""
        if not moved:
            return
        before, hashes, gifts, gone = moved
        row = SurveyResponseRow
        for response_id, customer_id, state, _who in before:  # names that are free first, then the old ones
            still = (row.id == response_id, row.customer_id == keep)
            session.execute(update(row).where(*still).values(who=f"parting:{response_id}", state=state))
            assert customer_id in {keep, other}  # noqa: S101 - a merge is of these two
        for response_id, customer_id, _state, who in before:
            parting = (row.id == response_id, row.who == f"parting:{response_id}")
            session.execute(update(row).where(*parting).values(who=who, customer_id=customer_id))
        for one in (keep, other):
            renew(session, one)
        link, gift = SurveyLinkRow, SurveyGiftRow
        for some in portions(hashes):
            mine = (link.key_hash.in_(some), link.customer_id == keep)
            session.execute(update(link).where(*mine).values(customer_id=other))
        theirs = (gift.survey_id.in_(gifts), gift.customer_id == keep)
        session.execute(update(gift).where(*theirs).values(customer_id=other))
        for survey_id, ticket_id, points, at in gone:
            session.add(
                SurveyGiftRow(
                    survey_id=survey_id,
                    customer_id=other,
                    ticket_id=ticket_id,
                    points=points,
                    at=datetime.fromisoformat(at),
                )
            )
        session.flush()

    def erase(self, session: Session, customer_id: int) -> None:
        """Remove what the person wrote, and all about sensitive things; what was chosen stays as a figure of nobody."""
        row, answer = SurveyResponseRow, SurveyAnswerRow
        friend = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
        mine = select(row).where((row.customer_id == customer_id) | row.friend_id.in_(friend))
        for one in session.scalars(mine).all():
            version = session.get_one(SurveyVersionRow, one.version_id)
            sensitive = [each.name for each in load_questions(version.questions) if each.sensitive]
            theirs = answer.response_id == one.id
            session.execute(update(answer).where(theirs).values(text=""))
            session.execute(
                update(answer).where(theirs, answer.question.in_(sensitive), answer.option == "").values(number=None)
            )
            chosen = delete(answer).where(theirs, answer.question.in_(sensitive), answer.option != "")
            gone = set(session.scalars(chosen.returning(answer.question)))
            session.add_all(
                SurveyAnswerRow(response_id=one.id, question=name, option="", text="", number=None)
                for name in sorted(gone)
            )
            session.execute(delete(SurveyFillRow).where(SurveyFillRow.response_id == one.id))
            one.who, one.customer_id, one.friend_id = f"{GONE}{secrets.token_hex(16)}", None, None
            one.newest = False
        session.flush()
        for table in (SurveyLinkRow, SurveyGiftRow):
            session.execute(delete(table).where(table.customer_id == customer_id))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return what the person answered."""
        row = SurveyResponseRow
        chosen = select(row, SurveyRow.name).join(SurveyRow, SurveyRow.id == row.survey_id)
        return {
            "surveys": [
                {
                    "survey": name,
                    "begun_at": in_japan(one.begun_at).isoformat(),
                    "finished_at": in_japan(one.finished_at).isoformat() if one.finished_at else None,
                    "answers": {
                        question: list(given.words) for question, given in reading.answers_of(session, one.id).items()
                    },
                }
                for one, name in session.execute(chosen.where(row.customer_id == customer_id).order_by(row.id))
            ]
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return which surveys the person answered."""
        row = SurveyResponseRow
        chosen = select(row.finished_at, SurveyRow.name).join(SurveyRow, SurveyRow.id == row.survey_id)
        mine = chosen.where(row.customer_id == customer_id, row.state == "finished").order_by(row.finished_at.desc())
        return [
            Event(at, "survey", _("Survey answered"), name)
            for at, name in session.execute(mine.limit(limit))
            if at is not None
        ]

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody: what people answered is not searched for people."""
        return []


def _of(customer_id: int) -> Any:
    row = SurveyResponseRow
    return select(row).where(row.customer_id == customer_id, row.state != "merged").order_by(row.id)


def _image(row: SurveyResponseRow) -> list[Any]:
    return [row.id, row.customer_id, row.state, row.who]
