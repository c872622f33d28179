"""Make the demo shop's export: Yahoo!ショッピング's order and item files of an invented cake shop. Same seed, same files.

.venv/bin/python resources/samples/generate.py    (needs xlsxwriter, which `dev.py setup` installs)
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

CUSTOMERS, ORDERS, LAST = 3_000, 12_000, datetime(2026, 11, 21, 20, 0)  # noqa: DTZ001 - Yahoo! writes Japan time without a zone
FAMILIES = (
    "見本 ミホン,例示 レイジ,架空 カクウ,仮名 カメイ,髙見本 タカミホン,例題 レイダイ,試見 タメミ,仮田 カリタ,見本﨑 ミホンザキ,例 レイ,架空橋 カクウバシ,"
    "見本谷 ミホンダニ,試川 タメカワ,雛形 ヒナガタ,想田 ソウダ,見本木 ミホンギ,例沢 レイザワ,仮野 カリノ,試村 タメムラ,模擬 モギ,見本原 ミホンハラ,"
    "例山 レイヤマ,仮山 カリヤマ,架空野 カクウノ,試井 タメイ,想定 ソウテイ,見本田 ミホンダ,例口 レイグチ,仮口 カリグチ,試岡 タメオカ,雛田 ヒナタ,"
    "見本浦 ミホンウラ,例浜 レイハマ,仮浜 カリハマ,架空谷 カクウダニ,𠮷見本 ヨシミホン"
)
GIVEN = (
    "花子 ハナコ,太郎 タロウ,美咲 ミサキ,由美子 ユミコ,健 ケン,しのぶ シノブ,一郎 イチロウ,直樹 ナオキ,恵 メグミ,まゆみ マユミ,亮 リョウ,あおい アオイ,"
    "さくら サクラ,翔太 ショウタ,結衣 ユイ,陽菜 ヒナ,大輔 ダイスケ,裕子 ユウコ,智子 トモコ,誠 マコト,久美子 クミコ,剛 ツヨシ,明美 アケミ,浩 ヒロシ,"
    "真由 マユ,千尋 チヒロ,葵 アオイ,拓也 タクヤ,彩 アヤ,隆 タカシ,幸子 サチコ,和也 カズヤ,麻衣 マイ,優 ユウ,香織 カオリ,秀樹 ヒデキ,里奈 リナ,"
    "実 ミノル,典子 ノリコ,悠斗 ユウト,莉子 リコ,正 タダシ,京子 キョウコ,学 マナブ,菜々子 ナナコ,修 オサム,綾 アヤ,進 ススム,瞳 ヒトミ,純 ジュン,"
    "みどり ミドリ,光 ヒカル,和子 カズコ,豊 ユタカ,七海 ナナミ,清 キヨシ,文 フミ,勇 イサム,凛 リン,薫 カオル,望 ノゾミ,渉 ワタル,詩織 シオリ,"
    "航 ワタル,小百合 サユリ,昭 アキラ,紗季 サキ,樹 イツキ,春香 ハルカ,稔 ミノル,奈緒 ナオ,茂 シゲル,遥 ハルカ,弘 ヒロシ,朋子 トモコ,巧 タクミ,"
    "千佳 チカ,蓮 レン,泉 イズミ,守 マモル,琴音 コトネ,司 ツカサ,文香 フミカ,仁 ジン,澪 ミオ"
)
PLACES = (
    ("東京都", "世田谷区", "156", 40),
    ("東京都", "杉並区", "167", 20),
    ("神奈川県", "横浜市青葉区", "225", 14),
    ("埼玉県", "さいたま市浦和区", "330", 8),
    ("千葉県", "船橋市", "273", 6),
    ("大阪府", "大阪市北区", "530", 4),
    ("愛知県", "名古屋市中区", "460", 3),
    ("北海道", "札幌市中央区", "060", 2),
    ("福岡県", "福岡市博多区", "812", 2),
    ("沖縄県", "那覇市", "900", 1),
)
# code, name, yen, months in which it is sold
PRODUCTS = (
    ("cake-01", "いちごのショートケーキ", 520, range(1, 13)),
    ("cake-02", "栗のモンブラン", 620, (9, 10, 11)),
    ("cake-03", "季節のタルト", 680, range(1, 13)),
    ("cake-04", "ガトーショコラ", 480, range(1, 13)),
    ("cake-05", "チーズケーキ", 460, range(1, 13)),
    ("cake-06", "桃のゼリー", 420, (6, 7, 8)),
    ("hole-01", "デコレーションケーキ 5号", 4_200, range(1, 13)),
    ("hole-02", "クリスマスケーキ 5号", 4_800, (12,)),
    ("bake-01", "焼き菓子の詰め合わせ 10個", 2_400, range(1, 13)),
    ("bake-02", "マドレーヌ 5個", 1_100, range(1, 13)),
    ("bake-03", "フィナンシェ 5個", 1_200, range(1, 13)),
    ("bake-04", "クッキー缶", 2_800, range(1, 13)),
    ("choc-01", "生チョコレート", 1_600, (1, 2)),
    ("pudding-01", "なめらかプリン 4個", 1_480, range(1, 13)),
    ("jam-01", "いちごのジャム", 980, (2, 3, 4, 5)),
)
PAYMENTS = ("クレジットカード決済", "PayPay残高払い", "銀行振込（前払い）", "代金引換")
ORDER_HEADER = (
    "OrderId Id OrderTime OrderStatus ShipNameKana ShipName ShipZipCode ShipAddressFull ShipPrefecture ShipCity ShipAddress1 ShipAddress2 "
    "ShipPhoneNumber ShipMethodName ShipCompanyCode ShipInvoiceNumber1 ShipInvoiceNumber2 ShipDate BillMailAddress BillLastName BillFirstName "
    "BillLastNameKana BillFirstNameKana BillZipCode BillPrefecture BillCity BillAddress1 BillAddress2 BillPhoneNumber ShipCharge Total Referer "
    "PayMethodName CombinedPayMethodName ShipStatus PayStatus DeviceType ItemId SubCode Title QuantityDetail BuyerComments"
).split()
ITEM_HEADER = (
    "OrderId Quantity ItemId SubCode Title ItemOptionName ItemOptionValue ItemOptionPrice SubCodeOption InscriptionName InscriptionValue UnitPrice "
    "PriceType UnitGetPoint LineSubTotal LineGetPoint PointFspCode CouponId CouponDiscount OriginalPrice IsGetPointFix GetPointType "
    "LineGetPointChargedToStore LeadTimeStart LeadTimeEnd LeadTimeText GetPointFixDate LineId"
).split()


def people(draw: random.Random) -> list[dict[str, str]]:
    """Every customer: an invented name nobody else has, a phone and a mail that belong to nobody."""
    names = [(family.split(), given.split()) for family in FAMILIES.split(",") for given in GIVEN.split(",")]
    draw.shuffle(names)
    made = []
    for number, ((family, family_kana), (given, given_kana)) in enumerate(names[:CUSTOMERS], 1):
        prefecture, city, area, _ = draw.choices(PLACES, [place[3] for place in PLACES])[0]
        street = f"見本町{draw.randint(1, 9)}-{draw.randint(1, 20)}-{draw.randint(1, 30)}"
        made.append(
            {
                "BillLastName": family, "BillFirstName": given, "BillLastNameKana": family_kana, "BillFirstNameKana": given_kana,
                "BillMailAddress": f"kyaku{number:04d}@example.jp", "BillPhoneNumber": f"090-0000-{number:04d}",
                "BillZipCode": f"{area}-{draw.randint(0, 9999):04d}", "BillPrefecture": prefecture, "BillCity": city, "BillAddress1": street,
                "BillAddress2": f"見本ハイツ{draw.randint(101, 909)}" if draw.random() < 0.4 else "",
            }
        )  # fmt: skip
    return made


def who_orders(draw: random.Random) -> list[int]:
    """The buyer of each order: everybody at least once, regulars often."""
    weights = [1 / (rank + 8) ** 0.9 for rank in range(CUSTOMERS)]
    buyers = [*range(CUSTOMERS), *draw.choices(range(CUSTOMERS), weights, k=ORDERS - CUSTOMERS)]
    draw.shuffle(buyers)
    return buyers


def goods(draw: random.Random, month: int) -> list[tuple[str, str, int, int]]:
    """What one order holds: code, name, yen, quantity."""
    on_sale = [product for product in PRODUCTS if month in product[3]]
    chosen = draw.sample(on_sale, draw.choices((1, 2, 3), (55, 32, 13))[0])
    return [
        (code, name, yen, 1 if yen > 2_000 else draw.choices((1, 2, 3, 4), (40, 30, 12, 18))[0])
        for code, name, yen, _ in chosen
    ]


def order(
    draw: random.Random, number: int, at: datetime, person: dict[str, str], lines: list[tuple[str, str, int, int]]
) -> dict[str, object]:
    """One row of the order file."""
    total = sum(yen * count for _, _, yen, count in lines)
    charge = 0 if total >= 5_000 or draw.random() < 0.5 else 800
    cancelled = draw.random() < 0.02
    full = person["BillPrefecture"] + person["BillCity"] + person["BillAddress1"] + person["BillAddress2"]
    packed = {
        name: "&".join(f"L{place}={line[index]}" for place, line in enumerate(lines, 1))
        for name, index in (("ItemId", 0), ("SubCode", 0), ("Title", 1), ("QuantityDetail", 3))
    }
    return {
        **person, **packed, "OrderId": str(number), "Id": f"mihon-yogashi-{number}", "OrderTime": f"{at:%Y/%m/%d} {at.hour}:{at:%M:%S}",
        "OrderStatus": "4" if cancelled else "5", "ShipName": f"{person['BillLastName']} {person['BillFirstName']}",
        "ShipNameKana": f"{person['BillLastNameKana']} {person['BillFirstNameKana']}", "ShipZipCode": person["BillZipCode"], "ShipAddressFull": full,
        "ShipPrefecture": person["BillPrefecture"], "ShipCity": person["BillCity"], "ShipAddress1": person["BillAddress1"],
        "ShipAddress2": person["BillAddress2"], "ShipPhoneNumber": person["BillPhoneNumber"], "ShipMethodName": "宅配便" if charge else "店頭受け取り",
        "ShipCompanyCode": "1001", "ShipDate": f"{at + timedelta(days=1):%Y/%m/%d}", "ShipCharge": charge, "Total": total + charge,
        "PayMethodName": draw.choice(PAYMENTS), "ShipStatus": "1" if cancelled else "3", "PayStatus": "0" if cancelled else "1", "DeviceType": "2",
    }  # fmt: skip


def write(file: Path, header: list[str], rows: list[dict[str, object]]) -> None:
    """Write one sheet, everything as the cart writes it."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": datetime(2026, 11, 22)})  # noqa: DTZ001 - a property of the file, the same each time
        sheet = book.add_worksheet("注文")
        sheet.write_row(0, 0, header)
        for at, row in enumerate(rows, 1):
            for column, name in enumerate(header):
                if row.get(name, "") != "":
                    sheet.write(at, column, row[name])


