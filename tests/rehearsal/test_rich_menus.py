"""Rich menus: made, given a picture, named, shown to one, many or all, and switched by a tap."""

from __future__ import annotations

import struct
import zlib

import pytest

from shopdesk.rehearsal import friend_id

PATH = "/v2/bot/richmenu"
AREA = {"x": 0, "y": 0, "width": 1250, "height": 843}
MENU = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "秋のメニュー",
    "chatBarText": "メニュー",
    "areas": [{"bounds": AREA, "action": {"type": "postback", "data": "menu=card", "label": "カード"}}],
}
SWITCH = {"type": "richmenuswitch", "richMenuAliasId": "winter", "data": "to=winter"}


def png(width: int = 1200, height: int = 405, fill: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _row in range(height)))
    chunks = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", rows), (b"tEXt", fill), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


def upload(caller, menu: str, body: bytes, media: str = "image/png"):
    return caller.raw("POST", f"{PATH}/{menu}/content", body, Content_Type=media)


@pytest.fixture
def menu(caller) -> str:
    made = caller.post(PATH, MENU).json["richMenuId"]
    assert upload(caller, made, png()).status == 200
    return made


def test_made_told_listed_deleted(caller):
    first, second = (caller.post(PATH, {**MENU, "name": name}).json["richMenuId"] for name in "ab")
    assert caller.get(f"{PATH}/{first}").json == {"richMenuId": first, **MENU, "name": "a"}
    assert [one["richMenuId"] for one in caller.get(f"{PATH}/list").json["richmenus"]] == [second, first]
    assert caller.ask("DELETE", f"{PATH}/{first}").status == 200
    assert caller.ask("DELETE", f"{PATH}/{first}").status == 404
    assert caller.get(f"{PATH}/{first}").status == 404


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ({"size": {"width": 799, "height": 300}}, "size.width"),
        ({"size": {"width": 2501, "height": 300}}, "size.width"),
        ({"size": {"width": 800, "height": 249}}, "size.height"),
        ({"size": {"width": 800, "height": 800}}, "size"),
        ({"name": "a" * 301}, "name"),
        ({"chatBarText": "a" * 15}, "chatBarText"),
        ({"areas": MENU["areas"] * 21}, "areas"),
        ({"areas": [{"bounds": AREA, "action": {"type": "camera", "label": "撮る"}}]}, "areas[0].action.type"),
        ({"areas": [{"bounds": {**AREA, "x": -1}, "action": SWITCH}]}, "areas[0].bounds.x"),
    ],
)
def test_a_wrong_menu_is_refused_by_check_and_by_making(caller, other, place):
    for path in (PATH, f"{PATH}/validate"):
        reply = caller.post(path, {**MENU, **other})
        assert (reply.status, [one["property"] for one in reply.json["details"]]) == (400, [place])
    assert caller.get(f"{PATH}/list").json == {"richmenus": []}
    assert caller.post(f"{PATH}/validate", MENU).status == 200


def test_the_picture_comes_once_and_comes_back(caller, menu):
    fetched = caller.raw("GET", f"{PATH}/{menu}/content")
    assert (fetched.raw, fetched.headers["content-type"]) == (png(), "image/png")
    assert upload(caller, menu, png()).status == 400


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (png(), "image/gif", 415),
        (png(), "application/json", 415),
        (png(799, 300), "image/png", 400),
        (png(800, 249), "image/png", 400),
        (png(800, 600), "image/png", 400),
        (b"no picture", "image/jpeg", 400),
        (b"\xff\xd8\xff", "image/jpeg", 400),
        (b"", "image/png", 400),
        (png(fill=bytes(1024 * 1024)), "image/png", 413),
        (b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\x03\x4b\x09\xc4", "image/jpeg", 200),
    ],
)
def test_a_picture_must_fit(caller, body, media, status):
    made = caller.post(PATH, MENU).json["richMenuId"]
    assert upload(caller, made, body, media).status == status


def test_no_picture_no_showing(caller):
    made = caller.post(PATH, MENU).json["richMenuId"]
    assert caller.get(f"{PATH}/{made}/content").status == 404
    assert caller.ask("POST", f"/v2/bot/user/all/richmenu/{made}").status == 400
    assert caller.ask("POST", f"/v2/bot/user/{friend_id(1)}/richmenu/{made}").status == 400
    assert caller.ask("POST", f"/v2/bot/user/all/richmenu/{made}0").status == 404


def test_the_default(caller, menu):
    assert caller.get("/v2/bot/user/all/richmenu").status == 404
    assert caller.ask("POST", f"/v2/bot/user/all/richmenu/{menu}").status == 200
    assert caller.get("/v2/bot/user/all/richmenu").json == {"richMenuId": menu}
    assert caller.get(f"/rehearsal/people/{friend_id(1)}/phone").json["menu"]["id"] == menu
    assert caller.ask("DELETE", "/v2/bot/user/all/richmenu").status == 200
    assert caller.get(f"/rehearsal/people/{friend_id(1)}/phone").json["menu"] is None


