"""G: texts that are to be something else than text, through every field that is shown on a page, kept in a file or sent to LINE."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit

import openpyxl

from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.errors import ShopDeskError
from shopdesk.japanese import clean
from shopdesk.links import Wanted
from shopdesk.menus import Action, Area, Design, Tab, writing
from shopdesk.rehearsal.objects.messages import message
from shopdesk.rehearsal.objects.rich_menus import rich_menu
from shopdesk.rehearsal.objects.shapes import must
from shopdesk.site import Content, Part
from shopdesk.surveys import Form, Option, Person, Question, Survey
from shopdesk.talks.machine import questions
from shopdesk.verify import verify
from tests import postgresql
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import Site, site
from tests.hostile import CORPUS

T = TypeVar("T")
_SHORTER = (None, 500, 60, 20, 12)
_PLAIN = re.compile(
    "a|article|b|blockquote|body|button|details|div|footer|form|h[12]|head|header|html|img|input|label|li|link|main|meta|nav|noscript|ol|p|"
    "path|circle|rect|line|ellipse|polyline|polygon|progress|script|section|small|span|strong|summary|svg|table|td|textarea|th|time|title|tr|ul"
)
"""The elements that our own pages are made of."""
_LEADS = ("/", "data:,", "https://line.me/R/", "https://www.google.com/maps/", "tel:")
_IN_TEXTS = ("https://shop.example.jp/", "http://127.0.0.1:1/x")
"""Where anything on a page may lead, and the addresses that stand in texts: they lead there."""


EXHAUSTIVE = 2 * len(CORPUS)
"""Each text on SQLite, then each on PostgreSQL."""


def written(stage: Lent) -> Callable[[int, object], Check]:
    """Make a case of G: one text on one database."""

    def make(number: int, _random: object) -> Check:
        server, text = divmod(number, len(CORPUS))
        return lambda folder: write(stage(), folder, CORPUS[text], postgresql.fresh() if server else "")

    return make


def write(stage: Stage, folder: Path, text: str, url: str = "") -> None:
    """Put a text into every field that takes it; it is shown letter by letter, and is never more than letters."""
    with site(stage, folder, **({"SHOPDESK_DATABASE_URL": url} if url else {})) as found:
        for shown in (_survey, _site, _guests, _wallet):
            for path, words in shown(found, text):
                _only_letters(found, path, words)
        _menu(text)
        assert [one.name for one in verify(found.gate.shop) if not one.ok] == []


def taken(text: str, keep: Callable[[str], T]) -> tuple[str, T] | None:
    """Keep a text, or as much of it as is taken; what is none is refused in words. Return what was kept of it."""
    for most in _SHORTER:
        try:
            return text[:most], keep(text[:most])
        except ShopDeskError:
            continue
    return None


def _survey(found: Site, text: str) -> Iterator[tuple[str, list[str]]]:
    """A survey whose every word it is, asked on a page and in the talk, answered with it, and written to files."""
    surveys = found.gate.shop.surveys

    def keep(said: str) -> Survey:
        option = Question("選ぶ", said, "one", note=said, options=(Option(said), Option("ほか")))
        scale = Question("段", said, "rating", low=said[:10], high=said[:10])
        form = Form("声2", said, (option, scale, Question("言葉", said, "text")), intro=said, thanks=said, poll=True)
        return surveys.publish(surveys.create(form).id)

    made = taken(text, keep)
    if made is None:
        return
    said, survey = made
    hana = found.gate.shop.customers.add(NewCustomer(name=said or "花")).id
    path = urlsplit(surveys.addresses.of_person(survey.id, hana)).path
    yield path, [said, said]
    person = Person(customer_id=hana)
    progress = surveys.answering.begin(survey.id, person)
    answers = {"選ぶ": survey.form.questions[0].options[0].label, "段": "3", "言葉": text[:900]}
    while (one := progress.asked) is not None:
        for sent in questions.asked(progress, picture=lambda _id: None):
            must(message, sent)
        yield path, [one.title]
        posted = f"v=1&q={quote(one.name)}&a={quote(answers[one.name], errors='ignore')}".encode()
        assert found.post(f"{path}/answer", posted).status == (303 if answers[one.name].strip() else 200)
        if not clean(answers[one.name]).strip():
            return
        after = surveys.answering.look(survey.id, person)
        assert after is not None
        progress = after
    yield path, [said, answers["選ぶ"]]
    (kept,) = surveys.outcome.said(survey.id, "言葉")
    assert _same(kept.text, answers["言葉"])
    _files(found, survey, kept.text)


def _files(found: Site, survey: Survey, said: str) -> None:
    """What is written to a file comes back as it was, and is no formula."""
    folder = found.gate.shop.home.path
    for name in ("answers.xlsx", "answers.csv"):
        found.gate.shop.exports.write_survey(survey, folder / name)
    cells = list(openpyxl.load_workbook(folder / "answers.xlsx").worksheets[0].iter_rows())[-1]
    assert not any(cell.data_type == "f" for cell in cells)
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.reader(file))[-1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row), row
    for one in ([str(cell.value) for cell in cells], row):
        assert any(_same(cell.removeprefix("'"), said) for cell in one), one


def _site(found: Site, text: str) -> Iterator[tuple[str, list[str]]]:
    """News whose every word it is."""
    own = found.gate.shop.site
    pictured = found.picture

    def keep(said: str) -> str:
        parts = (Part("heading", said), Part("text", said), Part("picture", said, pictured))
        return own.publish(own.write("news", Content(said, parts)).id).key

    if (made := taken(text, keep)) is not None:
        yield f"/news/{made[1]}", [made[0], made[0]]
        yield "/news", [made[0][:20]]
        yield "/shop", [made[0][:20]]


def _guests(found: Site, text: str) -> Iterator[tuple[str, list[str]]]:
    """A comment and a request for a reservation by somebody who has nothing else to say."""
    own, (key,) = found.gate.shop.site, [found.own.news]
    said = quote(text[:300], errors="ignore")
    answer = found.post(
        f"/news/{key}/comment", f"nonce={'c' * 22}&name={quote(text[:15], errors='ignore')}&text={said}".encode()
    )
    assert answer.status == 200
    for comment in own.feedback.comments("waiting"):
        own.feedback.decide(comment.id, show=True)
        assert _same(comment.text, text[:300])
        yield f"/news/{key}", [comment.text, comment.name]
    wanted = (
        f"nonce={'d' * 22}&day=2026-11-28&time=18%3A30&people=2&name={said[:90]}&phone=09000000001&mail=&note={said}"
    )
    assert found.post("/reserve", wanted.encode()).status == 200
    assert all(_same(one.wanted.note, text[:300]) for one in own.reservations.list(waiting=True))


def _wallet(found: Site, text: str) -> Iterator[tuple[str, list[str]]]:
    """A coupon, a card's name, and the page before the talk."""
    shop = found.gate.shop

    def coupon(said: str) -> str:
        made = shop.coupons.create(Offer(said, "gift", text=said, terms=said, per_person=None, by_link=True))
        return shop.coupons.addresses.of_page(shop.coupons.publish(made.id))

    def source(said: str) -> str:
        return shop.links.sources.address(shop.links.sources.add(Wanted(said, headline=said, offer=said)))

    for keep in (coupon, source):
        if (made := taken(text, keep)) is not None:
            yield urlsplit(made[1]).path, [made[0]]
    hana = shop.customers.add(NewCustomer(name="花")).id
    if (named := taken(text, lambda said: shop.cards.issue(hana, said))) is not None:
        yield urlsplit(shop.cards.pages.address(named[1].card.id)).path, [named[0]]


