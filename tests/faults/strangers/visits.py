"""A gateway with something to show, and visitors who write their requests byte by byte."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from PIL import Image

from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.database import connect_sqlite
from shopdesk.friends import Ticket
from shopdesk.friends.codes import new_token
from shopdesk.friends.tables import FriendRow
from shopdesk.links import Wanted
from shopdesk.mailings.tables import LetterRow
from shopdesk.member_sites import Wanted as SiteWanted
from shopdesk.member_sites.requests import signature
from shopdesk.messages import Letter, draft, text
from shopdesk.segments import parse
from shopdesk.shop import Shop
from shopdesk.site import Content, Kind, Part
from shopdesk.surveys import Form, Question
from tests.faults.sending.stage import Stage
from tests.faults.webhooks.deliveries import Gateway, body, message, running, user

MAIL = "hana@example.jp"
_BASE = "https://shop.example.jp"
_PHOTO = BytesIO()
Image.new("RGB", (1100, 700), "orange").save(_PHOTO, "JPEG")


@dataclass(frozen=True)
class Answer:
    """What came back: `status` is 0 where the connection was closed without a word."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Own:
    """The keys of the shop's own pages: of news, of an announcement, of a friend's own address, and of a letter that was mailed."""

    news: str
    announcement: str
    friend: str
    letter: str

    def pages(self) -> list[str]:
        """Return their paths."""
        friend = f"/me/{self.friend}"
        shown = ["/shop", friend, "/news", f"/news/{self.news}", f"{friend}/news/{self.news}", "/reserve"]
        return [*shown, f"/page/{self.announcement}", "/privacy", f"/stop/{self.letter}"]

    def buttons(self) -> dict[str, bytes]:
        """Return what their forms and scripts post."""
        nonce = f"nonce={new_token()}"
        asked = f"{nonce}&day=2026-11-28&time=18%3A30&people=2&name=%E8%8A%B1&phone=09000000001&mail=&note="
        return {
            "/shop/seen": b"",
            f"/news/{self.news}/seen": b"",
            f"/page/{self.announcement}/seen": b"",
            f"/news/{self.news}/like": f"{nonce}&on=1".encode(),
            f"/me/{self.friend}/news/{self.news}/like": b"on=1",
            f"/news/{self.news}/comment": f"{nonce}&name=&text=x".encode(),
            "/reserve": asked.encode(),
            f"/me/{self.friend}/reserve": asked.encode(),
            f"/stop/{self.letter}": b"List-Unsubscribe=One-Click",
        }


