"""Ready designs of Flex messages: cards made of plain values, and read back from them."""

from shopdesk.messages.designs.drawing import Card, bubble, cards, read_card, read_cards
from shopdesk.messages.designs.ready import DESIGNS, Design, Slot, design_of

__all__ = ["DESIGNS", "Card", "Design", "Slot", "bubble", "cards", "design_of", "read_card", "read_cards"]
