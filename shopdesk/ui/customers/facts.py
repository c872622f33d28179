"""What is known of a person: tags, LINE, phone, mail, what they want to receive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.japanese import phone_local, postal_local
from shopdesk.ui.customers.columns import mark, sexes
from shopdesk.ui.customers.tag_entry import TagEntry
from shopdesk.ui.directions import isolated
from shopdesk.ui.widgets import (
    RIGHT,
    Badge,
    Banner,
    Button,
    Chip,
    Flow,
    Prose,
    Switch,
    clear,
    elided,
    fact,
    hbox,
    holder,
    label,
    link,
    vbox,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from shopdesk.customers import Customer
    from shopdesk.friends import Friend
    from shopdesk.ui.customers.file import PersonFile


class Tags(QWidget):
    """The tags of a person; a click takes one off."""

    put = Signal(str)
    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow(gap="label_gap")
        self.entry = TagEntry()
        self.entry.entered.connect(self.put)
        self._known: tuple[str, ...] = ()
        self.setLayout(vbox(self.flow, "s1", self.entry))

    def show_tags(self, tags: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Show these; `known` are offered for a further one."""
        self._known = tuple(one for one in known if one not in tags)
        chips = [Chip(tag, on=True, does=partial(self.taken.emit, tag), widest="bubble") for tag in tags]
        for chip in chips:
            chip.setAccessibleName(_("Take off the tag “{tag}”").format(tag=chip.words))
        add = Chip(_("Tag"), "plus", does=lambda: self.entry.open(self._known))
        self.flow.show_items(*chips, add)


class Consent(QWidget):
    """Whether a person takes messages on one channel: changed at once."""

    changed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.switch, self._word = Switch(name), label("", "small", "text_2", align=RIGHT)
        self.switch.clicked.connect(self.changed)
        self.setLayout(hbox(label(name, tone="text_2"), ..., self._word, self.switch))

    def show_state(self, on: bool) -> None:
        """Show how it is."""
        self.switch.setChecked(on)
        self._word.setText(_("takes them") if on else _("does not want them"))
        self._word.set_tone("success_text" if on else "text_2")


class Facts(QWidget):
    """The lines of facts; `consent_changed` carries channel and state."""

    consent_changed = Signal(str, bool)
    proof_wanted = Signal()
    unlink_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = vbox(gap="label_gap")
        self.line, self.mail = Consent(_("Messages on LINE")), Consent(_("Messages by mail"))
        self.line.changed.connect(lambda on: self.consent_changed.emit("line", on))
        self.mail.changed.connect(lambda on: self.consent_changed.emit("mail", on))
        self.unlink: Button | None = None
        self.stopped = Banner("warning", _("The use of this person's data is stopped: nothing is sent."))
        self.stopped.hide()
        proof = link(_("How this was agreed…"), self.proof_wanted.emit)
        self.setLayout(
            vbox(self._lines, "label_gap", self.line, "label_gap", self.mail, hbox(..., proof), self.stopped)
        )

    def show_file(self, file: PersonFile) -> None:
        """Show another person."""
        clear(self._lines)
        self.unlink = None
        if file.friend is not None:
            self._lines.addWidget(holder(self._friend(file.friend)))
        for name, value in _known(file.customer):
            tone = "text" if value else "text_3"
            self._lines.addWidget(holder(fact(name, Prose(isolated(value) or "—", tone=tone, align=RIGHT))))
        stopped = file.customer.stopped_at is not None
        self.stopped.setVisible(stopped)
        for channel in (self.line, self.mail):
            channel.switch.setEnabled(not stopped)
        self.line.show_state(file.customer.consent_line)
        self.mail.show_state(file.customer.consent_mail)

    def _friend(self, friend: Friend) -> QLayout:
        badge = mark(friend.state)
        self.unlink = link(_("Unlink"), self.unlink_wanted.emit)
        shown = Badge(badge.words, badge.state, dot=badge.dot) if badge else None
        name = elided(friend.name or friend.user_id, align=RIGHT)
        return hbox(label(_("LINE"), tone="text_2"), (name, 1), shown, self.unlink)


def _known(customer: Customer) -> list[tuple[str, str]]:
    address = " ".join(
        filter(
            None,
            (
                customer.postal and _("〒{postal}").format(postal=postal_local(customer.postal)),
                "" if customer.address.startswith(customer.prefecture) else customer.prefecture,
                customer.address,
            ),
        )
    )
    born = customer.birth_date
    lines = [
        (_("Phone"), phone_local(customer.phone) if customer.phone else ""),
        (_("Mail"), customer.email),
    ]
    if address:
        lines.append((_("Address"), address))
    if born:
        lines.append((_("Birthday"), _("{month}/{day}/{year}").format(month=born.month, day=born.day, year=born.year)))
    sex = sexes().get(customer.sex, "")
    if sex:
        lines.append((_("Sex"), sex))
    return lines
