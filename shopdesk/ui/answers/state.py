"""Everything the page shows of the machine, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.secrets import ASSISTANT_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.settings import Value
    from shopdesk.shop import Shop
    from shopdesk.talks import Answered, Kept, Occasion, Rule
    from shopdesk.talks.machine import Machine

OCCASIONS: tuple[Occasion, ...] = ("greeting", "greeting_again", "closed_message", "ask_message")


@dataclass(frozen=True)
class State:
    """How the machine is set; `occasions` holds a sentence instead where what is set cannot be read."""

    settings: Mapping[str, Value]
    occasions: Mapping[Occasion, Kept | str]
    rules: tuple[Rule, ...]
    log: tuple[Answered, ...]
    has_key: bool


def read_state(shop: Shop) -> State:
    """Read it all. Asks the key ring: off the screen's thread."""
    machine = shop.talks.machine
    return State(
        shop.settings.all(),
        {one: _kept(machine, one) for one in OCCASIONS},
        tuple(machine.rules.all()),
        tuple(machine.answered()),
        _has_key(shop),
    )


def _kept(machine: Machine, occasion: Occasion) -> Kept | str:
    try:
        return machine.kept(occasion)
    except ShopDeskError as wrong:
        return wrong.message


def _has_key(shop: Shop) -> bool:
    try:
        return bool(shop.secrets.get(ASSISTANT_KEY))
    except ShopDeskError:
        return False  # said when it is kept or asked
