"""Messages with buttons: LINE's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages.checking import tapping
from shopdesk.messages.checking.shapes import by_type, listed, media, one_of, record, some, text

if TYPE_CHECKING:
    from shopdesk.line.limits import Room
    from shopdesk.messages.checking.notes import Place
    from shopdesk.messages.checking.shapes import Fields, Rule


def _said(room: Room) -> Rule:
    """Return the rule for the text of a card, which is shorter beside a title or a picture."""
    alone, beside = text(room), text(limits.SHORT_TEXT)

    def rule(card: dict[str, Any], at: Place) -> None:
        crowded = card.get("title") or card.get("thumbnailImageUrl")
        (beside if crowded else alone)(card.get("text") or "", at.inside("text"))

    return rule


def _alike(template: dict[str, Any], at: Place) -> None:
    """LINE: all cards of one carousel have as many buttons, all or none a title, all or none a picture."""
    columns = [one for one in listed(template, "columns") if isinstance(one, dict)]
    cuts = {
        (len(listed(one, "actions")), bool(one.get("title")), bool(one.get("thumbnailImageUrl"))) for one in columns
    }
    if len(cuts) > 1:
        at.inside("columns").wrong(
            "unlike", _("All cards need the same number of buttons, and all or none a title and a picture.")
        )


_LOOK: Fields = {"imageAspectRatio": one_of("rectangle", "square"), "imageSize": one_of("cover", "contain")}
_CARD: Fields = {"title": text(limits.TITLE), "thumbnailImageUrl": media, "defaultAction": tapping.whole_card}


def _buttons(most: int, least: int = 1) -> Rule:
    return some(tapping.button, least, most)


_column = record({"actions": _buttons(limits.COLUMN_BUTTONS)}, _CARD, _said(limits.COLUMN_TEXT))
_pictured = record({"imageUrl": media, "action": tapping.picture})

template = by_type(
    {
        "buttons": record({"actions": _buttons(limits.BUTTONS)}, {**_CARD, **_LOOK}, _said(limits.BUTTONS_TEXT)),
        "confirm": record(
            {
                "text": text(limits.CONFIRM_TEXT),
                "actions": _buttons(limits.CONFIRM_BUTTONS, limits.CONFIRM_BUTTONS),
            }
        ),
        "carousel": record({"columns": some(_column, 1, limits.COLUMNS)}, _LOOK, _alike),
        "image_carousel": record({"columns": some(_pictured, 1, limits.COLUMNS)}),
    }
)
