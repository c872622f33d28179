"""What ships with ShopDesk for writing messages: LINE's stickers and emoji by number, and ready templates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import language
from shopdesk.messages.actions import say
from shopdesk.messages.designs import Card, cards
from shopdesk.messages.kinds import Emoji, text, with_quick_replies
from shopdesk.messages.records import ReadyMessages
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shopdesk.line import Message


@dataclass(frozen=True, slots=True)
class StickerSet:
    """A set of stickers that can be sent."""

    package: str
    numbers: range
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        return self.titles[language()]


@dataclass(frozen=True, slots=True)
class EmojiSet:
    """A set of LINE's own emoji."""

    product: str
    count: int
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        return self.titles[language()]

    @property
    def emoji(self) -> tuple[Emoji, ...]:
        """Every emoji of the set, in order."""
        return tuple(Emoji(self.product, f"{number:03}") for number in range(1, self.count + 1))


@lru_cache(maxsize=1)
def stickers() -> tuple[StickerSet, ...]:
    """Return the sets of stickers that the Messaging API sends."""
    return tuple(
        StickerSet(one["package"], range(one["first"], one["last"] + 1), {"ja": one["ja"], "en": one["en"]})
        for one in _read(resources() / "messages" / "stickers.toml")["sets"]
    )


@lru_cache(maxsize=1)
def emoji_sets() -> tuple[EmojiSet, ...]:
    """Return the sets of LINE's own emoji that the Messaging API sends, the most used first."""
    return tuple(
        EmojiSet(one["product"], one["count"], {"ja": one["ja"], "en": one["en"]})
        for one in _read(resources() / "messages" / "emoji.toml")["sets"]
    )


def ready() -> tuple[ReadyMessages, ...]:
    """Return the templates that ship with ShopDesk; titles are in the reader's language, the messages Japanese."""
    made = []
    for file in sorted((resources() / "messages" / "ready").glob("*.toml")):
        said = _read(file)
        messages = tuple(_message(one) for one in said["messages"])
        made.append(ReadyMessages(file.stem.partition("-")[2], said["title"][language()], messages))
    return tuple(made)


def _message(said: Mapping[str, Any]) -> Message:
    made = text(said["text"]) if "text" in said else cards(said["alt"], [Card(**one) for one in said["cards"]])
    return with_quick_replies(made, [say(label, answer) for label, answer in said.get("quick_replies", {}).items()])


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
