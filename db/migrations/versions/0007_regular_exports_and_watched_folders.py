"""Regular exports with their runs; watched folders with the files that appeared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _exports()
    _watching()


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column]:
    return [sa.Column(name, ID, nullable=False) for name in names]


def _times(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _exports() -> None:
    op.create_table(
        "scheduled_exports",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *_text("name", "what", "segment", "layout", "kind", "encoding", "folder", "every"),
        *_numbers("weekday", "day", "minute"),
        *_times("next_at", "created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_scheduled_exports"),
        sa.UniqueConstraint("name", name="uq_scheduled_exports_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "export_runs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *_numbers("schedule_id"),
        *_times("at"),
        *_text("file"),
        *_numbers("rows", "lost"),
        *_text("message"),
        sa.PrimaryKeyConstraint("id", name="pk_export_runs"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["scheduled_exports.id"], name="fk_export_runs_schedule_id", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_export_runs_schedule_id", "export_runs", ["schedule_id"])


def _watching() -> None:
    op.create_table(
        "watched_folders",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *_text("path", "rule", "message"),
        *_times("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_watched_folders"),
        sa.UniqueConstraint("path", name="uq_watched_folders_path"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "watched_files",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *_numbers("folder_id"),
        *_text("name"),
        *_numbers("size", "changed_ns"),
        *_text("digest", "state", "message"),
        sa.Column("import_id", ID, nullable=True),
        *_times("seen_at"),
        sa.PrimaryKeyConstraint("id", name="pk_watched_files"),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["watched_folders.id"], name="fk_watched_files_folder_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_watched_files_import_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watched_files_folder_id", "watched_files", ["folder_id"])