@dataclass(frozen=True)
class Site:
    """A gateway, the pages that it has, and a code that was mailed: good until somebody redeems it.

    `shop_card`, `coupon` and `offer` are the paths of a customer's card, of their coupon, and of the page that gives one to everybody;
    `asked` and `survey` those of a question that the customer is at, and of the page on which everybody may begin.
    `add` is that of the page before the talk on LINE, `link` a link that leads to `leads_to` and is counted; `sign_in`
    is where a member of a site is sent with a signed request: without a LINE Login channel nobody gets further.
    """

    gate: Gateway
    ticket: Ticket
    card: str
    picture: str
    shop_card: str
    coupon: str
    offer: str
    asked: str
    survey: str
    add: str
    link: str
    sign_in: str
    own: Own
    leads_to: str = "https://example.jp/menu"

    def pages(self) -> dict[str, str]:
        """Return the path of each page by what must come of getting it."""
        code = f"linkToken=abc&ticket={self.ticket.token}&code={self.ticket.code}"
        return {
            self.shop_card: "200",
            self.coupon: "200",
            self.offer: "200",
            self.add: "200",
            f"{self.coupon}/use": "405",
            self.asked: "200",
            self.survey: "200",
            f"/link/{self.card}": "200",
            "/link?linkToken=abc": "200",
            f"/media/{self.picture}/240": "200",
            **dict.fromkeys(self.own.pages(), "200"),
            self.sign_in: "404",
            f"/link/code?{code}": "404",
        }

    def buttons(self) -> dict[str, bytes]:
        """Return what the pages' own buttons and scripts post, by path; each would change something."""
        mailed = f"linkToken=abc&mail=hana%40example.jp&ticket={self.ticket.token}&code={self.ticket.code}".encode()
        held = self.gate.shop.coupons.look(self.coupon.rpartition("/")[2])
        return {
            "/link/mail": mailed,
            "/link/code": mailed,
            f"{self.shop_card}/coupon": f"ticket={held.ticket_id}".encode(),
            f"{self.coupon}/opened": b"",
            f"{self.coupon}/use": b"",
            f"{self.offer}/take": b"",
            **self.own.buttons(),
            f"{self.asked}/begin": b"",
            f"{self.asked}/answer": f"v=1&q={quote('声')}&a=1".encode(),
            f"{self.survey}.{'k' * 22}/answer": f"v=1&q={quote('声')}&a=1".encode(),
            f"{self.add}/seen": b"",
        }

    def ask(self, sent: bytes) -> Answer:
        """Send bytes and return the first answer to them."""
        method = sent.split(b" ", 1)[0].decode("latin-1")
        with closing(self.connection()) as line:
            line.sendall(sent)
            return answer_on(line, method)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is written here."""
        return self.ask(request(method, path, headers))

    def post(self, path: str, sent: bytes, **headers: str) -> Answer:
        """Post a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(sent))}
        return self.ask(request("POST", path, {**form, **headers}) + sent)

    def connection(self) -> socket.socket:
        """Connect and say nothing."""
        parts = urlsplit(self.gate.url)
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)

    def hears_line(self) -> None:
        """Check that LINE is heard as ever."""
        assert self.gate.post(body(message("7", self.gate.shop.clock.now(), user(7)))) == 200

    def redeemed(self) -> bool:
        """Say whether somebody has had the mailed code, by redeeming it."""
        return self.gate.shop.friends.proofs.redeem(self.ticket.token, self.ticket.code) is None

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Return everything in the main database that a visit could change."""
        with closing(connect_sqlite(self.gate.shop.database.path)) as found:
            names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            kept = (name for name in names if name not in _OWN_PACE and "search" not in name)
            return {name: found.execute(f'SELECT * FROM "{name}"').fetchall() for name in kept}


_FORM = re.compile(rb'(?<=name="nonce" value=")[A-Za-z0-9_-]{22}')
"""What a form carries to be sent once: it is another one each time."""
_OWN_PACE = {"leases", "settings"}
"""What the gateway itself writes meanwhile."""


def request(method: str, path: str, headers: dict[str, str]) -> bytes:
    """Write a request; a header's name is written with `_` for `-`."""
    lines = [f"{method} {path} HTTP/1.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in {"Host": "shop.example.jp", **headers}.items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


def answer_on(line: socket.socket, method: str = "GET") -> Answer:
    """Read one answer."""
    answer = http.client.HTTPResponse(line, method=method)
    try:
        answer.begin()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, _FORM.sub(b"." * 22, answer.read()))
    except (http.client.HTTPException, OSError):
        return Answer(0, {}, b"")


