"""What is said: messages in LINE's own form, their placeholders and limits."""

from shopdesk.messages import actions, addresses
from shopdesk.messages.catalogue import EmojiSet, StickerSet, emoji_sets, ready, stickers
from shopdesk.messages.checking import look
from shopdesk.messages.designs import DESIGNS, Card, Design, Slot, bubble, cards, design_of, read_card, read_cards
from shopdesk.messages.imagemaps import LAYOUTS, Area, RichVideo, areas, rich, tap_copy, tap_link, tap_say
from shopdesk.messages.kept_pictures import Pictures
from shopdesk.messages.kept_templates import Templates
from shopdesk.messages.kinds import (
    EMOJI_SIGN,
    Emoji,
    audio,
    flex,
    image,
    line_coupon,
    location,
    sent_as,
    sticker,
    text,
    video,
    with_quick_replies,
    written,
)
from shopdesk.messages.lengths import graphemes, units
from shopdesk.messages.line_templates import Column, buttons, carousel, confirm, image_carousel
from shopdesk.messages.records import (
    Draft,
    Length,
    MessageError,
    MessageTemplate,
    Picture,
    Problem,
    ReadyMessages,
    Report,
)
from shopdesk.messages.service import Messages
from shopdesk.messages.writing import check_lengths, draft, for_person, parse, readable, restored, stored

__all__ = [
    "DESIGNS",
    "EMOJI_SIGN",
    "LAYOUTS",
    "Area",
    "Card",
    "Column",
    "Design",
    "Draft",
    "Emoji",
    "EmojiSet",
    "Length",
    "MessageError",
    "MessageTemplate",
    "Messages",
    "Picture",
    "Pictures",
    "Problem",
    "ReadyMessages",
    "Report",
    "RichVideo",
    "Slot",
    "StickerSet",
    "Templates",
    "actions",
    "addresses",
    "areas",
    "audio",
    "bubble",
    "buttons",
    "cards",
    "carousel",
    "check_lengths",
    "confirm",
    "design_of",
    "draft",
    "emoji_sets",
    "flex",
    "for_person",
    "graphemes",
    "image",
    "image_carousel",
    "line_coupon",
    "location",
    "look",
    "parse",
    "read_card",
    "read_cards",
    "readable",
    "ready",
    "restored",
    "rich",
    "sent_as",
    "sticker",
    "stickers",
    "stored",
    "tap_copy",
    "tap_link",
    "tap_say",
    "text",
    "units",
    "video",
    "with_quick_replies",
    "written",
]
