"""What was imported, and taking it back."""

from shopdesk.imports.person import BeforeImages

__all__ = ["BeforeImages"]
