"""Broadcasts from the draft to the end, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopdesk.broadcasts import EmptyAudienceError, LateError, QuotaError, StateError
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.line import NoKeysError, RefusedByLineError
from shopdesk.messages import MessageError, draft
from shopdesk.quarantine import QuarantinedError
from shopdesk.segments import EVERYBODY


def sums(status):
    return status.planned == status.accepted + status.failed + status.unknown + status.remaining + status.cancelled


def test_everyone_goes_by_lines_broadcast(shop, there, text, received):
    made = shop.broadcasts.draft(text(), everyone=True)
    assert shop.broadcasts.status(made).state == "draft"
    preview = shop.broadcasts.preview(made)
    assert (preview.planned, preview.way, preview.quota_left, preview.excluded) == (30, "broadcast", 30_000, ())
    assert "does not know" in preview.note
    done = shop.broadcasts.send(made)
    assert (done.state, done.planned, done.accepted, done.batches) == ("finished", 30, 30, 1)
    assert received() == [1] * 30
    assert shop.broadcasts.send(made) == done
    assert received() == [1] * 30


def test_each_by_multicast_and_by_name(shop, there, text, linked, received):
    linked(shop, 0, "田中花子")
    equal = shop.broadcasts.draft(text(), everyone=True, each=True)
    assert shop.broadcasts.send(equal).batches == 1
    personal = shop.broadcasts.draft(text("{name}さん、こんにちは"), everyone=True)
    preview = shop.broadcasts.preview(personal)
    assert preview.way == "push"
    assert any(sample.texts == ("田中花子さん、こんにちは",) for sample in preview.samples)
    done = shop.broadcasts.send(personal)
    assert (done.accepted, done.batches, done.way) == (30, 30, "push")
    people = list(there.rehearsal.people)
    assert people[0].received()[1]["text"] == "田中花子さん、こんにちは"
    assert people[1].received()[1]["text"] == f"{people[1].display_name}さん、こんにちは"
    assert received() == [2] * 30
    assert shop.broadcasts.broken_sums() == []
    assert shop.broadcasts.broken_hashes() == []


def test_a_segment_with_everybody_left_out_who_must_be(shop, there, text, linked, received):
    linked(shop, 0, "一")
    off, gone = linked(shop, 1, "二"), linked(shop, 2, "三")
    alone = shop.customers.add(NewCustomer(name="四")).id
    shop.customers.consents.set(off, "line", on=False)
    list(there.rehearsal.people)[2].blocked = True
    shop.friends.sync()
    shop.segments.save("全員", EVERYBODY)
    made = shop.broadcasts.draft(text(), segment="全員")
    preview = shop.broadcasts.preview(made)
    assert preview.planned == 1
    assert {one.reason: one.count for one in preview.excluded} == {"opted_out": 1, "blocked": 1, "not_linked": 1}
    done = shop.broadcasts.send(made)
    assert (done.planned, done.accepted, done.excluded, done.state) == (1, 1, 3, "finished")
    assert received()[:3] == [1, 0, 0]
    left_out = shop.broadcasts.people(made, "excluded")
    assert {one.customer_id for one in left_out} == {off, gone, alone}
    assert all(one.sentence for one in left_out)


def test_an_opt_out_turns_lines_broadcast_into_one_by_one(shop, text, linked, received):
    customer = linked(shop, 3, "三")
    shop.customers.consents.set(customer, "line", on=False)
    made = shop.broadcasts.draft(text(), everyone=True)
    preview = shop.broadcasts.preview(made)
    assert (preview.way, preview.planned) == ("multicast", 29)
    assert "want no messages" in preview.note
    assert shop.broadcasts.send(made).accepted == 29
    assert received()[3] == 0


@pytest.mark.parametrize("each", [False, True])
def test_an_opt_out_between_the_freeze_and_the_claim_counts(shop, there, text, linked, received, each):
    customer = linked(shop, 3, "三")
    made = shop.broadcasts.draft(text(), everyone=True, each=each)
    frozen = shop.broadcasts.freeze(made)
    assert (frozen.state, frozen.planned, frozen.excluded) == ("waiting", 30, 0)
    shop.customers.consents.set(customer, "line", on=False)
    list(there.rehearsal.people)[4].blocked = True
    shop.friends.sync()
    done = shop.broadcasts.send(made)
    assert (done.planned, done.accepted, done.excluded, done.way) == (28, 28, 2, "multicast")
    assert received()[3] == 0
    assert sums(done)


def test_merging_unlinking_and_forgetting_after_the_freeze(shop, there, text, linked, received):
    shop.segments.save("全員", EVERYBODY)
    stays, merged, _unlinked, forgotten = (linked(shop, n, f"客{n}") for n in range(4))
    made = shop.broadcasts.draft(text("{name}さん"), segment="全員")
    shop.broadcasts.freeze(made)
    shop.customers.merges.make(stays, merged)
    shop.friends.unlink(list(there.rehearsal.people)[2].user_id)
    shop.customers.forget(forgotten)
    done = shop.broadcasts.send(made)
    assert (done.accepted, done.excluded) == (1, 3)
    assert received()[:4] == [1, 0, 0, 0]
    shop.customers.forget(stays)
    assert shop.broadcasts.status(made).accepted == 1
    assert shop.broadcasts.broken_hashes() == []
    assert all(not one.name and one.user_id is None for one in shop.broadcasts.people(made, "accepted"))


def test_cancel_and_pause_before_the_start(shop, text, received):
    made = shop.broadcasts.draft(text(), everyone=True, each=True)
    with pytest.raises(StateError, match="not been started"):
        shop.broadcasts.pause(made)
    shop.broadcasts.freeze(made)
    assert shop.broadcasts.pause(made).state == "paused"
    stopped = shop.broadcasts.cancel(made)
    assert (stopped.state, stopped.cancelled, stopped.remaining) == ("cancelled", 30, 0)
    with pytest.raises(StateError, match="cancelled"):
        shop.broadcasts.send(made)
    sent = shop.broadcasts.draft(text(), everyone=True, each=True)
    shop.broadcasts.freeze(sent)
    shop.broadcasts.pause(sent)
    assert shop.broadcasts.send(sent).state == "finished"
    with pytest.raises(StateError, match="already"):
        shop.broadcasts.cancel(sent)
    assert received() == [1] * 30
    assert [one.id for one in shop.broadcasts.list()] == [sent, made]


def test_bad_input_stops_before_the_first_call(sqlite_shop, there, text, clock, monkeypatch):
    shop = sqlite_shop
    with pytest.raises(InvalidInputError):
        shop.broadcasts.draft(text())
    with pytest.raises(InvalidInputError, match="over"):
        shop.broadcasts.draft(text(), everyone=True, at=clock.now())
    with pytest.raises(NotFoundError):
        shop.broadcasts.draft(text(), segment="ない")
    with pytest.raises(NotFoundError):
        shop.broadcasts.send(99)
    shop.segments.save("全員", EVERYBODY)
    nobody = shop.broadcasts.draft(text(), segment="全員")
    with pytest.raises(EmptyAudienceError):
        shop.broadcasts.send(nobody)
    there.rehearsal.quota.limit = 29
    made = shop.broadcasts.draft(text(), everyone=True)
    with pytest.raises(QuotaError, match=r"30 people .* only 29"):
        shop.broadcasts.send(made)
    there.rehearsal.quota.limit = 1000
    long = shop.broadcasts.draft(text("{name|}" + "あ" * 5000), everyone=True)
    with pytest.raises(MessageError, match="Shorten"):
        shop.broadcasts.send(long)
    page = {"type": "uri", "label": "a", "uri": "https://a.jp"}
    card = {"type": "buttons", "text": "a", "imageBackgroundColor": "#12345678", "actions": [page]}
    bad_colour = draft([{"type": "template", "altText": "a", "template": card}])  # only LINE looks at colours
    with pytest.raises(RefusedByLineError):
        shop.broadcasts.send(shop.broadcasts.draft(bad_colour, everyone=True))
    monkeypatch.setattr(shop.secrets, "_given", {})
    shop.line.tokens._minted_at = None
    with pytest.raises(NoKeysError):
        shop.broadcasts.send(made)
    assert shop.broadcasts.preview(made).quota_problem
    assert not [one for one in there.rehearsal.journal.entries if one["endpoint"] in {"push", "multicast", "broadcast"}]
    assert {one.state for one in shop.broadcasts.list()} == {"draft"}


def test_a_scheduled_one_found_late_asks(sqlite_shop, text, clock):
    made = sqlite_shop.broadcasts.draft(text(), everyone=True, at=clock.now() + timedelta(hours=1))
    clock.move(timedelta(hours=2, minutes=1))
    with pytest.raises(LateError):
        sqlite_shop.broadcasts.send(made)
    assert sqlite_shop.broadcasts.send(made, late_ok=True).state == "finished"


def test_a_held_home_sends_nothing(sqlite_shop, text, received):
    made = sqlite_shop.broadcasts.draft(text(), everyone=True)
    sqlite_shop.broadcasts.freeze(made)
    sqlite_shop.installation.restored()
    with pytest.raises(QuarantinedError):
        sqlite_shop.broadcasts.send(made)
    assert sum(received()) == 0


def test_yen_on_the_plan(sqlite_shop, there, text):
    made = sqlite_shop.broadcasts.draft(text(), everyone=True)
    assert (preview := sqlite_shop.broadcasts.preview(made)).cost_yen == 0
    assert preview.cost_problem == ""
    there.rehearsal.quota.limit, there.rehearsal.quota._months[2026, 11] = 200, 190
    assert (preview := sqlite_shop.broadcasts.preview(made)).cost_yen is None
    assert "plan" in preview.cost_problem
    there.rehearsal.quota.limit, there.rehearsal.quota._months[2026, 11] = 40_000, 29_990
    sqlite_shop.settings.set("plan", "standard")
    assert (preview := sqlite_shop.broadcasts.preview(made)).cost_yen == 60
    assert [one.code for one in preview.warnings] == []


@pytest.mark.parametrize(
    ("plan", "limit", "says", "cost", "larger"),
    [
        ("communication", 5_000, "5,000 messages a month", 0, ""),
        ("light", 200, "200 messages a month", None, "5,000 yen instead of 0 yen"),
        ("light", 190, "190 messages a month", None, "15,000 yen instead of 5,000 yen"),
        ("standard", 60_000, "", 0, ""),
    ],
)
def test_where_line_contradicts_the_settings_the_advice_goes_by_line(
    sqlite_shop, there, text, plan, limit, says, cost, larger
):
    sqlite_shop.settings.set("plan", plan)
    there.rehearsal.quota.limit, there.rehearsal.quota._months[2026, 11] = limit, 190
    preview = sqlite_shop.broadcasts.preview(sqlite_shop.broadcasts.draft(text(), everyone=True))
    said = [one.sentence for one in preview.warnings if one.code == "plan"]
    assert len(said) == bool(says)
    assert all(says in one for one in said)
    assert preview.cost_yen == cost
    assert larger in preview.larger_plan


def test_what_somebody_got_before_they_blocked_the_shop(shop, there, text, clock):
    first = shop.broadcasts.draft(text("秋の新作"), everyone=True, each=True)
    shop.broadcasts.send(first)
    user = list(there.rehearsal.people)[3].user_id
    assert shop.friends.get(user).blocked_at is None
    clock.move(timedelta(hours=1))
    list(there.rehearsal.people)[3].blocked = True
    shop.friends.sync()
    clock.move(timedelta(hours=1))
    shop.broadcasts.send(shop.broadcasts.draft(text("冬の新作"), everyone=True, each=True))
    blocked_at = shop.friends.get(user).blocked_at
    assert blocked_at is not None
    found = shop.broadcasts.last_before(user, blocked_at)
    assert found is not None
    assert found.broadcast_id == first
    assert shop.broadcasts.last_before(user, blocked_at - timedelta(hours=2)) is None
