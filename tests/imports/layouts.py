"""Invented layouts of files nobody described: columns drawn from a vocabulary, plausible contents, distractors, shuffled."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

Row = dict[str, Any]

TRUTH = {
    "order_no": "order.number",
    "order_at": "order.date",
    "total": "order.total_yen",
    "discount": "order.discount_yen",
    "payment": "order.payment",
    "status": "order.status",
    "name": "customer.name",
    "family": "customer.name",
    "given": "customer.name",
    "kana": "customer.kana",
    "mail": "customer.email",
    "phone": "customer.phone",
    "postal": "customer.postal",
    "pref": "customer.prefecture",
    "addr1": "customer.address",
    "addr2": "customer.address",
    "birth": "customer.birth_date",
    "sex": "customer.sex",
    "member": "customer.member_id",
    "product": "line.product",
    "code": "line.code",
    "qty": "line.quantity",
    "unit": "line.unit_price_yen",
    "line_total": "line.total_yen",
    "note": "customer.note",
    "points": "points",
    "category": "product.category",
    "price": "product.price_yen",
    "sub_no": "subscription.number",
    "sub_state": "subscription.state",
    "sub_product": "subscription.product",
    "sub_nth": "subscription.nth",
    "sub_next": "subscription.next_on",
    "sub_stopped": "subscription.stopped_on",
    "sub_started": "subscription.started_on",
    "consent_mail": "consent.mail",
}
"""What each column is; those that are not here (fax, shipping …) are of no field."""
_WITHOUT_ORDERS = {"customers", "products", "subscriptions"}

_BUYER = ("mail", "phone", "postal", "pref", "addr1", "addr2", "kana")
_OTHERS = ("fax", "ship_name", "ship_phone", "ship_postal", "ship_addr", "shop_mail", "shop_phone", "staff", "updated")
_ABOUT_ORDER = ("shipped", "paid_at", "wish", "tracking", "deposit", "memo", "flag")
_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "orders": (
        ("order_no", "order_at", "total", *_BUYER, "payment", "status"),
        (*_OTHERS, *_ABOUT_ORDER, "goods_sum", "shipping", "tax", "fee", "discount", "points_used", "member", "sex"),
        9,
    ),
    "lines": (
        ("order_no", "order_at", "total", "mail", "phone", "product", "qty", "unit", "payment"),
        (*_OTHERS, *_ABOUT_ORDER, "goods_sum", "shipping", "tax", "line_total", "code", "postal", "pref", "kana"),
        9,
    ),
    "till": (("order_no", "order_at", "total", "product", "qty", "unit"), ("staff", "tax", "deposit", "category"), 3),
    "customers": (
        (*_BUYER, "birth", "sex", "member"),
        (
            *("fax", "staff", "updated", "registered", "last_bought", "bought_count", "bought_sum", "company"),
            *("note", "points", "consent_mail", "flag"),
        ),
        6,
    ),
    "products": (("product", "code", "category", "price"), ("stock", "cost", "updated", "flag"), 3),
    "subscriptions": (
        ("sub_no", "sub_state", "sub_product", "sub_nth", "sub_next", "mail", "phone"),
        ("sub_stopped", "sub_started", "updated", "staff", "payment", "postal"),
        4,
    ),
}
"""By kind: columns that are always there, distractors and extras, and how many of these."""
_IN_TURN = ("orders", "lines", "customers", "orders", "till", "lines", "subscriptions", "products")
_FORMS = ("cp932", "utf-8", "utf-8-sig", "xlsx")
_SHORTEST, _LONGEST = 24, 40

_FAMILIES = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
    "松本",
    "井上",
]
_FAMILY_KANA = [
    "サトウ",
    "スズキ",
    "タカハシ",
    "タナカ",
    "イトウ",
    "ワタナベ",
    "ヤマモト",
    "ナカムラ",
    "コバヤシ",
    "カトウ",
    "ヨシダ",
    "ヤマダ",
    "ササキ",
]
_FAMILY_KANA += ["ヤマグチ", "マツモト", "イノウエ"]
_GIVENS = [
    "陽子",
    "健一",
    "美咲",
    "大輔",
    "裕子",
    "翔太",
    "恵",
    "直樹",
    "さくら",
    "誠",
    "由美",
    "拓也",
    "明美",
    "隆",
    "千尋",
    "亮",
]
_GIVEN_KANA = [
    "ヨウコ",
    "ケンイチ",
    "ミサキ",
    "ダイスケ",
    "ユウコ",
    "ショウタ",
    "メグミ",
    "ナオキ",
    "サクラ",
    "マコト",
    "ユミ",
    "タクヤ",
    "アケミ",
    "タカシ",
]
_GIVEN_KANA += ["チヒロ", "リョウ"]
_PLACES = (
    ("北海道", "札幌市中央区北一条西2丁目"),
    ("東京都", "世田谷区三軒茶屋1-2-3"),
    ("京都府", "京都市左京区吉田町4"),
    ("大阪府", "大阪市北区梅田2-5-10"),
    ("福岡県", "福岡市博多区住吉3-1"),
    ("愛知県", "名古屋市中区栄5-6-7"),
)
_GOODS = (
    ("黒糖まんじゅう 6個入", "W-001", 1080, "和菓子"),
    ("抹茶カステラ", "W-014", 1620, "和菓子"),
    ("バスクチーズケーキ", "Y-203", 2480, "洋菓子"),
    ("季節のジャム（いちご）", "J-07", 890, "ジャム"),
    ("ドリップコーヒー10袋", "C-110", 1980, "飲料"),
    ("木製コースター", "G-551", 650, "雑貨"),
)


@dataclass(frozen=True)
class Layout:
    """One invented file: its columns as (header, truth), its rows, and how it is stored."""

    name: str
    kind: str
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[tuple[Any, ...], ...]
    form: str

    def write(self, folder: Path) -> Path:
        """Write the file and return where."""
        header = [name for name, _truth in self.columns]
        if self.form == "xlsx":
            path = folder / f"{self.name}.xlsx"
            with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/mm/dd hh:mm"}) as book:
                sheet = book.add_worksheet()
                for at, row in enumerate((header, *self.rows)):
                    sheet.write_row(at, 0, row)
            return path
        path = folder / f"{self.name}.csv"
        with path.open("w", encoding=self.form, newline="") as file:
            csv.writer(file).writerows((header, *self.rows))
        return path


def layouts(vocabulary: dict[str, tuple[str, ...]], count: int, seed: int) -> Iterator[Layout]:
    """Yield so many layouts, each of other words, kinds, forms and orders of columns."""
    for number in range(count):
        random = Random(f"{seed}-{number}")
        kind = _IN_TURN[number % len(_IN_TURN)]
        form = _FORMS[(number + number // len(_IN_TURN)) % len(_FORMS)]
        yield _layout(f"{kind}-{number}", kind, form, vocabulary, random)


def _layout(name: str, kind: str, form: str, vocabulary: dict[str, tuple[str, ...]], random: Random) -> Layout:
    always, sometimes, count = _SHAPES[kind]
    concepts = [*always, *random.sample(sometimes, count)]
    if kind not in {"till", "products"}:
        concepts += ["family", "given"] if random.random() < 0.4 else ["name"]
    random.shuffle(concepts)
    headers: dict[str, str] = {}
    for concept in concepts:
        free = [word for word in vocabulary[concept] if word not in headers.values()]
        headers[concept] = random.choice(free)
    rows = [tuple(row[concept] for concept in concepts) for row in rows_of(kind, random, form)]
    columns = tuple((headers[concept], _truth(concept, kind)) for concept in concepts)
    return Layout(name, kind, columns, tuple(rows), form)


def rows_of(kind: str, random: Random, form: str) -> Iterator[Row]:
    """Yield the rows of one invented file of a kind: by concept, written the one way this file writes dates and yen."""
    yield from _ROWS[kind](random, _Forms(random, form))


def _truth(concept: str, kind: str) -> str | None:
    """What a column is in a file of this kind: a list of people has no order whose payment it could be."""
    field = TRUTH.get(concept)
    return None if field and field.startswith("order.") and kind in _WITHOUT_ORDERS else field


def _on(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A wall clock's moment: files and workbooks know no zones."""
    return datetime(year, month, day, hour)  # noqa: DTZ001


