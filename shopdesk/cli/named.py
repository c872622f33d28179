"""What kinds and states are called in the tables for people, as the window calls them; `--json` keeps their codes."""

from __future__ import annotations

from shopdesk.i18n import N_, _

PAGE_KINDS = {
    "shop": N_("Shop page"),
    "news": N_("News"),
    "announcement": N_("Announcement page"),
    "privacy": N_("Privacy page"),
}
PAGE_STATES = {
    "draft": N_("Draft"),
    "published": N_("Public"),
    "hidden": N_("Hidden"),
    "follows": N_("With the broadcast"),
}
COMMENTS = {
    "waiting": N_("Needs you"),
    "shown": N_("Shown"),
    "hidden": N_("Hidden"),
}
RESERVATIONS = {
    "open": N_("Waits for an answer"),
    "offered": N_("Another time offered"),
    "accepted": N_("Reserved"),
    "declined": N_("Declined"),
    "called_off": N_("Called off"),
}
COUPONS = {
    "draft": N_("Draft"),
    "published": N_("Published"),
    "closed": N_("Ended"),
}
SURVEYS = {
    "draft": N_("Draft"),
    "published": N_("Taking answers"),
    "closed": N_("Ended"),
}
MENUS = {
    "draft": N_("Draft"),
    "waiting": N_("Waits for its day"),
    "working": N_("Not on LINE yet"),
    "shown": N_("Shown on LINE"),
    "covered": N_("Behind another one"),
    "ended": N_("Is over"),
}
BROADCASTS = {
    "draft": N_("Draft"),
    "waiting": N_("Starting"),
    "sending": N_("Sending"),
    "paused": N_("Paused"),
    "finished": N_("Sent"),
    "cancelled": N_("Stopped"),
}
BECAME = {
    "failed": N_("Not sent"),
    "unknown": N_("Unclear"),
    "cancelled": N_("Stopped"),
    "excluded": N_("Left out"),
}
AUTOMATIONS = {
    "draft": N_("Draft"),
    "running": N_("Running"),
    "paused": N_("Paused"),
    "ended": N_("Ended"),
}
DONE = {
    **BROADCASTS,
    "entered": N_("Came in"),
    "written": N_("Written"),
    "imported": N_("Imported"),
    "offered": N_("New"),
    "unsure": N_("Needs you"),
    "failed": N_("Did not work"),
    "written off": N_("Written off"),
    "deleted": N_("Deleted"),
    "counted": N_("Counted"),
    "settled": N_("Brought to LINE"),
}
POINTS = {
    "earn": N_("Earned"),
    "welcome": N_("Welcome"),
    "use": N_("Used stamps"),
    "expire": N_("Expired"),
    "reverse": N_("Taken back"),
    "adjust": N_("By hand"),
    "merge": N_("From a merged card"),
}
ROLES = {
    "owner": N_("Owner"),
    "manager": N_("Manager"),
    "counter": N_("Counter staff"),
}
FOLDERS = {
    "offer": N_("Offer it to me"),
    "import": N_("Import it by itself"),
}
FILES = {
    "offered": N_("New"),
    "imported": N_("Imported"),
    "unsure": N_("Needs you"),
    "left": N_("Left as it is"),
}
MEETS = {
    "exact": N_("Exactly {words}"),
    "contains": N_("With all of {words}"),
    "any": N_("With any of {words}"),
    "alike": N_("Asked like {words}"),
}
HOLDS = {"always": N_("Always"), "open": N_("While open"), "closed": N_("While closed")}
SAID = {
    "received": "",
    "unsent": N_("taken back by the friend"),
    "sending": N_("sending …"),
    "accepted": N_("sent"),
    "refused": N_("not sent"),
    "unknown": N_("unclear whether sent"),
}
WORDLESS = {
    "image": N_("Sent a picture"),
    "video": N_("Sent a video"),
    "audio": N_("Sent a voice message"),
    "file": N_("Sent a file"),
    "sticker": N_("Sent a sticker"),
    "location": N_("Sent a place"),
    "postback": N_("Pressed a button"),
}


def named(words: dict[str, str], code: str) -> str:
    """Return what a code is called; '' for one that needs no word."""
    found = words.get(code, "")
    return _(found) if found else ""
