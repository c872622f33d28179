"""Every kind of bubble that can be added, and the form each message gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk import messages
from shopdesk.i18n import N_
from shopdesk.messages import Card, actions, cards
from shopdesk.messages.imagemaps import WIDTH
from shopdesk.ui.messages.editors.cards import CardsEditor
from shopdesk.ui.messages.editors.choices import ButtonsEditor, ConfirmEditor
from shopdesk.ui.messages.editors.code import CodeEditor
from shopdesk.ui.messages.editors.coupon import CouponEditor
from shopdesk.ui.messages.editors.media import ImageEditor, VideoEditor
from shopdesk.ui.messages.editors.place import PlaceEditor
from shopdesk.ui.messages.editors.rich import RichEditor
from shopdesk.ui.messages.editors.sticker import StickerEditor
from shopdesk.ui.messages.editors.text import TextEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.messages.editors.editor import Editor, Message
    from shopdesk.ui.studio import Studio


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its words, what it is good for, its icon, and the message it begins with."""

    code: str
    title: str
    purpose: str
    icon: str
    begin: Callable[[], Message]


def _card(design: str) -> Callable[[], Message]:
    return lambda: cards(str(Card.new(design).values.get("label") or ""), [Card.new(design)])


def _flex() -> Message:
    said = {"type": "text", "text": "こんにちは"}
    return messages.flex(
        "お知らせ", {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [said]}}
    )


KINDS = (
    Kind("text", N_("Text"), N_("Words, with names and emoji"), "message-circle", lambda: messages.text("")),
    Kind("image", N_("Picture"), N_("A photo of yours"), "image", lambda: messages.image("", "")),
    Kind(
        "rich",
        N_("Rich message"),
        N_("A large picture to tap"),
        "layout-grid",
        lambda: messages.rich("", "", WIDTH, []),
    ),
    Kind("product", N_("Cards"), N_("Goods beside each other"), "shopping-bag", _card("product")),
    Kind("coupon", N_("Coupon card"), N_("With a code or to show"), "ticket", _card("coupon")),
    Kind("announcement", N_("Announcement card"), N_("Also events, receipts, parcels"), "info", _card("announcement")),
    Kind(
        "buttons",
        N_("Text with buttons"),
        N_("Up to four buttons"),
        "hand",
        lambda: messages.buttons("", "", [actions.open_link("", "")]),
    ),
    Kind(
        "confirm",
        N_("Yes or no"),
        N_("A question, two answers"),
        "circle-question-mark",
        lambda: messages.confirm("", "", actions.say("はい", "はい"), actions.say("いいえ", "いいえ")),
    ),
    Kind("sticker", N_("Sticker"), N_("One of LINE's"), "smile", lambda: messages.sticker("", "")),
    Kind("video", N_("Video"), N_("From your site"), "play", lambda: messages.video("", "")),
    Kind(
        "location", N_("Location"), N_("A map with your shop"), "map-pin", lambda: messages.location("", "", 0.0, 0.0)
    ),
    Kind("line_coupon", N_("LINE coupon"), N_("One that LINE keeps"), "percent", lambda: messages.line_coupon("")),
    Kind("flex", N_("Flex (JSON)"), N_("For the brave"), "workflow", _flex),
)

_FORMS: dict[str, Callable[[Any, Studio], Editor]] = {
    "text": lambda message, _studio: TextEditor(message),
    "sticker": lambda message, _studio: StickerEditor(message),
    "image": ImageEditor,
    "video": VideoEditor,
    "location": lambda message, _studio: PlaceEditor(message),
    "imagemap": RichEditor,
    "flex": CardsEditor,
    "coupon": lambda message, _studio: CouponEditor(message),
    "buttons": ButtonsEditor,
    "confirm": lambda message, _studio: ConfirmEditor(message),
}


def _form_of(message: Message) -> str:
    kind = str(message.get("type"))
    return str((message.get("template") or {}).get("type")) if kind == "template" else kind


def editor_for(message: Message, studio: Studio) -> Editor:
    """Return the form of a message; one that no form could give back unchanged is shown as JSON."""
    make = _FORMS.get(_form_of(message))
    if make is not None:
        made = make(message, studio)
        if made.message() == message:
            return made
        made.deleteLater()
    return CodeEditor(message)


def title_of(message: Message, editor: Editor) -> str:
    """Return what kind of bubble it is, to be translated."""
    if isinstance(editor, CodeEditor):
        return N_("JSON")
    form = _form_of(message)
    return {"imagemap": N_("Rich message"), "flex": N_("Cards"), "coupon": N_("LINE coupon")}.get(
        form, next((one.title for one in KINDS if one.code == form), form)
    )