class _Forms:
    """How one file writes dates, amounts and phones."""

    def __init__(self, random: Random, form: str) -> None:
        days = ("%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d")
        self._day = random.choice(days)
        self._clock = random.choice(("", " %H:%M", " %H:%M:%S"))
        self._yen: Callable[[int], Any] = random.choice((int, int, "{:,}".format, "￥{:,}".format, "{}円".format))
        self._hyphens = random.random() < 0.6
        self._typed = form == "xlsx" and random.random() < 0.5

    def at(self, moment: datetime) -> Any:
        return moment if self._typed else moment.strftime(self._day + self._clock)

    def day(self, moment: datetime) -> Any:
        return moment if self._typed else moment.strftime(self._day)

    def yen(self, amount: int) -> Any:
        return self._yen(amount)

    def phone(self, digits: str) -> str:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}" if self._hyphens else digits


def _person(random: Random, forms: _Forms, number: int) -> Row:
    family, given = random.randrange(len(_FAMILIES)), random.randrange(len(_GIVENS))
    place = random.choice(_PLACES)
    return {
        "name": f"{_FAMILIES[family]} {_GIVENS[given]}",
        "family": _FAMILIES[family],
        "given": _GIVENS[given],
        "kana": f"{_FAMILY_KANA[family]} {_GIVEN_KANA[given]}",
        "mail": f"person{number}.{random.randrange(99)}@example.{random.choice(('jp', 'com', 'ne.jp'))}",
        "phone": forms.phone(f"0{random.choice('789')}0{random.randrange(10**7, 10**8)}"),
        "postal": f"{random.randrange(100, 999)}-{random.randrange(1000, 9999)}",
        "pref": place[0],
        "addr1": place[1],
        "addr2": random.choice(("", "コーポ桜 203", "第二ビル5F", "")),
        "birth": forms.day(_on(random.randrange(1945, 2008), random.randrange(1, 13), random.randrange(1, 28))),
        "sex": random.choice(("男性", "女性", "女性", "")),
        "member": f"{10200 + number * 7}",
        "note": random.choice(("", "電話は午前中に", "常連さん")),
        "points": random.randrange(0, 2500),
        "company": random.choice(("", "", "株式会社みほん")),
        "consent_mail": random.choice(("希望する", "希望しない")),
    }


