"""Layouts in the words of services and tills that nobody described to us, written down before they were tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.imports.layouts import TRUTH, Layout, Row, rows_of

Column = tuple[str, str, str | Callable[[Row], Any]]
"""The heading, the field it truly is (empty for none), and what stands below: a concept, or made of a row."""

_CONCEPT = {field: concept for concept, field in reversed(TRUTH.items())}


def _columns(written: str) -> list[Column]:
    """Read `heading = concept` lines; `heading` alone, or a concept that is no field, is of no field."""
    found: list[Column] = []
    for line in written.strip().splitlines():
        heading, _, concept = (part.strip() for part in line.partition("="))
        found.append((heading, TRUTH.get(concept, ""), concept))
    return found


def _cell(row: Row, source: str | Callable[[Row], Any] | None) -> Any:
    return source(row) if callable(source) else row[source or ""]


def _layout(name: str, kind: str, form: str, columns: list[Column]) -> Layout:
    random = Random(name)
    rows = [tuple(_cell(row, source) for _, _, source in columns) for row in rows_of(kind, random, form)]
    return Layout(name, kind, tuple((heading, field or None) for heading, field, _ in columns), tuple(rows), form)


def _part(concept: str, number: int) -> Callable[[Row], str]:
    """A phone or postal code in columns of its own."""
    return lambda row: _pieces(str(row[concept]))[number]


def _pieces(digits: str) -> list[str]:
    if "-" in digits:
        return digits.split("-")
    return [digits[:3], digits[3:7], digits[7:]]


_TEA = """
受注No. = order_no
受注日時 = order_at
処理ステータス = status
顧客名(姓) = family
顧客名(名) = given
メールアドレス = mail
TEL = phone
〒 = postal
都道府県 = pref
住所１ = addr1
住所２ = addr2
商品番号 = code
商品名 = product
販売価格 = unit
個数 = qty
金額 = line_total
商品合計 = goods_sum
送料 = shipping
決済手数料 = fee
ご請求額 = total
決済種別 = payment
ショップからの連絡事項 = memo
"""
_SERVE = """
注文No = order_no
注文受付日 = order_at
お客様名 = name
お客様名フリガナ = kana
E-MAILアドレス = mail
ご連絡先電話 = phone
FAX = fax
ご住所（郵便番号） = postal
ご住所（県） = pref
ご住所（市区郡町村） = addr1
ご住所（番地・建物） = addr2
小計（税込） = goods_sum
送料（税込） = shipping
手数料（税込） = fee
クーポン値引 = discount
ポイント利用 = points_used
ご注文合計額 = total
お支払い = payment
送付先名 = ship_name
送付先TEL = ship_phone
送付先住所 = ship_addr
お届け指定日 = wish
出荷日 = shipped
荷物番号 = tracking
受注担当 = staff
"""
_REPEAT = """
受注ID = order_no
受注日 = order_at
顧客番号 = member
顧客姓 = family
顧客名 = given
顧客メールアドレス = mail
顧客都道府県 = pref
顧客市区町村 = addr1
顧客建物名 = addr2
商品CD = code
商品名称 = product
商品単価（税込） = unit
商品数量 = qty
商品小計（税込） = line_total
配送料 = shipping
割引金額 = discount
お支払合計金額 = total
決済方法 = payment
配送希望日 = wish
広告コード = flag
"""
_FORCE = """
定期受注番号 = sub_no
定期ステータス = sub_state
定期回数 = sub_nth
次回配送予定日 = sub_next
定期開始日 = sub_started
停止日時 = sub_stopped
定期商品名 = sub_product
顧客ID = member
請求先氏名 = name
請求先氏名（カナ） = kana
顧客メールアドレス = mail
請求先電話番号 = phone
請求先郵便番号 = postal
最終更新日 = updated
担当オペレーター = staff
"""
_SAMURAI = """
会員No. = member
氏名 = name
氏名（フリガナ） = kana
性別 = sex
生年月日 = birth
PCメールアドレス = mail
メルマガ受信 = consent_mail
携帯TEL = phone
郵便番号 = postal
都道府県 = pref
市区町村・番地 = addr1
ビル・マンション名 = addr2
保有pt = points
累計ご購入額 = bought_sum
ご購入回数 = bought_count
最終ご購入日 = last_bought
会員登録日 = registered
会員メモ = note
勤務先名 = company
"""
_SUBSCRIBE = """
注文ID = order_no
注文作成日時 = order_at
注文ステータス = status
購入者名 = name
購入者メールアドレス = mail
購入者電話番号 = phone
購入者住所 = addr1
商品タイトル = product
商品SKU = code
単価(税込) = unit
購入数量 = qty
商品合計(税込) = goods_sum
送料(税込) = shipping
割引額(税込) = discount
注文合計(税込) = total
決済タイプ = payment
お届け先電話番号 = ship_phone
ギフト設定 = flag
"""
_TILL = """
会計ID = order_no
会計日時 = order_at
スタッフ = staff
メニュー名 = product
カテゴリ名 = category
販売単価 = unit
個数 = qty
販売金額 = line_total
会計金額 = total
消費税額 = tax
預り金額 = deposit
支払方法 = payment
"""
_BOOKING = """
予約ID = order_no
来店日時 = order_at
ご予約者 = name
フリガナ = kana
連絡先電話番号 = phone
連絡先メール = mail
お会計金額 = total
担当スタイリスト = staff
予約ステータス = status
お支払い方法 = payment
利用ポイント数 = points_used
ご要望・ご相談 = memo
最終来店日 = last_bought
"""

_PHONES: list[Column] = [(f"顧客電話番号{n + 1}", "customer.phone", _part("phone", n)) for n in range(3)]
_POSTALS: list[Column] = [(f"顧客郵便番号{n + 1}", "customer.postal", _part("postal", n)) for n in range(2)]
_KANA: list[Column] = [
    ("顧客名カナ(姓)", "customer.kana", lambda row: row["kana"].split()[0]),
    ("顧客名カナ(名)", "customer.kana", lambda row: row["kana"].split()[1]),
]


def services() -> Iterator[Layout]:
    """Yield the eight, each in another form."""
    yield _layout("tea-net", "lines", "cp932", [*_columns(_TEA), *_KANA])
    yield _layout("shop-serve", "orders", "cp932", _columns(_SERVE))
    yield _layout("egg-repeat", "lines", "utf-8-sig", [*_columns(_REPEAT), *_PHONES, *_POSTALS])
    yield _layout("force", "subscriptions", "utf-8", _columns(_FORCE))
    yield _layout("samurai", "customers", "cp932", _columns(_SAMURAI))
    yield _layout("subsc-store", "lines", "utf-8", _columns(_SUBSCRIBE))
    yield _layout("till", "till", "xlsx", _columns(_TILL))
    yield _layout("booking", "orders", "xlsx", _columns(_BOOKING))
