"""Talks with friends, one to one."""

from shopdesk.talks.person import TalkPart
from shopdesk.talks.records import Counts, File, Said, Talk, Way, Which
from shopdesk.talks.replying import BlockedError
from shopdesk.talks.service import Talks

__all__ = ["BlockedError", "Counts", "File", "Said", "Talk", "TalkPart", "Talks", "Way", "Which"]
