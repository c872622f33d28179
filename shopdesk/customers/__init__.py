"""The people the shop knows: identity, search, tags, consent, merge, forget."""

from shopdesk.customers import staged, staged_consents, staged_own, staged_tags, undoing
from shopdesk.customers.bulk import Change
from shopdesk.customers.columns import COLUMNS, OWN
from shopdesk.customers.consents import StoppedError, anybody_stopped, in_use, note_consent
from shopdesk.customers.disclosing import written
from shopdesk.customers.edits import BulkEdit
from shopdesk.customers.filling import FILLED, Filled
from shopdesk.customers.filters import Anchor, Condition, CustomerRowView, Filter
from shopdesk.customers.former import today
from shopdesk.customers.identity import Claim, Key, Known, folds, keys_of, same_person
from shopdesk.customers.keys import AlreadyKnownError, Found, find
from shopdesk.customers.own_fields import as_kept as own_value
from shopdesk.customers.parting import UndoneError
from shopdesk.customers.policies import POLICIES
from shopdesk.customers.records import (
    Channel,
    Consent,
    Customer,
    Duplicate,
    Event,
    FieldKind,
    Former,
    LineState,
    Merge,
    NewCustomer,
    OwnField,
    OwnValue,
    Pair,
    PersonPart,
    Relation,
    RelationKind,
    Tag,
)
from shopdesk.customers.rfm import FIFTHS, RHYTHM_FROM, Quintiles, Rfm, expected_next, fifth, quintiles, rhythm, score
from shopdesk.customers.searching import grams_of, matches, reindex, search_text
from shopdesk.customers.service import Customers
from shopdesk.customers.sums import add_sums, write_sums
from shopdesk.customers.tagging import LONGEST as LONGEST_TAG
from shopdesk.customers.typed import EDITED, wrong
from shopdesk.customers.views import row_views

__all__ = [
    "COLUMNS",
    "EDITED",
    "FIFTHS",
    "FILLED",
    "LONGEST_TAG",
    "OWN",
    "POLICIES",
    "RHYTHM_FROM",
    "AlreadyKnownError",
    "Anchor",
    "BulkEdit",
    "Change",
    "Channel",
    "Claim",
    "Condition",
    "Consent",
    "Customer",
    "CustomerRowView",
    "Customers",
    "Duplicate",
    "Event",
    "FieldKind",
    "Filled",
    "Filter",
    "Former",
    "Found",
    "Key",
    "Known",
    "LineState",
    "Merge",
    "NewCustomer",
    "OwnField",
    "OwnValue",
    "Pair",
    "PersonPart",
    "Quintiles",
    "Relation",
    "RelationKind",
    "Rfm",
    "StoppedError",
    "Tag",
    "UndoneError",
    "add_sums",
    "anybody_stopped",
    "expected_next",
    "fifth",
    "find",
    "folds",
    "grams_of",
    "in_use",
    "keys_of",
    "matches",
    "note_consent",
    "own_value",
    "quintiles",
    "reindex",
    "rhythm",
    "row_views",
    "same_person",
    "score",
    "search_text",
    "staged",
    "staged_consents",
    "staged_own",
    "staged_tags",
    "today",
    "undoing",
    "write_sums",
    "written",
    "wrong",
]
