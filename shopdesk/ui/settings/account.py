"""The shop's account at LINE, at the right of the steps: who it is, its friends, its plan and this month's messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk import reach
from shopdesk.errors import ShopDeskError
from shopdesk.friends import Gauge
from shopdesk.i18n import _
from shopdesk.secrets import LINE_ACCESS_TOKEN, LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.ui.settings.shop import plan_name
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    RIGHT,
    Avatar,
    Bar,
    Button,
    Card,
    Dot,
    Prose,
    Share,
    elided,
    fact,
    hbox,
    holder,
    label,
    line,
    vbox,
)

if TYPE_CHECKING:
    from shopdesk.friends import Counts
    from shopdesk.line import Bot, Quota
    from shopdesk.secrets import Place
    from shopdesk.shop import Shop
    from shopdesk.supervisor import Seen


@dataclass(frozen=True)
class Account:
    """How the shop stands with LINE. `wrong` says why there is no bot although there are keys; `place` where these are; `reach`
    how LINE reaches the shop, '' for not at all, and `unreached` what is wrong with that; `gauge` how many of LINE's friends are known.
    """

    place: Place
    can_keep: bool
    channel: str
    bot: Bot | None
    quota: Quota | None
    friends: Counts
    plan: str
    wrong: str
    reach: str
    unreached: str
    gauge: Gauge


def look(shop: Shop, seen: Seen) -> Account:
    """Ask LINE and our own data how the shop stands; blocks, and raises only what has nothing to do with LINE.

    `seen` is how the gateway does.
    """
    bot, quota, wrong, place = None, None, "", "nowhere"
    channel = ""
    try:
        places = [shop.secrets.place(name) for name in (LINE_ACCESS_TOKEN, LINE_CHANNEL_SECRET)]
        place = next((one for one in places if one != "nowhere"), "nowhere")
        channel = shop.secrets.get(LINE_CHANNEL_ID) or ""
        if place != "nowhere":
            bot = shop.line.bot()
            quota = shop.line.quota()
    except ShopDeskError as error:
        wrong = error.message
    return Account(
        place,  # type: ignore[arg-type]
        shop.secrets.can_keep,
        channel,
        bot,
        quota,
        shop.friends.counts(),
        str(shop.settings.get("plan")),
        wrong,
        str(shop.settings.get("reach")),
        next((one.message for one in reach.troubles(shop, seen)), "") if bot is not None else "",
        shop.friends.gauge() if bot is not None else Gauge(0, None),
    )


class AccountCard(Card):
    """What LINE says about the account. `cut` when the connection is to be ended."""

    cut = Signal()

    def __init__(self) -> None:
        self._avatar, self._name = Avatar(""), elided("", bold=True)
        self._id = elided("", "small", "text_2")
        self._friends, self._plan = label("", align=RIGHT), label("", align=RIGHT)
        self._limit, self._used = label("", align=RIGHT), label("", align=RIGHT)
        self._bar = Bar()
        self._hint = Prose(role="small", tone="text_2")
        self.end = Button(_("End the connection"), "danger", size="control_small", does=self._end)
        who = vbox(hbox(Dot("line_green"), (self._name, 1), gap="label_gap"), self._id)
        self._known = holder(
            vbox(
                hbox(self._avatar, (who, 1), gap="mid"),
                "s3",
                line(),
                "s3",
                vbox(
                    fact(_("Friends"), self._friends),
                    fact(_("Plan"), self._plan),
                    fact(_("Monthly limit"), self._limit),
                    fact(_("Used"), self._used),
                    gap="s2",
                ),
                "s2",
                self._bar,
                "s3",
                line(),
                "s3",
            )
        )
        super().__init__(self._known, self._hint, "s4", self.end)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("bubble") + theme().px("s10"))

    def _end(self) -> None:
        self.cut.emit()

    def show_account(self, found: Account) -> None:
        """Show how it stands."""
        self._known.setVisible(found.bot is not None)
        self.end.setVisible(found.place in {"key_ring", "given"})
        if found.bot is None:
            self._hint.set_runs(_("As soon as the keys are here, the account and its numbers stand here."))
            return
        self._avatar.show_name(found.bot.name)
        self._name.setText(found.bot.name)
        self._id.setText(found.bot.basic_id)
        self._friends.setText(_("{n} people").format(n=f"{found.friends.friends:,}"))
        self._plan.setText(plan_name(found.plan))
        quota = found.quota
        limit = quota.limit if quota else None
        none = _("without limit") if quota else "–"
        self._limit.setText(none if limit is None else _("{n} messages").format(n=f"{limit:,}"))
        self._used.setText(_("{n} messages").format(n=f"{quota.used:,}") if quota else "–")
        self._bar.set_shares(Share(quota.used / limit if quota and limit else 0.0, "accent"))
        self._hint.set_runs(_("Limit and use are LINE's own figures; LINE gives the use approximately."))
