"""The shop's own pages: shop page, announcements, news with likes and comments, privacy page, and requests for reservations."""

from shopdesk.site.asking import MOST_PEOPLE, moment, said_at
from shopdesk.site.feedback import LONGEST_COMMENT
from shopdesk.site.parts import excerpt, read_content, safe_link, split_links
from shopdesk.site.person import SitePart
from shopdesk.site.records import (
    KINDS,
    NOBODY,
    SINGLE,
    Article,
    Comment,
    CommentState,
    Content,
    Guest,
    Kind,
    Page,
    Part,
    PartKind,
    Reservation,
    ReservationState,
    Waiting,
    Wanted,
)
from shopdesk.site.refusals import DecidedError, FormError, TooManyError
from shopdesk.site.service import FEED, Site
from shopdesk.site.visitors import ASKS

__all__ = [
    "ASKS",
    "FEED",
    "KINDS",
    "LONGEST_COMMENT",
    "MOST_PEOPLE",
    "NOBODY",
    "SINGLE",
    "Article",
    "Comment",
    "CommentState",
    "Content",
    "DecidedError",
    "FormError",
    "Guest",
    "Kind",
    "Page",
    "Part",
    "PartKind",
    "Reservation",
    "ReservationState",
    "Site",
    "SitePart",
    "TooManyError",
    "Waiting",
    "Wanted",
    "excerpt",
    "moment",
    "read_content",
    "safe_link",
    "said_at",
    "split_links",
]
