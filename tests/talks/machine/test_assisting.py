"""The assistant: asked over real HTTP with no more than it may know, and never a reason why the talk stops."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shopdesk.assistant import Assistant, AssistantError, Turn, sound_address
from shopdesk.errors import InvalidInputError
from shopdesk.messages import draft, text
from shopdesk.staff import OWNER
from tests.talks.machine.conftest import rule, settled

MARK = "（自動でお答えしています）\n"


def says(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@dataclass
class Service:
    """A service that speaks OpenAI's chat completions: what it was asked, and how it answers."""

    url: str = ""
    status: int = 200
    body: bytes = says("はい、できます。")
    headers: dict[str, str] = field(default_factory=dict)
    takes_s: float = 0
    before_answer: Any = None
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def service():
    here = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, said = here.status, here.headers, here.body
            here.asked.append((self.path, self.headers.get("Authorization", ""), body))
            if here.before_answer:
                here.before_answer()
            time.sleep(here.takes_s)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()


def switch_on(line, service):
    """Switch the assistant on, beside one question the machine answers by itself."""
    line.shop.secrets.set("assistant_key", "sk-test")
    line.shop.settings.set("assistant_url", service.url)
    line.shop.settings.set("assistant_model", "small")
    line.shop.talks.machine.rules.add(rule("駐車場", "alike", "駐車場はありますか", says="{name}さん、3台あります"))


@pytest.fixture
def asking(sqlite_line, service):
    """A shop with the assistant switched on."""
    switch_on(sqlite_line, service)
    return sqlite_line


def until_asked(service, many):
    until = time.monotonic() + 20
    while len(service.asked) < many:
        assert time.monotonic() < until, "the assistant is not asked"
        time.sleep(0.01)


def until_answered(asking, friend):
    until = time.monotonic() + 20
    while not [one for one in friend.talk() if one.author == "Assistant"]:
        assert time.monotonic() < until, "the assistant does not answer"
        time.sleep(0.01)
    settled(asking)


def test_it_answers_what_no_rule_does_and_knows_this_talk_and_the_questions_only(line, there, service, friend):
    switch_on(line, service)
    named = f"{there.rehearsal.people.get(friend.user_id).display_name}さん、3台あります"
    service.body = says("はい、{name}も\ud83d含めて承ります。")
    assert friend.says("駐車場ある？") == [named]
    assert service.asked == []
    line.shop.talks.desk.note(friend.id, "秘密のメモ")
    friend.says("名入れはできますか")
    until_answered(line, friend)
    assert friend.received()[-1]["text"] == f"{MARK}はい、{{name}}も含めて承ります。"
    assert friend.received()[-1]["quickReply"]["items"][0]["action"]["text"] == "担当者に聞く"
    path, key, body = service.asked[0]
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer sk-test", "small")
    system, *turns = body["messages"]
    assert "駐車場はありますか\nA: お客さまさん、3台あります" in system["content"]
    assert [(one["role"], one["content"]) for one in turns] == [
        ("user", "駐車場ある？"),
        ("assistant", named),
        ("user", "名入れはできますか"),
    ]
    assert set(body) == {"model", "messages"}
    assert friend.user_id not in json.dumps(body)
    (answer,) = [one for one in friend.talk() if one.author == "Assistant"]
    assert (answer.by_machine, answer.way, answer.state) == (True, "reply", "accepted")
    assert [one.friend_id for one in line.shop.talks.page("waiting")] == [friend.id]


def test_it_can_be_tried_before_it_is_kept(sqlite_shop, service):
    """A key that cannot be kept leaves everything as it was."""
    sqlite_shop.talks.machine.rules.add(rule("駐車場", "alike", "駐車場はありますか", says="3台あります"))
    typed, machine = Assistant(service.url, "sk-new", "small"), sqlite_shop.talks.machine
    assert machine.would_assist("予約は？", typed) == "はい、できます。"
    service.body = says("PASS")
    assert machine.would_assist("株価は？", typed) == ""
    assert "駐車場はありますか" in service.asked[0][2]["messages"][0]["content"]
    with pytest.raises(InvalidInputError):
        sqlite_shop.connect_assistant(Assistant("http://ai.example.com", "sk-new", "small"))
    assert sqlite_shop.assistant() is None
    sqlite_shop.connect_assistant(Assistant(f"{service.url}/", "sk-new", "small"))
    assert sqlite_shop.assistant() == typed
    sqlite_shop.connect_assistant(None)
    assert sqlite_shop.assistant() is None
    assert not sqlite_shop.secrets.get("assistant_key")


