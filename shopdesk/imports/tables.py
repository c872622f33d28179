"""Imports that were made, and what each of them changed, so that it can be taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class ImportRow(Base):
    """One import. `files` and `counts` are JSON; no cell of a file is kept."""

    __tablename__ = "imports"

    id: Mapped[PrimaryId]
    at: Mapped[datetime]
    actor: Mapped[str]
    cart: Mapped[str]
    files: Mapped[str]
    counts: Mapped[str]
    undone_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class ImportChangeRow(Base):
    """What an import said of one row: `before` is NULL when it made the row, else JSON of the changed fields, old and new.

    An import that changed nothing of a row it names is noted too: the row stays as long as one import that names it does.
    """

    __tablename__ = "import_changes"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    object: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[str | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ImportMappingRow(Base):
    """What a person decided about the columns of files with one header. `columns` is JSON: heading → field, never a cell."""

    __tablename__ = "import_mappings"

    id: Mapped[PrimaryId]
    signature: Mapped[str] = mapped_column(unique=True)
    columns: Mapped[str]
    policies: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = ({"sqlite_autoincrement": True},)


class WatchedFolderRow(Base):
    """A folder where cart exports appear. `rule` is offer or import; `message` says why it could not be looked into."""

    __tablename__ = "watched_folders"

    id: Mapped[PrimaryId]
    path: Mapped[str] = mapped_column(unique=True)
    rule: Mapped[str]
    message: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class WatchedFileRow(Base):
    """A file that appeared there, taken once: the same name, size and time, or the same bytes, are the same file.

    `state` is offered, imported, unsure (a person must look; `message` says why) or left.
    """

    __tablename__ = "watched_files"

    id: Mapped[PrimaryId]
    folder_id: Mapped[int] = mapped_column(ForeignKey("watched_folders.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    size: Mapped[int]
    changed_ns: Mapped[int]
    digest: Mapped[str]
    state: Mapped[str]
    message: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id", ondelete="SET NULL"))
    seen_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)
