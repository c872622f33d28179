"""Friends for tests, written straight into the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.friends.following import new_friend

if TYPE_CHECKING:
    from shopdesk.shop import Shop


def friends(shop: Shop, *customers: int | None) -> list[int]:
    """Keep friends; return their numbers."""
    with shop.database.write() as session:
        rows = [new_friend("U" + f"{n:032x}", shop.clock.now()) for n, _one in enumerate(customers, 1)]
        session.add_all(rows)
        session.flush()
    for row, customer in zip(rows, customers, strict=True):
        if customer is not None:
            shop.friends.link(row.user_id, customer)
    return [row.id for row in rows]
