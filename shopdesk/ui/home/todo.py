"""What there is to do today, worked out from what the shop knows: the pressing first, the done last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.attention import needs, page_needs
from shopdesk.i18n import N_, _, _n
from shopdesk.ui.amounts import people
from shopdesk.ui.days import clock_time, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.attention import Need
    from shopdesk.broadcasts import Status
    from shopdesk.mailings import MailSums
    from shopdesk.reach import Key
    from shopdesk.ui.home.quota import Asked
    from shopdesk.ui.home.today import Today

BACKUP_FRESH = timedelta(days=1)
DRAFTS = 3
# For each thing that waits: icon, title, verb. The order is that of the list.
WAITING: dict[Need, tuple[str, str, str]] = {
    "stuck": ("triangle-alert", N_("“{name}” has stopped"), N_("Look")),
    "paused": ("pause", N_("“{name}” has stopped"), N_("Look")),
    "late": ("clock", N_("Send “{name}” after all?"), N_("Decide")),
    "cooling": ("clock", N_("“{name}” goes out soon"), N_("Look")),
    "mail_stuck": ("triangle-alert", N_("The mails of “{name}” have stopped"), N_("Look")),
    "mail_paused": ("pause", N_("The mails of “{name}” have stopped"), N_("Look")),
    "mail_unsent": ("send", N_("Send the mails of “{name}”"), N_("Look")),
    "unknown": ("circle-question-mark", N_("Decide about “{name}”"), N_("Decide")),
    "mail_unknown": ("circle-question-mark", N_("Decide about the mails of “{name}”"), N_("Decide")),
}
URGENCY = tuple(WAITING)
TROUBLES: dict[Key, str] = {
    "keys": N_("LINE does not let the shop in"),
    "gateway": N_("The gateway has stopped: friends' messages do not arrive"),
    "address": N_("LINE cannot reach the shop: friends' messages do not arrive"),
    "told": N_("LINE does not deliver: friends' messages do not arrive"),
    "heard": N_("It has been quiet for long: look whether messages arrive"),
}


@dataclass(frozen=True)
class Todo:
    """One thing to do: `verb` leads to `page`, told `what`. Done things have no verb."""

    icon: str
    title: str
    detail: str
    when: str = ""
    verb: str = ""
    page: str = ""
    what: dict[str, Any] = field(default_factory=dict)
    done: bool = False


def todos(today: Today, asked: Asked | None = None) -> list[Todo]:
    """Return what is to do, the pressing first, then what is done; `asked` is what LINE said, once it has."""
    return [
        *_held(today),
        *_reached(asked),
        *_talks(today),
        *_pages(today),
        *_sending(today),
        *_automations(today),
        *_visits(today),
        *_imports(today),
        *_regular(today),
        *_line(today),
        *_quota(asked),
        *_drafts(today),
        *_backup(today),
    ]


def _held(today: Today) -> Iterator[Todo]:
    held = today.quarantine
    if held.quarantined:
        since = when(held.since, today.now) if held.since else ""
        yield Todo(
            "lock",
            _("Decide whether this copy may send"),
            _("{why} Nothing goes out until you have looked.").format(why=held.reason or ""),
            since,
            _("Look"),
            "settings",
        )


def _reached(asked: Asked | None) -> Iterator[Todo]:
    """What keeps friends' messages from arriving."""
    for one in asked.troubles if asked else ():
        if one.passes:
            continue
        section = "line" if one.key == "keys" else "receiving"
        title = _(TROUBLES[one.key])
        yield Todo("triangle-alert", title, one.message, "", _("Look"), "settings", {"section": section})


def _quota(asked: Asked | None) -> Iterator[Todo]:
    if asked is not None and asked.low and asked.quota is not None:
        left = asked.quota.left or 0
        detail = _n("{n} message is left.", "{n} messages are left.", left).format(n=f"{left:,}")
        title = _("Look whether the plan suffices")
        yield Todo("triangle-alert", title, detail, verb=_("Look"), page="settings", what={"section": "shop"})