def _menu(text: str) -> None:
    """A rich menu whose words it is, in LINE's form."""
    said = clean(text).strip()[:14] or "店"
    area = Area(0, 0, 800, 540, Action("say", said), word=said)
    design = Design(800, 540, said, (Tab("a", said, (area,)),))
    must(rich_menu, writing.request(design, design.tabs[0], said, {}))


class _Page(HTMLParser):
    """What a browser makes of a page: its words, and whatever is more than that."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.more: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _PLAIN.fullmatch(tag):
            self.more.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.more.append(name)
            if name in {"href", "src", "action", "formaction"} and not (value or "").startswith(_LEADS + _IN_TEXTS):
                self.more.append(f"{name}={value}")
            if name in {"value", "alt", "aria-label", "content"}:
                self.words.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _only_letters(found: Site, path: str, words: list[str]) -> None:
    """Check that a page shows these words and that nothing else came of them."""
    answer = found.get(path)
    assert answer.status == 200, (path, answer.status)
    page = _Page()
    page.feed(answer.body.decode())
    assert not page.more, (path, page.more)
    shown = plain("".join(page.words))
    assert all(plain(one) in shown for one in words), path


def _same(kept: str, said: str) -> bool:
    return plain(kept) == plain(said)


def plain(said: str) -> str:
    """Return a text without what the shop's own tidying may change: blanks, widths, and marks that only turn or join letters."""
    letters = unicodedata.normalize("NFKC", clean(said))
    return "".join(one for one in letters if not one.isspace() and unicodedata.category(one) != "Cf")
