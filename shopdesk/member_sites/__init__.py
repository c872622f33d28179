"""The shop's own sites, whose members sign in with LINE: who asks, who it is, and which member is which friend."""

from shopdesk.member_sites.person import MemberSitePart
from shopdesk.member_sites.records import Asked, Conflict, MemberSite, Result, Wanted
from shopdesk.member_sites.requests import RefusedRequestError
from shopdesk.member_sites.service import MemberSites, NoKeyHereError
from shopdesk.member_sites.snippets import LANGUAGES, Language

__all__ = [
    "LANGUAGES",
    "Asked",
    "Conflict",
    "Language",
    "MemberSite",
    "MemberSitePart",
    "MemberSites",
    "NoKeyHereError",
    "RefusedRequestError",
    "Result",
    "Wanted",
]
