"""What every table is made of: the base of mapped rows and the kinds of their columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as whole milliseconds since 1970 in UTC: equal and sortable on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Turn an aware datetime into milliseconds."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware datetime in UTC."""
        return None if value is None else moment(value)


_ID_DIGITS = 18
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Return whole milliseconds since 1970 (UTC) of an aware datetime."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    return (at - _EPOCH) // _MILLISECOND


def id_in(said: str) -> int | None:
    """Return the id that somebody typed, None where it is none: ids have 64 bits."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _ID_DIGITS else None


def moment(stored: int) -> datetime:
    """Return the datetime (UTC) that `milliseconds` stored."""
    return _EPOCH + timedelta(milliseconds=stored)


BigId = BigInteger().with_variant(Integer, "sqlite")
# Sorted by code point on both databases: what Python's own sort does too.
SortText = Text().with_variant(Text(collation="C"), "postgresql")

PrimaryId = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


class Base(DeclarativeBase):
    """Every mapped row; the names of constraints are the same on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, int: BigId, str: Text}  # noqa: RUF012 - SQLAlchemy's own form