@pytest.mark.parametrize("wrong", [{"body": says("「pass。」")}, {"status": 500}])
def test_without_a_good_answer_nothing_is_said_and_the_talk_goes_on(asking, service, sqlite_friend, wrong):
    for name, value in wrong.items():
        setattr(service, name, value)
    sqlite_friend.says("名入れはできますか")
    until_asked(service, 1)
    service.status, service.body = 200, says("できます")
    sqlite_friend.says("もう一度聞きます")
    until_answered(asking, sqlite_friend)
    assert {one.words for one in sqlite_friend.talk()} == {"名入れはできますか", "もう一度聞きます", f"{MARK}できます"}


BAD = [
    {"body": says(None)},
    {"body": says(["text"])},
    {"body": b"no json"},
    {"body": b"[" * 100_000},
    {"body": b"[]"},
    {"body": b'{"choices": []}'},
    {"body": says("長" * 300_000)},
    {"status": 500},
    {"status": 404, "body": b""},
]


@pytest.mark.parametrize("wrong", BAD)
def test_the_door_takes_one_form_of_answer(service, wrong):
    for name, value in wrong.items():
        setattr(service, name, value)
    with pytest.raises(AssistantError):
        Assistant(service.url, "", "small").answer("", [Turn(False, "もしもし")])


@pytest.mark.parametrize("meanwhile", ["person", "taken over", "late", "unsent"])
def test_what_has_happened_meanwhile_wins(asking, service, sqlite_friend, clock, there, meanwhile):
    talks, done = asking.shop.talks, threading.Event()

    def happens():
        with asking.shop.staff.acting(OWNER):  # somebody at the window, of whom the gateway hears
            if meanwhile == "person":
                talks.reply(sqlite_friend.id, draft([text("担当です")]))
            elif meanwhile == "taken over":
                talks.desk.take_over(sqlite_friend.id)
            elif meanwhile == "late":
                clock.move(timedelta(seconds=51))
            else:
                unsend = {"unsend": asking.shop.talks.messages(sqlite_friend.id)[0].body["id"]}
                asking.says(there, sqlite_friend.user_id, unsend)
        done.set()

    service.before_answer = happens
    sqlite_friend.says("名入れはできますか")
    assert done.wait(20)
    time.sleep(0.5)
    settled(asking)
    assert [one for one in sqlite_friend.talk() if one.by_machine] == []


def test_the_door_gives_up_in_time(service):
    service.takes_s = 5
    began = time.monotonic()
    with pytest.raises(AssistantError):
        Assistant(service.url, "", "small", seconds=0.3).answer("", [Turn(False, "もしもし")])
    assert time.monotonic() - began < 3


def test_the_door_follows_nobody(service):
    service.status, service.headers = 307, {"Location": f"{service.url}/elsewhere"}
    with pytest.raises(AssistantError):
        Assistant(service.url, "", "small").answer("", [])
    assert len(service.asked) == 1


def test_nobody_listens_there():
    with pytest.raises(AssistantError):
        Assistant("http://127.0.0.1:9", "", "small").answer("", [])


@pytest.mark.parametrize(
    "wrong",
    [
        "http://ai.example.com/v1",
        "http://169.254.169.254/v1",
        "http://127.0.0.1.example.com/v1",
        "https://user:pass@ai.example.com/v1",
        "https://ai.example.com/v1?x=1",
        "https://ai.example.com/v1#x",
        "ftp://127.0.0.1/",
        "https:///v1",
        "https://[::1/v1",
        "https://ai.example.com:99999/v1",
        "file:///etc/passwd",
        "ai.example.com",
        "https://ai.example.com/v1\nx",
    ],
)
def test_an_address_that_is_not_safe_is_refused(sqlite_shop, wrong):
    with pytest.raises(InvalidInputError):
        sound_address(wrong)
    with pytest.raises(InvalidInputError):
        sqlite_shop.settings.set("assistant_url", wrong)
    assert sqlite_shop.assistant() is None


def test_good_addresses_lose_their_last_slash():
    good = ["https://ai.example.com/v1/", "http://localhost:11434/v1", "http://[::1]:8080/v1", ""]
    assert [sound_address(one) for one in good] == [one.rstrip("/") for one in good]
