"""How LINE reaches the shop, looked at point by point: each is well, waits for the one before, or says in a sentence what to do.

The first five hang on each other; the others are watched for as long as the shop lives. What LINE tells no program stands open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from shopdesk import web
from shopdesk.clock import in_japan
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, _n
from shopdesk.line import set_webhook, try_webhook, webhook_setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.line import WebhookTest
    from shopdesk.shop import Shop
    from shopdesk.supervisor import Seen

Key = Literal["keys", "gateway", "address", "told", "tried", "heard", "again", "chat", "quota"]
WATCHED: tuple[Key, ...] = ("heard", "again", "chat", "quota")
"""Those that do not hang on each other, but all on the keys."""
_PASSING = frozenset({"line_unreachable", "starting"})
"""What goes by itself needs nobody."""
_WELL = 200
_UNSIGNED = 401
_TRIED = {
    "COULD_NOT_CONNECT": N_("LINE cannot connect to the address. Look whether the proxy or tunnel leads to this port."),
    "REQUEST_TIMEOUT": N_(
        "The address did not answer LINE within two seconds. Look at the connection of this computer."
    ),
    "ERROR_STATUS_CODE": N_("Something else than ShopDesk answers at this address. Look where the proxy leads to."),
}


class Point(NamedTuple):
    """One point: whether it is well, None while it waits for the one before or nobody knows; and what to say of it.

    `code` is that of the error where it is not well.
    """

    key: Key
    ok: bool | None
    message: str
    code: str = ""

    @property
    def passes(self) -> bool:
        """Whether it is not well, and will be without anybody doing anything."""
        return self.code in _PASSING


class _WrongError(ShopDeskError):
    """A point that is not well."""

    code = "reach"


class _StartingError(ShopDeskError):
    """A point that will be well in a moment."""

    code = "starting"


class NotKnownError(ShopDeskError):
    """Nobody knows of a point whether it is well: LINE does not tell, or nothing has happened yet."""

    code = "not_known"


def look(shop: Shop, seen: Seen, *, try_it: bool) -> list[Point]:
    """Look at each point: of those that hang on each other, what follows one that is not well waits for it.

    Args:
        shop: Whose.
        seen: How the gateway beside the window does.
        try_it: Whether LINE is to send something: it does so 60 times an hour at most.
    """
    found = _chain(shop, seen, try_it=try_it)
    if found[0].ok:
        after: dict[Key, Callable[[], str]] = {
            "heard": lambda: heard(shop),
            "again": lambda: _again(shop),
            "chat": lambda: _chat(shop),
            "quota": lambda: quota(shop),
        }
        told = next(one.ok for one in found if one.key == "told")
        return [*found, *(_point(key, check) for key, check in after.items() if told or key != "heard")]
    return found


def troubles(shop: Shop, seen: Seen) -> tuple[Point, ...]:
    """Return what keeps friends' messages from arriving, also what passes; of what hangs together the first.

    A shop that wants none is only told when LINE does not take its keys.
    """
    wanted = bool(shop.settings.get("reach"))
    found = _chain(shop, seen, try_it=False) if wanted else [_point("keys", lambda: _keys(shop))]
    if found[-1].ok is None and all(one.ok for one in found[:-1]) and wanted:
        found.append(_point("heard", lambda: heard(shop)))
    return tuple(one for one in found if one.ok is False)


def _chain(shop: Shop, seen: Seen, *, try_it: bool) -> list[Point]:
    checks: dict[Key, Callable[[], str]] = {
        "keys": lambda: _keys(shop),
        "gateway": lambda: gateway(shop, seen),
        "address": lambda: _address(shop, seen),
        "told": lambda: _told(shop, seen),
        "tried": lambda: _tried(shop) if try_it else "",
    }
    points: list[Point] = []
    for key, check in checks.items():
        waits = bool(points) and points[-1].ok is not True
        points.append(Point(key, None, "") if waits else _point(key, check))
    return points


def _point(key: Key, check: Callable[[], str]) -> Point:
    try:
        said = check()
    except NotKnownError as unknown:
        return Point(key, None, unknown.message)
    except ShopDeskError as wrong:
        return Point(key, False, wrong.message, wrong.code)
    return Point(key, True if said else None, said)


def tell_line(shop: Shop, seen: Seen) -> None:
    """Tell LINE to deliver here. Raises LineError."""
    set_webhook(shop.line, _webhook(shop, seen))


def public(shop: Shop, seen: Seen) -> str:
    """Return the public address in use, fixed or temporary, '' for none."""
    if shop.settings.get("reach") == "tunnel":
        return seen.standing.temporary if seen.standing else ""
    return str(shop.settings.get("public_url"))


def _webhook(shop: Shop, seen: Seen) -> str:
    return f"{public(shop, seen)}/webhook"


def _keys(shop: Shop) -> str:
    bot = shop.line.bot()
    shop.require_own_account(bot)
    return f"{bot.name} ({bot.basic_id})"


def gateway(shop: Shop, seen: Seen) -> str:
    """Say where the gateway runs. Raises ShopDeskError: it does not, or does not yet."""
    if shop.settings.get("reach") == "host":
        if shop.database.on_sqlite:
            raise _WrongError(
                _(
                    "A gateway on a host needs PostgreSQL, so that both see the same data. This shop has it all on this PC."
                )
            )
        return _("It runs on your host, over the same PostgreSQL.")
    if seen.state == "running":
        return _("It runs on this computer.")
    if seen.why:
        raise _WrongError(seen.why)
    raise _StartingError(_("It is being started. This takes a few seconds."))


def _address(shop: Shop, seen: Seen) -> str:
    address = public(shop, seen)
    if not address and shop.settings.get("reach") == "tunnel":
        raise _StartingError(_("The tunnel has not given an address yet. This takes some seconds."))
    if not address:
        raise _WrongError(_("Enter the address under which the world reaches the gateway."))
    (looked,) = web.look([f"{address}/healthz"], loopback=shop.line.is_rehearsal)
    if looked.verdict != "answers" or looked.status != _WELL:
        raise _WrongError(_("{address} does not lead to the gateway yet.").format(address=address))
    return address


def _told(shop: Shop, seen: Seen) -> str:
    setting = webhook_setting(shop.line)
    if setting.url != _webhook(shop, seen):
        raise _WrongError(
            _("LINE delivers to {url}. Let it deliver here.").format(url=setting.url)
            if setting.url
            else _("LINE does not know the address yet. Tell it.")
        )
    if not setting.active:
        raise _WrongError(_("“Use webhook” is off. Turn it on in LINE Developers, tab Messaging API."))
    return _("LINE delivers here.")


def _tried(shop: Shop) -> str:
    tried = try_webhook(shop.line)
    if not tried.success:
        raise _WrongError(untried(tried))
    return _("LINE sent something to try, and it arrived.")


def heard(shop: Shop) -> str:
    """Say when something came from LINE the last time.

    Raises:
        ShopDeskError: it has been silent for longer than this shop is used to.
        NotKnownError: nothing has come yet.
    """
    silent = shop.events.silent_days()
    if silent:
        said = _n(
            "Nothing has come for {n} day, which is unusual here. Write to the account from your own phone: if it does not "
            "arrive, let LINE try.",
            "Nothing has come for {n} days, which is unusual here. Write to the account from your own phone: if it does not "
            "arrive, let LINE try.",
            silent,
        )
        raise _WrongError(said.format(n=silent))
    last = shop.events.last_at()
    if last is None:
        raise NotKnownError(_("Nothing has come yet. Write something to the account from your own phone."))
    return _("It arrives; last at {when}.").format(when=f"{in_japan(last):%Y/%m/%d %H:%M}")


def _again(shop: Shop) -> str:
    if shop.settings.get("line_redelivers"):
        return _("It is on: LINE has delivered something a second time.")
    raise NotKnownError(
        _(
            "LINE does not tell whether it is on. Turn on “Webhook redelivery” in LINE Developers, tab Messaging API: then what "
            "friends write while this gateway is off comes later."
        )
    )


def _chat(shop: Shop) -> str:
    if shop.line.bot().chat:
        return _("Chat is on: friends see that their messages were read.")
    raise NotKnownError(
        _(
            "Chat is off, so friends do not see that their messages were read. Turn it on in LINE Official Account Manager: "
            "Settings, Response settings, Chat."
        )
    )


def quota(shop: Shop) -> str:
    """Say how many messages are left this month. Raises ShopDeskError: few or none, or LINE cannot be asked."""
    found = shop.line.quota()
    if found.left is None:
        return _("The plan has no limit.")
    said = _("{left} of {limit} messages are left this month.")
    said = said.format(left=f"{found.left:,}", limit=f"{found.limit:,}")
    if found.low:
        raise _WrongError(said + " " + _("Free replies go on; for more, take a larger plan or wait for next month."))
    return said


def untried(tried: WebhookTest) -> str:
    """Say why LINE's try did not arrive, and what to do."""
    if tried.status == _UNSIGNED:
        return _("LINE signs with another channel secret than the one kept here. Enter the channel secret again.")
    known = _TRIED.get(tried.reason)
    return _(known) if known else _("LINE says: {reason}. Look at the address.").format(reason=tried.reason)
