"""Cards: a design with its values, as a Flex bubble; several beside each other are a carousel.

Cards are Flex, not LINE's carousel template: there each card needs the same number of buttons and the same use of title and
picture, texts end at 60 characters beside a picture, and ten fit; as Flex every card is its own, and twelve fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shopdesk.messages.designs.ready import DESIGNS, Design, design_of
from shopdesk.messages.designs.styles import ACCENT, Component, Value
from shopdesk.messages.kinds import flex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.line import Message
    from shopdesk.messages.actions import Action

CARD_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the design's code, its values by slot (what is blank is left away), a picture's address and up to three buttons."""

    design: str
    values: Mapping[str, Value] = field(default_factory=dict)
    picture: str = ""
    buttons: tuple[Action, ...] = ()

    @classmethod
    def new(cls, design: str) -> Card:
        """Return a card with what stands in its design first. Raises NotFoundError."""
        return cls(design, {slot.name: slot.first for slot in design_of(design).slots if slot.first != ""})


def bubble(card: Card) -> Component:
    """Draw a card as a Flex bubble. Raises NotFoundError: there is no such design."""
    design = design_of(card.design)
    lines = [slot.style.make(card.values[slot.name]) for slot in design.slots if _written(card.values.get(slot.name))]
    made: Component = {"type": "bubble", "size": "mega"}
    if card.picture and design.ratio:
        made["hero"] = _hero(card.picture, design.ratio)
    if lines:
        made["body"] = {"type": "box", "layout": "vertical", "paddingAll": "xl", "contents": lines}
    if card.buttons:
        made["footer"] = {
            "type": "box",
            "layout": "vertical",
            "spacing": "sm",
            "contents": [_button(action, first=not number) for number, action in enumerate(card.buttons)],
        }
    return made


def cards(alt_text: str, shown: Sequence[Card]) -> Message:
    """Send one card, or up to twelve beside each other; `alt_text` (1,500 units) is what notifications show."""
    drawn = [bubble(card) for card in shown]
    return flex(alt_text, drawn[0] if len(drawn) == 1 else {"type": "carousel", "contents": drawn})


def read_card(drawn: Component) -> Card | None:
    """Return the card a bubble was drawn from, None where it is no card of ours (or was changed by hand)."""
    found = [card for design in DESIGNS if (card := _read_as(design, drawn)) is not None]
    labelled = [one for one in found if one.values.get("label") == design_of(one.design).slot("label").first]
    return next(iter([*labelled, *found]), None)


def read_cards(message: Message) -> tuple[Card, ...] | None:
    """Return the cards a Flex message shows, None where one of them is none of ours."""
    contents: Any = message.get("contents")
    if message.get("type") != "flex" or not isinstance(contents, dict):
        return None
    drawn = contents.get("contents") if contents.get("type") == "carousel" else [contents]
    if not isinstance(drawn, list) or not drawn:
        return None
    found = [read_card(one) for one in drawn if isinstance(one, dict)]
    return tuple(one for one in found if one is not None) if len(found) == len(drawn) and all(found) else None


def _read_as(design: Design, drawn: Component) -> Card | None:
    body, hero, footer = (drawn.get(part) or {} for part in ("body", "hero", "footer"))
    try:
        values = _values(design, body.get("contents", []))
        buttons = tuple(one["action"] for one in footer.get("contents", []))
        card = Card(design.code, values, str(hero.get("url", "")), buttons)
        return card if bubble(card) == drawn else None
    except (KeyError, TypeError, AttributeError):
        return None


def _values(design: Design, lines: Sequence[Component]) -> dict[str, Value]:
    """Each line belongs to the first slot, after the one before, that could have drawn it."""
    values: dict[str, Value] = {}
    slots = iter(design.slots)
    for line in lines:
        for slot in slots:
            value = slot.style.read(line)
            if value is not None:
                values[slot.name] = value
                break
    return values


def _written(value: Value | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != ()


def _hero(address: str, ratio: str) -> Component:
    look = {"size": "full", "aspectRatio": ratio, "aspectMode": "cover"}
    return {"type": "image", "url": address, **look, "animated": False}  # LINE's SDK would add the last


def _button(action: Action, *, first: bool) -> Component:
    made: Component = {"type": "button", "height": "sm", "action": action}
    return made | ({"style": "primary", "color": ACCENT} if first else {"style": "link"})
