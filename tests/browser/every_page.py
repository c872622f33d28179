"""A shop that has every page of the gateway, and the way to each of them: in every state that looks different."""

from __future__ import annotations

import http.client
import json
import uuid
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from PIL import Image

from shopdesk.cards import Rank, Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.friends.tables import FriendRow
from shopdesk.gateway.visits import TOO_MANY
from shopdesk.links import Wanted
from shopdesk.mailings.tables import LetterRow
from shopdesk.member_sites import Wanted as Members
from shopdesk.messages import Letter, draft, text
from shopdesk.segments import parse
from shopdesk.settings.tables import SettingRow
from shopdesk.site import Content, Part
from shopdesk.surveys import Person
from tests.surveys.conftest import answer_all, published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shopdesk.coupons import Coupon
    from shopdesk.shop import Shop

NO_PAGES = frozenset(
    {
        *("GET /assets/page.css", "GET /media/{picture}/{width}", "GET /card/picture/{name}"),
        *("GET /assets/card.js", "GET /assets/seen.js", "GET /assets/site.js", "GET /assets/survey.js"),
        *(
            "GET /l/{key}",
            "POST /sign-in",
            "POST /card/{key}/code",
            "POST /coupon/{key}/opened",
            "POST /add/{key}/seen",
        ),
        *("POST /shop/seen", "POST /page/{page}/seen", "POST /news/{news}/seen"),
    }
)
"""What is looked at in no browser: pictures, styles, scripts and what scripts ask for, and what leads elsewhere at once."""
QUESTIONS: list[dict[str, Any]] = [
    {
        "name": "ケーキ",
        "title": "冬に食べたいケーキを、\nひとつ選んでください。",
        "kind": "picture",
        "options": ["いちごの生クリーム", "栗のモンブラン", "季節のタルト"],
    },
    {"name": "悩み", "title": "お肌の悩みはどれですか", "kind": "one", "options": ["乾燥", "べたつき", "とくにない"]},
    {"name": "所", "title": "どこが気になりますか", "kind": "several", "options": ["ほほ", "口のまわり", "目もと"]},
    {"name": "声", "title": "ご意見をお聞かせください", "note": "どんなことでも", "kind": "text", "required": False},
    {"name": "回数", "title": "月に何回いらっしゃいますか", "kind": "number", "least": 0, "most": 31},
    {
        "name": "満足",
        "title": "いかがでしたか",
        "kind": "rating",
        "least": 1,
        "most": 10,
        "low": "不満",
        "high": "満足",
    },
    {"name": "日", "title": "お誕生日", "kind": "date"},
    {"name": "お名前", "title": "お名前", "kind": "name", "consent": "お届けの宛名に使います"},
    {"name": "電話", "title": "お電話番号", "kind": "phone", "consent": "お届けの連絡に使います"},
    {"name": "住所", "title": "ご住所", "kind": "address", "consent": "お届けに使います"},
]
ANSWERS = {
    "声": "朝と夜",
    "回数": "3",
    "日": "1990-04-01",
    "お名前": "見本 花子",
    "電話": "09000000001",
    "住所": "東京都見本区 1-2-3",
}


@dataclass(frozen=True)
class Visit:
    """One look at a page: which route of the gateway it tries, the path, and what is posted, None for a GET."""

    name: str
    route: str
    path: str
    posted: Mapping[str, str] | None = None
    status: int = 200


