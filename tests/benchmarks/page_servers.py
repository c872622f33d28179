"""The gateway's pages under uvicorn, two ways: out of the shop's data, and as the same application without a database.

python -m tests.benchmarks.page_servers WAY FOLDER prints its port and the paths of its pages, then serves until its input ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shopdesk import gateway
from shopdesk.cards import Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.secrets import LINE_CHANNEL_SECRET
from shopdesk.shop import open_shop
from shopdesk.surveys import Person, read_form
from tests.benchmarks.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.shop import Shop

PAGES = ("card", "survey", "link")
_QUESTIONS = [
    {"name": "悩み", "title": "お肌の悩みはどれですか", "kind": "one", "options": ["乾燥", "べたつき", "ない"]},
    {"name": "所", "title": "どこが気になりますか", "kind": "several", "options": ["ほほ", "口", "目"]},
    {"name": "すすめ", "title": "すすめたいですか", "kind": "rating"},
]


def fill(shop: Shop) -> dict[str, str]:
    """Put a card with stamps, a coupon and visits, a survey somebody is at, and a link into a shop; return their paths."""
    shop.settings.set("shop_name", "みほん洋菓子店")
    shop.settings.set("public_url", "https://shop.example.jp")
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    gift, off = (
        shop.coupons.publish(shop.coupons.create(offer).id).id
        for offer in (Offer("焼き菓子 1 つ", "gift"), Offer("500 円引き", "yen_off", 500))
    )
    rewards = (Reward(points=3, coupon_id=gift), Reward(points=10, coupon_id=off))
    shop.cards.design.publish(Rules(rewards=rewards, expiry="visit", stamp="cake"))
    made = shop.cards.issue(hana, "はなこ")
    for _ in range(5):
        shop.cards.scan(made.code.digits)
    form = read_form({"name": "肌", "questions": _QUESTIONS}, int)
    survey = shop.surveys.publish(shop.surveys.create(form).id)
    person = Person(customer_id=hana)
    begun = shop.surveys.answering.begin(survey.id, person)
    shop.surveys.answering.answer(survey.id, person, "悩み", ["乾燥"], version=begun.version)
    found = (
        shop.cards.pages.address(made.card.id),
        shop.surveys.addresses.of_person(survey.id, hana),
        shop.links.address(shop.links.add("https://example.jp/menu", "プロフィール").key),
    )
    return {name: urlsplit(one).path for name, one in zip(PAGES, found, strict=True)}


def without_a_database(shop: Shop) -> None:
    """Let what these pages ask a shop for be remembered, and what they write be forgotten: the rest is the same."""
    for owner, name in (
        (shop.settings, "get"),
        (shop.settings, "all"),
        (shop.cards.pages, "show"),
        (shop.surveys, "opened"),
        (shop.links, "lead"),
    ):
        setattr(owner, name, cache(getattr(owner, name)))
    shop.links.count = lambda _clicks: None  # type: ignore[method-assign]
    shop.database.one_moment = nullcontext  # type: ignore[method-assign]


def _serve(way: str, folder: Path) -> None:
    shop = open_shop(folder, secrets={LINE_CHANNEL_SECRET: "0" * 32})
    paths = fill(shop)
    if way == "nothing":
        without_a_database(shop)
    with gateway.running(shop) as found:
        print(json.dumps([urlsplit(found.url).port, paths]), flush=True)
        sys.stdin.read()
        os._exit(0)


@contextmanager
def serving(way: str, folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Run one in a process of its own and give its port and the paths of its pages."""
    command = [sys.executable, "-m", "tests.benchmarks.page_servers", way, str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            port, paths = json.loads(server.stdout.readline())
            yield port, paths
        finally:
            server.stdin.close()


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
