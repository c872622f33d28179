"""The gateway: what LINE and the shop's customers reach from outside."""

from shopdesk.gateway.server import Running, running, serve

__all__ = ["Running", "running", "serve"]
