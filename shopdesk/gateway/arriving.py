"""When the gateway has come up: who we are, and where LINE is to deliver."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shopdesk.line import LineError, set_webhook

if TYPE_CHECKING:
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)


def arrive(shop: Shop, address: str, *, tell: bool = True) -> bool:
    """Learn the account's user id and tell LINE the address; say whether that was done.

    Nothing is learned or told where the keys are another account's than before: its friends are none of this shop's.

    Args:
        shop: Whose.
        address: The public address without a path; where it is '', the one of the settings, and LINE keeps what it has
            where there is none either.
        tell: Whether LINE is told here; a tunnel does it itself.
    """
    try:
        bot = shop.line.bot()
        if shop.settings.get("line_bot") not in {"", bot.user_id}:
            logger.error("these keys belong to another account than before")
            return False
        shop.learn_account(bot)
        public = address or str(shop.settings.get("public_url"))
        if public and tell:
            set_webhook(shop.line, f"{public.rstrip('/')}/webhook")
    except LineError as wrong:
        logger.warning("LINE was not told the address: %s", wrong.code)
        return False
    return True
