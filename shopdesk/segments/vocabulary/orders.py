"""Fields about what a person ordered."""

from __future__ import annotations

from sqlalchemy import select

from shopdesk.i18n import N_
from shopdesk.orders.tables import OrderRow, ProductRow
from shopdesk.segments import answers as a, buying as b, goods, ranks, wording_orders as wo
from shopdesk.segments.fields import CHOICES, Field
from shopdesk.segments.vocabulary.shapes import choice, date, flag, listed, number

BOUGHT = ("bought", "not_bought")
SALE_ONLY = (("true", N_("only at a discount")), ("false", N_("not only at a discount")))

ORDERS: tuple[Field, ...] = (
    number(
        "orders.count",
        N_("Number of orders"),
        where=b.order_count,
        say=wo.order_count,
        unit=N_("times"),
        in_window=True,
        of_product=True,
        answer=a.order_count,
    ),
    number(
        "orders.spent_yen",
        N_("Amount spent"),
        where=b.spent_yen,
        say=wo.spent_yen,
        unit=N_("yen"),
        in_window=True,
        of_product=True,
        answer=a.spent_yen,
    ),
    date("orders.last", N_("Last order"), where=b.last_order, say=wo.last_order, answer=a.last_order),
    date("orders.first", N_("First order"), where=b.first_order, say=wo.first_order, answer=a.first_order),
    number(
        "orders.nth",
        N_("n-th order"),
        comparisons=("equals",),
        where=b.nth_order,
        say=wo.nth_order,
        unit=N_("(1 is the first order)"),
        least=1,
        in_window=True,
        of_product=True,
        answer=a.nth_order,
    ),
    Field(
        "orders.product",
        N_("Product"),
        "product",
        (*BOUGHT, "then_not"),
        goods.product,
        wo.product,
        in_window=True,
        pairs=("then_not",),
        answer=a.product,
    ),
    Field(
        "orders.category",
        N_("Category"),
        "product",
        BOUGHT,
        goods.category,
        wo.category,
        in_window=True,
        offers=lambda: select(ProductRow.category).distinct(),
        answer=a.category,
    ),
    Field(
        "orders.favourite",
        N_("Favourite product"),
        "product",
        CHOICES,
        goods.favourite,
        wo.favourite,
        answer=a.favourite,
    ),
    listed(
        "orders.months",
        N_("Months of buying"),
        b.months,
        wo.months,
        wo.BUYING_MONTHS,
        comparisons=(*CHOICES, "only"),
        answer=a.months,
    ),
    number(
        "orders.average_yen",
        N_("Yen an order"),
        where=b.average_yen,
        say=wo.average_yen,
        unit=N_("yen"),
        answer=a.average_yen,
    ),
    number(
        "orders.rhythm",
        N_("Days between orders"),
        where=b.rhythm,
        say=wo.rhythm,
        unit=N_("days"),
        answer=a.rhythm,
    ),
    number(
        "orders.sale_count",
        N_("Orders at a discount"),
        where=b.sale_count,
        say=wo.sale_count,
        unit=N_("times"),
        answer=a.sale_count,
    ),
    flag(
        "orders.sale_only",
        N_("Buys at a discount"),
        where=b.sale_only,
        say=wo.sale_only,
        choices=SALE_ONLY,
        answer=a.sale_count,
    ),
    number(
        "orders.cancelled",
        N_("Cancelled orders"),
        where=b.cancelled,
        say=wo.cancelled,
        unit=N_("times"),
        answer=a.cancelled,
    ),
    choice(
        "orders.payment",
        N_("Payment"),
        where=b.payment,
        say=wo.payment,
        in_window=True,
        offers=lambda: select(OrderRow.payment).distinct(),
        answer=a.payment,
    ),
    number(
        "rfm.recency",
        N_("RFM: how lately"),
        where=ranks.recency,
        say=wo.recency,
        unit=N_("of 5"),
        answer=a.rank("recency"),
    ),
    number(
        "rfm.frequency",
        N_("RFM: how often"),
        where=ranks.frequency,
        say=wo.frequency,
        unit=N_("of 5"),
        answer=a.rank("frequency"),
    ),
    number("rfm.money", N_("RFM: how much"), where=ranks.money, say=wo.money, unit=N_("of 5"), answer=a.rank("money")),
)
