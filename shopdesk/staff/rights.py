"""Who may do what: the shop's roles, as one table, and the mark that a service's verb carries.

The table follows the roles of the shop's risk papers: counter staff see names, points and coupons and nothing else of a person; a
manager runs the shop but does not carry its data away, and large sends and irrevocable acts take the owner's word too.
"""

from __future__ import annotations

from contextvars import ContextVar
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, Literal, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.staff.service import Staff

Role = Literal["owner", "manager", "counter", "page", "gateway", "program"]
"""Owner, manager and counter are people; a public page, the gateway and the program's own due work act by themselves."""
Right = Literal["yes", "confirmed", "granted"]
"""Allowed; allowed once an owner has confirmed it; allowed to those whom the owner granted it."""


class Act(StrEnum):
    """What somebody may or may not do."""

    SCAN = "scan"
    """Count a visit, hand over a reward, use a coupon, take back one's own scan within ten minutes."""
    SEE_CARD = "see card"
    ADJUST = "adjust"
    """Take back what is older, change a balance by hand."""
    ADJUST_MUCH = "adjust much"
    SEE_PEOPLE = "see people"
    """Names with phone, address and orders, and lists of people."""
    EDIT_PEOPLE = "edit people"
    JOIN_PEOPLE = "join people"
    """Make two people one, or forget somebody."""
    DISCLOSE = "disclose"
    TALK = "talk"
    """Read and answer talks."""
    DRAFT = "draft"
    """Segments, drafts of broadcasts, templates, answering rules."""
    SEND = "send"
    SEND_MANY = "send to many"
    DESIGN = "design"
    """Coupons, the card's rules and rates."""
    IMPORT = "import"
    EXPORT = "export"
    SEE_AUDIT = "see audit"
    MANAGE = "manage"
    """Staff, LINE's keys, settings, the data itself."""
    RECEIVE = "receive"
    """Take in what LINE delivers, and answer by rule."""
    SERVE_PAGE = "serve page"
    """Show a person the own card or coupon, let them link themselves."""


MOST_SENT_ALONE = 500
"""So many people a manager writes to without the owner."""
MOST_ADJUSTED_ALONE = 1_000
"""So many points a manager adds and takes off by hand in a day without the owner."""

_OWNER: dict[Act, Right] = dict.fromkeys(Act, "yes")
_MANAGER: dict[Act, Right] = {
    **dict.fromkeys(set(Act) - {Act.MANAGE, Act.RECEIVE}, "yes"),
    Act.SEND_MANY: "confirmed",
    Act.ADJUST_MUCH: "confirmed",
    Act.JOIN_PEOPLE: "confirmed",
    Act.DISCLOSE: "confirmed",
    Act.EXPORT: "granted",
}
_COUNTER: dict[Act, Right] = {Act.SCAN: "yes", Act.SEE_CARD: "yes", Act.TALK: "granted"}
RIGHTS: dict[Role, dict[Act, Right]] = {
    "owner": _OWNER,
    "manager": _MANAGER,
    "counter": _COUNTER,
    "page": {Act.SERVE_PAGE: "yes"},
    "gateway": {Act.RECEIVE: "yes", Act.SERVE_PAGE: "yes"},
    # What is due was set going by somebody who might: only the shop itself is not the program's to change.
    "program": {**dict.fromkeys(set(Act) - {Act.MANAGE}, "yes")},
}
"""What is not listed is refused."""

# What one verb calls on the way is its own business: only the outermost one is asked.
_INSIDE: ContextVar[bool] = ContextVar("inside a verb", default=False)


class Guarded(Protocol):
    """A service whose verbs carry rights."""

    _staff: Staff


P = ParamSpec("P")
R = TypeVar("R")
G = TypeVar("G", bound=Guarded)


def needs(act: Act) -> Callable[[Callable[Concatenate[G, P], R]], Callable[Concatenate[G, P], R]]:
    """Mark a service's verb: who acts must have the right, or `NotAllowedError` says who has it."""

    def mark(verb: Callable[Concatenate[G, P], R]) -> Callable[Concatenate[G, P], R]:
        @wraps(verb)
        def guarded(self: G, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _INSIDE.get():
                return verb(self, *args, **kwargs)
            self._staff.require(act)
            before = _INSIDE.set(True)
            try:
                return verb(self, *args, **kwargs)
            finally:
                _INSIDE.reset(before)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return mark
