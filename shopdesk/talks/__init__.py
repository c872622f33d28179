"""Talks with friends, one to one."""

from shopdesk.talks.file_names import ENDINGS, saved_as
from shopdesk.talks.keeping import Old
from shopdesk.talks.machine import (
    DURING,
    MATCHES,
    Answered,
    During,
    Granted,
    Hearing,
    Kept,
    Match,
    Near,
    NewRule,
    Occasion,
    Rule,
    RuleError,
    Setup,
    Trial,
    title,
)
from shopdesk.talks.person import TalkPart
from shopdesk.talks.records import Counts, File, News, Said, Talk, Way, Which
from shopdesk.talks.replying import BlockedError
from shopdesk.talks.service import Talks

__all__ = [
    "DURING",
    "ENDINGS",
    "MATCHES",
    "Answered",
    "BlockedError",
    "Counts",
    "During",
    "File",
    "Granted",
    "Hearing",
    "Kept",
    "Match",
    "Near",
    "NewRule",
    "News",
    "Occasion",
    "Old",
    "Rule",
    "RuleError",
    "Said",
    "Setup",
    "Talk",
    "TalkPart",
    "Talks",
    "Trial",
    "Way",
    "Which",
    "saved_as",
    "title",
]
