"""The record's own short words, as people say them. What is not here is shown as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.settings import SETTINGS
from shopdesk.staff import MOST_SENT_ALONE
from shopdesk.ui.settings.rights_table import ROWS

if TYPE_CHECKING:
    from shopdesk.staff import AuditEntry

ACTIONS = {
    "add": N_("added"),
    "adjust": N_("corrected the points"),
    "allow use": N_("allowed the use again"),
    "answer": N_("answered"),
    "answer by assistant": N_("the assistant answered"),
    "answer by handover": N_("the machine handed over"),
    "answer by keyword": N_("the machine answered"),
    "answer by likeness": N_("the machine answered"),
    "answer by wish": N_("the machine answered"),
    "assign": N_("assigned"),
    "back up": N_("backed up"),
    "begin": N_("began"),
    "bulk edit": N_("changed many"),
    "cancel": N_("stopped for good"),
    "change": N_("changed"),
    "clear": N_("cleared"),
    "close": N_("marked as done"),
    "close on line": N_("closed on LINE"),
    "confirm": N_("confirmed with the PIN"),
    "consent off": N_("noted: no messages"),
    "consent on": N_("noted: takes messages"),
    "correct": N_("corrected"),
    "create": N_("made"),
    "delete": N_("deleted"),
    "delete old": N_("deleted what was old"),
    "disclose": N_("wrote everything held to a file"),
    "draft": N_("drafted"),
    "end": N_("put away"),
    "expire": N_("let points expire"),
    "export": N_("wrote to a file"),
    "finish": N_("finished"),
    "forget": N_("erased"),
    "forget again": N_("erased again after a restore"),
    "freeze": N_("decided who gets it"),
    "grant": N_("gave"),
    "hand back": N_("let the machine answer again"),
    "import": N_("imported"),
    "issue": N_("issued"),
    "keep picture": N_("kept a picture"),
    "label": N_("labelled"),
    "lift": N_("lifted"),
    "link": N_("linked"),
    "make": N_("made"),
    "make code": N_("made a code"),
    "make link": N_("made a link"),
    "mark": N_("noted what was answered"),
    "merge": N_("made two one"),
    "move": N_("moved"),
    "note": N_("noted"),
    "notice": N_("told of points about to expire"),
    "open": N_("opened"),
    "order": N_("put in order"),
    "pause": N_("paused"),
    "present": N_("gave points"),
    "print blank": N_("printed blank cards"),
    "print code": N_("printed a code"),
    "publish": N_("published"),
    "put back": N_("put back on the list"),
    "put on line": N_("put on LINE"),
    "redeem": N_("used"),
    "refused": N_("was refused"),
    "relate": N_("noted: belong together"),
    "remember": N_("remembered"),
    "remove": N_("removed"),
    "rename": N_("renamed"),
    "reply": N_("answered"),
    "restore": N_("restored"),
    "resume": N_("went on"),
    "revise": N_("changed"),
    "run": N_("wrote"),
    "save": N_("saved"),
    "schedule": N_("scheduled"),
    "send": N_("sent"),
    "send again": N_("sent again"),
    "set": N_("set"),
    "settle": N_("decided what was unclear"),
    "sign in": N_("came in"),
    "sign out": N_("went out"),
    "start": N_("started"),
    "stop use": N_("stopped the use"),
    "switch off": N_("switched off"),
    "switch on": N_("switched on"),
    "sync": N_("read from LINE"),
    "tag": N_("tagged"),
    "take out": N_("took out again"),
    "take over": N_("silenced the machine"),
    "undo": N_("took back"),
    "undo bulk edit": N_("took back a change of many"),
    "undo merge": N_("made one two again"),
    "unlabel": N_("took a label off"),
    "unlink": N_("took the link away"),
    "unrelate": N_("noted: do not belong together"),
    "unschedule": N_("took the time away"),
    "untag": N_("took a tag off"),
    "unwatch": N_("watches no longer"),
    "watch": N_("watches"),
    "withdraw": N_("withdrew"),
    "write mail": N_("wrote the mail"),
    "wrong pin": N_("typed a wrong PIN"),
}
OBJECTS = {
    "answer rule": N_("answering rule"),
    "broadcast": N_("broadcast"),
    "card": N_("shop card"),
    "card rules": N_("rules of the card"),
    "coupon": N_("coupon"),
    "customer": N_("customer"),
    "customers": N_("customers"),
    "database key": N_("key of the data"),
    "folder": N_("watched folder"),
    "friend": N_("LINE friend"),
    "friend source": N_("QR code of a place"),
    "import": N_("import"),
    "import_mapping": N_("columns of a file"),
    "line keys": N_("keys of LINE"),
    "line login keys": N_("keys of LINE Login"),
    "link": N_("link"),
    "link card": N_("card to link"),
    "mail": N_("mail"),
    "orders": N_("orders"),
    "own field": N_("own field"),
    "picture": N_("picture"),
    "plain backups": N_("backups without a key"),
    "quarantine": N_("hold on sending"),
    "regular export": N_("regular export"),
    "rich menu": N_("rich menu"),
    "segment": N_("segment"),
    "setting": N_("setting"),
    "shop": N_("all data of the shop"),
    "staff": N_("staff"),
    "subscriptions": N_("subscriptions"),
    "survey": N_("survey"),
    "talk": N_("talk"),
    "talk message": N_("message of a talk"),
    "template": N_("template"),
    "watched file": N_("watched file"),
}


FIELDS = {
    "accepted": N_("reached"),
    "address": N_("address"),
    "answers": N_("answering talks"),
    "badge": N_("badge"),
    "birthday": N_("birthday"),
    "customer_id": N_("customer"),
    "display_name": N_("name on LINE"),
    "email": N_("mail address"),
    "exports": N_("writing files"),
    "failed": N_("not reached"),
    "kana": N_("kana"),
    "messages": N_("messages"),
    "name": N_("name"),
    "note": N_("the note"),
    "phone": N_("phone"),
    "pin": N_("PIN"),
    "postal": N_("postal code"),
    "prefecture": N_("prefecture"),
    "role": N_("role"),
    "rule": N_("rule"),
    "state": N_("state"),
    "tag": N_("tags"),
    "tags": N_("tags"),
}
_ACTS = {str(act): words for act, words in ROWS}
_SETTINGS = {one.key: one.title for one in SETTINGS}


def did(one: AuditEntry) -> str:
    """Return what was done to what."""
    known = ACTIONS.get(one.action)
    kind = OBJECTS.get(one.object) or _ACTS.get(one.object)
    words = _(kind).format(n=MOST_SENT_ALONE) if kind else one.object
    return _("{object}: {done}").format(object=words, done=_(known) if known else one.action)


def whom(one: AuditEntry) -> str:
    """Return which ones, and which fields of theirs."""
    numbers = "" if not one.ids else _("No. {ids}").format(ids=one.ids.replace(",", ", "))
    named = _SETTINGS if one.object == "setting" else FIELDS
    fields = _(", ").join(_(named[field]) if field in named else field for field in one.fields.split(",") if field)
    return _(" · ").join(part for part in (numbers, fields) if part)
