"""Whoever is wanted beside the list: read off the screen's thread, and shown while still wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from shopdesk.ui.customers.file import PersonFile, read_file, read_orders

if TYPE_CHECKING:
    from shopdesk.customers import Customer, Duplicate
    from shopdesk.orders import Order
    from shopdesk.ui.customers.pane import Pane
    from shopdesk.ui.shop_page import Desk

FOLLOWS_MS = 120
"""How long the arrow keys rest before the pane follows."""


class PersonReader(QObject):
    """Fills the pane. `wanted` is the number of who is to be shown, 0 for nobody."""

    def __init__(self, desk: Desk, pane: Pane) -> None:
        super().__init__(pane)
        self._shop, self._tasks, self._sentence, self._pane = desk.shop, desk.tasks, desk.notices.sentence, pane
        self.wanted = 0
        self._follow = QTimer(self, singleShot=True, interval=FOLLOWS_MS)
        self._follow.timeout.connect(self.read)
        pane.again.connect(self.read)
        pane.history.more_wanted.connect(self._older)

    def open(self, customer_id: int) -> None:
        """Show this person now."""
        if customer_id != self.wanted or self._pane.file is None:
            self._pane.wait()
        self.wanted = customer_id
        self.read()

    def follow(self, customer_id: int) -> None:
        """Show this person once the arrow keys rest."""
        self.wanted = customer_id
        self._follow.start()

    def forget(self) -> None:
        """Want nobody any more."""
        self._follow.stop()
        self.wanted = 0

    def file(self) -> PersonFile:
        """Return what the pane shows; only asked by its buttons, which are only seen with a person."""
        file = self._pane.file
        assert file is not None  # noqa: S101
        return file

    def person(self) -> Customer:
        """Return whom the pane shows."""
        return self.file().customer

    def read(self) -> None:
        """Read the wanted person again."""
        self._follow.stop()
        wanted, shop = self.wanted, self._shop

        def work() -> PersonFile:
            return read_file(shop, wanted)

        self._tasks.run(self, work, self._show, failed=self._no_person, key="person")

    def _show(self, file: PersonFile) -> None:
        if file.customer.id != self.wanted:
            return
        self._pane.show_file(file)
        wanted, customers = self.wanted, self._shop.customers

        def show(found: list[Duplicate]) -> None:
            if wanted == self.wanted:
                self._pane.show_twins(found)

        self._tasks.run(self, lambda: customers.doubles.of(wanted), show, key="twins")

    def _no_person(self, error: Exception) -> None:
        self._pane.show_error(self._sentence(error))

    def _older(self, last: Order) -> None:
        wanted, shop = self.wanted, self._shop

        def show(found: Any) -> None:
            if wanted == self.wanted:
                self._pane.history.add_orders(found[0], more=found[1])

        self._tasks.run(self, lambda: read_orders(shop, wanted, last), show)
