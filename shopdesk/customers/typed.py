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


def columns(typed: NewCustomer) -> dict[str, Any]:
    """Return the stored columns for what was typed.

    Raises:
        InvalidInputError: there is no name at all, or the mail, phone, postal code or prefecture is not one.
    """
    name, kana = japanese.name(typed.name), japanese.kana(typed.kana)
    email = _checked(
        typed.email, japanese.email(typed.email), _("“{text}” is not a mail address. Correct it or leave it empty.")
    )
    phone = _checked(
        typed.phone,
        japanese.phone(typed.phone),
        _("“{text}” is not a phone number. Write it with its area code, like 03-0000-0000."),
    )
    postal = _checked(
        typed.postal, japanese.postal(typed.postal), _("“{text}” is not a postal code. It has seven digits.")
    )
    prefecture = _checked(
        typed.prefecture,
        japanese.prefecture(typed.prefecture),
        _("“{text}” is not a prefecture. Write it like 北海道 or 東京都."),
    )
    if not (name or kana or email or phone):
        raise InvalidInputError(
            _("Write a name, a mail address or a phone number, so that this customer can be found again.")
        )
    address = japanese.tidy(typed.address)
    return {
        "name": name,
        "kana": kana,
        **folds(name, kana)._asdict(),
        "email": email,
        "phone": phone,
        "postal": postal,
        "prefecture": prefecture or japanese.prefecture_of(address) or "",
        "address": address,
        "birth_date": typed.birth_date,
        "birth_month": typed.birth_date.month if typed.birth_date else None,
        "sex": japanese.sex(typed.sex),
        "note": japanese.clean(typed.note).strip(),
    }


def _checked(said: str, understood: str | None, refusal: str) -> str:
    if said.strip() and understood is None:
        raise InvalidInputError(refusal.format(text=said.strip()))
    return understood or ""
