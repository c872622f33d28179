"""A request for a reservation in the talk: its card is answered there, and shows what became of it."""

from __future__ import annotations

from datetime import datetime

from shopdesk.clock import JAPAN
from shopdesk.rehearsal import friend_id
from shopdesk.site import Guest, Wanted
from shopdesk.ui import widgets
from shopdesk.ui.reserving import AnswerDialog
from shopdesk.ui.talks.page import TalksPage
from tests.site.conftest import nonce, shop_page

EVENING = datetime(2026, 11, 28, 18, 30, tzinfo=JAPAN)
LATER = datetime(2026, 11, 28, 19, 30, tzinfo=JAPAN)
HOSTILE = "<b>窓ぎわ</b>"


def later(dialog):
    """Choose an hour later; the hour that was asked for is no other."""
    assert not dialog.verb.isEnabled()
    dialog.at.hour.set_value(LATER.hour)
    dialog.at.hour.chosen.emit(LATER.hour)
    return dialog.DialogCode.Accepted if dialog.verb.isEnabled() else dialog.DialogCode.Rejected


def test_it_is_answered_where_it_stands(sqlite_shop, there, wrote, open_page, monkeypatch):
    shop = sqlite_shop
    shop_page(shop)
    friend, _message = wrote("予約したいです")
    shop.site.reservations.ask(Guest(friend, "花子"), Wanted(EVENING, 4, note=HOSTILE), nonce(1))
    opened = open_page(TalksPage)
    page = opened.page
    page.open(friend)
    opened.settle()

    def card():
        return next(one.request for one in page.messages.rows.values() if one.said.kind == "reservation")

    assert set(card().buttons) == {"accept", "offer", "decline"}
    assert HOSTILE in [one.text() for one in card().findChildren(widgets.Prose)]
    monkeypatch.setattr(AnswerDialog, "exec", later)
    card().buttons["offer"].click()
    opened.settle()
    (request,) = shop.site.reservations.list()
    assert (request.state, request.offered_at) == ("offered", LATER)
    assert set(card().buttons) == {"accept", "offer", "decline"}
    card().buttons["accept"].click()
    opened.settle()
    assert shop.site.reservations.get(request.id).state == "accepted"
    assert set(card().buttons) == {"call_off"}
    told = there.rehearsal.people.get(friend_id(0)).received()
    assert "ご予約を承りました" in told[-1]["text"]
