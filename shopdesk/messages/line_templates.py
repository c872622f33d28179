"""Messages with buttons (LINE's templates): buttons, yes or no, and rows of cards of one cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.line import Message
    from shopdesk.messages.actions import Action

Ratio = Literal["rectangle", "square"]


@dataclass(frozen=True, slots=True)
class Column:
    """One card of a carousel.

    All cards of one carousel have as many buttons, and all or none a title, all or none a picture.
    """

    text: str
    actions: tuple[Action, ...]
    title: str = ""
    picture: str = ""
    whole: Action | None = None


def buttons(
    alt_text: str,
    said: str,
    actions: Sequence[Action],
    *,
    title: str = "",
    picture: str = "",
    ratio: Ratio = "rectangle",
    whole: Action | None = None,
) -> Message:
    """Send a text with one to four buttons.

    Args:
        alt_text: What notifications show, up to 1,500 units.
        said: 160 characters; 60 beside a title or a picture.
        actions: The buttons.
        title: Up to 40 characters.
        picture: Its address; JPEG or PNG up to 1024 wide.
        ratio: The picture's frame: 1.51 to 1, or square.
        whole: What a tap anywhere else on it does.
    """
    made = _card(Column(said, tuple(actions), title, picture, whole))
    return _template(alt_text, {"type": "buttons", **made} | ({"imageAspectRatio": ratio} if picture else {}))


def confirm(alt_text: str, said: str, yes: Action, no: Action) -> Message:
    """Ask a question of up to 240 characters with two answers."""
    return _template(alt_text, {"type": "confirm", "text": said, "actions": [yes, no]})


def carousel(alt_text: str, columns: Sequence[Column], ratio: Ratio = "rectangle") -> Message:
    """Send up to ten cards of one cut beside each other, each with one to three buttons."""
    made = {"type": "carousel", "columns": [_card(one) for one in columns]}
    pictured = any(one.picture for one in columns)
    return _template(alt_text, made | ({"imageAspectRatio": ratio} if pictured else {}))


def image_carousel(alt_text: str, pictures: Sequence[tuple[str, Action]]) -> Message:
    """Send up to ten square pictures, each with what a tap does; the label on it has up to 12 characters."""
    columns = [{"imageUrl": address, "action": action} for address, action in pictures]
    return _template(alt_text, {"type": "image_carousel", "columns": columns})


def _card(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"text": column.text, "actions": list(column.actions)}
    more = (("title", column.title), ("thumbnailImageUrl", column.picture), ("defaultAction", column.whole))
    return made | {key: value for key, value in more if value}


def _template(alt_text: str, template: dict[str, Any]) -> Message:
    return {"type": "template", "altText": alt_text, "template": template}
