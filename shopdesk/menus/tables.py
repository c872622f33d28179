"""Rich menus, their pictures, what of them is on LINE, and who was given which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId

_STAYING = text("step <> 'leaving'")


class MenuRow(Base):
    """A menu. `plan` and `published` are JSON (`writing.py`), `published` is '' where it is not out.

    `pictures` are those of the published tabs by their keys, as JSON, the drawn ones too.
    `place` is its place in the order; `edition` grows whenever another look of it is published.
    """

    __tablename__ = "rich_menus"

    id: Mapped[PrimaryId]
    place: Mapped[int]
    plan: Mapped[str]
    published: Mapped[str]
    pictures: Mapped[str]
    edition: Mapped[int]
    trouble: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class MenuPictureRow(Base):
    """A picture in the very size of its menu, the shop's own or drawn."""

    __tablename__ = "rich_menu_pictures"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    media: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]


class CopyRow(Base):
    """One tab of one edition as it is, or is to be, on LINE.

    `step`: wanted, making (LINE was asked to; it may have it), made, pictured (ready to be shown), leaving (LINE was asked to delete it).
    `mark` is in the name that LINE keeps, so that one whose making was cut off is found again. `named`: its tab's alias means it.
    """

    __tablename__ = "rich_menu_copies"

    id: Mapped[PrimaryId]
    menu_id: Mapped[int]  # no reference: what is on LINE outlives the menu until it is deleted there
    edition: Mapped[int]
    tab: Mapped[str]
    place: Mapped[int]  # of the tab in the menu, from 0
    tabs: Mapped[int]  # how many this edition has
    mark: Mapped[str] = mapped_column(unique=True)
    request: Mapped[str]
    picture: Mapped[str] = mapped_column(ForeignKey("rich_menu_pictures.sha256"))
    line_id: Mapped[str]
    step: Mapped[str]
    named: Mapped[bool]

    __table_args__ = (
        Index(
            "uq_rich_menu_copies_menu_id",
            "menu_id",
            "edition",
            "tab",
            unique=True,
            sqlite_where=_STAYING,
            postgresql_where=_STAYING,
        ),
        {"sqlite_autoincrement": True},
    )


class MenuPersonRow(Base):
    """A friend who was given a menu of their own. `sure` is false from before LINE is asked, to give or to take, until it has answered."""

    __tablename__ = "rich_menu_people"

    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("rich_menu_copies.id", ondelete="CASCADE"))
    sure: Mapped[bool]

    __table_args__ = (Index("ix_rich_menu_people_copy_id", "copy_id"),)


class MenuStandRow(Base):
    """The one row that says what everybody else sees on LINE: `sure` is false from before LINE is asked until it has answered.

    `key` is in the names of all menus of this shop on LINE, and in no other's. `looked_at`: when LINE was last asked what it has.
    """

    __tablename__ = "rich_menu_stand"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    copy_id: Mapped[int | None]
    sure: Mapped[bool]
    looked_at: Mapped[datetime | None]
