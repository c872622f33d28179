"""What a condition is compared with: a number, days, a day, names, yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk import japanese
from shopdesk.i18n import _
from shopdesk.segments import LONGEST_TEXT, field_of, fields
from shopdesk.ui import widgets as w
from shopdesk.ui.segments.picking import Entry, Picker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from shopdesk.orders import Orders
    from shopdesk.segments import Condition, Field, Segments
    from shopdesk.ui.tasks import Tasks

MOST_DAYS = 36_500
FIRST = {
    "orders.count": 2,
    "orders.spent_yen": 10_000,
    "orders.nth": 2,
    "orders.average_yen": 3_000,
    "orders.rhythm": 30,
    "orders.sale_count": 1,
    "orders.cancelled": 1,
    "rfm.recency": 4,
    "rfm.frequency": 4,
    "rfm.money": 4,
    "subscription.nth": 3,
    "customer.age": 30,
    "customer.relations": 1,
}
FIRST_DAYS = 60


class Sources:
    """What can be asked, and where the names come from that a condition can hold."""

    def __init__(self, tasks: Tasks, orders: Orders, segments: Segments) -> None:
        self.tasks = tasks
        self._orders, self._segments = orders, segments
        self._own: tuple[Field, ...] = ()

    def read(self, then: Callable[[], object]) -> None:
        """Read the shop's own fields, off the screen's thread, then go on."""

        def done(found: tuple[Field, ...]) -> None:
            self._own = found
            then()

        self.tasks.run(self.tasks, self._segments.own_fields, done, key="own fields")

    def fields(self) -> tuple[Field, ...]:
        """Return every field, the shop's own last."""
        return (*fields(), *self._own)

    def takes(self, condition: Condition) -> bool:
        """Tell whether a row can show this condition: its field is there, and is still compared in this way."""
        return any(one.key == condition.field and condition.comparison in one.comparisons for one in self.fields())

    def field(self, key: str) -> Field:
        """Return the field of this key; one of the shop's own with its kind."""
        return next((one for one in self._own if one.key == key), None) or field_of(key)

    def of(self, field: Field) -> Callable[[str], list[Entry]]:
        """Return what is asked for the names of this field that contain a text; it runs in the read lane."""
        if field.choices:
            fixed = [(_(title), key) for key, title in field.choices]
            return lambda text: _within(fixed, text)
        if field.key == "customer.prefecture":
            return lambda text: _within([(one, one) for one in japanese.PREFECTURES], text)
        if field.offers is not None:
            return lambda text: _within([(one, one) for one in self._segments.offered(field)], text)
        return self.products

    def products(self, text: str) -> list[Entry]:
        """Return products by name, each name once."""
        return [(one, one) for one in dict.fromkeys(product.name for product in self._orders.products(text, 200))]


def _within(entries: list[Entry], text: str) -> list[Entry]:
    wanted = japanese.fold(text)
    return [entry for entry in entries if wanted in japanese.fold(entry[0])]


class ValueEditor(QWidget):
    """What stands where the value of a condition is typed or chosen."""

    changed = Signal()

    def value(self) -> Any:
        """Return the value, or None while it is not complete."""
        raise NotImplementedError


class NumberValue(ValueEditor):
    """A number with its unit, or two for from and to; `large` where it mostly has many digits."""

    def __init__(
        self, value: Any, unit: str, *, pair: bool, least: int = 0, most: int = 99_999_999, large: bool = False
    ) -> None:
        super().__init__()
        ends = value if isinstance(value, tuple) else (value, None) if pair else (value,)
        width = "counter_button" if large else "s12" if pair else "number_field"
        self.fields = [w.NumberField(one if isinstance(one, int) else None, least, most, width=width) for one in ends]
        for field in self.fields:
            field.changed.connect(self.changed)
            field.setAccessibleName(unit)
        first, *rest = self.fields
        between = [w.label("〜", tone="text_2"), rest[0]] if rest else []
        self.setLayout(w.hbox(first, *between, w.label(unit, tone="text_2") if unit else None))

    def value(self) -> Any:
        """Return the number, or both."""
        numbers = tuple(field.value() for field in self.fields)
        if None in numbers:
            return None
        return numbers if len(numbers) > 1 else numbers[0]


