"""The files and the texts of the page at `/`."""

from __future__ import annotations

from shopdesk import i18n
from shopdesk.i18n import N_
from shopdesk.paths import resources

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
FILES = (
    "index.html",
    "page.css",
    "messages.css",
    "page.js",
    "phone.js",
    "messages.js",
    "templates.js",
    "flex.js",
    "taps.js",
    "draw.js",
)
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' https: data:; media-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_WORDS = {
    "title": N_("LINE rehearsal"),
    "about": N_("What your friends would see on their phones. Nothing here reaches the real LINE."),
    "shopName": N_("Rehearsal shop"),
    "dark": N_("Dark"),
    "light": N_("Light"),
    "ended": N_("The rehearsal has ended. Start it again, and this page goes on by itself."),
    "friends": N_("Friends"),
    "search": N_("Search by name"),
    "nobody": N_("Nobody here has this name."),
    "nothingYet": N_("Nothing has come yet"),
    "hasBlocked": N_("Has blocked the shop"),
    "chooseFriend": N_("Choose a friend on the left to take their phone in your hand."),
    "empty": N_("Nothing has come yet. What the shop sends appears here at once."),
    "type": N_("Write as this friend"),
    "send": N_("Send"),
    "sendPicture": N_("Send a picture"),
    "sendPlace": N_("Send a place"),
    "sendSticker": N_("Send a sticker"),
    "followShop": N_("Follow the shop"),
    "follow": N_("Followed the shop"),
    "block": N_("Block the shop"),
    "blocked": N_("{name} has blocked the shop. Nothing arrives until they follow it again."),
    "read": N_("Read"),
    "takeBack": N_("Take back"),
    "unsend": N_("Took a message back"),
    "tookBack": N_("{name} took a message back"),
    "heard": N_("What the shop hears"),
    "heardNothing": N_("Write, tap, follow or block: what LINE tells the shop of it appears here."),
    "nobodyListens": N_("No address is set, so the shop did not hear it."),
    "taken": N_("The shop's server took it ({status})."),
    "notTaken": N_("The shop's server did not take it ({reason})."),
    "message": N_("Message"),
    "postback": N_("Tapped a button"),
    "unfollow": N_("Blocked the shop"),
    "refused": N_("This cannot be done"),
    "opens": N_("Opens {address}"),
    "copied": N_("Copied: {text}"),
    "pick": N_("Date and time"),
    "choose": N_("Choose"),
    "cancel": N_("Cancel"),
    "here": N_("Where I am"),
    "missing": N_("The picture cannot be loaded"),
    "sticker": N_("Sticker"),
    "image": N_("Picture"),
    "video": N_("Video"),
    "audio": N_("Voice message"),
    "file": N_("File"),
    "location": N_("Place"),
    "coupon": N_("Coupon"),
    "takeCoupon": N_("Get the coupon"),
    "until": N_("Until {day}"),
}


def file_of(name: str) -> tuple[bytes, str]:
    """Return one of `FILES` and its media type."""
    file = resources() / "rehearsal" / name
    return file.read_bytes(), _TYPES[file.suffix]


def words(language: str) -> dict[str, str]:
    """Return the page's texts by their keys, in a language or in the program's own where that is not spoken."""
    spoken = language if language in i18n.LANGUAGES else i18n.language()
    translate = i18n.translations(spoken).gettext
    return {"language": spoken, **{key: translate(text) for key, text in _WORDS.items()}}