def _elsewhere(random: Random, forms: _Forms, moment: datetime) -> Row:
    """What stands in a file about others than the buyer, and about the order's course."""
    gift, place = random.random() < 0.4, random.choice(_PLACES)
    later = moment + timedelta(days=random.randrange(1, 6))
    return {
        "fax": forms.phone(f"03{random.randrange(10**7, 10**8)}0") if random.random() < 0.3 else "",
        "ship_name": f"{random.choice(_FAMILIES)} {random.choice(_GIVENS)}",
        "ship_phone": forms.phone(f"090{random.randrange(10**7, 10**8)}") if gift else "",
        "ship_postal": f"{random.randrange(100, 999)}-{random.randrange(1000, 9999)}",
        "ship_addr": place[0] + place[1],
        "shop_mail": random.choice(("shop@example.com", "honten@example.com")),
        "shop_phone": forms.phone("0312345678" if random.random() < 0.5 else "0612345678"),
        "staff": random.choice(("本店", "駅前店", "青木")),
        "updated": forms.at(later),
        "shipped": forms.day(later),
        "paid_at": forms.day(moment + timedelta(days=random.randrange(3))),
        "wish": forms.day(later + timedelta(days=2)),
        "tracking": str(random.randrange(10**11, 10**12)),
        "deposit": forms.yen(random.choice((0, 0, 500, 1000))),
        "memo": random.choice(("", "", "午前中にお願いします", "贈り物です")),
        "flag": random.choice(("0", "1", "")),
        "registered": forms.day(moment - timedelta(days=400)),
        "last_bought": forms.day(moment),
        "bought_count": random.randrange(1, 30),
        "bought_sum": forms.yen(random.randrange(10, 900) * 100),
    }


