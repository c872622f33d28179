"""あいさつメッセージ: what new friends are told, and those who come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.occasion import OccasionCard
from shopdesk.ui.answers.tab import Tab

if TYPE_CHECKING:
    from shopdesk.talks import Occasion
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.shop_page import Desk


class GreetingsTab(Tab):
    """Two occasions."""

    def __init__(self, desk: Desk, studio: Studio) -> None:
        super().__init__(desk)
        self.cards: dict[Occasion, OccasionCard] = {
            "greeting": OccasionCard(
                _("To new friends"),
                _("At once when somebody adds the shop, free of charge."),
                _("Nothing is said to new friends yet."),
                studio,
            ),
            "greeting_again": OccasionCard(
                _("To friends who come back"),
                _("When somebody who had blocked the shop adds it again."),
                _("They are greeted like new friends."),
                studio,
            ),
        }
        for occasion, card in self.cards.items():
            card.write.connect(lambda occasion=occasion: self.write.emit(occasion))
            card.silence.connect(lambda occasion=occasion: self.silence(occasion))
        self.setLayout(w.vbox(*self.cards.values(), ..., gap="card_gap"))

    def show_state(self, state: State) -> None:
        for occasion, card in self.cards.items():
            card.show_kept(state.occasions[occasion])
