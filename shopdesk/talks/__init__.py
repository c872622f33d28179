"""Talks with friends, one to one."""

from shopdesk.talks.machine import DURING, MATCHES, During, Hearing, Match, NewRule, Rule, Trial, title
from shopdesk.talks.person import TalkPart
from shopdesk.talks.records import Counts, File, Said, Talk, Way, Which
from shopdesk.talks.replying import BlockedError
from shopdesk.talks.service import Talks

__all__ = [
    "DURING",
    "MATCHES",
    "BlockedError",
    "Counts",
    "During",
    "File",
    "Hearing",
    "Match",
    "NewRule",
    "Rule",
    "Said",
    "Talk",
    "TalkPart",
    "Talks",
    "Trial",
    "Way",
    "Which",
    "title",
]
