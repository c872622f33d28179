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
from shopdesk.line.login import (
    Begun,
    LoginKeys,
    NotSignedInError,
    SignedIn,
    begin_sign_in,
    finish_sign_in,
    sign_in_origin,
)
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
    "Begun",
    "Bot",
    "Content",
    "Line",
    "LineCoupon",
    "LineError",
    "LineEvent",
    "LoginKeys",
    "Lost",
    "Message",
    "MonthlyLimitError",
    "NoKeysError",
    "NotAllowedError",
    "NotSignedInError",
    "Profile",
    "Quota",
    "RefusedByLineError",
    "Sending",
    "SignedIn",
    "UnreachableError",
    "Verdict",
    "Webhook",
    "WebhookSetting",
    "WebhookTest",
    "WrongTokenError",
    "add_friend",
    "begin_sign_in",
    "body",
    "checked",
    "close_coupon",
    "content",
    "create_coupon",
    "finish_sign_in",
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
    "sign_in_origin",
    "signed",
    "try_webhook",
    "typed_for_them",
    "webhook_setting",
    "without",
]
