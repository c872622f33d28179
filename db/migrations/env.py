"""How Alembic reaches the database: through the connection that shopdesk/migrate.py gives it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import context

from shopdesk.database import Database, UtcTime
from shopdesk.paths import Home
from shopdesk.tables import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """A migration is frozen: it names the stored type, not our class for it."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, UtcTime) else False


def ours(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The search indexes are made by hand: no table object describes them."""
    return not (kind == "table" and str(name).startswith(("customer_search", "talk_search")))


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_type,
        include_object=ours,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:  # a developer's `alembic revision --autogenerate`: an empty database of the newest revision
    with tempfile.TemporaryDirectory() as folder:
        opening = [sys.executable, "-m", "shopdesk", "--home", folder, "imports"]  # Alembic cannot run inside itself
        subprocess.run(opening, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        database = Database.in_file(Home(Path(folder)).database)
        with database.connection() as connection:
            migrate(connection)
        database.close()
