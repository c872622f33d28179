"""One condition as a row, built from the registry of fields."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import N_, _
from shopdesk.segments import Condition
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.paint import advance
from shopdesk.ui.segments.picking import Picker
from shopdesk.ui.segments.values import ValueEditor, editor, shape
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from shopdesk.segments import Field, Path, Rule
    from shopdesk.ui.segments.values import Sources

DAYS = (7, 30, 60, 90, 180, 365)
OTHER = -1
WIDE = {"names", "text"}
"""Shapes of values that take the room there is."""
EVER = {"orders.nth": N_("at any time")}
"""What no limit in days is called where “ever” would not be understood."""
COMPARISONS = {
    "at_least": N_("or more"),
    "at_most": N_("or less"),
    "equals": N_("exactly"),
    "between": N_("between"),
    "within_days": N_("or less ago"),
    "before_days": N_("or longer ago"),
    "before": N_("before it"),
    "after": N_("after it"),
    "is": N_("any of these"),
    "is_not": N_("none of these"),
    "bought": N_("bought"),
    "not_bought": N_("did not buy"),
    "then_not": N_("then not"),
    "contains": N_("has it"),
    "contains_not": N_("does not have it"),
    "only": N_("only in these"),
    "in_days": N_("from today"),
}


class Snug(w.Choice):
    """A choice as wide as what is chosen, never cut; at least `least` px at the standard text size."""

    def __init__(self, entries: Iterable[tuple[str, Any]], value: object, least: int) -> None:
        self._least = least
        super().__init__(entries, value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        t = theme()
        words = ceil(advance(self.currentText(), "body")) + t.px("s3") + t.px("s6") + t.px("s1")
        return QSize(max(words, round(self._least * t.scale)), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Window(QWidget):
    """Within how many days orders count: ever (as the field says it), one of the usual spans, or a number of one's own."""

    changed = Signal()

    def __init__(self, days: int | None, ever: str) -> None:
        super().__init__()
        entries: list[tuple[str, Any]] = [(ever, None)]
        entries += [(_("in {n} days").format(n=n), n) for n in DAYS]
        entries.append((_("other days"), OTHER))
        own = days is not None and days not in DAYS
        self.choice = Snug(entries, OTHER if own else days, 80)
        self.choice.setAccessibleName(_("Time"))
        self.number = w.NumberField(days if own else 14, most=36_500, width="s12")
        self.number.setAccessibleName(_("days"))
        self.number.setVisible(own)
        self.choice.chosen.connect(self._chosen)
        self.number.changed.connect(self.changed)
        self.setLayout(w.hbox(self.choice, self.number))

    def days(self) -> int | None:
        """Return the days, None for ever."""
        chosen = self.choice.value()
        return self.number.value() if chosen == OTHER else chosen

    def _chosen(self, value: object) -> None:
        self.number.setVisible(value == OTHER)
        self.changed.emit()