@contextmanager
def site(stage: Stage, folder: Path, **values: str) -> Iterator[Site]:
    """Run a gateway for a shop that knows somebody and keeps a picture; `values` stand in its environment."""
    with running(stage, folder, **values) as (scene, gate):
        shop = scene.shop
        hana = shop.customers.add(NewCustomer(name="見本 花子", email=MAIL)).id
        picture = shop.messages.pictures.add(_PHOTO.getvalue(), "栗").id
        shop.settings.set("public_url", _BASE)
        gift, free = (
            shop.coupons.publish(shop.coupons.create(offer).id)
            for offer in (Offer("焼き菓子", "gift"), Offer("栗", "gift", per_person=None, by_link=True))
        )
        (token,) = shop.coupons.issue(gift.id, [hana]).tokens
        said = Question("声", "ひとこと", "text")
        survey = shop.surveys.publish(shop.surveys.create(Form("声", "", (said,))).id)
        paths = (
            shop.cards.pages.address(shop.cards.issue(hana).card.id),
            shop.coupons.addresses.of_token(token),
            shop.coupons.addresses.of_page(free),
            shop.surveys.addresses.of_person(survey.id, hana),
            shop.surveys.addresses.of_page(survey),
            shop.links.sources.address(shop.links.sources.add(Wanted("レジ"))),
            shop.links.address(shop.links.add(Site.leads_to, "プロフィール").key),
            _signed(shop),
        )
        opened = (one.removeprefix(_BASE) for one in paths)
        own = _pages(shop, hana)
        yield Site(gate, shop.friends.proofs.ask_by_mail(MAIL), new_token(), picture, *opened, own)


def _signed(shop: Shop) -> str:
    """Register a site, and return where it sends a member."""
    made, secret = shop.member_sites.add(SiteWanted("本店", "eccube", ("https://ec.example.jp/back",)))
    asked = {"member": "1", "state": new_token(), "return": made.wanted.returns[0]}
    asked["at"] = str(int(shop.clock.now().timestamp()))
    return f"{shop.member_sites.address(made)}?{urlencode(asked | {'sig': signature(secret, made.key, asked)})}"


def _pages(shop: Shop, hana: int) -> Own:
    """Publish the shop's own pages; a friend has asked for their address, and somebody has got a mail."""
    site = shop.site
    said: dict[Kind, Content] = {
        "shop": Content("", reserves=True),
        "privacy": Content("個人情報"),
        "news": Content("栗", (Part("text", "https://shop.example.jp/"),)),
        "announcement": Content("年末"),
    }
    made = {kind: site.publish(site.write(kind, one).id).key for kind, one in said.items()}
    now = shop.clock.now()
    friend = FriendRow(
        user_id=user(8),
        display_name="花",
        picture_url="",
        state="friend",
        since=now,
        refreshed_at=now,
        state_at=now,
        state_event="",
    )
    with shop.database.write() as session:
        session.add(friend)
        session.flush()
        token = site.visitors.token(session, friend.id)
    shop.customers.consents.set(hana, "mail", on=True)
    shop.segments.save("mailed", parse({"all": []}))
    broadcast = shop.broadcasts.draft(draft([text("栗")]), segment="mailed")
    shop.mailings.write(broadcast, Letter("栗", "栗です"))
    letter = LetterRow(
        broadcast_id=broadcast,
        customer_id=hana,
        state="accepted",
        reason="",
        key=str(uuid.uuid4()),
        body=b"",
        sha256="",
        said="",
    )
    with shop.database.write() as session:
        session.add(letter)
        session.flush()
        return Own(made["news"], made["announcement"], token, letter.key)


class Opened:
    """The files that this process opens while it is watched, by an audit hook: it cannot be taken out, only told to rest."""

    def __init__(self) -> None:
        self._found: list[str] | None = None
        self._guard = threading.Lock()

    def hook(self, name: str, given: tuple[object, ...]) -> None:
        """Note a file."""
        if name == "open" and self._found is not None and isinstance(given[0], str | bytes | Path):
            self._found.append(str(given[0]))

    @contextmanager
    def watched(self) -> Iterator[list[str]]:
        """Give the list that grows while the block runs."""
        with self._guard:
            self._found = found = []
            try:
                yield found
            finally:
                self._found = None


def every(answers: Iterable[Answer], name: str, holds: str) -> None:
    """Check that a header of all answers holds a word."""
    for one in answers:
        assert holds in one.headers.get(name, ""), f"{name}: {one.headers.get(name)!r} with {one.status}"
