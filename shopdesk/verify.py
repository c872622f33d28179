"""Everything that must be true of a shop's data at rest, checked over all features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from shopdesk import cards, inbox
from shopdesk.events import KEPT
from shopdesk.i18n import _
from shopdesk.line import read_webhook
from shopdesk.orders import bought, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.shop import Shop


@dataclass(frozen=True, slots=True)
class Invariant:
    """One thing that must be true, and what was found."""

    name: str
    ok: bool
    detail: str


def verify(shop: Shop) -> list[Invariant]:
    """Check every invariant that can be seen at rest."""
    checks: tuple[tuple[str, Callable[[Shop], str]], ...] = (
        ("I1", _broadcast_sums),
        ("I3", _stored_bytes),
        ("I4", _sent_after_leaving),
        ("I5", _points),
        ("I6", _overused_coupons),
        ("I7", _strange_requests),
        ("surveys", _survey_answers),
        ("automations", _automation_steps),
        ("I8", _events_applied),
        ("menus", _menus),
        ("I10 integrity", _integrity),
        ("I10 references", _references),
        ("I10 search", _search_index),
        ("I10 audit", _audit_chain),
        ("orders", _customer_sums),
        ("products", _bought_sums),
        ("requests", _requests),
        ("links", _broken_links),
        ("I12", _secrets_in_plain),
    )
    return [_checked(name, check(shop)) for name, check in checks]


def _checked(name: str, wrong: str) -> Invariant:
    return Invariant(name, not wrong, wrong or _("as it should be"))


def _broadcast_sums(shop: Shop) -> str:
    broken = shop.broadcasts.broken_sums()
    return _("broadcasts whose people do not add up: {ids}").format(ids=_some(broken)) if broken else ""


def _stored_bytes(shop: Shop) -> str:
    broken = shop.broadcasts.broken_hashes() + shop.mailings.broken()
    return (
        _("batches whose stored bytes or keys are not what was sent: {ids}").format(ids=_some(broken)) if broken else ""
    )


def _sent_after_leaving(shop: Shop) -> str:
    """Nobody is in a request that was claimed after they had blocked the shop, as far as their last blocking tells."""
    late = text(
        "SELECT DISTINCT b.broadcast_id FROM broadcast_batches b JOIN broadcast_people p ON p.batch_id = b.id "
        "JOIN friends f ON f.user_id = p.user_id WHERE f.blocked_at < b.claimed_at AND b.endpoint <> 'broadcast' LIMIT 20"
    )
    with shop.database.read() as session:
        found = list(session.scalars(late))
    return _("broadcasts to people who had blocked the shop before: {ids}").format(ids=_some(found)) if found else ""


def _points(shop: Shop) -> str:
    """The ledger of every card is its balance; merges keep points, and nothing is taken back twice."""
    with shop.database.read() as session:
        return "; ".join(cards.broken(session))


def _overused_coupons(shop: Shop) -> str:
    broken = shop.coupons.overused()
    return (
        _("coupons used oftener than they may be, or counted wrongly: {ids}").format(ids=_some(broken))
        if broken
        else ""
    )


def _survey_answers(shop: Shop) -> str:
    """No quota is passed, and whoever has finished has answered all that lay on their way and nothing else."""
    broken = shop.surveys.broken()
    return _("surveys with answers too many or not whole: {ids}").format(ids=_some(broken)) if broken else ""


def _automation_steps(shop: Shop) -> str:
    """Nobody had the message of a step twice."""
    broken = shop.automations.broken()
    return _("steps of automations that somebody had twice: {ids}").format(ids=_some(broken)) if broken else ""


def _strange_requests(shop: Shop) -> str:
    broken = shop.coupons.strange_requests()
    wrong = (
        [_("uses of coupons that are not what the till asked for: {ids}").format(ids=_some(broken))] if broken else []
    )
    with shop.database.read() as session:
        loose = cards.loose_nonces(session)
    if loose:
        wrong.append(_("requests about cards without their entry: {ids}").format(ids=_some(loose)))
    return "; ".join(wrong)


def _broken_links(shop: Shop) -> str:
    broken = shop.links.broken()
    return (
        _("links that lead where none may, or count another’s clicks: {ids}").format(ids=_some(broken))
        if broken
        else ""
    )


def _events_applied(shop: Shop) -> str:
    """The inbox is sound, and every event of a body that was worked off whole has had its effect."""
    if not shop.home.inbox.exists():
        return ""
    with inbox.opened(shop.home.inbox, shop.database.key) as bodies:
        if wrong := bodies.sound():
            return _("the inbox of LINE's calls is damaged: {wrong}").format(wrong=wrong)
        oldest = shop.clock.now() - KEPT
        ids = [one.id for body in bodies.worked_off() for one in read_webhook(body).events if one.at > oldest]
    missing = shop.events.missing(ids)
    return _("events of LINE without effect: {ids}").format(ids=_some(missing)) if missing else ""


def _menus(shop: Shop) -> str:
    """What is noted of the rich menus on LINE can be so, wherever the work was cut off."""
    return "; ".join(shop.menus.broken())


def _integrity(shop: Shop) -> str:
    if not shop.database.on_sqlite:
        return ""
    with shop.database.read() as session:
        # A connection whose view of the index is from before another one's writes calls it corrupt; a search renews it.
        session.execute(text("SELECT rowid FROM customer_search WHERE customer_search MATCH '\"x\"' LIMIT 1")).all()
        found = [row[0] for row in session.execute(text("PRAGMA integrity_check"))]
    return "" if found == ["ok"] else "; ".join(found[:3])


def _references(shop: Shop) -> str:
    if not shop.database.on_sqlite:  # PostgreSQL never lets them break
        return ""
    with shop.database.read() as session:
        found = [str(row[0]) for row in session.execute(text("PRAGMA foreign_key_check"))]
    return ", ".join(sorted(set(found)))


def _search_index(shop: Shop) -> str:
    with shop.database.read() as session:
        indexed, people = (_count(session, table) for table in ("customer_search", "customers"))
    return (
        ""
        if indexed == people
        else _("{indexed} of {people} customers can be found by searching").format(indexed=indexed, people=people)
    )


def _count(session: Session, table: str) -> int:
    return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def _audit_chain(shop: Shop) -> str:
    broken = shop.staff.broken_entries()
    return _("entries that were changed: {ids}").format(ids=_some(broken)) if broken else ""


def _customer_sums(shop: Shop) -> str:
    with shop.database.read() as session:
        names = ("orders", "spent_yen", "cancelled_orders", "sale_orders", "order_months")
        differs = " OR ".join(f"c.{name} <> s.{name}" for name in names)
        wrong = (
            f"SELECT c.id FROM customers c JOIN ({counted(session, '1 = 1')}) s ON s.id = c.id WHERE {differs} LIMIT 20"
        )
        found = list(session.scalars(text(wrong)))
    return _("customers whose sums differ from their orders: {ids}").format(ids=_some(found)) if found else ""


def _bought_sums(shop: Shop) -> str:
    with shop.database.read() as session:
        found = bought.wrong(session, 21)
    return (
        _("customers of whom other purchases are kept than their orders hold: {ids}").format(ids=_some(found))
        if found
        else ""
    )


def _requests(shop: Shop) -> str:
    """What a talk shows of a request for a reservation is what became of it."""
    broken = shop.site.unsound()
    return (
        _("requests for a reservation that their talk shows otherwise: {ids}").format(ids=_some(broken))
        if broken
        else ""
    )


def _secrets_in_plain(shop: Shop) -> str:
    """No secret stands in a log; of the tables, only text columns of settings and audit could ever hold one."""
    secrets = [value.encode() for value in shop.secrets.for_child().values() if value]
    logs = [file for file in shop.home.logs.glob("*.log*") if file.is_file()]
    leaking = [file.name for file in logs if any(secret in file.read_bytes() for secret in secrets)]
    with shop.database.read() as session:
        stored = [
            str(row[0])
            for row in session.execute(text("SELECT value FROM settings UNION ALL SELECT fields FROM audit"))
        ]
    if any(secret.decode() in value for secret in secrets for value in stored):
        leaking.append("settings, audit")
    return ", ".join(leaking)


def _some(ids: Sequence[object]) -> str:
    return ", ".join(map(str, ids[:20])) + (" …" if len(ids) > 20 else "")  # noqa: PLR2004 - enough to go and look