def _talks(today: Today) -> Iterator[Todo]:
    waiting, unread = today.talks.waiting, today.talks.unread
    if waiting:
        title = _n("{n} friend waits for an answer", "{n} friends wait for an answer", waiting).format(n=waiting)
        detail = _n("{n} talk is unread.", "{n} talks are unread.", unread).format(n=unread) if unread else ""
        yield Todo("message-circle", title, detail, verb=_("Answer"), page="talks", what={"which": "waiting"})


def _visits(today: Today) -> Iterator[Todo]:
    """What tills noted while the data was out of reach, and what was refused when it was back."""
    if today.uncounted:
        title = _n("{n} visit could not be counted", "{n} visits could not be counted", today.uncounted)
        detail = _("Noted at a till while the shop's data was out of reach. You decide.")
        yield Todo("stamp", title.format(n=f"{today.uncounted:,}"), detail, verb=_("Look"), page="uncounted")


def _pages(today: Today) -> Iterator[Todo]:
    """What people asked for and said on the shop's pages."""
    now = today.pages
    said = {
        "reservations": (
            "calendar",
            _n("{n} reservation is asked for", "{n} reservations are asked for", now.reservations),
            now.reservations,
            _("Answer"),
        ),
        "comments": (
            "message-circle",
            _n("{n} comment waits to be looked at", "{n} comments wait to be looked at", now.comments),
            now.comments,
            _("Look"),
        ),
    }
    for need in page_needs(now):
        icon, title, count, verb = said[need]
        yield Todo(icon, title.format(n=f"{count:,}"), "", verb=verb, page="pages", what={"part": need})


def _sending(today: Today) -> Iterator[Todo]:
    """What of the broadcasts and their mails waits for a person, what stands still first."""
    found = [
        (URGENCY.index(need), one, need) for one in today.broadcasts for need in needs(one, today.mails.get(one.id))
    ]
    for _place, one, need in sorted(found, key=lambda each: each[0]):
        yield _waiting(today, one, need)
    for one in today.broadcasts:
        if one.state == "waiting" and not needs(one, None):
            at, who = one.scheduled_at, people(one.planned)
            detail = (
                _("Goes out {when} to {people}.").format(when=when(at, today.now), people=who)
                if at
                else _("Ready for {people}; sending has not begun.").format(people=who)
            )
            title = _("Check “{name}”").format(name=one.name)
            yield _of(one, "calendar", title, detail, _("Check"), clock_time(at) if at else "")


def _automations(today: Today) -> Iterator[Todo]:
    """Those that run and that nobody comes into any more."""
    for one in today.automations:
        title = _("Nobody comes into “{name}” any more").format(name=one.name)
        yield Todo("workflow", title, one.sentence, "", _("Look"), "automations", {"automation": one.id})


def _waiting(today: Today, one: Status, need: Need) -> Todo:
    icon, title, verb = WAITING[need]
    mail = today.mails.get(one.id)
    at = one.cooling_until if need == "cooling" else None
    return _of(
        one,
        icon,
        _(title).format(name=one.name),
        _why(one, mail, need),
        _(verb),
        clock_time(at) if at else "",
    )


def _why(one: Status, mail: MailSums | None, need: Need) -> str:
    """What is so, in one sentence."""
    if need.startswith("mail_") and mail is not None:
        return _why_mail(mail, need)
    if need == "cooling":
        return _("It goes to {people} in a moment. Until then it can be stopped.").format(people=people(one.planned))
    if need == "unknown":
        said = _n(
            "For {n} person it is unclear whether LINE took it. You decide.",
            "For {n} people it is unclear whether LINE took it. You decide.",
            one.unknown,
        )
        return said.format(n=f"{one.unknown:,}")
    waits = _n("{n} person still waits.", "{n} people still wait.", one.remaining)
    return one.sentence or waits.format(n=f"{one.remaining:,}")


