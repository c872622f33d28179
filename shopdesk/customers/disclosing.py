"""Everything held about a person, also as a text that can be handed to them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.clock import in_japan
from shopdesk.customers.consents import history
from shopdesk.customers.keys import keys_by_customer
from shopdesk.customers.pairs import relations
from shopdesk.customers.views import whole
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import PersonPart

_NAMES = {
    "customer": N_("Personal data"),
    "keys": N_("What identifies the person"),
    "consents": N_("Consents"),
    "relations": N_("Family and company"),
    "orders": N_("Orders"),
    "subscriptions": N_("Subscriptions"),
    "line": N_("LINE"),
    "link_proofs": N_("Codes to link LINE"),
    "broadcasts": N_("Messages sent"),
    "cards": N_("Shop cards"),
    "card_entries": N_("Movements of points"),
    "lines": N_("Goods"),
    "name": N_("Name"),
    "kana": N_("Reading"),
    "email": N_("Mail"),
    "phone": N_("Phone"),
    "postal": N_("Postal code"),
    "prefecture": N_("Prefecture"),
    "address": N_("Address"),
    "birth_date": N_("Birthday"),
    "sex": N_("Sex"),
    "note": N_("Note"),
    "tags": N_("Tags"),
    "source": N_("Source"),
    "spent_yen": N_("Spent"),
    "first_order_at": N_("First order"),
    "last_order_at": N_("Last order"),
    "consent_line": N_("Messages on LINE"),
    "consent_mail": N_("Messages by mail"),
    "number": N_("Number"),
    "ordered_at": N_("Ordered on"),
    "total_yen": N_("Total"),
    "quantity": N_("Pieces"),
    "payment": N_("Payment"),
    "at": N_("When"),
    "how": N_("How"),
    "wording": N_("Wording"),
    "channel": N_("Channel"),
    "given": N_("Consented"),
    "actor": N_("Noted by"),
    "display_name": N_("LINE name"),
    "state": N_("State"),
    "card": N_("Card number"),
    "points": N_("Points"),
    "visits": N_("Visits"),
    "yen": N_("Yen"),
    "reason": N_("Reason"),
    "issued_at": N_("Issued on"),
    "expires_at": N_("Expires on"),
}


def everything(session: Session, customer_id: int, parts: Iterable[PersonPart]) -> dict[str, Any]:
    """Return everything held about a person here and in the parts, JSON-able. Raises NotFoundError."""
    person = asdict(whole(session, customer_id))
    keys = keys_by_customer(session, [customer_id]).get(customer_id, [])
    shown: dict[str, Any] = {
        "customer": _plain(person | {"phone": japanese.phone_local(person["phone"])}),
        "keys": [key._asdict() for key in keys],
        "consents": [_plain(asdict(one)) for one in history(session, customer_id)],
        "relations": [asdict(one) for one in relations(session, customer_id)],
    }
    for part in parts:
        shown |= part.disclose(session, customer_id)
    return shown


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as a person in Japan reads them, JSON-able."""
    shown = {name: in_japan(value) if isinstance(value, datetime) else value for name, value in values.items()}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in shown.items()}


def written(held: Mapping[str, Any], suffix: str) -> str:
    """Return what `Customers.disclose` gave as a file of this suffix holds it: .html and .txt to read, else JSON."""
    made = {".html": as_html, ".htm": as_html, ".txt": as_text}.get(suffix.lower())
    return json.dumps(held, ensure_ascii=False, indent=2) if made is None else made(held)


def as_text(held: Mapping[str, Any]) -> str:
    """Return what `Customers.disclose` gave, as plain text with indented lists."""
    return "\n".join([_title(), "", *_lines(held, 0)]) + "\n"


def as_html(held: Mapping[str, Any]) -> str:
    """Return the same as one page of HTML that needs nothing else and runs nothing."""
    title = escape(_title())
    style = (
        "body{font-family:sans-serif;line-height:1.6;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;margin:.25rem 0 1rem}td,th{border:1px solid #ccc;padding:.25rem .5rem;"
        "text-align:left;vertical-align:top;unicode-bidi:isolate;white-space:pre-wrap}"
    )
    sections = "".join(f"<h2>{escape(_named(name))}</h2>{_html(value)}" for name, value in held.items())
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body><h1>{title}</h1>{sections}</body></html>\n"


def _title() -> str:
    return _("Everything this shop holds about you")


def _named(name: str) -> str:
    return _(_NAMES[name]) if name in _NAMES else name


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "—" if value in {None, ""} else str(value)


def _lines(value: Any, depth: int) -> Iterator[str]:
    room = "  " * depth
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, dict | list | tuple):
                yield f"{room}{_named(name)}:"
                yield from _lines(one, depth + 1)
            else:
                yield f"{room}{_named(name)}: {_said(one)}"
    elif isinstance(value, list | tuple):
        for place, one in enumerate(value, 1):
            yield f"{room}{place}."
            yield from _lines(one, depth + 1)
        if not value:
            yield f"{room}—"
    else:
        yield f"{room}{_said(value)}"


def _html(value: Any) -> str:
    if isinstance(value, dict):
        rows = "".join(f"<tr><th>{escape(_named(name))}</th><td>{_html(one)}</td></tr>" for name, one in value.items())
        return f"<table>{rows}</table>"
    if isinstance(value, list | tuple):
        return "".join(f"<div>{_html(one)}</div>" for one in value) or "—"
    return escape(_said(value))
