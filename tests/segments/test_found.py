"""Segments by the QR code that brought people, and by links that they opened: who is taken, and how it is said."""

from __future__ import annotations

from datetime import timedelta

from shopdesk import i18n
from shopdesk.links import Wanted, hour_of
from shopdesk.links.tables import ArrivalRow, ReceiverRow
from shopdesk.segments import Condition, dump, parse, sentence
from shopdesk.segments.fields import field_of
from tests.people import person
from tests.tracking.friends import friends

AUTUMN, SPRING = "https://example.jp/autumn", "https://example.jp/spring"
CASES = (
    (Condition("line.source", "is", ("ちらし",)), (0,), "ちらしの QR で友だちになった方"),
    (Condition("line.source", "is", ("ちらし", "レジ")), (0, 1), "ちらしかレジの QR で友だちになった方"),
    (Condition("line.source", "is_not", ("ちらし",)), (1, 2, 3), "ちらしの QR で友だちになったのではない方"),
    (Condition("link.opened", "is", (AUTUMN,)), (0, 2), f"{AUTUMN} のリンクを開いた方"),
    (Condition("link.opened", "is", (AUTUMN, SPRING)), (0, 1, 2), f"{AUTUMN}か{SPRING} のリンクを開いた方"),
    (Condition("link.opened", "is", (AUTUMN,), within_days=7), (0,), f"この 7日に{AUTUMN} のリンクを開いた方"),
    (Condition("link.opened", "is_not", (AUTUMN,)), (1, 3), f"{AUTUMN} のリンクを開いていない方"),
)


def test_each_condition_takes_who_it_says(shop, clock):
    """The first came by the flyer, the second by the till; a customer without LINE got a mail; the last did nothing."""
    people = [person(shop, name) for name in ("見本 花子", "例示 太郎", "試用 次郎", "山田 桃子")]
    first, second, last, _nobody = friends(shop, people[0], people[1], people[3], None)
    flyer, till = (shop.links.sources.add(Wanted(name)).id for name in ("ちらし", "レジ"))
    with shop.database.write() as session:
        for friend, source in ((first, flyer), (second, till)):
            session.add(ArrivalRow(friend_id=friend, source_id=source, at=clock.now(), how="said"))
        autumn, spring = (shop.links.made(session, to, "秋") for to in (AUTUMN, SPRING))
        tokens = shop.links.for_people(session, autumn.id, [first, last]) | shop.links.for_people(
            session, spring.id, [second]
        )
        session.add(ReceiverRow(link_id=autumn.id, friend_id=None, customer_id=people[2], token="m" * 22))
    now = hour_of(clock.now())
    leads = [shop.links.lead(one) for one in (tokens[first], tokens[second], "m" * 22)]
    for lead, days in zip(leads, (1, 1, 30), strict=True):
        shop.links.count({(lead.link_id, lead.receiver_id, now - timedelta(days=days)): 2})
    answers = set()
    for condition, wanted, _said in CASES:
        rule = parse(dump(condition))
        assert rule == condition
        assert (condition, sorted(shop.segments.members(rule))) == (condition, [people[one] for one in wanted])
        for n, one in enumerate(people):
            (reason,) = shop.segments.why(rule, one)
            assert reason.holds == (n in wanted)
            answers.add(reason.answer)
    assert answers == {"ちらし", "レジ", "–", "opened 2 times", "opened 0 times"}
    assert sorted(shop.segments.offered(field_of("link.opened"))) == [AUTUMN, SPRING]


def test_the_sentences_read_as_japanese():
    i18n.set_language("ja")
    for condition, _wanted, said in CASES:
        assert sentence(condition) == f"{said}。"