class ConditionRow(QWidget):
    """A condition that is being made. `more` asks for a row below (Enter), `gone` for its removal (Delete, ✕)."""

    changed = Signal()
    more = Signal(object)
    gone = Signal(object)

    def __init__(self, sources: Sources, condition: Condition | None = None) -> None:
        super().__init__()
        self._sources = sources
        first = condition or Condition("orders.count", "at_least", 2)
        self.field = Snug([(_(one.title), one.key) for one in sources.fields()], first.field, 150)
        self.field.setAccessibleName(_("What is asked"))
        self.field.chosen.connect(lambda _key: self._build(None))
        self.count = w.label("", "small", "text_2", align=w.RIGHT)
        self.menu = w.icon_button("ellipsis", _("More about this condition"), self._menu)
        remove = w.icon_button("x", _("Remove this condition"), lambda: self.gone.emit(self))
        self._slot = w.hbox()
        self._narrowed = w.hbox(margin=("s6", "", "", ""))
        self._narrowing = w.holder(self._narrowed)
        self._narrowing.hide()
        self._products: Picker | None = None
        top = w.hbox(self.field, (self._slot, 1), self.count, self.menu, remove)
        self.setLayout(w.vbox(top, self._narrowing, gap="label_gap"))
        self._build(first)

    def _build(self, condition: Condition | None) -> None:
        field = self._asked()
        w.clear(self._slot)
        entries = [(_(COMPARISONS.get(one, one)), one) for one in field.comparisons]
        comparison = condition.comparison if condition else field.comparisons[0]
        self.comparison = Snug(entries, comparison, 80)
        self.comparison.setAccessibleName(_("How it is compared"))
        self.comparison.chosen.connect(self._compared)
        self._editor = editor(field, comparison, condition.value if condition else None, self._sources)
        self._editor.changed.connect(self.changed)
        self._shape = shape(field, comparison)
        days = condition.within_days if condition else None
        self.window_ = Window(days, _(EVER[field.key]) if field.key in EVER else _("ever")) if field.in_window else None
        if self.window_:
            self.window_.changed.connect(self.changed)
        self._slot.addWidget(self._editor, 1 if self._shape in WIDE else 0)
        if len(field.comparisons) > 1:
            self._slot.addWidget(self.comparison)
        else:
            self.comparison.hide()
        if self.window_:
            self._slot.addWidget(self.window_)
        if self._shape not in WIDE:
            self._slot.addStretch(1)
        self.menu.setVisible(field.of_product)
        self._narrow(field, condition.products if condition else ())
        if condition is None:
            self.changed.emit()

    def _asked(self) -> Field:
        return self._sources.field(self.field.value())

    def _compared(self, comparison: str) -> None:
        field = self._asked()
        if shape(field, comparison) != self._shape:
            self._shape = shape(field, comparison)
            fresh = editor(field, comparison, self._editor.value(), self._sources)
            fresh.changed.connect(self.changed)
            self._slot.replaceWidget(self._editor, fresh)
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = fresh
            self.setTabOrder(self.field, fresh)
        self._narrow(field, self._products.chosen() if self._products else ())
        self.changed.emit()

    def _paired(self) -> bool:
        return self.comparison.value() in self._asked().pairs

    def _narrow(self, field: Field, products: tuple[str, ...]) -> None:
        w.clear(self._narrowed)
        self._products = None
        shown = self._paired() or (field.of_product and bool(products))
        self._narrowing.setVisible(shown)
        if shown:
            self._add_products(products)

    def _add_products(self, products: tuple[str, ...]) -> Picker:
        picker = self._products = Picker(self._sources.tasks, self._sources.products, {}, products)
        picker.changed.connect(self.changed)
        said = _("and since then not") if self._paired() else _("Only orders with")
        drop = None if self._paired() else w.icon_button("x", _("All products again"), self._all_products)
        self._narrowed.addWidget(w.label(said, "small", "text_2"))
        self._narrowed.addWidget(picker, 1)
        if drop:
            self._narrowed.addWidget(drop)
        self._narrowing.show()
        return picker

    def _all_products(self) -> None:
        self._narrow(self._asked(), ())
        self.changed.emit()

    def _menu(self) -> None:
        entries = [(_("Only orders with certain products"), self._open_products)]
        menu = w.popup_menu(self, entries)
        menu.popup(self.menu.mapToGlobal(self.menu.rect().bottomLeft()))

    def _open_products(self) -> None:
        picker = self._products or self._add_products(())
        picker.setFocus()

    def value_editor(self) -> ValueEditor:
        """Return what the value is typed or chosen in."""
        return self._editor

    def rule(self, at: Path, places: dict[Path, Any]) -> Rule | None:
        """Return the condition, None while it is not complete, and note in `places` where it stands."""
        value, products = self._editor.value(), self._products.chosen() if self._products else ()
        if value is None or (self._paired() and not products):
            self.count.setText("")
            return None
        places[at] = self
        days = self.window_.days() if self.window_ else None
        return Condition(self.field.value(), self.comparison.value(), value, days, products)

    def show_count(self, count: int) -> None:
        """Show how many people it takes by itself."""
        self.count.setText(people(count))

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.more.emit(self)
        elif event.key() == Qt.Key.Key_Delete:
            self.gone.emit(self)
        else:
            super().keyPressEvent(event)
