"""Each point of how LINE reaches the shop says in one sentence what is wrong, and what follows waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk import gateway, reach
from shopdesk.doctor import examine
from shopdesk.line import WebhookTest
from shopdesk.reach import untried
from shopdesk.secrets import LINE_ACCESS_TOKEN, LINE_CHANNEL_SECRET
from shopdesk.settings.tables import SettingRow
from shopdesk.supervisor import Seen, Standing

if TYPE_CHECKING:
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
    assert states(reach.look(shop, seen(url), try_it=False)) == [True] * 4 + [None]
    assert states(reach.look(shop, seen(url), try_it=True)) == [True] * 5
    assert next(one for one in examine(shop) if one.name == "webhook").ok


def test_a_wrong_secret_is_named(make_shop, there: Running, monkeypatch: pytest.MonkeyPatch):
    """A token may be good although the secret that signs is another channel's."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    shop = make_shop(secrets={LINE_ACCESS_TOKEN: there.access_token, LINE_CHANNEL_SECRET: "0" * 32})
    with gateway.running(shop) as found:
        reached_at(shop, found.url)
        reach.tell_line(shop, seen(found.url))
        points = reach.look(shop, seen(found.url), try_it=True)
    assert states(points) == [True] * 4 + [False]
    assert "another channel secret" in points[-1].message


def test_keys_of_another_account_and_what_waits(sqlite_shop: Shop):
    sqlite_shop.settings.set("line_bot", "U" + "9" * 32)
    sqlite_shop.settings.set("reach", "own")
    points = reach.look(sqlite_shop, seen("http://127.0.0.1:9"), try_it=True)
    assert states(points) == [False] + [None] * 4
    assert "another account" in points[0].message


def test_an_address_that_leads_nowhere(sqlite_shop: Shop):
    reached_at(sqlite_shop, "http://127.0.0.1:9")
    points = reach.look(sqlite_shop, seen("http://127.0.0.1:9"), try_it=True)
    assert states(points) == [True, True, False, None, None]


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
