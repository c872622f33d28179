"""A coupon as a form: what it is, when, how often, what is promised, and how people come by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.coupons import Offer
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.ui import widgets as w
from shopdesk.ui.coupons.kind_field import KindField
from shopdesk.ui.coupons.period import PeriodFields
from shopdesk.ui.form_parts import Lines, Told
from shopdesk.ui.picture_field import PictureField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.coupons import Coupon
    from shopdesk.ui.studio import Studio

_MOST = 10_000_000


class OfferForm(w.Card):
    """`edited` with each change; `offer()` is what stands there."""

    edited = Signal()

    def __init__(self, studio: Studio) -> None:
        self.name = w.TextField()
        self.name_field = w.Field(_("Name of the coupon"), self.name, note=_("customers see it"), check=self._unnamed)
        self.kind, self.period = KindField(), PeriodFields()
        self.each, self.most = w.NumberField(1, 1, _MOST), w.NumberField(None, 1, _MOST, width="counter_button")
        self.least = w.NumberField(None, 0, _MOST, width="counter_button")
        self.lasts = w.NumberField(None, 1, 3_650)
        self.text, self.terms = Lines(lines=2), Lines(lines=2)
        self.picture = PictureField(studio)
        self.lottery = Told(_("Draw lots"), _("Who gets it opens it and wins or does not: once, and it stays so."))
        self.odds = w.NumberField(None, 1, 99)
        self.odds.setAccessibleName(_("Odds in per cent"))
        self._odds = w.holder(
            w.hbox(w.label(_("Odds"), tone="text_2"), self.odds, w.label("%", tone="text_2"), ..., margin=("s12", ""))
        )
        self.by_link = Told(
            _("Let it be taken by link"),
            _("Whoever opens its page takes one. Sending it on LINE to many needs this."),
        )
        self.by_itself = w.Choice(
            [(_("nothing"), ""), (_("adding the shop on LINE"), "follow"), (_("the birthday"), "birthday")], width=220
        )
        self.by_itself.setAccessibleName(_("Given by itself for"))
        self.on_line = Told(
            _("Put it on LINE as LINE's own coupon, too"),
            _("LINE changes none: to change it, ShopDesk closes it there and makes a new one."),
            dot=True,
        )
        super().__init__(w.vbox(*self._rows(), gap="form_gap"), ..., pad=("s6", "s5", "s6", "s5"))
        self._connect()
        self.show_offer(Offer("", "free_item"))

    def _rows(self) -> list[QWidget]:
        numbers = w.hbox(
            (_unit(_("One person"), self.each, _("times at most")), 1),
            (_unit(_("In all"), self.most, _("times at most")), 1),
            gap="s5",
        )
        ends = w.hbox(
            (_unit(_("Least purchase"), self.least, _("yen")), 1),
            (_unit(_("Ends after"), self.lasts, _("days from when it was given")), 1),
            gap="s5",
        )
        own = w.hbox(
            w.vbox("tiny", w.Icon("check", "success_text"), ...),
            (
                w.vbox(
                    w.label(_("Everybody's has a number of its own"), "body_bold"),
                    w.Prose(
                        _(
                            "A copy of the screen is worth nothing. When, at which till and by whom it was used is kept."
                        ),
                        role="caption",
                        tone="text_3",
                    ),
                ),
                1,
            ),
            gap="s3",
        )
        given = w.hbox(w.label(_("Given by itself for"), "body_bold"), self.by_itself, ...)
        return [
            self.name_field,
            self.kind,
            self.period,
            w.holder(numbers),
            w.holder(ends),
            w.Field(_("What they get, in more words"), self.text, optional=True),
            w.Field(_("Terms"), self.terms, optional=True),
            self.picture,
            w.line(),
            w.holder(own),
            w.holder(w.vbox(self.lottery, self._odds, gap="s2")),
            self.by_link,
            w.holder(given),
            self.on_line,
        ]

    def _connect(self) -> None:
        tell = lambda *_said: self.edited.emit()  # noqa: E731
        for signal in (self.name.textEdited, self.kind.edited, self.period.edited, self.picture.edited):
            signal.connect(tell)
        for number in (self.each, self.most, self.least, self.lasts, self.odds):
            number.changed.connect(tell)
        for area in (self.text, self.terms):
            area.textChanged.connect(tell)
        for told in (self.lottery, self.by_link, self.on_line):
            told.switch.clicked.connect(tell)
        self.lottery.switch.toggled.connect(self._odds.setVisible)
        self.by_itself.chosen.connect(tell)

    def show_coupon(self, coupon: Coupon) -> None:
        """Show a coupon there is."""
        self.show_offer(coupon.offer)
        self.on_line.switch.setChecked(bool(coupon.line_id))

    def show_offer(self, offer: Offer) -> None:
        """Show what an offer promises; nobody has edited it."""
        self.blockSignals(True)
        self.name.setText(offer.name)
        self.kind.show_offer(offer)
        self.period.show_offer(offer)
        numbers = {self.each: offer.per_person, self.most: offer.most, self.least: offer.minimum_yen or None}
        for field, value in {**numbers, self.lasts: offer.lasts_days, self.odds: offer.odds}.items():
            field.set_value(value)
        self.text.setPlainText(offer.text)
        self.terms.setPlainText(offer.terms)
        self.picture.show_picture(offer.picture)
        self.lottery.switch.setChecked(offer.odds is not None)
        self._odds.setVisible(offer.odds is not None)
        self.by_link.switch.setChecked(offer.by_link)
        self.by_itself.set_value(offer.event)
        self.on_line.switch.setChecked(False)
        self.name_field.set_error("")
        self.blockSignals(False)

    def offer(self) -> Offer:
        """Return what stands in the form."""
        return Offer(
            name=self.name.text().strip(),
            kind=self.kind.kind(),
            value=self.kind.number(),
            text=self.text.toPlainText().strip(),
            terms=self.terms.toPlainText().strip(),
            picture=self.picture.picture,
            lasts_days=self.lasts.value(),
            per_person=self.each.value(),
            most=self.most.value(),
            minimum_yen=self.least.value() or 0,
            odds=(self.odds.value() or 10) if self.lottery.switch.isChecked() else None,
            by_link=self.by_link.switch.isChecked(),
            event=self.by_itself.value(),
            **self.period.values(),
        )

    def valid(self) -> bool:
        """Check all of it, show what is wrong, and tell whether it can be kept."""
        return self.name_field.valid() & self.kind.valid() & self.period.valid()

    def _unnamed(self) -> str:
        name = self.name.text().strip()
        if not name:
            return _("Write a name for the coupon.")
        if self.on_line.switch.isChecked() and len(name) > limits.COUPON_TITLE:
            return _("On LINE there is room for {most} characters.").format(most=limits.COUPON_TITLE)
        return ""


def _unit(name: str, field: w.NumberField, unit: str) -> w.Field:
    field.setAccessibleName(name)
    return w.Field(name, w.holder(w.hbox(field, w.label(unit, tone="text_2"), ...)), optional=True)
