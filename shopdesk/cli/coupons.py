"""`coupons …`: made, given, taken at a till, put on LINE."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, as_file, day_and_time, pass_face, plain, read_json, yen
from shopdesk.cli.named import COUPONS, named
from shopdesk.cli.pictured import keep_of_coupon
from shopdesk.cli.words import COUNT, NUMBER, Command, Group, option
from shopdesk.coupons import LimitReachedError, as_json, conditions, ends_said, headline, read_offer
from shopdesk.i18n import N_, _, _n
from shopdesk.messages import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopdesk.coupons import Coupon, Offer, Token, Use

_FILE = click.Path(path_type=Path)
_EXAMPLE = """
{"name": "秋の500円引き", "kind": "yen_off", "value": 500, "text": "お誕生月の方へ", "terms": "ほかの割引とは一緒に使えません。",
 "picture": "写真/栗.jpg", "from": "2026-09-01", "until": "2999-11-30", "lasts_days": 30, "weekdays": ["mon", "tue"],
 "hours": ["10:00", "18:30"], "minimum_yen": 3000, "limit_per_person": 1, "limit": 100, "odds": 50, "by_link": false,
 "event": "birthday"}
"""


@click.group(cls=Group, help=N_("Coupons: made, given, used once at a till, put on LINE."))
def coupons() -> None:
    """Hold the commands about coupons."""


@coupons.command(
    "create",
    cls=Command,
    help=N_(
        "Make a coupon from a JSON file with name and kind, and publish it. "
        "A kind is yen_off, percent_off, free_item or gift, an event follow or birthday."
    ),
    example=_EXAMPLE,
)
@click.argument("file", type=_FILE)
@option("--draft", is_flag=True, help=N_("Do not publish it yet."))
@pass_face
def create(face: Face, file: Path, draft: bool) -> None:
    """Make one."""
    service = face.shop.coupons  # first: what is wrong with the file is said in the language of this home
    made = service.create(_offer(face, file))
    _show(face, made if draft else service.publish(made.id))


@coupons.command("change", cls=Command, help=N_("Write a coupon anew; of a published one nothing gets worse."))
@click.argument("coupon")
@click.argument("file", type=_FILE)
@pass_face
def change(face: Face, coupon: str, file: Path) -> None:
    """Change one."""
    service = face.shop.coupons
    changed = service.change(service.find(coupon).id, _offer(face, file))
    if changed.line_differs:
        face.note(
            _(
                "LINE still has it as it was: LINE changes no coupon. `coupons line` closes that one and makes a new one."
            )
        )
    _show(face, changed)


@coupons.command("publish", cls=Command, help=N_("Let a draft be given to people."))
@click.argument("coupon")
@pass_face
def publish(face: Face, coupon: str) -> None:
    """Publish one."""
    service = face.shop.coupons
    _show(face, service.publish(service.find(coupon).id))


@coupons.command("close", cls=Command, help=N_("End a coupon for good, also for people who have it."))
@click.argument("coupon")
@pass_face
def close(face: Face, coupon: str) -> None:
    """End one."""
    service = face.shop.coupons
    closed = service.close(service.find(coupon).id)
    _show(face, service.close_on_line(closed.id) if closed.line_id else closed)


@coupons.command("issue", cls=Command, help=N_("Give a coupon to people; the codes are shown only now."))
@click.argument("coupon")
@option("--segment", help=N_("To everybody of this segment."))
@option("--customer", type=NUMBER, help=N_("To this customer."))
@pass_face
def issue(face: Face, coupon: str, segment: str | None, customer: int | None) -> None:
    """Give it."""
    if (segment is None) == (customer is None):
        raise click.UsageError(_("Say --segment or --customer."))
    shop = face.shop
    found = shop.coupons.find(coupon)
    if segment is None:
        given = shop.coupons.issue(found.id, [customer or 0])
    else:
        people = sorted(shop.segments.members(shop.segments.get(segment).rule))
        given = shop.coupons.issue(found.id, people, "segment")
    if customer is not None and given.left_out:
        raise LimitReachedError(_("This person has had this coupon as often as one person may."))
    if given.left_out:
        left_out = _n("{n} person has had it already.", "{n} people have had it already.", given.left_out)
        face.note(left_out.format(n=f"{given.left_out:,}"))
    _show(face, shop.coupons.get(found.id), given.tokens)


@coupons.command("redeem", cls=Command, help=N_("Use a coupon by its code, once."))
@click.argument("token")
@option("--nonce", default="", help=N_("The number of this request; the same again counts nothing."))
@option("--yen", "sale", type=COUNT, help=N_("What the sale is before the coupon."))
@option("--till", default="", help=N_("The name of the till; the name of this computer by default."))
@pass_face
def redeem(face: Face, token: str, nonce: str, sale: int | None, till: str) -> None:
    """Use one."""
    service = face.shop.coupons
    use = service.redeem(token, till=till or socket.gethostname(), nonce=nonce, sale_yen=sale)
    _show(face, service.get(use.coupon_id), use=use)


@coupons.command("undo", cls=Command, help=N_("Take a use back within ten minutes."))
@click.argument("use", type=NUMBER)
@click.option("--older", is_flag=True, help=N_("Also an older one: for an owner or a manager."))
@option("--reason", required=True, help=N_("Why, in a few words."))
@option("--till", default="", help=N_("The name of the till; the name of this computer by default."))
@pass_face
def undo(face: Face, use: int, older: bool, reason: str, till: str) -> None:
    """Take one back."""
    service = face.shop.coupons
    take_back = service.reverse if older else service.undo
    undone = take_back(use, why=reason, till=till or socket.gethostname())
    _show(face, service.get(undone.coupon_id), use=undone)


@coupons.command(
    "show", cls=Command, help=N_("What a coupon is and what became of it; with --json its file, too, under “offer”.")
)
@click.argument("coupon")
@pass_face
def show(face: Face, coupon: str) -> None:
    """Show one."""
    found = face.shop.coupons.find(coupon)
    _show(face, found, offer=as_json(found.offer))


@coupons.command("list", cls=Command, help=N_("All coupons, the newest first."))
@pass_face
def list_coupons(face: Face) -> None:
    """List them."""
    found = face.shop.coupons.list()
    lines = [*map(_line, found)] or [_("There are no coupons yet. `coupons create` makes one.")]
    face.show({"coupons": [_as_json(face, one) for one in found]}, lines)


@coupons.command(
    "line", cls=Command, help=N_("Make a coupon on LINE, too; one that has changed is closed there and made anew.")
)
@click.argument("coupon")
@option("--close", "ended", is_flag=True, help=N_("Close it on LINE for good; here it stays."))
@pass_face
def line(face: Face, coupon: str, ended: bool) -> None:
    """Put one on LINE, or close it there."""
    service = face.shop.coupons
    before = service.find(coupon)
    after = service.close_on_line(before.id) if ended else service.put_on_line(before.id)
    if not ended and before.line_id and before.line_id != after.line_id:
        closed = _("The one LINE had was closed, also for people who had it; this is a new one. Send it again.")
        left = _(
            "LINE has made a new one. The one before is still open there: ShopDesk closes it as soon as LINE lets it."
        )
        face.note(left if after.line_left else closed)
    _show(face, after)


@coupons.command(
    "message",
    cls=Command,
    help=N_(
        "The card that opens a coupon's page, as “broadcasts draft --message” reads it; whoever opens it may take one."
    ),
)
@click.argument("coupon")
@option("--own", is_flag=True, help=N_("Give each reader their own instead: where it is sent, one is issued to them."))
@pass_face
def message(face: Face, coupon: str, own: bool) -> None:
    """Show its card."""
    service = face.shop.coupons
    found = service.find(coupon)
    opened = addresses.coupon(found.id) if own else service.addresses.of_page(found)
    said = [face.shop.messages.coupon_card(found.offer, opened)]
    face.show({"coupon": found.id, "messages": said}, lambda: [as_file(said)])


def _offer(face: Face, file: Path) -> Offer:
    return keep_of_coupon(face.shop, read_offer(read_json(file)), file)


def _as_json(face: Face, found: Coupon) -> dict[str, Any]:
    report = face.shop.coupons.report(found.id)
    return {
        "coupon": found.id,
        "name": found.offer.name,
        "kind": found.offer.kind,
        "value": found.offer.value,
        "state": found.state,
        "line_coupon": found.line_id or None,
        "page_key": found.page_key,
        **plain(report),
    }


def _show(
    face: Face, found: Coupon, tokens: Iterable[Token] = (), use: Use | None = None, offer: dict[str, Any] | None = None
) -> None:
    given = [*tokens]
    data = {**_as_json(face, found), "tokens": [one.code for one in given]}
    data["given"] = [{"customer": one.customer_id, "token": one.code} for one in given]
    data |= {name: one for name, one in (("use", use), ("offer", offer)) if one is not None}
    face.show(data, lambda: _lines(data, found, given, use))


def _lines(data: dict[str, Any], found: Coupon, given: list[Token], use: Use | None) -> Iterator[str]:
    yield _line(found)
    yield from conditions(found.offer)
    yield from filter(None, (found.offer.text, found.offer.terms))
    yield _("given {issued}, opened {opened}, used {redeemed}, expired {expired}").format(**data)
    if found.offer.odds is not None:
        yield _("lottery with {odds}%: {lost} did not win").format(odds=found.offer.odds, lost=f"{data['lost']:,}")
    yield from (f"{one.customer_id}\t{one.code}" for one in given)
    if use is None:
        return
    if use.undone_at is not None:
        yield _("Taken back. The coupon can be used again.")
    else:
        said = _("Use {id}: {time} at {till}") + (" " + _("(counted before)") if use.again else "")
        yield said.format(id=use.id, time=day_and_time(use.at), till=use.till)
        if use.off_yen is not None:
            yield _("Take off: {yen}").format(yen=yen(use.off_yen))


def _line(found: Coupon) -> str:
    return f"{found.id}\t{found.offer.name}\t{headline(found.offer)}\t{ends_said(found.offer)}\t{named(COUPONS, found.state)}"


COMMANDS = (coupons,)
