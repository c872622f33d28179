"""Any export of ours imports back to the same database, and into its own shop without changing anything."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import insert, select

from shopdesk import i18n, japanese
from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow, OwnFieldRow, OwnValueRow
from shopdesk.imports.reading.neutral import NeutralCustomer, NeutralLine, NeutralOrder
from shopdesk.imports.staged_values import digest, order_values
from shopdesk.orders.sums import refresh_sums
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow, SubscriptionRow

DATA = Path(__file__).parents[1] / "data" / "carts"
SAMPLES = (["shopify-orders.csv"], ["rakuten-orders.csv"], ["yahoo-orders.csv", "yahoo-items.csv"])
PERSON = ("name", "kana", "email", "phone", "postal", "prefecture", "address", "birth_date", "sex", "note")
PERSON += ("consent_line", "consent_mail")
ORDER = ("cart", "number", "buyer_name", "ordered_at", "total_yen", "refunded_yen", "discount_yen")
ORDER += ("cancelled", "status", "payment")


def contents(shop):
    """All that an export carries, without what each database gives by itself: numbers, and names of people of other databases."""
    with shop.database.read() as session:
        people = {row.id: row for row in session.scalars(select(CustomerRow))}
        keys = {
            (row.kind, row.scope, row.value, facts(people[row.customer_id], PERSON))
            for row in session.scalars(select(CustomerKeyRow).where(CustomerKeyRow.kind != "person"))
        }
        lines: dict[int, list[tuple]] = {}
        line = OrderLineRow
        shown = (line.position, ProductRow.cart, ProductRow.code, ProductRow.name)
        said = select(line.order_id, *shown, line.quantity, line.unit_price_yen, line.total_yen)
        for order_id, *rest in session.execute(said.join(ProductRow, ProductRow.id == line.product_id)):
            lines.setdefault(order_id, []).append(tuple(rest))
        orders = {
            (facts(row, ORDER), facts(people.get(row.customer_id), PERSON), tuple(sorted(lines.get(row.id, []))))
            for row in session.scalars(select(OrderRow))
        }
        value, field = OwnValueRow, OwnFieldRow
        held = session.execute(select(value.customer_id, field.name, field.kind, value.value).join(field))
        own = sorted((facts(people[customer_id], PERSON), *rest) for customer_id, *rest in held)
    return sorted(facts(row, PERSON) for row in people.values()), keys, orders, own


def facts(row, names):
    return tuple(repr(getattr(row, name, None)) for name in names)


def written(shop, folder, kind, encoding):
    """Both exports as files."""
    files = [folder / f"{what}.{kind}" for what in ("customers", "orders")]
    reports = [
        shop.exports.write(what, file, encoding=encoding)
        for what, file in zip(("customers", "orders"), files, strict=True)
    ]
    return files, reports


def assert_nothing_changes(shop, files):
    before = contents(shop)
    for file in files:
        report = shop.imports.run([file])
        assert not report.changes_anything
        assert report.problems == ()
    assert contents(shop) == before


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("kind", "encoding"), [("xlsx", None), ("csv", "utf-8")])
def test_the_samples_come_back(shop, make_shop, tmp_path, kind, encoding, language):
    i18n.set_language(language)
    for names in SAMPLES:
        shop.imports.run([DATA / name for name in names])
    files, _reports = written(shop, tmp_path, kind, encoding)
    assert_nothing_changes(shop, files)
    if shop.database.on_sqlite:
        other = make_shop("second")
        for file in files:
            other.imports.run([file])
        assert contents(other) == contents(shop)
        assert_nothing_changes(other, files)


TEXT = st.text("あ山田髙﨑①㈱ｱ Aa1=+-@＝'\"〜,\n\t𠮷🎁", max_size=12).map(
    lambda text: japanese.tidy(text).strip("'’` ")
)
CP932 = st.text("あ山田髙﨑①㈱Aa1=+-@＝'\",", max_size=12).map(lambda text: japanese.tidy(text).strip("'’` "))
YEN = st.none() | st.integers(0, 10**7)
BORN = st.none() | st.dates(date(1880, 1, 1), date(2020, 12, 31))
AT = st.integers(0, 10**9).map(lambda seconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


def people_of(texts):
    return st.lists(
        st.tuples(texts, texts, texts, BORN, st.sampled_from(["", "male", "female"]), texts, st.integers(0, 31)),
        max_size=5,
    )


def orders_of(texts, carts=("shopify", "rakuten")):
    lines = st.lists(st.tuples(texts, texts, st.integers(1, 99), YEN, YEN), max_size=3)
    return st.lists(
        st.tuples(
            st.sampled_from(carts),
            *(texts, AT, YEN, st.integers(0, 999), st.integers(0, 999), st.booleans(), texts, texts, lines),
            st.integers(0, 4),
        ),
        max_size=6,
    )


def fill(shop, people, orders):
    """Write people and orders as an import would have."""
    now = shop.clock.now()
    fields = {kind: shop.customers.fields.make(f"={kind}, A (text)", kind).id for kind in ("text", "number", "date")}
    with shop.database.write() as session:
        ids = []
        for n, (name, kana, address, born, sex, note, has) in enumerate(people, 1):
            mail = f"p{n}@example.jp" if has & 1 else ""
            phone = f"+8190000000{n:02}" if has & 4 else ""
            row = CustomerRow(
                **dict(
                    zip(
                        ("name_fold", "kana_fold", "sort_key"),
                        (japanese.fold(name), japanese.fold(kana), ""),
                        strict=True,
                    )
                ),
                name=name,
                kana=japanese.kana(kana),
                email=mail,
                phone=phone,
                postal="0600001",
                prefecture="北海道",
                address=address,
                birth_date=born,
                sex=sex,
                note=note,
                birth_month=born.month if born else None,
                search_text="",
                line_state="none",
                source="shop",
                **dict.fromkeys(("orders", "spent_yen", "cancelled_orders", "sale_orders", "order_months"), 0),
                consent_line=not has & 8,
                consent_mail=bool(has & 16),
                created_at=now,
                changed_at=now,
            )
            session.add(row)
            session.flush()
            keys = [("mail", "", mail)] * bool(mail) + [("mail", "rakuten", f"x{n}@fw.rakuten.ne.jp")] * bool(has & 2)
            keys += [("member", "shopify", f"{n} %A")] * bool(has & 2)
            for kind, scope, value in keys:
                session.execute(insert(CustomerKeyRow).values(kind=kind, scope=scope, value=value, customer_id=row.id))
            ids.append(row.id)
            own = {"text": note, "number": f"{len(address) * 10**13 - n}", "date": born.isoformat() if born else ""}
            for kind, value in own.items():
                if value:
                    session.add(OwnValueRow(field_id=fields[kind], customer_id=row.id, value=value))
        for n, (cart, buyer, at, total, back, off, gone, status, payment, lines, whose) in enumerate(orders, 1):
            some = tuple(NeutralLine(a, b, q, u, t) for a, b, q, u, t in lines if a or b)
            nobody = NeutralCustomer("", buyer, "", "", "", "", "", "", "", None, "", "")
            order = NeutralOrder(cart, f"#{n}", at, total, back, off, gone, status, payment, nobody, some, 1, 1, False)
            values = order_values(order)
            of = ids[whose] if whose < len(ids) else None
            row = OrderRow(**dict(zip(ORDER, (*values[:3], at, *values[4:7], gone, status, payment), strict=True)))
            row.customer_id, row.digest = of, digest("", values, some)
            session.add(row)
            session.flush()
            for position, one in enumerate(some, 1):
                found = session.scalar(
                    select(ProductRow).where(
                        ProductRow.cart == cart, ProductRow.code == one.code, ProductRow.name == one.product
                    )
                )
                product = found or ProductRow(cart=cart, code=one.code, name=one.product, category="", price_yen=None)
                session.add(product)
                session.flush()
                session.add(
                    OrderLineRow(
                        order_id=row.id,
                        position=position,
                        product_id=product.id,
                        quantity=one.quantity,
                        unit_price_yen=one.unit_price_yen,
                        total_yen=one.total_yen,
                    )
                )
            session.flush()
        refresh_sums(session, ids)


def check(make_shop, folder, people, orders, kind, encoding):
    for name in ("first", "second"):
        shutil.rmtree(folder / name, ignore_errors=True)
    first, second = make_shop("first"), make_shop("second")
    try:
        fill(first, people, orders)
        files, reports = written(first, folder, kind, encoding)
        assert [one.lost for one in reports] == [(), ()]
        for file, report in zip(files, reports, strict=True):
            if report.rows:
                second.imports.run([file])
                first.imports.run([file])
                assert_nothing_changes(first, [file])
        assert_nobody_stays_nameless(first)
        assert contents(second) == contents(first)
    finally:
        first.close()
        second.close()


def assert_nobody_stays_nameless(shop):
    """An import fills what is empty: whose name the shop did not know has the name of one of their orders."""
    with shop.database.read() as session:
        bought = select(CustomerRow.name, OrderRow.buyer_name).join(OrderRow, OrderRow.customer_id == CustomerRow.id)
        named = bought.where(OrderRow.buyer_name != "", CustomerRow.id.in_(select(CustomerKeyRow.customer_id)))
        assert all(name for name, _buyer in session.execute(named))


BOUNDED = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@BOUNDED
@given(people=people_of(TEXT), orders=orders_of(TEXT), kind=st.sampled_from(["xlsx", "csv"]))
def test_anything_comes_back(make_shop, tmp_path, people, orders, kind):
    check(make_shop, tmp_path, people, orders, kind, "utf-8")


@BOUNDED
@given(people=people_of(CP932), orders=orders_of(CP932))
def test_anything_that_cp932_holds_comes_back(make_shop, tmp_path, people, orders):
    check(make_shop, tmp_path, people, orders, "csv", "cp932")


LIST = "会員番号,氏名,メール,電話\n0005,甲野 一,a@example.jp,090-0000-0001\n0006,乙野 二,b@example.jp,090-0000-0002\n"


def colorme_order(folder, number, member, name, mail, phone):
    """Write one order of Color Me Shop's as a file."""
    row = {"売上ID": str(number), "受注日": "2026/11/20", "購入者 顧客ID": member, "購入者 名前": name}
    row |= {"購入者 メールアドレス": mail, "購入者 電話番号": phone, "総合計金額": "1000", "入金状態": "入金済"}
    file = folder / f"colorme-{number}.csv"
    file.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="cp932")
    return file


