"""Surveys, their published versions, who answers, and what they say."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class SurveyRow(Base):
    """A survey. `draft` and `live` are JSON of its form as it is written and as it was published, '' for not yet.

    `version` is the number of the newest version. `keyword` is the live form's, folded. `salt` hides in anonymous surveys who is who.
    """

    __tablename__ = "surveys"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]  # draft, published or closed
    page_key: Mapped[str] = mapped_column(unique=True)
    salt: Mapped[str]
    draft: Mapped[str]
    live: Mapped[str]
    version: Mapped[int]
    keyword: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class SurveyVersionRow(Base):
    """What people were asked under one number: never changed once it is there. `questions` is JSON."""

    __tablename__ = "survey_versions"

    id: Mapped[PrimaryId]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    questions: Mapped[str]
    published_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("survey_id", "number"), {"sqlite_autoincrement": True})


class SurveyResponseRow(Base):
    """One person's answers to one version: there is one row for them, whatever they tap how often.

    `who` tells people apart; in an anonymous survey it is a hash, and customer and friend are not kept. `asked` is the question put
    in the talk, '' where it is the next; `agreed` the one to whose purpose they said yes there. `newest`: the person has finished no
    later version. `merged` is an answer of somebody who was put together with another one who had answered, too.
    """

    __tablename__ = "survey_responses"

    id: Mapped[PrimaryId]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    who: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="SET NULL"))
    channel: Mapped[str]  # talk or page, where it was begun
    state: Mapped[str]  # open, finished or merged
    newest: Mapped[bool]
    asked: Mapped[str]
    agreed: Mapped[str]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("version_id", "who"),
        Index("ix_survey_responses_who", "who"),
        Index("ix_survey_responses_survey_id", "survey_id", "state"),
        Index("ix_survey_responses_customer_id", "customer_id"),
        Index("ix_survey_responses_friend_id", "friend_id", "state"),
        {"sqlite_autoincrement": True},
    )


class SurveyAnswerRow(Base):
    """What was said to one question, by the question's name; of several choices each has a row. `option` is '' for all others.

    A row with nothing in it was passed over.
    """

    __tablename__ = "survey_answers"

    response_id: Mapped[int] = mapped_column(
        ForeignKey("survey_responses.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    number: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class SurveyFillRow(Base):
    """What a customer's column held before an answer was written into it, and what it holds since: to take it back with the answer."""

    __tablename__ = "survey_fills"

    response_id: Mapped[int] = mapped_column(
        ForeignKey("survey_responses.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    field: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[str]
    after: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class SurveyLinkRow(Base):
    """The address of one person's own page: only its hash, and whose it is."""

    __tablename__ = "survey_links"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SurveyGiftRow(Base):
    """What a person got for answering: once for each survey, whatever its version. `points` or the ticket of a coupon."""

    __tablename__ = "survey_gifts"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    ticket_id: Mapped[int | None]
    points: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)