def test_one_persons_own(caller, menu):
    path = f"/v2/bot/user/{friend_id(1)}/richmenu"
    assert caller.get(path).status == 404
    assert caller.ask("POST", f"{path}/{menu}").status == 200
    assert caller.get(path).json == {"richMenuId": menu}
    assert caller.ask("DELETE", path).status == 200
    assert caller.get(path).status == 404
    assert caller.ask("POST", f"/v2/bot/user/{friend_id(99)}/richmenu/{menu}").status == 200, "no friend: no effect"
    assert caller.ask("POST", f"/v2/bot/user/nobody/richmenu/{menu}").status == 400


def test_many_at_once(caller, menu):
    people = [friend_id(number) for number in range(3)]
    assert caller.post(f"{PATH}/bulk/link", {"richMenuId": menu, "userIds": people}).status == 202
    assert caller.get(f"/v2/bot/user/{people[2]}/richmenu").json == {"richMenuId": menu}
    assert caller.post(f"{PATH}/bulk/unlink", {"userIds": people[:2]}).status == 202
    assert caller.get(f"/v2/bot/user/{people[0]}/richmenu").status == 404
    assert caller.get(f"/v2/bot/user/{people[2]}/richmenu").status == 200
    assert caller.post(f"{PATH}/bulk/link", {"richMenuId": menu, "userIds": people * 167}).status == 400


def test_a_batch_moves_people_from_menu_to_menu(caller, menu):
    other = caller.post(PATH, MENU).json["richMenuId"]
    upload(caller, other, png())
    people = [friend_id(number) for number in range(2)]
    caller.post(f"{PATH}/bulk/link", {"richMenuId": menu, "userIds": people})
    body = {"operations": [{"type": "link", "from": menu, "to": other}], "resumeRequestKey": "a-1"}
    assert caller.post(f"{PATH}/validate/batch", body).status == 200
    done = caller.post(f"{PATH}/batch", body)
    assert done.status == 202
    assert caller.get(f"/v2/bot/user/{people[1]}/richmenu").json == {"richMenuId": other}
    request = done.headers["x-line-request-id"]
    assert caller.get(f"{PATH}/progress/batch?requestId={request}").json["phase"] == "succeeded"
    assert caller.get(f"{PATH}/progress/batch?requestId=x").status == 404
    assert caller.post(f"{PATH}/batch", {"operations": [{"type": "unlinkAll"}]}).status == 202
    assert caller.get(f"/v2/bot/user/{people[1]}/richmenu").status == 404
    assert caller.post(f"{PATH}/validate/batch", {"operations": [{"type": "link", "from": menu}]}).status == 400
    assert caller.post(f"{PATH}/batch", body).status == 202
    assert caller.post(f"{PATH}/batch", body).status == 429, "three an hour"


def test_an_alias_is_what_a_tap_switches_to(caller, menu):
    alias = {"richMenuAliasId": "winter", "richMenuId": menu}
    tap = {"tap": {"action": SWITCH}}
    assert caller.says(1, tap).json["event"]["postback"]["params"]["status"] == "RICHMENU_ALIAS_ID_NOTFOUND"
    assert caller.post(f"{PATH}/alias", alias).status == 200
    assert caller.post(f"{PATH}/alias", alias).status == 400, "taken"
    assert caller.post(f"{PATH}/alias", {**alias, "richMenuAliasId": "Winter"}).status == 400
    assert caller.post(f"{PATH}/alias", {"richMenuAliasId": "b", "richMenuId": "none"}).status == 400
    assert caller.get(f"{PATH}/alias/winter").json == alias
    assert caller.get(f"{PATH}/alias/list").json == {"aliases": [alias]}
    told = caller.says(1, tap).json["event"]["postback"]
    assert told == {"data": "to=winter", "params": {"newRichMenuAliasId": "winter", "status": "SUCCESS"}}
    assert caller.get(f"/v2/bot/user/{friend_id(1)}/richmenu").json == {"richMenuId": menu}
    other = caller.post(PATH, MENU).json["richMenuId"]
    assert caller.post(f"{PATH}/alias/winter", {"richMenuId": other}).status == 200
    assert caller.get(f"{PATH}/alias/winter").json["richMenuId"] == other
    caller.ask("DELETE", f"{PATH}/{other}")
    assert caller.says(1, tap).json["event"]["postback"]["params"]["status"] == "RICHMENU_NOTFOUND"
    assert caller.ask("DELETE", f"{PATH}/alias/winter").status == 200
    assert caller.get(f"{PATH}/alias/winter").status == 404


def test_a_deleted_menu_leaves_everybody(caller, menu):
    caller.ask("POST", f"/v2/bot/user/all/richmenu/{menu}")
    caller.ask("POST", f"/v2/bot/user/{friend_id(1)}/richmenu/{menu}")
    caller.ask("DELETE", f"{PATH}/{menu}")
    assert caller.get("/v2/bot/user/all/richmenu").status == 404
    assert caller.get(f"/v2/bot/user/{friend_id(1)}/richmenu").status == 404