def test_a_member_number_of_a_list_stays_the_lists(shop, make_shop, tmp_path):
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    shop.imports.run([tmp_path / "list.csv"])
    shop.imports.run([colorme_order(tmp_path, 1, "900", "甲野 一", "a@example.jp", "090-0000-0001")])
    files, _reports = written(shop, tmp_path, "xlsx", None)
    assert_nothing_changes(shop, files)
    if shop.database.on_sqlite:
        other = make_shop("second")
        for file in reversed(files):  # the orders first
            other.imports.run([file])
        assert contents(other) == contents(shop)
    stranger = shop.imports.run([colorme_order(tmp_path, 2, "0005", "別人 三", "other@example.jp", "080-9999-9999")])
    assert (stranger.new_customers, stranger.matched_customers) == (1, 0)


def test_whom_only_a_name_tells_comes_back_once(shop, make_shop, clock, tmp_path):
    for _twice in range(2):
        shop.customers.add(NewCustomer("同姓 同名"))
    files, _reports = written(shop, tmp_path, "csv", "utf-8")
    assert_nothing_changes(shop, files[:1])
    if shop.database.on_sqlite:
        other = make_shop("second")
        clock.move(timedelta(days=1))
        other.customers.add(NewCustomer("同姓 同名"))
        for _twice in range(2):
            other.imports.run(files[:1])
        assert [one.name for one in other.customers.search("")] == ["同姓 同名"] * 3