class DayField(w.TextField):
    """A day as people write it."""

    def __init__(self, value: object) -> None:
        super().__init__(str(value) if value is not None else "", _("2026-11-22"), width="counter_button")
        self.setAccessibleName(_("Day"))

    def day(self) -> date | None:
        """Return the day, None while there is none; the border says when it cannot be read."""
        found = japanese.date(self.text()) if self.text().strip() else None
        self.set_wrong(bool(self.text().strip()) and found is None)
        return found


class DayValue(ValueEditor):
    """A day, or two for from and to."""

    def __init__(self, value: Any, *, pair: bool) -> None:
        super().__init__()
        ends = value if isinstance(value, tuple) else (value, None) if pair else (value,)
        self.fields = [DayField(one if hasattr(one, "isoformat") else None) for one in ends]
        for field in self.fields:
            field.textEdited.connect(self.changed)
        first, *rest = self.fields
        self.setLayout(w.hbox(first, *([w.label("〜", tone="text_2"), rest[0]] if rest else [])))

    def value(self) -> Any:
        """Return the day, or both."""
        days = tuple(field.day() for field in self.fields)
        if None in days:
            return None
        return days if len(days) > 1 else days[0]


class NamesValue(ValueEditor):
    """Names of which any counts."""

    def __init__(self, value: Any, field: Field, sources: Sources) -> None:
        super().__init__()
        titles = {key: _(title) for key, title in field.choices}
        self.picker = Picker(sources.tasks, sources.of(field), titles, value if isinstance(value, tuple) else ())
        self.picker.changed.connect(self.changed)
        self.setFocusProxy(self.picker)
        self.setLayout(w.hbox((self.picker, 1)))

    def value(self) -> Any:
        """Return the names, None while there are none."""
        return self.picker.chosen() or None


class TextValue(ValueEditor):
    """A text that is looked for."""

    def __init__(self, value: Any, title: str) -> None:
        super().__init__()
        self.field = w.TextField(value if isinstance(value, str) else "", _("Example: gift"))
        self.field.setMaxLength(LONGEST_TEXT)
        self.field.setAccessibleName(title)
        self.field.textEdited.connect(self.changed)
        self.setFocusProxy(self.field)
        self.setLayout(w.hbox((self.field, 1)))

    def value(self) -> Any:
        """Return the text, None while there is none."""
        return self.field.text().strip() or None


class FlagValue(ValueEditor):
    """Yes or no."""

    def __init__(self, value: Any, field: Field) -> None:
        super().__init__()
        entries = [(_(title), key == "true") for key, title in field.choices]
        self.choice = w.Choice(entries, value if isinstance(value, bool) else True, width=140)
        self.choice.chosen.connect(lambda _value: self.changed.emit())
        self.setFocusProxy(self.choice)
        self.setLayout(w.hbox(self.choice))

    def value(self) -> Any:
        """Return which."""
        return self.choice.value()


def shape(field: Field, comparison: str) -> str:
    """Return which editor a condition of this field and comparison has; the same shape keeps what was typed."""
    if comparison in {"within_days", "before_days", "in_days"}:
        return "days"
    if field.kind in {"choice", "product"}:
        return "names"
    return f"{field.kind}s" if comparison == "between" else field.kind


def editor(field: Field, comparison: str, value: Any, sources: Sources) -> ValueEditor:
    """Return the editor for this field and comparison, showing `value` or what one mostly begins with."""
    kind = shape(field, comparison)
    if kind == "days":
        days = FIRST_DAYS if value is None else value
        return NumberValue(days if isinstance(days, int) else FIRST_DAYS, _("days"), pair=False, most=MOST_DAYS)
    if kind in {"number", "numbers"}:
        first, large = FIRST.get(field.key) if value is None else value, field.unit == "yen"
        return NumberValue(first, _(field.unit), pair=kind == "numbers", least=field.least, large=large)
    if kind in {"date", "dates"}:
        return DayValue(value, pair=kind == "dates")
    if kind == "text":
        return TextValue(value, _(field.title))
    return FlagValue(value, field) if kind == "flag" else NamesValue(value, field, sources)
