"""What a person typed about a customer, made one form at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.customers.identity import folds
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.customers.records import NewCustomer

EDITED = (
    "name",
    "kana",
    "email",
    "phone",
    "postal",
    "prefecture",
    "address",
    "birth_date",
    "sex",
    "note",
)


def wrong(typed: NewCustomer) -> dict[str, str]:
    """Return what cannot be used of what was typed: a sentence for each such field, empty when all is well."""
    refusals = {
        "email": (japanese.email, _("“{text}” is not a mail address. Correct it or leave it empty.")),
        "phone": (
            japanese.phone,
            _("“{text}” is not a phone number. Write it with its area code, like 03-0000-0000."),
        ),
        "postal": (japanese.postal, _("“{text}” is not a postal code. It has seven digits.")),
        "prefecture": (
            japanese.prefecture,
            _("“{text}” is not a prefecture. Write it like 北海道 or 東京都."),
        ),
    }
    said = {field: getattr(typed, field).strip() for field in refusals}
    found = {
        field: sentence.format(text=said[field])
        for field, (understand, sentence) in refusals.items()
        if said[field] and understand(said[field]) is None
    }
    if not found and not (japanese.name(typed.name) or japanese.kana(typed.kana) or said["email"] or said["phone"]):
        found["name"] = _("Write a name, a mail address or a phone number, so that this customer can be found again.")
    return found


def columns(typed: NewCustomer) -> dict[str, Any]:
    """Return the stored columns for what was typed.

    Raises:
        InvalidInputError: there is no name at all, or the mail, phone, postal code or prefecture is not one.
    """
    for sentence in wrong(typed).values():
        raise InvalidInputError(sentence)
    name, kana, address = japanese.name(typed.name), japanese.kana(typed.kana), japanese.tidy(typed.address)
    return {
        "name": name,
        "kana": kana,
        **folds(name, kana)._asdict(),
        "email": japanese.email(typed.email) or "",
        "phone": japanese.phone(typed.phone) or "",
        "postal": japanese.postal(typed.postal) or "",
        "prefecture": japanese.prefecture(typed.prefecture) or japanese.prefecture_of(address) or "",
        "address": address,
        "birth_date": typed.birth_date,
        "birth_month": typed.birth_date.month if typed.birth_date else None,
        "sex": japanese.sex(typed.sex),
        "note": japanese.clean(typed.note).strip(),
    }
