"""`broadcasts mail`: what stops it is said in the dry run, and before the first call."""

from __future__ import annotations

import json

from shopdesk.broadcasts import Drafted, drafting
from shopdesk.messages import draft, literal, text as text_message
from shopdesk.shop import open_shop


def test_a_mail_without_what_the_law_asks_for_stops_the_broadcast_before_it_begins(run, tmp_path):
    rule, message, text = (tmp_path / name for name in ("rule.json", "message.json", "mail.txt"))
    rule.write_text(json.dumps({"all": []}), encoding="utf-8")
    message.write_text(json.dumps([{"type": "text", "text": "こんにちは"}]), encoding="utf-8")
    text.write_text("{name}さま、こんにちは。", encoding="utf-8")
    assert run("segments", "save", "みんな", rule).status == 0
    made = str(run("broadcasts", "draft", "--segment", "みんな", "--message", message).json["id"])
    assert run("broadcasts", "mail", made, "--subject", "新作", "--text", text).status == 0
    shown = run("broadcasts", "preview", made).json["mail"]
    assert (shown["planned"], len(shown["problems"])) == (0, 2)
    refused = run("broadcasts", "send", made)
    assert (refused.status, refused.error["code"]) == (1, "mailing")
    assert run("broadcasts", "status", made).json["mail"]["state"] == "draft"
    again = ("broadcasts", "mail", made, "--subject", "秋の新作", "--text", text)
    replaced = {"subject": "新作", "text": "{name}さま、こんにちは。", "counts": False}
    assert run(*again).json == {"id": int(made), "replaced": replaced}
    assert run(*again).json["replaced"] is None  # it is the same
    off = run("broadcasts", "mail", made, "--off", text=True)
    assert (off.status, off.out.splitlines()[2:]) == (0, ["  秋の新作", "  {name}さま、こんにちは。"])
    assert "mail" not in run("broadcasts", "status", made).json
    assert run("broadcasts", "mail", made, "--subject", "新作").status == 2


def test_mail_alone_and_what_follows_it(run, home, tmp_path):
    rule, text = (tmp_path / name for name in ("rule.json", "mail.txt"))
    rule.write_text(json.dumps({"all": []}), encoding="utf-8")
    text.write_text("秋です https://example.jp/aki", encoding="utf-8")
    assert run("segments", "save", "みんな", rule).status == 0
    assert run("broadcasts", "draft", "--segment", "みんな").status == 2
    made = str(run("broadcasts", "draft", "--segment", "みんな", "--mail-only").json["id"])
    assert run("broadcasts", "mail", made, "--subject", "秋", "--text", text, "--count-links").status == 0
    shown = run("broadcasts", "preview", made).json
    assert (shown["mail_only"], shown["problems"], len(shown["mail"]["problems"])) == (True, [], 3)
    standing = run("broadcasts", "status", made).json
    assert (standing["mail_only"], standing["follows"], standing["mail"]["links"]) == (True, None, [])
    refused = run("broadcasts", "follow-up", made, "--by", "line", "--days", "2")
    assert (refused.status, refused.error["code"]) == (1, "state")
    assert "Send it first" in refused.error["message"]
    shop = open_shop(home)
    said = draft([text_message(literal("秋です"))])
    with shop.database.write() as session:  # as it is once the mail was sent
        wanted = Drafted(said, None, name="あとから", counts=True, follows=int(made))
        session.add(after := drafting.row_of(wanted, None, shop.broadcasts._office))
        session.flush()
        second = after.id
    shop.close()
    first, then = (run("broadcasts", "status", one).json for one in (made, second))
    assert (first["follow_ups"], then["follow_ups"], then["follows"]) == ([second], [], int(made))
    assert f"Broadcast {second} “あとから” follows it: Draft" in run("broadcasts", "status", made, text=True).out
    assert f"It follows broadcast {made}" in run("broadcasts", "status", second, text=True).out
