"""What a new page begins with: of the privacy page a draft to be looked through, for the shop's customers in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, for_customers
from shopdesk.site import Content, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.site import Kind

_PRIVACY = (
    (
        N_("What we keep"),
        N_(
            "Names, addresses, phone numbers and mail addresses that you give us, your orders, and what you write to us on LINE and on these pages."
        ),
    ),
    (
        N_("What we use it for"),
        N_(
            "Orders and reservations, answers to you, and news of the shop where you agreed to get it. For nothing else."
        ),
    ),
    (
        N_("To whom we give it"),
        N_("To nobody but those who deliver for us, and where the law asks for it. LINE sees what is written on LINE."),
    ),
    (
        N_("To see, correct or delete it"),
        N_("Tell the shop. We answer as soon as we know that it is you."),
    ),
)


def first_words(kind: Kind, settings: Mapping[str, object]) -> Content:
    """Return what a new page of a kind says before anybody has written on it."""
    if kind != "privacy":
        return Content("")
    said = [part for head, text in _PRIVACY for part in (_heading(head), Part("text", for_customers(text)))]
    shop = "\n".join(filter(None, (str(settings[one]) for one in ("shop_name", "shop_address", "shop_contact"))))
    ours = [_heading(N_("Who we are")), Part("text", shop)] if shop else []
    return Content(for_customers(N_("How we treat your data")), (*said, *ours))


def _heading(words: str) -> Part:
    return Part("heading", for_customers(words))
