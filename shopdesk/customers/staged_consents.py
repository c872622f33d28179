"""The proofs of what an import says of people's consents; and taken back with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from shopdesk.customers.consents import BY_IMPORT
from shopdesk.customers.policies import CONSENTS, WANTED, consent

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Proof(NamedTuple):
    """Which import says it, when (in milliseconds) and by whom it was made."""

    import_id: int
    at: int
    actor: str


def prove_the_new(session: Session, proof: Proof) -> None:
    """Write what the file says of people who are new with it."""
    for name in CONSENTS:
        _prove(session, proof, name, "s.customer_id", f"staged_customers s WHERE s.fresh = 1 AND s.{name} > 0")


def prove_the_known(session: Session, proof: Proof, staged: str) -> None:
    """Write what the file changes of known people's consents, before it does.

    Args:
        session: Holds the write lock.
        proof: Of the import.
        staged: SQL of a subquery `s` with what the file says of each known person.
    """
    for name in CONSENTS:
        joined = f"customers c JOIN {staged} ON s.customer_id = c.id"
        _prove(session, proof, name, "c.id", f"{joined} WHERE {consent(name).news}")


def _prove(session: Session, proof: Proof, name: str, person: str, where: str) -> None:
    channel = name.removeprefix("consent_")
    last = session.scalar(text("SELECT coalesce(max(id), 0) FROM consents"))
    session.execute(
        text(
            "INSERT INTO consents (customer_id, channel, given, at, how, wording, actor) "
            f"SELECT {person}, '{channel}', s.{name} = {WANTED}, :at, '{BY_IMPORT}', '', :actor FROM {where}"
        ),
        proof._asdict(),
    )
    noted = "INSERT INTO import_changes SELECT :import_id, 'consent', id, NULL FROM consents WHERE id > :last"
    session.execute(text(noted), {"import_id": proof.import_id, "last": last})


def undo(session: Session, import_id: int) -> None:
    """Take the proofs of one import away with it."""
    mine = "SELECT object_id FROM import_changes WHERE import_id = :import_id AND object = 'consent'"
    session.execute(text(f"DELETE FROM consents WHERE id IN ({mine})"), {"import_id": import_id})
