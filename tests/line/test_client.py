"""LINE as the shop asks it, against the rehearsal over HTTP."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shopdesk.line import (
    Line,
    Lost,
    NoKeysError,
    NotAllowedError,
    RefusedByLineError,
    UnreachableError,
    Verdict,
    WrongTokenError,
    body,
    judge,
)
from shopdesk.quarantine import OtherWorldError
from shopdesk.secrets import LINE_ACCESS_TOKEN, LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, Secrets

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop

TEXT = [{"type": "text", "text": "こんにちは"}]


def test_the_sdk_is_not_imported_before_it_is_needed():
    code = "import sys, shopdesk.line; sys.exit('linebot' in sys.modules or 'aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_bot_quota_and_followers(line: Line, there: Running):
    assert line.bot().user_id == there.bot_user_id
    assert line.quota().left == 30_000
    assert line.followers() == [person.user_id for person in there.rehearsal.people]
    assert line.date is not None


def test_profiles_of_friends_and_of_strangers(line: Line, there: Running):
    friends = [person.user_id for person in there.rehearsal.people]
    stranger = "U" + "f" * 32
    found = dict(line.profiles([*friends, stranger]))
    assert found[stranger] is None
    assert [found[one].name for one in friends] == [person.display_name for person in there.rehearsal.people]


def test_a_token_is_minted_once_and_again_before_the_twelfth_minute(line: Line, clock: FixedClock):
    first = line.token()
    clock.move(timedelta(minutes=10))
    assert line.token() == first
    clock.move(timedelta(minutes=1, seconds=30))
    second = line.token()
    assert second != first
    clock.move(timedelta(hours=-3))
    assert line.token() != second


def test_a_token_line_has_forgotten_is_replaced(line: Line, there: Running):
    line.bot()
    there.rehearsal.faults.add({"endpoint": "info", "answer": 401})
    assert line.bot().user_id == there.bot_user_id


def test_wrong_keys_and_no_keys_are_one_sentence(there: Running, line: Line, sqlite_shop: Shop, clock: FixedClock):
    wrong = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: "0" * 32}
    with pytest.raises(WrongTokenError, match="does not accept the keys"):
        Line(Secrets("t", wrong), sqlite_shop.installation, clock).bot()
    with pytest.raises(WrongTokenError):
        Line(Secrets("t", {LINE_ACCESS_TOKEN: "x"}), sqlite_shop.installation, clock).bot()
    with pytest.raises(NoKeysError):
        Line(Secrets("t", {}), sqlite_shop.installation, clock).bot()


def test_no_network_and_a_foreign_page(line: Line, there: Running):
    there.rehearsal.faults.add({"endpoint": "info", "answer": "html"})
    with pytest.raises(UnreachableError):
        line.bot()
    line.host = line.tokens._host = "http://127.0.0.1:9"
    line._opened = None
    with pytest.raises(UnreachableError, match="internet connection"):
        line.bot()


def test_followers_of_an_unverified_account(line: Line, there: Running):
    there.rehearsal.faults.add({"endpoint": "followers/ids", "answer": 403})
    with pytest.raises(NotAllowedError, match="verified"):
        line.followers()


def test_line_checks_messages_without_sending(line: Line):
    line.validate("multicast", TEXT)
    with pytest.raises(RefusedByLineError, match="too long"):
        line.validate("push", [{"type": "text", "text": "あ" * 5001}])


def test_a_home_that_practised_never_meets_the_real_line(line: Line, sqlite_shop: Shop, clock: FixedClock, monkeypatch):
    line.bot()
    monkeypatch.delenv("SHOPDESK_LINE_HOST")
    with pytest.raises(OtherWorldError):
        Line(Secrets("t", {LINE_ACCESS_TOKEN: "real"}), sqlite_shop.installation, clock).token()


def test_a_home_without_keys_belongs_to_neither_line_yet(sqlite_shop: Shop, clock: FixedClock, monkeypatch):
    without = Line(Secrets("t", {}), sqlite_shop.installation, clock)
    with pytest.raises(NoKeysError):
        without.bot()
    monkeypatch.setenv("SHOPDESK_LINE_HOST", "http://127.0.0.1:9")
    assert Line(Secrets("t", {LINE_ACCESS_TOKEN: "t"}), sqlite_shop.installation, clock).token() == "t"


def _post(line: Line, key: str, to: str) -> object:
    async def post() -> object:
        async with line.sending() as door:
            return await door.post("push", body("push", to, TEXT), key, await asyncio.to_thread(line.token))

    return asyncio.run(post())


def test_stored_bytes_are_sent_once_under_their_key(line: Line, there: Running):
    friend = next(iter(there.rehearsal.people))
    key = str(uuid.uuid4())
    first, second = _post(line, key, friend.user_id), _post(line, key, friend.user_id)
    assert (first.status, second.status) == (200, 409)
    assert second.accepted_request_id == first.request_id
    assert judge(first) is judge(second) is Verdict.ACCEPTED
    assert len(friend.received()) == 1


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"cut": "after"}, {"cut": "mid"}, {"answer": "short"}])
def test_a_line_that_is_cut_is_lost(line: Line, there: Running, fault: dict[str, str]):
    there.rehearsal.faults.add({"endpoint": "push", **fault})
    friend = next(iter(there.rehearsal.people))
    assert isinstance(_post(line, str(uuid.uuid4()), friend.user_id), Lost)
