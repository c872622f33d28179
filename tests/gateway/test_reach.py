"""Each point of how LINE reaches the shop says in one sentence what is wrong, and what follows waits for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from shopdesk import gateway, reach
from shopdesk.doctor import examine
from shopdesk.events.silence import silent_days
from shopdesk.line import WebhookTest
from shopdesk.reach import untried
from shopdesk.secrets import LINE_ACCESS_TOKEN, LINE_CHANNEL_SECRET
from shopdesk.settings.tables import SettingRow
from shopdesk.supervisor import Seen, Standing
from tests.gateway.conftest import event

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop
    from tests.gateway.conftest import Caller


def seen(url: str) -> Seen:
    return Seen("running", Standing(1, url, "", ""), "")


def reached_at(shop: Shop, url: str) -> None:
    """Set an address of loopback, which nobody can type: the rehearsal needs no https."""
    shop.settings.set("reach", "own")
    with shop.database.write() as session:
        session.merge(SettingRow(key="public_url", value=f'"{url}"'))


def states(points: list[reach.Point]) -> list[bool | None]:
    return [one.ok for one in points]


def test_all_is_well(sqlite_line: Caller):
    shop, url = sqlite_line.shop, sqlite_line.gateway.url
    reached_at(shop, url)
    reach.tell_line(shop, seen(url))
    assert states(reach.look(shop, seen(url), try_it=False)) == [True] * 4 + [None] * 3 + [True, True]
    assert states(reach.look(shop, seen(url), try_it=True)) == [True] * 5 + [None, None, True, True]
    assert reach.troubles(shop, seen(url)) == ()
    assert next(one for one in examine(shop) if one.name == "webhook").ok


def test_what_is_watched_afterwards(sqlite_line: Caller, there: Running, clock: FixedClock):
    """Each of them turns by itself, and says in one sentence what to do."""
    shop, url = sqlite_line.shop, sqlite_line.gateway.url
    reached_at(shop, url)
    reach.tell_line(shop, seen(url))
    user = next(iter(there.rehearsal.people)).user_id

    def now() -> dict[str, tuple[bool | None, str]]:
        return {one.key: (one.ok, one.message) for one in reach.look(shop, seen(url), try_it=False)}

    assert "your own phone" in now()["heard"][1]
    assert "Webhook redelivery" in now()["again"][1]
    for day in range(8):
        if day != 3:
            sqlite_line.says(there, user, {"text": "もしもし"})
        clock.move(timedelta(days=1))
    assert now()["heard"] == (True, "It arrives; last at 2026/11/29 14:32.")
    sqlite_line.tell(
        event("message", clock, message={"type": "sticker", "id": "5"}, deliveryContext={"isRedelivery": True})
    )
    assert now()["again"][0]
    there.rehearsal.chat = False
    assert now()["chat"][0] is None
    assert "Response settings" in now()["chat"][1]
    there.rehearsal.quota.limit = 0
    assert now()["quota"][0] is False
    clock.move(timedelta(days=4))
    assert now()["heard"][0]
    clock.move(timedelta(days=1))
    (trouble,) = reach.troubles(shop, seen(url))
    assert (trouble.key, "for 5 days" in trouble.message) == ("heard", True)
    found = {one.name: one for one in examine(shop)}
    assert [found[name].ok for name in ("messages arrive", "gateway", "messages left", "webhook")] == [False] * 3 + [
        True
    ]
    assert "serve" in found["gateway"].message
    there.rehearsal.webhook_active = False
    (trouble,) = reach.troubles(shop, seen(url))
    assert (trouble.key, "“Use webhook” is off" in trouble.message) == ("told", True)
    there.rehearsal.webhook_url = "https://elsewhere.example.jp/hook"
    (trouble,) = reach.troubles(shop, seen(url))
    assert "elsewhere.example.jp" in trouble.message
    there.rehearsal.webhook_active = True
    assert "elsewhere" in next(one.message for one in examine(shop) if one.name == "webhook")


def test_what_passes_by_itself_troubles_nobody(sqlite_shop: Shop, there: Running):
    sqlite_shop.settings.set("reach", "own")
    starting = Seen("starting", None, "")
    assert [(one.key, one.passes) for one in reach.troubles(sqlite_shop, starting)] == [("gateway", True)]
    (trouble,) = reach.troubles(sqlite_shop, Seen("refused", None, "Another program listens there."))
    assert trouble == reach.Point("gateway", ok=False, message="Another program listens there.", code="reach")
    assert not trouble.passes
    there.rehearsal.faults.add({"endpoint": "info", "nth": 1, "times": 9, "answer": 500})
    assert [(one.key, one.passes) for one in reach.troubles(sqlite_shop, starting)] == [("keys", True)]
    there.rehearsal.faults.clear()
    there.rehearsal.faults.add({"endpoint": "info", "nth": 1, "times": 9, "answer": 401})
    assert [(one.key, one.passes) for one in reach.troubles(sqlite_shop, starting)] == [("keys", False)]


@pytest.mark.parametrize(
    ("back", "silent"),
    [
        ([], 0),
        ([30, 31, 32, 33, 34, 35], 0),
        ([3, 4, 5, 6, 7, 8, 9], 0),
        ([4, 5, 6, 7, 8, 9, 10], 4),
        ([14, 21, 28, 35, 42, 49, 56], 0),
        ([15, 22, 29, 36, 43, 50, 57], 15),
        ([-2, 4, 5, 6, 7, 8, 9], 0),
    ],
)
def test_silence_is_measured_by_what_is_usual(back: list[int], silent: int):
    today = date(2026, 11, 22)
    assert silent_days([today - timedelta(days=one) for one in back], today) == silent


def test_a_wrong_secret_is_named(make_shop, there: Running, monkeypatch: pytest.MonkeyPatch):
    """A token may be good although the secret that signs is another channel's."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    shop = make_shop(secrets={LINE_ACCESS_TOKEN: there.access_token, LINE_CHANNEL_SECRET: "0" * 32})
    with gateway.running(shop) as found:
        reached_at(shop, found.url)
        reach.tell_line(shop, seen(found.url))
        points = reach.look(shop, seen(found.url), try_it=True)
    assert states(points)[:5] == [True] * 4 + [False]
    assert "another channel secret" in points[4].message


def test_keys_of_another_account_and_what_waits(sqlite_shop: Shop):
    sqlite_shop.settings.set("line_bot", "U" + "9" * 32)
    sqlite_shop.settings.set("reach", "own")
    points = reach.look(sqlite_shop, seen("http://127.0.0.1:9"), try_it=True)
    assert states(points) == [False] + [None] * 4
    assert "another account" in points[0].message


def test_an_address_that_leads_nowhere(sqlite_shop: Shop):
    reached_at(sqlite_shop, "http://127.0.0.1:9")
    points = reach.look(sqlite_shop, seen("http://127.0.0.1:9"), try_it=True)
    assert states(points)[:5] == [True, True, False, None, None]


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (401, "ERROR_STATUS_CODE", "another channel secret"),
        (404, "ERROR_STATUS_CODE", "Something else"),
        (0, "COULD_NOT_CONNECT", "cannot connect"),
        (0, "REQUEST_TIMEOUT", "two seconds"),
        (0, "BRAND_NEW", "BRAND_NEW"),
    ],
)
def test_lines_words_become_ours(status: int, reason: str, said: str):
    assert said in untried(WebhookTest(success=False, status=status, reason=reason, detail=""))
