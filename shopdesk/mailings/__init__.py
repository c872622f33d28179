"""Mailings: the mail beside a broadcast, for those of its segment who are not on LINE and agreed to mail."""

from shopdesk.mailings.leaving import WORDING
from shopdesk.mailings.person import MailingPart
from shopdesk.mailings.recipients import mailed
from shopdesk.mailings.records import MailDue, Mailing, MailPlan, MailSums
from shopdesk.mailings.service import MailingError, Mailings

__all__ = ["WORDING", "MailDue", "MailPlan", "MailSums", "Mailing", "MailingError", "MailingPart", "Mailings", "mailed"]
