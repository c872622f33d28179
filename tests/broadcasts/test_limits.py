"""Caps, two texts, holdouts, look-alikes, links and everybody by LINE's own count: said before, kept to the end."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shopdesk.broadcasts import invariants
from shopdesk.broadcasts.tables import BatchRow, RecipientRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import InvalidInputError
from shopdesk.line import NotAllowedError, RefusedByLineError
from shopdesk.messages import MessageError, actions, draft, with_quick_replies
from shopdesk.rehearsal import friend_id
from shopdesk.web import Looked, look


def codes(notes):
    return [one.code for one in notes]


def test_nobody_gets_more_than_the_cap(shop, text, clock, received):
    shop.settings.set("cap_messages", "1")
    shop.settings.set("cap_days", "7")
    first = shop.broadcasts.draft(text("一通目"), everyone=True)
    assert shop.broadcasts.send(first).way == "broadcast"
    clock.move(timedelta(days=6, hours=23))
    second = shop.broadcasts.draft(text("まったく別のお知らせです"), everyone=True)
    preview = shop.broadcasts.preview(second)
    assert (preview.planned, [(one.reason, one.count) for one in preview.excluded]) == (0, [("capped", 30)])
    assert codes(preview.problems) == ["empty_audience"]
    clock.move(timedelta(hours=2))
    assert shop.broadcasts.send(second).accepted == 30
    assert received() == [2] * 30


@pytest.mark.parametrize("each", [False, True])
def test_the_cap_counts_again_at_the_claim(shop, text, received, each):
    shop.settings.set("cap_messages", "1")
    late = shop.broadcasts.draft(text("あとで"), everyone=True, each=each)
    shop.broadcasts.freeze(late)
    shop.broadcasts.send(shop.broadcasts.draft(text("先に"), everyone=True, each=True))
    done = shop.broadcasts.send(late)
    assert (done.state, done.accepted, done.excluded) == ("finished", 0, 30)
    assert [one.reason for one in shop.broadcasts.reasons(late)] == ["capped"]
    assert received() == [1] * 30
    assert shop.broadcasts.broken_sums() == []


def test_two_texts_and_a_holdout_by_the_stored_seed(shop, there, text, received):
    made = shop.broadcasts.draft(text("春"), everyone=True, messages_b=text("夏"), split=50, holdout=20)
    preview = shop.broadcasts.preview(made)
    done = shop.broadcasts.send(made)
    assert (preview.way, preview.planned) == ("multicast", done.planned)
    a, b = done.variants
    assert (a.name, b.name) == ("a", "b")
    assert a.accepted + b.accepted == done.accepted == 30 - done.excluded
    assert min(a.accepted, b.accepted, done.excluded) > 0
    assert [one.reason for one in shop.broadcasts.reasons(made)] == ["holdout"]
    with shop.database.read() as session:
        people = session.execute(select(RecipientRow.user_id, RecipientRow.state, RecipientRow.variant)).all()
        bodies = [json.loads(one) for one in session.scalars(select(BatchRow.body))]
    for user_id, state, variant in people:
        got = [one["text"] for one in there.rehearsal.people.get(user_id).received()]
        assert got == ([] if state == "excluded" else ["春" if variant == "a" else "夏"])
    assert {one["customAggregationUnits"][0][-2:] for one in bodies} == {"_a", "_b"}
    assert all(len(one["customAggregationUnits"][0]) <= 30 for one in bodies)
    assert shop.broadcasts.drafted(made).split == 50
    assert shop.broadcasts.broken_sums() == []
    for spoilt in ({"variant": "b"}, {"reason": "holdout"}):
        with shop.database.write() as session:
            one = select(RecipientRow.id).where(RecipientRow.state == "accepted", RecipientRow.variant == "a").limit(1)
            session.execute(update(RecipientRow).where(RecipientRow.id == session.scalar(one)).values(**spoilt))
            assert invariants.broken_sums(session) == [made]
            session.rollback()


def test_shares_that_are_none_are_refused(sqlite_shop, text):
    for wrong in (
        {"split": 50},
        {"messages_b": text(), "split": 0},
        {"messages_b": text(), "split": 100},
        {"holdout": 91},
    ):
        with pytest.raises(InvalidInputError):
            sqlite_shop.broadcasts.draft(text(), everyone=True, **wrong)


def test_you_sent_nearly_this(shop, text, clock, linked):
    shop.settings.set("plan", "standard")
    said = "【秋の新作】本日入荷しました。店頭でお待ちしています。"
    shop.broadcasts.send(shop.broadcasts.draft(text(said), everyone=True, each=True, name="秋"))
    clock.move(timedelta(days=3))
    again = shop.broadcasts.draft(text(said + "！"), everyone=True, each=True)
    (note,) = shop.broadcasts.preview(again).warnings
    assert (note.code, note.sentence) == (
        "look_alike",
        "You sent nearly this in the last two weeks: broadcast 1 “秋” at 2026-11-22 14:32, to 30 of these people.",
    )
    for _time in range(2):
        clock.move(timedelta(minutes=1))
        shop.broadcasts.send(shop.broadcasts.draft(text(said), everyone=True, each=True, name="また"))
    (note,) = shop.broadcasts.preview(again).warnings
    assert "nearly this 3 times" in note.sentence
    assert "the latest being broadcast 4 “また” at 2026-11-25 14:34, to 30" in note.sentence
    other = shop.broadcasts.draft(text("年末年始の営業時間のお知らせ"), everyone=True, each=True)
    assert shop.broadcasts.preview(other).warnings == ()
    clock.move(timedelta(days=15))
    assert shop.broadcasts.preview(again).warnings == ()


def test_quick_replies_that_line_does_not_show_are_said(sqlite_shop):
    asks = with_quick_replies({"type": "text", "text": "どちら？"}, [actions.say("はい", "はい")])
    after, last = draft([asks, {"type": "text", "text": "では"}]), draft([{"type": "text", "text": "では"}, asks])
    sqlite_shop.settings.set("plan", "standard")
    shop = sqlite_shop.broadcasts
    (note,) = shop.preview(shop.draft(after, everyone=True, each=True)).warnings
    assert (note.code, note.sentence[:9]) == ("quick_replies", "Message 1")
    assert shop.preview(shop.draft(last, everyone=True, each=True)).warnings == ()


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("holdout", [0, 20])
def test_the_dry_run_of_two_texts_says_who_reads_which(shop, text, linked, frozen, holdout):
    for number in range(30):
        linked(shop, number, f"客{number}")
    made = shop.broadcasts.draft(
        text("{name}へ春"), everyone=True, messages_b=text("{name}へ夏"), split=30, holdout=holdout
    )
    if frozen:
        shop.broadcasts.freeze(made)
    preview = shop.broadcasts.preview(made)
    status = shop.broadcasts.send(made)
    assert [(one.name, one.planned) for one in preview.variants] == [(one.name, one.planned) for one in status.variants]
    assert sum(one.planned for one in preview.variants) == preview.planned
    with shop.database.read() as session:
        chosen = select(CustomerRow.name, RecipientRow.variant).join(
            RecipientRow, RecipientRow.customer_id == CustomerRow.id
        )
        reads = dict(session.execute(chosen.where(RecipientRow.state == "accepted")).all())
    assert {one.variant for one in preview.samples} == {"a", "b"}
    for one in preview.samples:
        assert reads[one.name] == one.variant
        assert one.texts == (f"{one.name}へ{'春' if one.variant == 'a' else '夏'}",)
    plain = shop.broadcasts.preview(shop.broadcasts.draft(text("年末のお知らせ"), everyone=True))
    assert (plain.variants, {one.variant for one in plain.samples}) == ((), {""})


def test_links_of_a_message_are_tried_where_a_rehearsal_allows_it(sqlite_shop, there, text):
    dead, inside = f"{there.url}/nowhere", "http://169.254.169.254/latest"
    made = sqlite_shop.broadcasts.draft(
        text(f"こちら {dead} と {inside} と {there.url}/rehearsal/journal"), everyone=True
    )
    notes = [one for one in sqlite_shop.broadcasts.preview(made).warnings if one.code not in {"strangers", "plan"}]
    assert codes(notes) == ["dead_link", "private_link"]
    assert dead in notes[0].sentence
    assert look([dead], loopback=False) == [Looked(dead, "forbidden")]


def test_each_reason_to_stop_is_in_the_dry_run(sqlite_shop, there, text):
    shop = sqlite_shop
    long = shop.broadcasts.draft(text("{name|}" + "あ" * 5000), everyone=True)
    assert codes(shop.broadcasts.preview(long).problems)[0] == "message"
    button = {"type": "uri", "label": "開く", "uri": "htp:/x"}
    template = {"type": "buttons", "text": "どうぞ", "actions": [button]}
    with pytest.raises(MessageError):
        draft([{"type": "template", "altText": "x", "template": template}])
    broken = shop.broadcasts.draft(text(), everyone=True)
    there.rehearsal.faults.add({"endpoint": "validate/broadcast", "times": 2, "answer": 400})
    assert codes(shop.broadcasts.preview(broken).problems) == ["line_refused"]
    with pytest.raises(RefusedByLineError):
        shop.broadcasts.send(broken)
    there.rehearsal.quota.limit = 29
    few = shop.broadcasts.preview(shop.broadcasts.draft(text(), everyone=True))
    assert codes(few.problems) == ["quota"]
    assert "5,000 yen" in few.larger_plan
    there.rehearsal.quota.limit = 1000
    there.rehearsal.faults.add({"endpoint": "validate/broadcast", "times": 9, "answer": 403})
    made = shop.broadcasts.draft(text(), everyone=True)
    assert codes(shop.broadcasts.preview(made).problems) == ["line_forbidden"]
    with pytest.raises(NotAllowedError):
        shop.broadcasts.send(made)
    assert there.rehearsal.people.get(friend_id(0)).received() == []


def test_a_pause_for_the_month_says_what_the_rest_would_cost(sqlite_shop, there, text, naps):
    shop = sqlite_shop
    made = shop.broadcasts.draft(text(), everyone=True, each=True)
    shop.broadcasts.freeze(made)
    there.rehearsal.faults.add({"endpoint": "multicast", "times": 9, "answer": "monthly"})
    paused = shop.broadcasts.send(made, sleep=naps)
    assert paused.reason == "monthly_limit"
    assert "30 people have not been sent it yet" in paused.sentence
    assert "5,000 yen instead of 0 yen" in paused.sentence


def test_request_ids_of_both_kinds_are_kept(sqlite_shop, there, text, naps):
    shop = sqlite_shop
    there.rehearsal.faults.add({"endpoint": "multicast", "nth": 1, "answer": 500, "accept": True})
    shop.broadcasts.send(shop.broadcasts.draft(text(), everyone=True, each=True), sleep=naps)
    with shop.database.read() as session:
        ((own, accepted),) = session.execute(select(BatchRow.request_id, BatchRow.accepted_request_id)).all()
    assert own
    assert accepted
    assert own != accepted
