"""The pretend LINE Platform on loopback: same paths, same limits, same errors, for practice, demos and tests."""

from shopdesk.rehearsal.app import create_app
from shopdesk.rehearsal.names import friend_id
from shopdesk.rehearsal.rehearsal import Rehearsal
from shopdesk.rehearsal.server import PortTakenError, Running, running, serve

__all__ = ["PortTakenError", "Rehearsal", "Running", "create_app", "friend_id", "running", "serve"]