def _why_mail(mail: MailSums, need: Need) -> str:
    if need == "mail_unsent":
        return _("The messages on LINE are out, the mails are not.")
    if need == "mail_unknown":
        said = _n(
            "For {n} mail it is unclear whether it went out. You decide.",
            "For {n} mails it is unclear whether they went out. You decide.",
            mail.unknown,
        )
        return said.format(n=f"{mail.unknown:,}")
    return mail.sentence


def _imports(today: Today) -> Iterator[Todo]:
    last = today.last_import
    if not today.customers and last is None:
        yield Todo(
            "file-up",
            _("Bring in your first orders"),
            _("One order file from your cart makes the list of customers."),
            verb=_("Import"),
            page="imports",
        )
        return
    problems = int(last.counts.get("problems", 0)) if last else 0
    if last and problems:
        title = _("Finish the import")
        detail = _n("{n} row has something to check.", "{n} rows have something to check.", problems)
        yield Todo(
            "file-up",
            title,
            detail.format(n=f"{problems:,}"),
            when(last.at, today.now),
            _("Look"),
            "imports",
            {"past": True},
        )


def _regular(today: Today) -> Iterator[Todo]:
    """What happened by itself and needs a person: files that wait, exports and folders that failed."""
    here = {"regular": True}
    for one in today.exports:
        if one.last is not None and one.last.message:
            title = _("“{name}” was not written").format(name=one.name)
            yield Todo(
                "triangle-alert", title, one.last.message, when(one.last.at, today.now), _("Look"), "imports", here
            )
    for folder in today.folders:
        if folder.message:
            title = _("“{folder}” cannot be watched").format(folder=folder.path.name)
            yield Todo("triangle-alert", title, folder.message, verb=_("Look"), page="imports", what=here)
    if today.waiting:
        first, count = today.waiting[0], len(today.waiting)
        unsure = next((one for one in today.waiting if one.state == "unsure"), None)
        title = _n("A file has arrived", "{n} files have arrived", count).format(n=count)
        detail = unsure.message if unsure else first.path.name
        yield Todo("file-up", title, detail, when(first.seen_at, today.now), _("Look"), "imports", here)


def _line(today: Today) -> Iterator[Todo]:
    if not today.has_keys:
        yield Todo(
            "message-circle",
            _("Connect LINE"),
            _("About five minutes. Then friends and messages left show here."),
            verb=_("Connect"),
            page="settings",
            what={"section": "line"},
        )
    elif not (today.friends.friends or today.friends.blocked):
        yield Todo(
            "user-plus",
            _("Fetch your friends from LINE"),
            _("Then ShopDesk knows whom a message reaches."),
            verb=_("Fetch"),
            page="settings",
            what={"section": "line"},
        )


def _drafts(today: Today) -> Iterator[Todo]:
    """What somebody has begun to write; what has a time goes by itself, and of what goes by mail alone nothing is to write."""
    drafts = [
        one for one in today.broadcasts if one.state == "draft" and not one.scheduled_at and not _mail_begun(today, one)
    ]
    for one in drafts[:DRAFTS]:
        title = _("Go on with “{name}”").format(name=one.name)
        yield _of(one, "pencil", title, _("A draft. Nothing is sent yet."), _("Go on"), when(one.created_at, today.now))


def _mail_begun(today: Today, one: Status) -> bool:
    mail = today.mails.get(one.id)
    return mail is not None and mail.state != "draft"


def _backup(today: Today) -> Iterator[Todo]:
    if not today.customers:
        return
    at = today.backup
    if at is None or today.needs_backup:
        detail = _("The last one is from {day}.").format(day=when(at, today.now)) if at else _("There is none yet.")
        yield Todo(
            "download", _("Make a backup"), detail, verb=_("Back up"), page="settings", what={"section": "backup"}
        )
    elif today.now - at < BACKUP_FRESH:
        detail = _("Finished {when}").format(when=when(at, today.now))
        yield Todo("circle-check", _("Backup"), detail, clock_time(at), done=True)


def _of(one: Status, icon: str, title: str, detail: str, verb: str, at: str = "") -> Todo:
    return Todo(icon, title, detail, at, verb, "broadcasts", {"broadcast": one.id})
