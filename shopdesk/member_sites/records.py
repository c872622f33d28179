"""Sites, what they ask and what came of it, as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Result = Literal["linked", "conflict", "unknown", "not_friend", "not_signed_in"]
"""What a site is answered: the member and LINE are one; they contradict what is known, so nothing was written; nobody has
linked this LINE with a member; they have not added the shop; they went back, or LINE did not say who it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shop says of a site.

    `cart` is the family of the cart whose member numbers the site uses, as imports name it. Answers go to one of `returns` and
    nowhere else. `tells_user_id`: the site is told LINE's own id of the person, which it needs only to write to them itself.
    """

    name: str
    cart: str
    returns: tuple[str, ...]
    tells_user_id: bool = False


@dataclass(frozen=True, slots=True)
class MemberSite:
    """A site. `key` stands in the address to which it sends its members; its secret is told once and kept nowhere.

    `previous_until` is until when the secret before the last renewal still holds, None where it does not. `members` are linked
    through this site; `conflicts` counts sign-ins of the last 60 days that contradicted what was known.
    """

    id: int
    key: str
    wanted: Wanted
    made_at: datetime
    renewed_at: datetime
    previous_until: datetime | None
    members: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a site signed: whose sign-in it wants, and where the answer goes. `member` is '' for somebody it does not know.

    `generation` is that of the secret with which it was signed: the answer is signed with the same one.
    """

    site_id: int
    key: str
    name: str
    member: str
    state: str
    back: str
    generation: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A sign-in that contradicted what is known: nothing was written, somebody has to look."""

    at: datetime
    member: str
    friend_id: int
    friend: str
    customer_id: int | None