class Everything:
    """A shop with a page of every kind, whose gateway listens at `url`, which is its public address."""

    def __init__(self, shop: Shop, url: str) -> None:
        self._shop, self._url = shop, url
        for key, value in {
            "shop_name": "みほん洋菓子店",
            "line_basic_id": "@mihon",
            "shop_address": "東京都見本区駅前 1-2-3",
            "shop_contact": "03-0000-0001",
            "opening_hours": "tue-fri 10:00-19:00; sat,sun 10:00-18:00; holiday 10:00-17:00; 2026-12-31 10:00-15:00",
        }.items():
            shop.settings.set(key, value)
        with shop.database.write() as session:  # loopback, which browsers trust as they trust https
            session.merge(SettingRow(key="public_url", value=json.dumps(url)))
        photo = BytesIO()
        Image.radial_gradient("L").resize((1200, 700)).convert("RGB").save(photo, "JPEG")
        self._picture = shop.messages.pictures.add(photo.getvalue(), "モンブラン").id
        shop.segments.save("みんな", parse({"all": []}))
        self._hana = shop.customers.add(NewCustomer(name="見本 花子", email="hana@example.jp")).id
        shop.customers.consents.set(self._hana, "mail", on=True)

    def visits(self) -> Iterator[Visit]:
        """Yield every look; what a page needs is made just before, so each is opened before the next is asked for."""
        yield from self._card()
        yield from self._coupons()
        yield from self._survey()
        yield from self._linking()
        yield from self._site()
        yield from self._stopping()
        nobody = "0" * 22
        yield Visit("404", "", "/nothing", status=404)
        yield Visit("404-number", "GET /card/{key}", f"/card/{nobody}", status=404)
        yield from self._too_often(nobody)

    def _too_often(self, nobody: str) -> Iterator[Visit]:
        """What whoever tries too often is told: numbers, codes that were mailed, and forms that are kept."""
        form = {"linkToken": "abc", "ticket": "A" * 22, "code": "000000"}
        for name, route, path, posted in (
            ("429", "GET /coupon/{key}", f"/coupon/{nobody}", None),
            ("429-code", "POST /link/code", "/link/code", form),
            ("429-reserve", "POST /reserve", "/reserve", {"day": "x"}),
        ):
            while self._asked(path, posted) != TOO_MANY:
                pass
            yield Visit(name, route, path, posted, status=TOO_MANY)

    def _asked(self, path: str, posted: Mapping[str, str] | None) -> int:
        line = http.client.HTTPConnection(urlsplit(self._url).netloc, timeout=20)
        with closing(line):
            form = {} if posted is None else {"Content-Type": "application/x-www-form-urlencoded"}
            line.request("GET" if posted is None else "POST", path, posted and urlencode(posted), form)
            return line.getresponse().status

    def _path(self, address: str) -> str:
        parts = urlsplit(address)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _coupon(self, offer: Offer) -> Coupon:
        return self._shop.coupons.publish(self._shop.coupons.create(offer).id)

    def _card(self) -> Iterator[Visit]:
        cards = self._shop.cards
        offers = (
            Offer("コーヒー 1 杯サービス", "free_item"),
            Offer("焼き菓子 1 つ", "gift"),
            Offer("500 円引き", "yen_off", 500),
        )
        coffee, biscuit, off = (self._coupon(one).id for one in offers)
        rewards = tuple(Reward(points=at, coupon_id=one) for at, one in ((4, biscuit), (8, coffee), (10, off)))
        ranks = (Rank(name="常連さま", least=1, percent=120),)
        cards.design.publish(Rules(rewards=rewards, expiry="visit", stamp="cake", ranks=ranks))
        made = cards.issue(self._hana, "はなこ")
        path = self._path(cards.pages.address(made.card.id))
        yield Visit("card-new", "GET /card/{key}", path)
        cards.scan(made.code.digits, visits=6)
        yield Visit("card", "GET /card/{key}", path)
        ticket = cards.pages.show(path.rpartition("/")[2]).coupons[0].ticket_id
        yield Visit("card-coupon", "POST /card/{key}/coupon", f"{path}/coupon", {"ticket": str(ticket)})
        for goal, colour in ((20, "blue"), (50, "green"), (500, "brown")):
            cards.design.publish(Rules(rewards=(Reward(points=9, coupon_id=coffee),), goal=goal, colour=colour))
            yield Visit(f"card-{goal}", "GET /card/{key}", path)

    def _coupons(self) -> Iterator[Visit]:
        coupons, route = self._shop.coupons, "GET /coupon/{key}"
        offer = Offer(
            "コーヒー 1 杯サービス",
            "free_item",
            text="お好きな豆をお選びください。",
            terms="店内でお召し上がりの方にかぎります。ほかのクーポンとは一緒に使えません。",
            picture=self._picture,
            weekdays=(1, 3, 4, 6),
            by_link=True,
        )
        coffee = self._coupon(offer)
        (token,) = coupons.issue(coffee.id, [self._hana]).tokens
        own = f"/coupon/{token.code}"
        yield Visit("coupon", route, own)
        yield Visit("coupon-code", "POST /coupon/{key}/use", f"{own}/use", {})
        coupons.redeem(token.code, till="レジ 2")
        yield Visit("coupon-used", route, own)
        yield Visit("coupon-line", route, self._path(coupons.addresses.of_page(coffee)))
        free = self._coupon(Offer("10% 引き", "percent_off", 10, per_person=None, by_link=True))
        page = self._path(coupons.addresses.of_page(free))
        yield Visit("coupon-free", route, page)
        yield Visit("coupon-taken", "POST /coupon/{key}/take", f"{page}/take", {})
        coupons.close(free.id)
        yield Visit("coupon-closed", route, page)
        lots = self._coupon(Offer("ふくびき", "gift", odds=50))
        (token,) = coupons.issue(lots.id, [self._hana]).tokens
        yield Visit("lottery", route, f"/coupon/{token.code}")
        yield Visit("lottery-drawn", "POST /coupon/{key}/draw", f"/coupon/{token.code}/draw", {})

    def _survey(self) -> Iterator[Visit]:
        surveys, route = self._shop.surveys, "GET /survey/{key}"
        first, *more = QUESTIONS
        cakes = {**first, "options": [{"label": one, "picture": self._picture} for one in first["options"]]}
        gift = self._coupon(Offer("お礼の焼き菓子", "gift"))
        said = {"title": "冬のケーキについて", "intro": "これからの商品づくりの参考にします。"}
        survey = published(self._shop, **said, questions=[cakes, *more], poll=True, gift={"coupon": str(gift.id)})
        for _ in range(20):
            other = self._shop.customers.add(NewCustomer(name="見本")).id
            answer_all(self._shop, survey, Person(customer_id=other), ケーキ="栗のモンブラン", **ANSWERS)
        page = self._path(surveys.addresses.of_page(survey))
        yield Visit("survey-everybody", route, page)
        yield Visit("survey-phone", "POST /survey/{key}/begin", f"{page}/begin", {"who": "k" * 22})
        own = self._path(surveys.addresses.of_person(survey.id, self._hana))
        yield Visit("survey-start", route, own)
        person, answering = Person(customer_id=self._hana), surveys.answering
        found = answering.begin(survey.id, person)
        while (one := found.asked) is not None:
            yield Visit(f"survey-{one.kind}", route, own)
            asked = {"q": one.name, "v": str(found.version)}
            if one.kind in {"picture", "rating", "phone"}:
                yield Visit(f"survey-{one.kind}-wrong", "POST /survey/{key}/answer", f"{own}/answer", asked)
            if one.kind == "several":
                yield Visit(f"survey-{one.kind}-back", "POST /survey/{key}/back", f"{own}/back", asked)
            usual = [one.options[0].label] if one.options else [ANSWERS.get(one.name, "8")]
            found = answering.answer(survey.id, person, one.name, usual, version=found.version, agreed=True)
        yield Visit("survey-thanks", route, own)
        yield Visit("survey-gift", "POST /survey/{key}/gift", f"{own}/gift", {})
        surveys.close(survey.id)
        yield Visit("survey-over", route, page)

    def _linking(self) -> Iterator[Visit]:
        card = self._path(self._shop.friends.proofs.make_card(self._hana).url)
        yield Visit("link-card", "GET /link/{token}", card)
        yield Visit("link-lost", "GET /link/{token}", "/link/no", status=404)
        yield Visit("link-mail", "GET /link", "/link?linkToken=abc")
        yield Visit("link-again", "GET /link", "/link", status=400)
        form = {"linkToken": "abc", "mail": "nobody@example.jp", "ticket": "A" * 22, "code": "000000"}
        yield Visit("link-code", "POST /link/mail", "/link/mail", form)
        yield Visit("link-wrong", "POST /link/code", "/link/code", form)
        source = self._shop.links.sources.add(
            Wanted("レジ横", headline="LINE で\n焼きたてをお知らせ", offer="コーヒー 1 杯", picture=self._picture)
        )
        add = self._path(self._shop.links.sources.address(source))
        yield Visit("add", "GET /add/{key}", add)
        yield Visit("sign-in-not", "GET /sign-in/done", "/sign-in/done", status=400)
        site, _secret = self._shop.member_sites.add(Members("本店", "eccube", ("https://ec.example.jp/back",)))
        yield Visit("signin-not", "GET /signin/{site}", f"/signin/{site.key}?member=1", status=400)
        lost = {"key": "0" * 22, "say": "yes"}
        yield Visit("signin-lost", "POST /signin/{site}/link", f"/signin/{site.key}/link", lost, status=404)

    def _site(self) -> Iterator[Visit]:
        said = (
            Part("picture", "栗のモンブラン", self._picture),
            Part("heading", "季節の果物でひとつずつ"),
            Part("text", "駅前の小さな洋菓子店です。\nお品書きは https://menu.example.jp/ にあります。"),
            Part("link", "通信販売", "https://shop.example.com/"),
        )
        yield Visit("feed-none", "GET /news", "/news")
        self._publish("shop", Content("毎朝 10 時に焼き上がります", said, "https://menu.example.jp/", reserves=True))
        self._publish("privacy", Content("個人情報の取り扱い", (Part("text", "予約のご返事だけに使います。"),)))
        page = self._publish("announcement", Content("年末年始のご案内", said))
        news = [self._publish("news", Content(f"お知らせ {number}", said[:3])) for number in range(21)]
        me, comment = f"/me/{self._friend()}", {"name": "花", "text": "おいしかったです", "nonce": "c" * 22}
        newest, oldest = news[-1].key, news[1].key
        posted = {"nonce": "a" * 22, "on": "1"}
        yield Visit("news-liked", "POST /news/{news}/like", f"/news/{newest}/like", posted)
        yield Visit(
            "news-comment-none", "POST /news/{news}/comment", f"/news/{newest}/comment", {**comment, "text": ""}
        )
        yield Visit("news-comment", "POST /news/{news}/comment", f"/news/{newest}/comment", comment)
        (waiting,) = self._shop.site.feedback.comments("waiting")
        self._shop.site.feedback.decide(waiting.id, show=True)
        yield Visit("me-liked", "POST /me/{key}/news/{news}/like", f"{me}/news/{newest}/like", {"on": "1"})
        yield Visit("me-comment", "POST /me/{key}/news/{news}/comment", f"{me}/news/{newest}/comment", comment)
        for name, route, before in (("", "", ""), ("me-", "/me/{key}", me)):
            yield Visit(f"{name}shop", f"GET {route or '/shop'}", before or "/shop")
            yield Visit(f"{name}feed", f"GET {route}/news", f"{before}/news")
            yield Visit(f"{name}feed-older", f"GET {route}/news/before/{{last}}", f"{before}/news/before/{oldest}")
            yield Visit(f"{name}news", f"GET {route}/news/{{news}}", f"{before}/news/{newest}")
            yield Visit(f"{name}reserve", f"GET {route}/reserve", f"{before}/reserve")
            wanted = {
                "day": "2026-11-28",
                "time": "17:30",
                "people": "2",
                "name": "見本 花子",
                "phone": "090-0000-0001",
            }
            wanted |= {"nonce": "b" * 22, "mail": "", "note": ""}
            late = {**wanted, "time": "03:30"}
            yield Visit(f"{name}reserve-wrong", f"POST {route}/reserve", f"{before}/reserve", late)
            yield Visit(f"{name}reserve-done", f"POST {route}/reserve", f"{before}/reserve", wanted)
        yield Visit("announcement", "GET /page/{page}", f"/page/{page.key}")
        yield Visit("privacy", "GET /privacy", "/privacy")

    def _publish(self, kind: Any, content: Content) -> Any:
        return self._shop.site.publish(self._shop.site.write(kind, content).id)

    def _friend(self) -> str:
        """Return the number of a friend's own pages."""
        now = self._shop.clock.now()
        times = dict.fromkeys(("since", "refreshed_at", "state_at"), now)
        said = {"display_name": "花", "picture_url": "", "state": "friend", "state_event": ""}
        friend = FriendRow(user_id="U" + "f" * 32, **said, **times)
        with self._shop.database.write() as session:
            session.add(friend)
            session.flush()
            return self._shop.site.visitors.token(session, friend.id)

    def _stopping(self) -> Iterator[Visit]:
        broadcast = self._shop.broadcasts.draft(draft([text("栗")]), segment="みんな")
        self._shop.mailings.write(broadcast, Letter("栗", "栗です"))
        key, empty = str(uuid.uuid4()), {"reason": "", "body": b"", "sha256": "", "said": ""}
        with self._shop.database.write() as session:
            session.add(LetterRow(broadcast_id=broadcast, customer_id=self._hana, state="accepted", key=key, **empty))
        yield Visit("stop", "GET /stop/{key}", f"/stop/{key}")
        yield Visit("stopped", "POST /stop/{key}", f"/stop/{key}", {})
