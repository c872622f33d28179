"""受信: the ways are kept, what each needs is shown, and each point says how it is, against a gateway that really runs."""

from __future__ import annotations

import pytest

from shopdesk.rehearsal import Rehearsal, running
from shopdesk.rehearsal.webhooks import post
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from tests.gateway.test_forwarding import tool

__all__ = ["tool"]


@pytest.fixture
def there(monkeypatch):
    with running(Rehearsal(3)) as found:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield found


@pytest.fixture
def receiving(open_desk, there):
    desk = open_desk(
        "receiving", secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    )
    yield desk
    desk.window.supervisor.close()


def states(section) -> dict[str, str]:
    return {key: step.state for key, step in section._points.items()}


def said(section, key: str) -> str:
    return section._points[key].note.text()


def settled(desk, holds) -> None:
    desk.bot.waitUntil(lambda: desk.tasks.settle() and holds(), timeout=40_000)


def test_nothing_is_looked_at_before_a_way_is_chosen(receiving, there):
    section = receiving.section
    assert section.ways[""].isChecked()
    assert not section.points_card.isVisible()
    assert not section.address_field.isVisible()
    assert [entry for entry in there.rehearsal.journal.entries if "webhook" in entry["endpoint"]] == []


def test_each_way_shows_what_it_needs_and_is_kept(receiving):
    section = receiving.section
    shown = {}
    for way in ("host", "own", "tunnel", ""):
        section.ways[way].click()
        receiving.tasks.settle()
        assert receiving.shop.settings.get("reach") == way
        parts = (section.address_field, section.port_field, section.program_field, section.stays)
        shown[way] = [part.isVisible() for part in parts]
    assert shown == {
        "host": [True, False, False, False],
        "own": [True, True, False, True],
        "tunnel": [False, False, True, True],
        "": [False, False, False, False],
    }


def test_an_own_address_point_by_point_and_another_tool_beside_it(receiving, there, tool):
    """The proxy is left out: LINE's rehearsal and the points reach the gateway on loopback itself."""
    section, shop = receiving.section, receiving.shop
    shop.settings.set("gateway_port", "18789")
    section.ways["own"].click()
    settled(receiving, lambda: states(section)["gateway"] == "done")
    section._look(try_it=False)
    settled(receiving, lambda: states(section)["address"] == "now")
    assert "Enter the address" in said(section, "address")
    assert states(section)["told"] == "later"
    with shop.database.write() as session:  # only https can be typed; the rehearsal's own loopback needs no proxy
        from shopdesk.settings.tables import SettingRow  # noqa: PLC0415

        session.merge(SettingRow(key="public_url", value='"http://127.0.0.1:18789"'))
        session.merge(SettingRow(key="forward_to", value=f'"{tool.url}"'))
    there.rehearsal.webhook_url = "https://elsewhere.example.jp/hook"
    section._look(try_it=False)
    settled(receiving, lambda: states(section)["told"] == "now")
    assert "elsewhere.example.jp" in said(section, "told")
    assert section.tell.isVisible()
    section.tell.click()
    settled(receiving, lambda: states(section)["tried"] == "done")
    assert there.rehearsal.webhook_url == "http://127.0.0.1:18789/webhook"
    assert [key for key, state in states(section).items() if state != "done"] == ["heard", "again", "linking"]
    assert not section.tell.isVisible()
    settled(receiving, lambda: bool(tool.got))
    section._look(try_it=False)
    settled(receiving, lambda: "Last passed on" in section.forwarding.said.text())
    assert states(section)["tried"] == "done"
    assert tool.got[0][1].startswith(b"{")
    looked_at(receiving, tried="done")
    what_no_point_can_know(receiving)
    what_goes_wrong_later_turns_its_point(receiving, there)


def looked_at(desk, **wanted: str) -> None:
    """Look once more, as the timer does, until these points are so."""
    desk.section._look(try_it=False)
    settled(desk, lambda: {key: states(desk.section)[key] for key in wanted} == wanted)


def what_no_point_can_know(desk) -> None:
    """LINE tells neither whether it delivers again, nor whether it answers by itself: the way there is said."""
    assert "Webhook redelivery" in said(desk.section, "again")
    assert "auto-reply" in desk.section._by_hand.text()


def what_goes_wrong_later_turns_its_point(desk, there) -> None:
    section, rehearsal = desk.section, there.rehearsal
    rehearsal.webhook_active = False
    looked_at(desk, told="now", tried="later", heard="later")
    assert "“Use webhook” is off" in said(section, "told")
    rehearsal.webhook_active = True
    rehearsal.chat = False
    rehearsal.quota.limit = 0
    looked_at(desk, told="done", chat="later", quota="now")
    assert "Response settings" in said(section, "chat")
    assert "larger plan" in said(section, "quota")
    rehearsal.chat = True
    friend = {"userId": next(iter(rehearsal.people)).user_id, "type": "user"}
    at = int(desk.shop.clock.now().timestamp() * 1000)
    heard = {"type": "message", "webhookEventId": "01A", "timestamp": at, "mode": "active", "source": friend}
    heard |= {"message": {"type": "text", "id": "1", "text": "もしもし"}, "deliveryContext": {"isRedelivery": True}}
    post(rehearsal.webhook_url, there.channel_secret, rehearsal.channel.bot_user_id, [heard])
    desk.bot.waitUntil(lambda: desk.shop.events.last_at() is not None, timeout=20_000)
    looked_at(desk, heard="done", again="done", chat="done")
    desk.shop.settings.set("line_bot", "U" + "9" * 32)
    looked_at(desk, keys="now", gateway="later", quota="later")
    assert "another account" in said(section, "keys")


def test_a_host_needs_postgresql_and_the_steps_of_line_say_so_too(receiving):
    receiving.section.ways["host"].click()
    settled(receiving, lambda: states(receiving.section)["gateway"] == "now")
    assert "PostgreSQL" in said(receiving.section, "gateway")
    line = receiving.page.sections["line"]
    receiving.page.open("line")
    settled(receiving, lambda: line.receiving.state == "now")
    assert "PostgreSQL" in line.receiving.note.text()
    receiving.shop.settings.set("reach", "")
    settled(receiving, lambda: line.receiving.state == "later")


def test_what_is_no_address_is_said_at_its_field(receiving):
    section = receiving.section
    section.ways["host"].click()
    section.address.setText("http://shop.example.jp")
    section.address.editingFinished.emit()
    settled(receiving, lambda: bool(section.address_field.error()))
    assert "https://" in section.address_field.error()
    assert receiving.shop.settings.get("public_url") == ""
    address = section.forwarding.address
    address.setText("tool.example.jp")
    address.editingFinished.emit()
    settled(receiving, lambda: bool(section.forwarding.field.error()))
    address.setText("https://tool.example.jp/hook")
    address.editingFinished.emit()
    settled(receiving, lambda: receiving.shop.settings.get("forward_to") == "https://tool.example.jp/hook")
    assert section.forwarding.field.error() == ""
    lost = {"forwarded_at": None, "not_forwarded_at": "2026-11-22T05:00:00+00:00", "not_forwarded_why": "HTTP 500"}
    section.forwarding.show_health(lost)
    assert "today 14:00" in section.forwarding.said.text()
    assert "HTTP 500" in section.forwarding.said.text()
    section._to_answers()
    assert receiving.window.current == "answers"
