"""The door to LINE: the only place where its SDK is used. Nothing of the SDK is imported before the first call."""

from shopdesk.line import limits
from shopdesk.line.answers import Answer, Lost
from shopdesk.line.client import Bot, Line, Profile, Quota
from shopdesk.line.conversing import (
    Content,
    add_friend,
    content,
    link_dialog,
    link_token,
    mark_read,
    show_typing,
    typed_for_them,
)
from shopdesk.line.coupons import LineCoupon, close_coupon, create_coupon, list_coupons
from shopdesk.line.events import USER_ID, LineEvent, Webhook, read_webhook, signed, without
from shopdesk.line.models import Message, body, checked
from shopdesk.line.problems import (
    LineError,
    MonthlyLimitError,
    NoKeysError,
    NotAllowedError,
    RefusedByLineError,
    UnreachableError,
    Verdict,
    WrongTokenError,
    judge,
    refusal,
    said,
)
from shopdesk.line.sending import Sending
from shopdesk.line.webhooks import WebhookSetting, WebhookTest, set_webhook, try_webhook, webhook_setting

__all__ = [
    "USER_ID",
    "Answer",
    "Bot",
    "Content",
    "Line",
    "LineCoupon",
    "LineError",
    "LineEvent",
    "Lost",
    "Message",
    "MonthlyLimitError",
    "NoKeysError",
    "NotAllowedError",
    "Profile",
    "Quota",
    "RefusedByLineError",
    "Sending",
    "UnreachableError",
    "Verdict",
    "Webhook",
    "WebhookSetting",
    "WebhookTest",
    "WrongTokenError",
    "add_friend",
    "body",
    "checked",
    "close_coupon",
    "content",
    "create_coupon",
    "judge",
    "limits",
    "link_dialog",
    "link_token",
    "list_coupons",
    "mark_read",
    "read_webhook",
    "refusal",
    "said",
    "set_webhook",
    "show_typing",
    "signed",
    "try_webhook",
    "typed_for_them",
    "webhook_setting",
    "without",
]
