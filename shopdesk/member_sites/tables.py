"""Sites whose members sign in with LINE, which member is which friend, and which requests were answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class MemberSiteRow(Base):
    """A site of the shop's. Its secret is not here: it is worked out from the key in the key ring, `key` and `generation`.

    `returns` is JSON of the addresses to which answers may go. `mark` tells whether the key at hand is the one its secret is made
    from. Until `previous_until` the secret of the generation before holds, too.
    """

    __tablename__ = "member_sites"

    id: Mapped[PrimaryId]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    cart: Mapped[str]
    returns: Mapped[str]
    tells_user_id: Mapped[bool]
    generation: Mapped[int]
    mark: Mapped[str]
    made_at: Mapped[datetime]
    renewed_at: Mapped[datetime]
    previous_until: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class MemberLinkRow(Base):
    """That a member of a site signed in with LINE as this friend: by it, and by nothing that staff linked, the site lets them in.

    It counts only as long as the friend is linked with the customer who has that member number.
    """

    __tablename__ = "member_links"

    id: Mapped[PrimaryId]
    site_id: Mapped[int] = mapped_column(ForeignKey("member_sites.id", ondelete="CASCADE"))
    member: Mapped[str]
    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("site_id", "member"),
        UniqueConstraint("site_id", "friend_id"),
        Index("ix_member_links_friend_id", "friend_id"),
        {"sqlite_autoincrement": True},
    )


class MemberSignInRow(Base):
    """A request that was answered: its state is used. `member` and the friend are kept of a conflict only."""

    __tablename__ = "member_sign_ins"

    id: Mapped[PrimaryId]
    site_id: Mapped[int] = mapped_column(ForeignKey("member_sites.id", ondelete="CASCADE"))
    state_hash: Mapped[str]
    at: Mapped[datetime]
    result: Mapped[str]
    member: Mapped[str]
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"))

    __table_args__ = (
        UniqueConstraint("site_id", "state_hash"),
        Index("ix_member_sign_ins_friend_id", "friend_id"),
        Index("ix_member_sign_ins_at", "at"),
        {"sqlite_autoincrement": True},
    )
