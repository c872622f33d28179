"""A file nobody described: what its columns may be, by their names and their contents together; what is unsure is asked."""

from shopdesk.imports.guessing.choosing import Guess
from shopdesk.imports.guessing.columns import are_parts, guess, sources
from shopdesk.imports.guessing.contents import LOOKED_AT, Contents
from shopdesk.imports.guessing.naming import telling
from shopdesk.imports.guessing.suspecting import looks_like_data

__all__ = ["LOOKED_AT", "Contents", "Guess", "are_parts", "guess", "looks_like_data", "sources", "telling"]
