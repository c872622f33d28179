"""The form for adding a customer and for correcting one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.customers import Customer, NewCustomer, wrong
from shopdesk.i18n import _
from shopdesk.japanese import PREFECTURES, date as read_date, phone_local, postal_local
from shopdesk.ui.customers.columns import called_in_full, sexes
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    Choice,
    Field,
    Frame,
    Header,
    TextArea,
    TextField,
    hbox,
    holder,
    label,
    vbox,
)

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.clock import Clock


class Editor(QWidget):
    """`saved` carries what was typed, `left` when it is dropped, `open_wanted` the number of who is here already."""

    saved = Signal(object)
    left = Signal()
    open_wanted = Signal(int)

    def __init__(self, clock: Clock, customer: Customer | None = None) -> None:
        super().__init__()
        self._clock, self.customer = clock, customer
        self._make_fields()
        self._fill(customer)
        self._begun = self.typed()
        name = called_in_full(customer) if customer else ""
        title = _("Correct {name}").format(name=name) if customer else _("Add a customer")
        verb = _("Save") if customer else _("Add this customer")
        self.save = Button(verb, "primary", does=self.submit)
        self._known: int | None = None
        self.banner = Banner("warning", "", action=_("Open that customer"), does=self._open_known)
        self.banner.hide()
        header = Header(title, crumb=_("Customers"), back=self.left.emit)
        form = Card(*self._rows(), gap="s5")
        form.setMaximumWidth(theme().px("form_width") + 2 * theme().px("s4"))
        note = label(_("Nothing is written before you press the button."), "small", "text_2")
        foot = Card(hbox((note, 1), Button(_("Back"), does=self.left.emit), self.save), pad=("s4", "s3"))
        self.setLayout(vbox((Frame(header, self.banner, hbox((form, 100), ...), ..., foot=foot), 1)))

    def _make_fields(self) -> None:
        self.name, self.kana = TextField(hint=_("Example: 見本 花子")), TextField(hint=_("Example: みほん はなこ"))
        self.phone, self.mail = TextField(), TextField()
        self.postal, self.address, self.birthday = TextField(), TextField(), TextField(hint=_("Example: 1990/12/3"))
        self.prefecture = Choice([("—", ""), *((one, one) for one in PREFECTURES)])
        self.sex = Choice([("—", ""), *((words, sex) for sex, words in sexes().items() if sex)])
        self.note = TextArea(lines=3)
        check = self._sentence
        self.fields = {
            "name": Field(_("Name"), self.name, check=lambda: check("name")),
            "kana": Field(_("Reading"), self.kana, optional=True),
            "phone": Field(_("Phone"), self.phone, optional=True, check=lambda: check("phone")),
            "email": Field(_("Mail"), self.mail, optional=True, check=lambda: check("email")),
            "postal": Field(_("Postal code"), self.postal, optional=True, check=lambda: check("postal")),
            "prefecture": Field(_("Prefecture"), self.prefecture, optional=True),
            "address": Field(_("Address"), self.address, optional=True),
            "birth_date": Field(_("Birthday"), self.birthday, optional=True, check=self._birthday_sentence),
            "sex": Field(_("Sex"), self.sex, optional=True),
            "note": Field(_("Note"), self.note, optional=True, help_text=_("Only the shop reads this.")),
        }

    def _rows(self) -> list[QWidget]:
        f = self.fields
        pairs = (("name", "kana"), ("phone", "email"), ("postal", "prefecture"))
        two = [holder(hbox((vbox(f[a], ...), 1), (vbox(f[b], ...), 1), gap="s4")) for a, b in pairs]
        birthday = holder(hbox((vbox(f["birth_date"], ...), 1), (vbox(f["sex"], ...), 1), gap="s4"))
        return [*two, f["address"], birthday, f["note"]]

    def _fill(self, customer: Customer | None) -> None:
        if customer is None:
            return
        self.name.setText(customer.name)
        self.kana.setText(customer.kana)
        self.phone.setText(phone_local(customer.phone) if customer.phone else "")
        self.mail.setText(customer.email)
        self.postal.setText(postal_local(customer.postal) if customer.postal else "")
        self.prefecture.set_value(customer.prefecture)
        self.address.setText(customer.address)
        self.address.setCursorPosition(0)
        born = customer.birth_date
        self.birthday.setText(f"{born.year}/{born.month}/{born.day}" if born else "")
        self.sex.set_value(customer.sex)
        self.note.setPlainText(customer.note)

    def start(self) -> None:
        """Put the caret where typing begins."""
        self.name.setFocus()

    def typed(self) -> NewCustomer:
        """Return what is in the fields."""
        return NewCustomer(
            name=self.name.text(),
            kana=self.kana.text(),
            email=self.mail.text(),
            phone=self.phone.text(),
            postal=self.postal.text(),
            prefecture=self.prefecture.value() or "",
            address=self.address.text(),
            birth_date=self._born(),
            sex=self.sex.value() or "",
            note=self.note.toPlainText(),
        )

    @property
    def changed(self) -> bool:
        """Whether anything was typed."""
        return self.typed() != self._begun or (bool(self.birthday.text().strip()) and self._born() is None)

    def submit(self) -> None:
        """Check every field, then say what is to be saved."""
        wrong_ones = [field for field in self.fields.values() if not field.valid()]
        if not wrong_ones:
            self.banner.hide()
            self.save.setEnabled(False)
            self.saved.emit(self.typed())
        else:
            wrong_ones[0].control.setFocus()

    def refuse(self, sentence: str, known: int | None = None) -> None:
        """Say why it was not saved; `known` is the customer who is here already."""
        self.save.setEnabled(True)
        self._known = known
        self.banner.say(sentence)
        if self.banner.action is not None:
            self.banner.action.setVisible(known is not None)
        self.banner.show()

    def _open_known(self) -> None:
        if self._known is not None:
            self.open_wanted.emit(self._known)

    def _sentence(self, field: str) -> str:
        typed = self.typed()
        if field == "name":  # the one rule that looks at more than its own field
            typed = replace(typed, postal="", prefecture="")
            return wrong(typed).get("name", "")
        blank = NewCustomer("・")
        return wrong(replace(blank, **{field: getattr(typed, field)})).get(field, "")

    def _born(self) -> date | None:
        return read_date(self.birthday.text().strip()) if self.birthday.text().strip() else None

    def _birthday_sentence(self) -> str:
        text, born = self.birthday.text().strip(), self._born()
        if not text:
            return ""
        if born is None:
            return _("“{text}” is not a date. Write it like 1990/12/3.").format(text=text)
        return _("This day has not come yet.") if born > self._clock.now().date() else ""
