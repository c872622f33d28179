"""The fields of this shop.

The JSON words of a condition: `field`, `is`, `value`, and where the field takes them `within_days` and `product`.

| field | is | value |
|---|---|---|
| orders.count, .spent_yen, .average_yen, .cancelled, .sale_count, customer.relations | at_least, at_most, equals · between | a number · [from, to] |
| orders.nth | equals | which order, 1 being the first |
| orders.last, orders.first | within_days, before_days · before, after · between | days · a day · [day, day] |
| orders.product, orders.category | bought, not_bought | a product's name or code (a category), or a list of which any counts |
| orders.product | then_not | the same; `product`: what was not bought on a later day than `value` was last |
| orders.favourite | is, is_not | a product's name or code, or a list: what is in most of the person's orders |
| orders.rhythm | as a number | whole days from one order to the next, on average; nobody with fewer than three orders has it |
| orders.months | is, is_not, only | 1 … 12, spring, summer, autumn, winter, or a list |
| orders.sale_only | is | true: every order had a discount |
| orders.payment | is, is_not | a name as the cart writes it, or a list |
| subscription.state | is, is_not | active, paused, stopped |
| subscription.product | is, is_not | what comes again and again, now |
| subscription.nth · subscription.stopped · subscription.next | as a number · as orders.last · before, after, between | |
| tags, customer.prefecture, customer.source | is, is_not | a name, or a list of which any counts |
| rfm.recency, rfm.frequency, rfm.money | as a number | 1 (lowest fifth of the buyers) … 5; nobody without an order has one |
| customer.age | at_least, at_most, equals · between | years |
| customer.birthday | in_days | today or in so many days |
| customer.birth_month | is, is_not | 1 … 12, this_month, next_month, or a list |
| customer.sex | is, is_not | male, female, unknown |
| customer.note | contains, contains_not | a text, A to Z in either case |
| customer.relation | is, is_not | family, company |
| line.state | is, is_not | friend, blocked, none (= not_linked) |
| consent.line, consent.mail | is | true, false |
| card.held | is | true, false: whether there is a shop card |
| card.stamps · card.expiring · card.last_visit | as a number · in_days · as orders.last | who has no card is in none of these |
| card.rank | is, is_not | a rank's name, or a list |
| coupon.held, coupon.used | is, is_not | a coupon's name, or a list: could be used still · was used |
| line.source | is, is_not | the place of the QR code by which the person's friend came, or a list |
| link.opened | is, is_not | a page to which a link of theirs led that they opened, or a list; takes `within_days` |
| own.NAME, a field of the shop's own | is, is_not · as a number · as orders.last | by its kind |
| survey.NAME | is | true, false: whether the person has answered it to its end |
| survey.NAME/QUESTION, by the question's short name | as own.NAME, or contains, contains_not | an answer to choose, a number, a day, a text |

`{"field": "orders.last", "is": "before_days", "value": 30}` (also written `more_than_days_ago`): there is an order and the
last one lies more than 30 days back, that is, before the Japanese day 30 days ago began. `within_days` is its opposite among
people who ordered. "Bought twice or more, not in the last 30 days" is
`{"all": [{"field": "orders.count", "is": "at_least", "value": 2}, {"field": "orders.last", "is": "before_days", "value": 30}]}`.
`within_days` beside a count or a sum takes only the orders of these days, `product` only those with this product:
`{"not": {"field": "orders.count", "is": "at_least", "value": 1, "within_days": 30}}`.
Only orders that are not cancelled count; yen are less refunds (with `product`: the yen of its lines).
"""

from __future__ import annotations

from shopdesk.segments.fields import register
from shopdesk.segments.vocabulary.found import FOUND
from shopdesk.segments.vocabulary.loyalty import LOYALTY
from shopdesk.segments.vocabulary.orders import ORDERS
from shopdesk.segments.vocabulary.people import PEOPLE
from shopdesk.segments.vocabulary.subscriptions import SUBSCRIPTIONS

for _field in (*ORDERS, *SUBSCRIPTIONS, *LOYALTY, *FOUND, *PEOPLE):
    register(_field)