def main() -> None:
    """Write both files beside this one."""
    draw = random.Random(20261122)
    customers, buyers = people(draw), who_orders(draw)
    span = timedelta(days=3 * 365 - 10) / ORDERS
    orders, items = [], []
    for index, buyer in enumerate(buyers):
        at = LAST - span * (ORDERS - 1 - index) + timedelta(minutes=draw.randint(-90, 90))
        lines = goods(draw, at.month)
        orders.append(order(draw, 10_000_001 + index, at, customers[buyer], lines))
        for place, (code, name, yen, count) in enumerate(lines, 1):
            sums = {"UnitPrice": yen, "LineSubTotal": yen * count, "OriginalPrice": yen, "Quantity": count}
            items.append(
                {
                    "OrderId": str(10_000_001 + index),
                    "ItemId": code,
                    "SubCode": code,
                    "Title": name,
                    "LineId": str(place),
                    **sums,
                }
            )
    # Two rows that somebody has to look at: a phone that Excel turned into a number, and a month that does not exist.
    orders[4_711]["BillPhoneNumber"] = "9.00001E+09"
    orders.insert(
        9_001,
        {**orders[9_000], "OrderId": "19999999", "Id": "mihon-yogashi-19999999", "OrderTime": "2026/13/04 10:00:00"},
    )
    folder = Path(__file__).parent
    write(folder / "注文一覧_11月.xlsx", ORDER_HEADER, orders)
    write(folder / "注文商品_11月.xlsx", ITEM_HEADER, items)


if __name__ == "__main__":
    main()
