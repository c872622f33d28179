"""The forms of bubbles: one for each kind of message."""

from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.kinds import KINDS, Kind, editor_for, title_of
from shopdesk.ui.studio import Studio

__all__ = ["KINDS", "Editor", "Kind", "Message", "Studio", "editor_for", "title_of"]
