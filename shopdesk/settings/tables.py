"""Settings that differ from their default."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base


class SettingRow(Base):
    """One value, as JSON."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