def _order(random: Random, forms: _Forms, number: int, people: list[Row]) -> tuple[Row, list[Row]]:
    moment = _on(2026, 3, 1, 9) + timedelta(minutes=number * 977 + random.randrange(300))
    goods = random.sample(_GOODS, random.randrange(1, 4))
    lines, sum_of_goods = [], 0
    for product, code, price, category in goods:
        quantity = random.choice((1, 1, 1, 2, 3))
        sum_of_goods += price * quantity
        lines.append({"product": product, "code": code, "category": category, "qty": quantity})
        lines[-1] |= {"unit": forms.yen(price), "line_total": forms.yen(price * quantity)}
    shipping, discount = random.choice((0, 550, 880)), random.choice((0, 0, 0, 200, 500))
    fee, points = random.choice((0, 0, 330)), random.choice((0, 0, 100))
    total = sum_of_goods + shipping + fee - discount - points
    head = random.choice(people) | _elsewhere(random, forms, moment)
    head |= {"order_no": f"{260300000 + number * 3}", "order_at": forms.at(moment), "total": forms.yen(total)}
    head |= {"goods_sum": forms.yen(sum_of_goods), "shipping": forms.yen(shipping), "fee": forms.yen(fee)}
    head |= {"tax": forms.yen(total * 8 // 108), "discount": forms.yen(discount), "points_used": points}
    head |= {"payment": random.choice(("クレジットカード", "代金引換", "銀行振込", "PayPay"))}
    head |= {"status": random.choice(("発送済み", "新規受付", "キャンセル", "発送済み"))}
    return head, lines


def _orders(random: Random, forms: _Forms) -> Iterator[Row]:
    people = [_person(random, forms, number) for number in range(18)]
    for number in range(random.randrange(_SHORTEST, _LONGEST)):
        yield _order(random, forms, number, people)[0]


def _lines(random: Random, forms: _Forms) -> Iterator[Row]:
    people = [_person(random, forms, number) for number in range(18)]
    for number in range(random.randrange(_SHORTEST, _LONGEST)):
        head, lines = _order(random, forms, number, people)
        yield from (head | line for line in lines)


def _people(random: Random, forms: _Forms) -> Iterator[Row]:
    for number in range(random.randrange(_SHORTEST, _LONGEST)):
        yield _person(random, forms, number) | _elsewhere(random, forms, _on(2026, 5, 1) + timedelta(days=number))


def _products(random: Random, forms: _Forms) -> Iterator[Row]:
    for number in range(random.randrange(_SHORTEST, _LONGEST)):
        name, code, price, category = random.choice(_GOODS)
        row = {"product": f"{name} {number}", "code": f"{code}-{number}", "category": category}
        row |= {"price": forms.yen(price + number * 10), "stock": random.randrange(0, 60)}
        yield row | {"cost": forms.yen(price // 2)} | _elsewhere(random, forms, _on(2026, 5, 1))


def _subscriptions(random: Random, forms: _Forms) -> Iterator[Row]:
    for row in _people(random, forms):
        state = random.choice(("継続中", "継続中", "休止中", "解約済み"))
        begun = _on(2025, 6, 1) + timedelta(days=random.randrange(300))
        row |= {"sub_no": f"T{random.randrange(10**5, 10**6)}", "sub_state": state, "sub_nth": random.randrange(1, 14)}
        row |= {"sub_product": random.choice(_GOODS)[0], "sub_next": forms.day(_on(2026, 6, 10))}
        row |= {"sub_started": forms.day(begun), "payment": random.choice(("クレジットカード", "後払い"))}
        yield row | {"sub_stopped": forms.day(begun + timedelta(days=90)) if state == "解約済み" else ""}


_ROWS: dict[str, Callable[[Random, _Forms], Iterator[Row]]] = {
    "orders": _orders,
    "lines": _lines,
    "till": _lines,
    "customers": _people,
    "products": _products,
    "subscriptions": _subscriptions,
}
