"""One card under the write lock: its ledger, and the only place where an entry is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import aliased

from shopdesk.cards.ledger import Ledger, Movement
from shopdesk.cards.tables import CardEntryRow, CardReasonRow, CardRow
from shopdesk.database import Statement, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.records import EntryKind, Proof


_ROW = CardEntryRow
MOVED = (
    *(_ROW.id, _ROW.at, _ROW.kind, _ROW.points, _ROW.until, _ROW.extends),
    func.coalesce(_ROW.reverses_id, _ROW.part_of_id),
    _ROW.hundredths,
)
"""The columns of a `Movement`."""
# What every scan asks for is built once.
_MOVEMENTS = select(*MOVED).where(_ROW.card_id == bindparam("card")).order_by(_ROW.id)
_LOCKED = (
    select(CardRow).where(CardRow.id == bindparam("card")).with_for_update().execution_options(populate_existing=True)
)
_WRITTEN = ("card_id", "at", "kind", "points", "visits", "yen", "until", "extends", "reverses_id", "part_of_id")
_MORE = ("hundredths", "cause_id", "rules_id", "nonce", "proof", "proof_hash", "till", "actor")
_APPEND = Statement(
    f"INSERT INTO card_entries ({', '.join(_WRITTEN + _MORE)}) "
    f"VALUES ({', '.join(f':{one}' for one in _WRITTEN + _MORE)}) RETURNING id"
)


@dataclass(frozen=True, slots=True)
class Act:
    """When, by whom, where and with what in hand an entry is written."""

    at: datetime
    actor: str
    till: str = ""
    rules_id: int | None = None
    proof: Proof = ""
    proof_hash: str | None = None
    nonce: str | None = None

    def columns(self, *, proved: bool) -> dict[str, Any]:
        """Return what it writes into an entry; the nonce and what was shown only into the one that was asked for."""
        shown = (self.proof, self.proof_hash, self.nonce) if proved else ("", None, None)
        return {
            "at": milliseconds(self.at),
            "rules_id": self.rules_id,
            "till": self.till,
            "actor": self.actor,
            **dict(zip(("proof", "proof_hash", "nonce"), shown, strict=True)),
        }


class Book:
    """A card that is being written to. What has expired by then is written off when it is opened."""

    def __init__(self, session: Session, row: CardRow, act: Act) -> None:
        self.session = session
        self.row = row
        self.act = act
        self.ledger = Ledger(movements(session, row.id))
        if lapsed := self.ledger.lapsed(act.at):
            self.append("expire", -lapsed)

    @classmethod
    def open(cls, session: Session, card_id: int, act: Act) -> Book:
        """Open a card: no other till writes to it until the transaction ends."""
        return cls(session, session.scalars(_LOCKED, {"card": card_id}).one(), act)

    def append(
        self,
        kind: EntryKind,
        points: int,
        *,
        hundredths: int = 0,
        proved: bool = False,
        until: datetime | None = None,
        extends: bool = False,
        reverses_id: int | None = None,
        part_of_id: int | None = None,
        reason: str = "",
        **more: Any,
    ) -> int:
        """Write an entry with its effect on the balance; return its id.

        Args:
            kind: What it is.
            points: Given, or taken where negative; the database refuses more than the balance.
            hundredths: What it is worth beyond its points, or takes of that where negative.
            proved: This is the entry that was asked for: it keeps the nonce and what was shown.
            until: When what it gives expires.
            extends: Whether the other points live as long from now on.
            reverses_id: The entry that it takes back whole.
            part_of_id: The entry that it takes back in part.
            reason: Why, where a person says so.
            more: Further columns: visits, yen, cause_id.
        """
        values = {
            "card_id": self.row.id,
            "kind": kind,
            "points": points,
            "hundredths": hundredths,
            "visits": 0,
            "yen": None,
            "cause_id": None,
            "until": None if until is None else milliseconds(until),
            "extends": extends,
            "reverses_id": reverses_id,
            "part_of_id": part_of_id,
            **self.act.columns(proved=proved),
            **more,
        }
        entry_id = int(_APPEND.run(self.session, **values).scalar_one())
        if reason:
            self.session.execute(insert(CardReasonRow).values(entry_id=entry_id, text=reason))
        target_id = reverses_id or part_of_id
        self.ledger.add(Movement(entry_id, self.act.at, kind, points, until, extends, target_id, hundredths))
        self.row.balance += points
        self.row.expires_at = self.ledger.next_expiry
        self.session.flush()
        return entry_id


def movements(session: Session, card_id: int) -> Iterable[Movement]:
    """Return the movements of a card, the oldest first."""
    return (Movement(*one) for one in session.execute(_MOVEMENTS, {"card": card_id}))


def last_visit(session: Session, card_id: int) -> datetime | None:
    """Return the last visit on a card that still counts."""
    row, back = CardEntryRow, aliased(CardEntryRow)
    whole = select(back.id).where(back.reverses_id == row.id).exists()
    return session.scalar(select(func.max(row.at)).where(row.card_id == card_id, row.visits > 0, ~whole))
