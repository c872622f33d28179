"""Events of LINE, each applied once."""

from shopdesk.events.service import KEPT, Events

__all__ = ["KEPT", "Events"]
