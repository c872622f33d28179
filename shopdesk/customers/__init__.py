"""The people the shop knows: identity, search, tags, consent, merge, forget."""

from shopdesk.customers import staged, undoing
from shopdesk.customers.identity import Claim, Key, Known, folds, keys_of, same_person
from shopdesk.customers.keys import Found, find
from shopdesk.customers.records import (
    Anchor,
    Channel,
    Customer,
    CustomerRowView,
    Duplicate,
    Event,
    Filter,
    Former,
    LineState,
    NewCustomer,
    PersonPart,
    SortKey,
    Tag,
)
from shopdesk.customers.searching import grams_of, reindex, search_text
from shopdesk.customers.service import AlreadyKnownError, Customers
from shopdesk.customers.sums import add_sums, write_sums
from shopdesk.customers.typed import wrong
from shopdesk.customers.views import row_views

__all__ = [
    "AlreadyKnownError",
    "Anchor",
    "Channel",
    "Claim",
    "Customer",
    "CustomerRowView",
    "Customers",
    "Duplicate",
    "Event",
    "Filter",
    "Former",
    "Found",
    "Key",
    "Known",
    "LineState",
    "NewCustomer",
    "PersonPart",
    "SortKey",
    "Tag",
    "add_sums",
    "find",
    "folds",
    "grams_of",
    "keys_of",
    "reindex",
    "row_views",
    "same_person",
    "search_text",
    "staged",
    "undoing",
    "write_sums",
    "wrong",
]
