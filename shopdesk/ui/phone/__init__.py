"""The phone of the preview: messages in LINE's own form, drawn as LINE draws them, light and dark."""

from shopdesk.ui.phone.blocks import Pictures
from shopdesk.ui.phone.widget import BubbleView, Phone

__all__ = ["BubbleView", "Phone", "Pictures"]
