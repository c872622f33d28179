"""Shop cards, their codes, and the ledger of their points."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId

LIVE, MERGED, ERASED = "live", "merged", "erased"


class CardRulesRow(Base):
    """What holds since it was published: `body` is JSON of `Rules`. The newest is in force; older ones explain older points."""

    __tablename__ = "card_rules"

    id: Mapped[PrimaryId]
    body: Mapped[str]
    published_at: Mapped[datetime]
    actor: Mapped[str]


class CardRankRow(Base):
    """A rank of published rules: who has from `least` to before `below` (None: no end) of what `rank_by` says, points or visits of a year.

    The rules hold the same; here a query can ask for it.
    """

    __tablename__ = "card_ranks"

    rules_id: Mapped[int] = mapped_column(ForeignKey("card_rules.id"), primary_key=True, autoincrement=False)
    least: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    below: Mapped[int | None]
    rank_by: Mapped[str]
    name: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class CardRow(Base):
    """One shop card; its `id` is the number printed on it.

    `balance` is the sum of its entries and `expires_at` when the next of its points are gone, both kept with each entry.
    A `merged` card leads to the one its points went to and stays with that card's customer; an `erased` one is a figure
    without a person. `secret` makes the passing codes and the key of the customer's page, which is looked up by `page_hash`.
    `noticed_for` is the `expires_at` of which the customer was told.
    """

    __tablename__ = "cards"

    id: Mapped[PrimaryId]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    nickname: Mapped[str]
    state: Mapped[str]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    balance: Mapped[int]
    expires_at: Mapped[datetime | None]
    noticed_for: Mapped[datetime | None]
    last_visit_at: Mapped[datetime | None]
    issued_at: Mapped[datetime]
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    page_hash: Mapped[str] = mapped_column(unique=True)

    __table_args__ = (
        CheckConstraint("balance >= 0", name="balance"),
        CheckConstraint("state = 'erased' OR customer_id IS NOT NULL", name="customer"),
        Index(
            "uq_cards_live_customer",
            "customer_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
        Index("ix_cards_customer_id", "customer_id"),
        Index("ix_cards_expires_at", "expires_at"),
        {"sqlite_autoincrement": True},
    )


class CardCodeRow(Base):
    """A printed code of a card, hashed. A revoked one is kept, so that the till can say so."""

    __tablename__ = "card_codes"

    hash: Mapped[str] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class CardBlankRow(Base):
    """A printed code that is nobody's yet, hashed. Whoever is given the card takes the row away: only one can."""

    __tablename__ = "card_blanks"

    hash: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)


class CardEntryRow(Base):
    """One movement of points: append-only, triggers of the migration refuse every change and removal.

    `kind`: earn, welcome, use, expire, reverse, adjust, merge. `until`: when what it gave expires, NULL for never;
    `extends`: the other points of the card live as long from then on. `reverses_id` is what it takes back whole,
    once; `part_of_id` what it takes back in part. `cause_id`: the visit that filled the card, of a use nobody asked for.
    `hundredths`: what it was worth beyond its points, in hundredths of one; their sum waits on the card for the next visit.
    `proof`: what was shown (passing, static, or '' where nothing was); `proof_hash` the passing code, good once for each kind.
    """

    __tablename__ = "card_entries"

    id: Mapped[PrimaryId]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    points: Mapped[int]
    hundredths: Mapped[int]
    visits: Mapped[int] = mapped_column(SmallInteger)
    yen: Mapped[int | None]
    until: Mapped[datetime | None]
    extends: Mapped[bool]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("card_entries.id"), unique=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("card_entries.id"), index=True)
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("card_entries.id"), index=True)
    rules_id: Mapped[int | None] = mapped_column(ForeignKey("card_rules.id"))
    nonce: Mapped[str | None] = mapped_column(unique=True)
    proof: Mapped[str]
    proof_hash: Mapped[str | None]
    till: Mapped[str]
    actor: Mapped[str]

    __table_args__ = (
        Index("ix_card_entries_card_id", "card_id", "id"),
        Index("ix_card_entries_at", "at"),
        Index("uq_card_entries_proof", "proof_hash", "kind", unique=True),
        {"sqlite_autoincrement": True},
    )


class CardReasonRow(Base):
    """Why an entry was made by hand. It may name a person, so it goes when they are erased."""

    __tablename__ = "card_reasons"

    entry_id: Mapped[int] = mapped_column(ForeignKey("card_entries.id"), primary_key=True, autoincrement=False)
    text: Mapped[str]


class CardRewardRow(Base):
    """A reward that was reached, once in each round of a card: `round` is the use that began it, 0 for the first.

    `ticket_id` is the coupon's that was given for it, `use_id` the use that a full card's reward brought with it.
    """

    __tablename__ = "card_rewards"

    id: Mapped[PrimaryId]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("card_entries.id"), index=True)
    round: Mapped[int]
    at_points: Mapped[int]
    coupon_id: Mapped[int]
    ticket_id: Mapped[int]
    use_id: Mapped[int | None] = mapped_column(ForeignKey("card_entries.id"))
    until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_card_rewards_reached",
            "card_id",
            "round",
            "at_points",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )


class CardPictureRow(Base):
    """A picture that the shop drew for its card, by its content."""

    __tablename__ = "card_pictures"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CardNonceRow(Base):
    """A write from a till that was done: what was `asked` (its hash) and what was answered, for whoever asks again."""

    __tablename__ = "card_nonces"

    nonce: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    answer: Mapped[str]
    at: Mapped[datetime]


class CardUncountedRow(Base):
    """A visit that a till noted without the data, and that could not be counted afterwards: kept until somebody has seen to it.

    `card_number` is the card's where it is known, `code` and `why` what it was refused for.
    """

    __tablename__ = "card_uncounted"

    nonce: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    till: Mapped[str]
    actor: Mapped[str]
    card_number: Mapped[int | None]
    visits: Mapped[int] = mapped_column(SmallInteger)
    yen: Mapped[int | None]
    code: Mapped[str]
    why: Mapped[str]
    settled_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class CardRefusalRow(Base):
    """A code that a till was refused, for a month: too many of them make it wait, and the owner sees who tries."""

    __tablename__ = "card_refusals"

    id: Mapped[PrimaryId]
    at: Mapped[datetime]
    till: Mapped[str]
    actor: Mapped[str]
    code: Mapped[str]
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))

    __table_args__ = (
        Index("ix_card_refusals_till", "till", "at"),
        Index("ix_card_refusals_at", "at"),
    )
