"""Links that tell how often they are opened, and QR codes that tell by which of them a friend came."""

from shopdesk.links.clicking import Click, hour_of
from shopdesk.links.destinations import UnsafeAddressError, sound
from shopdesk.links.keys import LINK, SOURCE, TOKEN, source_in, typed
from shopdesk.links.person import LinkPart
from shopdesk.links.records import (
    COLOURS,
    WAYS,
    Arrival,
    Clicked,
    Clicker,
    Day,
    Hour,
    Lead,
    Link,
    Report,
    Source,
    Wanted,
    Way,
)
from shopdesk.links.service import Links
from shopdesk.links.sources import NameTakenError

__all__ = [
    "COLOURS",
    "LINK",
    "SOURCE",
    "TOKEN",
    "WAYS",
    "Arrival",
    "Click",
    "Clicked",
    "Clicker",
    "Day",
    "Hour",
    "Lead",
    "Link",
    "LinkPart",
    "Links",
    "NameTakenError",
    "Report",
    "Source",
    "UnsafeAddressError",
    "Wanted",
    "Way",
    "hour_of",
    "sound",
    "source_in",
    "typed",
]
