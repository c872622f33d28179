"""What the page does to two: entries that are one person, people who belong together, a person and a LINE friend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.customers.link_card import LinkCardDialog
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopdesk.customers import Customer, Merge, RelationKind
    from shopdesk.friends import Card, Friend
    from shopdesk.shop import Shop
    from shopdesk.ui.customers.doing import Doing
    from shopdesk.ui.customers.merging import Side


class Ties:
    """Does what the page was asked for."""

    def __init__(self, shop: Shop, doing: Doing) -> None:
        self._shop, self._doing = shop, doing

    def merge(
        self,
        keep: Customer,
        other: Customer,
        choices: Mapping[str, Side],
        then: Callable[[Merge], object],
        failed: Callable[[], object],
    ) -> None:
        """Make two one."""
        merges = self._shop.customers.merges

        def done(made: Merge) -> None:
            self._doing.done(_("Two entries are one now."), lambda: self.part(made.id))
            then(made)

        def refused(error: Exception) -> None:
            self._doing.notices.error(error)
            failed()

        self._doing.tasks.run(
            self._doing.page, lambda: merges.make(keep.id, other.id, choices), done, failed=refused, lane=Lane.WRITE
        )

    def part(self, merge_id: int) -> None:
        """Take a merge back."""
        merges = self._shop.customers.merges

        def done(back: Customer) -> None:
            words = _("Both entries are there again; {name} is No. {id}.")
            self._doing.done(words.format(name=called_in_full(back), id=back.id))

        self._doing.write(lambda: merges.undo(merge_id), done)

    def distinct(self, one: Customer, other: Customer) -> None:
        """Remember that two are two people."""
        pairs = self._shop.customers.pairs

        def done(_none: object) -> None:
            undo = lambda: self._doing.write(lambda: pairs.maybe_same(one.id, other.id))  # noqa: E731
            self._doing.done(_("They are two people, and are not offered again."), undo)

        self._doing.write(lambda: pairs.distinct(one.id, other.id), done)

    def relate(self, one: int, other: int, kind: RelationKind) -> None:
        """Note that two belong together."""
        pairs = self._shop.customers.pairs

        def done(_none: object) -> None:
            self._doing.done(
                _("They belong together now."), lambda: self._doing.write(lambda: pairs.unrelate(one, other))
            )

        self._doing.write(lambda: pairs.relate(one, other, kind), done)

    def unrelate(self, one: int, other: int) -> None:
        """Take back that two belong together."""
        pairs = self._shop.customers.pairs
        self._doing.write(
            lambda: pairs.unrelate(one, other),
            lambda _none: self._doing.done(_("They do not belong together any more.")),
        )

    # LINE

    def link(self, user_id: str, customer: Customer, then: Callable[[], object]) -> None:
        """Say which LINE friend somebody is."""
        friends = self._shop.friends

        def done(friend: Friend) -> None:
            words = _("{name} is linked with “{friend}” on LINE.")
            self._doing.done(
                words.format(name=called_in_full(customer), friend=friend.name or friend.user_id),
                lambda: self._doing.write(lambda: friends.unlink(user_id)),
            )
            then()

        self._doing.write(lambda: friends.link(user_id, customer.id), done)

    def make_card(self, customer: Customer) -> None:
        """Make a link for somebody to open on their own phone, and show it."""

        def show(card: Card) -> None:
            dialog = LinkCardDialog(self._doing.page, card, called_in_full(customer))
            if dialog.exec() == LinkCardDialog.DialogCode.Accepted:
                self._doing.done(_("Copied."))
            dialog.deleteLater()

        self._doing.write(lambda: self._shop.friends.proofs.make_card(customer.id), show)

    def unlink(self, friend: Friend | None) -> None:
        """Take the link with a LINE friend away."""
        if friend is None or friend.customer_id is None:
            return
        friends, user_id, customer_id = self._shop.friends, friend.user_id, friend.customer_id

        def undo() -> None:
            self._doing.write(lambda: friends.link(user_id, customer_id))

        self._doing.write(
            lambda: friends.unlink(user_id),
            lambda _none: self._doing.done(_("The link with LINE is taken away."), undo),
        )
