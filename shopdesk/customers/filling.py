"""What a person said of themselves, written into their own columns, and taken back: both in another feature's transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import update

from shopdesk import japanese
from shopdesk.customers import entering
from shopdesk.customers.consents import is_stopped
from shopdesk.customers.identity import folds
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import CustomerRow
from shopdesk.customers.views import stored

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

Filled = Literal["name", "phone", "address"]
FILLED: tuple[Filled, ...] = get_args(Filled)
_ADDRESS = {"postal", "prefecture", "address"}
_POSTAL = re.compile(r"〒?\s*(\d{3}[^\d\s]?\d{4})(?!\d)\s*")


class Filling:
    """Fills the columns of a person. The caller tells it."""

    def __init__(self, office: Office) -> None:
        self._clock, self._staff = office.clock, office.staff

    def fill(
        self, session: Session, customer_id: int, said: Mapping[Filled, str], over: Collection[Filled]
    ) -> dict[str, tuple[str, str]]:
        """Write what a person said; return what each column held before and holds now, where that differs.

        Args:
            session: The caller's transaction.
            customer_id: Whose.
            said: A name, a phone number as people write it, an address on one line, with its postal code or without.
            over: Of these what is written replaces what is there; of the others only what is empty is filled.
        """
        row = stored(session, customer_id)
        if is_stopped(session, customer_id):
            return {}
        values: dict[str, str] = {}
        for what, text in said.items():
            if what in over or not getattr(row, what):
                values |= _read(row, what, text)
        written = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
        self._put(session, row, {name: after for name, (_before, after) in written.items()}, "fill")
        return written

    def take_back(self, session: Session, customer_id: int, written: Mapping[str, tuple[str, str]]) -> None:
        """Let columns hold again what they held before they were filled; what was changed since stays, an address as a whole."""
        row = stored(session, customer_id)
        changed = {name for name, (_before, after) in written.items() if getattr(row, name) != after}
        stays = changed | (_ADDRESS if changed & _ADDRESS else set())
        still = {name: before for name, (before, _after) in written.items() if name not in stays}
        self._put(session, row, still, "take back")

    def _put(self, session: Session, row: CustomerRow, values: Mapping[str, str], verb: str) -> None:
        if not values:
            return
        more: dict[str, Any] = dict(values)
        if "name" in values:
            more |= folds(values["name"], row.kana)._asdict()
        session.execute(update(CustomerRow).where(CustomerRow.id == row.id).values(**more))
        session.refresh(row)
        entering.touch(row, self._clock.now())
        session.flush()
        reindex(session, [row.id])
        self._staff.record(session, verb, "customer", [row.id], sorted(values))


def _read(row: CustomerRow, what: Filled, text: str) -> dict[str, str]:
    """Return the columns for what was said; a new address leaves nothing of the one before."""
    if what == "name":
        return {"name": japanese.name(text)}
    if what == "phone":
        return {"phone": japanese.phone(text) or row.phone}
    found = _POSTAL.match(japanese.nfkc(text))
    postal = (japanese.postal(found[1]) or "") if found else ""
    address = japanese.tidy(japanese.nfkc(text)[found.end() :] if found and postal else text)
    kept = ("", "") if row.address else (row.postal, row.prefecture)
    return {
        "address": address,
        "postal": postal or kept[0],
        "prefecture": japanese.prefecture_of(address) or kept[1],
    }
