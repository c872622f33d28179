"""Any export of ours imports back to the same database, and into its own shop without changing anything."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import insert, select

from shopdesk import i18n, japanese
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow
from shopdesk.imports.neutral import NeutralCustomer, NeutralLine, NeutralOrder
from shopdesk.imports.staged_values import digest, order_values
from shopdesk.orders.sums import refresh_sums
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow

DATA = Path(__file__).parents[1] / "data" / "carts"
SAMPLES = (["shopify-orders.csv"], ["rakuten-orders.csv"], ["yahoo-orders.csv", "yahoo-items.csv"])
PERSON = ("name", "kana", "email", "phone", "postal", "prefecture", "address", "birth_date", "sex", "note")
ORDER = ("cart", "number", "buyer_name", "ordered_at", "total_yen", "refunded_yen", "discount_yen")
ORDER += ("cancelled", "status", "payment")


def contents(shop):
    """All that an export carries, without the numbers that each database gives by itself."""
    with shop.database.read() as session:
        people = {row.id: row for row in session.scalars(select(CustomerRow))}
        keys = {
            (row.kind, row.scope, row.value, facts(people[row.customer_id], PERSON))
            for row in session.scalars(select(CustomerKeyRow))
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
    return sorted(facts(row, PERSON) for row in people.values()), keys, orders


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
        st.tuples(texts, texts, texts, BORN, st.sampled_from(["", "male", "female"]), texts, st.integers(1, 7)),
        max_size=5,
    )


def orders_of(texts):
    lines = st.lists(st.tuples(texts, texts, st.integers(1, 99), YEN, YEN), max_size=3)
    return st.lists(
        st.tuples(
            st.sampled_from(["shopify", "rakuten"]),
            *(texts, AT, YEN, st.integers(0, 999), st.integers(0, 999), st.booleans(), texts, texts, lines),
            st.integers(0, 4),
        ),
        max_size=6,
    )


def fill(shop, people, orders):
    """Write people and orders as an import would have."""
    now = shop.clock.now()
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
                consent_line=True,
                consent_mail=False,
                created_at=now,
                changed_at=now,
            )
            session.add(row)
            session.flush()
            keys = [("mail", "", mail)] * bool(mail) + [("mail", "rakuten", f"x{n}@fw.rakuten.ne.jp")] * bool(has & 2)
            keys += [("member", "shopify", f"{n} %A")] * bool(not keys or has & 2)
            for kind, scope, value in keys:
                session.execute(insert(CustomerKeyRow).values(kind=kind, scope=scope, value=value, customer_id=row.id))
            ids.append(row.id)
        for n, (cart, buyer, at, total, back, off, gone, status, payment, lines, whose) in enumerate(orders, 1):
            some = tuple(NeutralLine(a, b, q, u, t) for a, b, q, u, t in lines if a or b)
            nobody = NeutralCustomer("", buyer, "", "", "", "", "", "", "", None, "", "", None)
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
                assert_nothing_changes(first, [file])
        assert contents(second) == contents(first)
    finally:
        first.close()
        second.close()


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
