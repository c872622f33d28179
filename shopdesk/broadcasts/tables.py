"""The outbox: broadcasts, their frozen people, and the batches that carry stored bytes under stored keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class BroadcastRow(Base):
    """One broadcast. Whether it is finished is computed from its people, never stored.

    `frozen_people` is how many rows the freeze wrote: the sum of all states never differs from it (I1).
    `audience` is `segment`, `everyone`, `notice`: whose points expire soon, `follow`: who opened nothing of `follows_id`, or `step`:
    whose turn it is in the step `step_id` of the automation `automation_id`.
    `way` is decided at the freeze: `broadcast`, `multicast` or `push`.
    `control` is what a person asked for last: `none`, `pause` or `cancel`; `paused_reason` is a code of why it waits.
    `split` per cent of the people read `messages_b`, `holdout` per cent get nothing; `seed` makes both reproducible.
    `cooling_until` is set where somebody pressed send and may still stop it. `unit` names it in LINE's statistics.
    `counts`: the addresses in it are each reader's own, and tell who opened them.
    `mail_only`: nobody in it gets it on LINE, and its mail goes to those of them who agreed to mail;
    its people are left out with the reason `by_mail`.
    """

    __tablename__ = "broadcasts"

    id: Mapped[PrimaryId]
    name: Mapped[str]
    audience: Mapped[str]
    each: Mapped[bool]
    segment_name: Mapped[str]
    rule: Mapped[str]
    messages: Mapped[str]
    messages_b: Mapped[str]
    split: Mapped[int]
    holdout: Mapped[int]
    counts: Mapped[bool] = mapped_column(server_default=false())
    mail_only: Mapped[bool] = mapped_column(server_default=false())
    follows_id: Mapped[int | None]
    automation_id: Mapped[int | None] = mapped_column(index=True)
    step_id: Mapped[int | None] = mapped_column(index=True)
    seed: Mapped[str]
    unit: Mapped[str]
    way: Mapped[str]
    control: Mapped[str]
    paused_reason: Mapped[str]
    created_at: Mapped[datetime]
    scheduled_at: Mapped[datetime | None]
    cooling_until: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    frozen_people: Mapped[int | None]
    started_at: Mapped[datetime | None]
    actor: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)


class BatchRow(Base):
    """One request to LINE. Its key, bytes and hash are committed before the first call and never change after it.

    `state`: `claimed`, `accepted`, `failed` or `unknown`. `first_tried_at` starts the 24 hours of the retry key.
    `request_id` is that of LINE's last answer, `accepted_request_id` that of the request which LINE took under the key.
    """

    __tablename__ = "broadcast_batches"

    id: Mapped[PrimaryId]
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), index=True)
    endpoint: Mapped[str]
    retry_key: Mapped[str] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    people: Mapped[int]
    state: Mapped[str]
    tries: Mapped[int]
    fencing: Mapped[int]
    claimed_at: Mapped[datetime]
    first_tried_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    request_id: Mapped[str]
    accepted_request_id: Mapped[str]
    status: Mapped[int | None]
    problem: Mapped[str]


class SentCouponRow(Base):
    """The coupon that a message brings to a person, given when their request was written: one ticket however often it is written anew."""

    __tablename__ = "broadcast_coupons"

    person_id: Mapped[int] = mapped_column(ForeignKey("broadcast_people.id"), primary_key=True, autoincrement=False)
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupons.id"), primary_key=True, autoincrement=False)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("coupon_tickets.id"), index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class RecipientRow(Base):
    """One person of a frozen audience: exactly one row each.

    `state`: `waiting`, `accepted`, `failed`, `unknown`, `cancelled` or `excluded`; `reason` is a code of why left out or failed.
    `variant`: `a` or `b`, the messages that are theirs.
    """

    __tablename__ = "broadcast_people"

    id: Mapped[PrimaryId]
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    user_id: Mapped[str | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast_batches.id"))
    state: Mapped[str]
    reason: Mapped[str]
    variant: Mapped[str] = mapped_column(server_default="a")

    __table_args__ = (
        UniqueConstraint("broadcast_id", "user_id"),
        UniqueConstraint("broadcast_id", "customer_id"),
        Index("ix_broadcast_people_state", "broadcast_id", "state", "id"),
        Index("ix_broadcast_people_batch_id", "batch_id"),
        Index("ix_broadcast_people_user_id", "user_id"),
        Index("ix_broadcast_people_customer_id", "customer_id"),
    )
