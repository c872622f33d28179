"""Say what changed: after a commit a service tells a topic, and whoever shows that topic decides what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum, auto

logger = logging.getLogger(__name__)


class Topic(Enum):
    """The kinds of things that can change."""

    CUSTOMERS = auto()
    ORDERS = auto()
    IMPORTS = auto()
    EXPORTS = auto()
    FRIENDS = auto()
    COUPONS = auto()
    CARDS = auto()
    SURVEYS = auto()
    LINKS = auto()
    MEMBER_SITES = auto()
    SEGMENTS = auto()
    MESSAGES = auto()
    BROADCASTS = auto()
    AUTOMATIONS = auto()
    TALKS = auto()
    MENUS = auto()
    SITE = auto()
    SETTINGS = auto()
    STAFF = auto()


Listener = Callable[[frozenset[Topic]], None]


class Changes:
    """Who wants to hear of changes. Listeners are called on the thread that made the change."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def tell(self, *topics: Topic) -> None:
        """Tell every listener. A listener that fails does not keep the others from hearing."""
        for listener in tuple(self._listeners):
            try:
                listener(frozenset(topics))
            except Exception:
                logger.exception("a listener failed")
