"""The phone of the preview: messages in LINE's own form, drawn as LINE draws them, light and dark."""

from shopdesk.ui.phone.blocks import Block, Look, Pictures
from shopdesk.ui.phone.messages import block_of, icon_card
from shopdesk.ui.phone.widget import BubbleView, Phone

__all__ = ["Block", "BubbleView", "Look", "Phone", "Pictures", "block_of", "icon_card"]