REPLACED = '{"columns": {}, "policies": {"customer.tags": "replace"}}'


def tags_of(shop):
    return [(one.name, one.tags) for one in shop.customers.search("")]


def test_tags_come_back_and_an_undo_takes_them_off(shop, make_shop, tmp_path):
    made = shop.customers.add(NewCustomer("甲野 一", email="a@example.jp"))
    for tag in ("常連", 'A, "B"'):
        shop.customers.tag([made.id], tag)
    before = tags_of(shop)
    shop.exports.write("customers", tmp_path / "c.xlsx")
    shop.customers.tag([made.id], "新しい")
    shop.customers.untag([made.id], "常連")
    now = tags_of(shop)
    added = shop.imports.run([tmp_path / "c.xlsx"])
    assert tags_of(shop) == [("甲野 一", tuple(sorted((*before[0][1], "新しい"))))]
    shop.imports.undo(added.import_id)
    assert tags_of(shop) == now
    replaced = shop.imports.run([tmp_path / "c.xlsx"], mapping=REPLACED)
    assert tags_of(shop) == before
    shop.imports.undo(replaced.import_id)
    assert tags_of(shop) == now
    if shop.database.on_sqlite:
        other = make_shop("second")
        report = other.imports.run([tmp_path / "c.xlsx"])
        assert tags_of(other) == before
        other.imports.undo(report.import_id)
        assert tags_of(other) == []


SUBSCRIBERS = (
    "会員ID,お名前,メールアドレス,定期購入番号,定期商品名,定期ステータス,定期回数,次回お届け日,定期開始日,停止日\n"
    "1,甲野 一,a@example.jp,T1,青汁,継続中,3,2026/12/10,2026/09/10,\n"
    "2,乙野 二,b@example.jp,T2,酵素,休止,1,,2026/08/01,\n"
    "3,丙野 三,c@example.jp,T3,青汁,解約,9,,2025/01/05,2026/10/01\n"
)


def subscriptions_of(shop):
    """What an export carries of every subscription."""
    row = SubscriptionRow
    shown = (row.cart, row.number, ProductRow.name, row.state, row.nth, row.started_on, row.next_on, row.stopped_on)
    chosen = select(*shown, CustomerRow.email).join(ProductRow).join(CustomerRow, CustomerRow.id == row.customer_id)
    with shop.database.read() as session:
        return sorted(tuple(map(repr, one)) for one in session.execute(chosen))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_subscriptions_come_back(shop, make_shop, tmp_path, language):
    (tmp_path / "list.csv").write_text(SUBSCRIBERS, encoding="utf-8")
    shop.imports.run([tmp_path / "list.csv"])
    i18n.set_language(language)
    file = tmp_path / "subscriptions.xlsx"
    assert shop.exports.write("subscriptions", file).rows == 3
    report = shop.imports.run([file])
    assert (report.changes_anything, report.problems) == (False, ())
    if shop.database.on_sqlite:
        other = make_shop("second")
        other.imports.run([file])
        assert subscriptions_of(other) == subscriptions_of(shop)
        assert contents(other)[1] == contents(shop)[1]
