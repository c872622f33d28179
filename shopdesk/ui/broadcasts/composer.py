"""A broadcast being made: to whom, what, check and send; kept as a draft while it is written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.broadcasts import Drafted
from shopdesk.clock import in_japan
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.messages import draft, for_person
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people, yen
from shopdesk.ui.broadcasts.bubbles import Bubbles
from shopdesk.ui.broadcasts.checking import CheckingStep, show_cost, why_not
from shopdesk.ui.broadcasts.recipients import Audience, RecipientsStep
from shopdesk.ui.phone import Phone
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.broadcasts import Preview
    from shopdesk.segments import Reach, Segment
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

SAVES_AFTER_MS = 700
WHO, WHAT, CHECK = range(3)


class Composer(QWidget):
    """One draft. `left` goes back to the list, `make` asks for a new segment, `send` carries the id to be sent."""

    left = Signal()
    make = Signal()
    send = Signal(int)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self.id: int | None = None
        self._step = WHO
        self._kept: Drafted | None = None
        self._preview: Preview | None = None
        self._keeping = False
        self._shop_name = ""
        self._reached: dict[str, int] = {}
        self.recipients, self.bubbles, self.checking = RecipientsStep(), Bubbles(), CheckingStep()
        self.recipients.changed.connect(self._chosen)
        self.recipients.make.connect(self.make)
        self.bubbles.changed.connect(self._written)
        self._timer = QTimer(self, singleShot=True, interval=SAVES_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self._lay_out()

    def _lay_out(self) -> None:
        self.name = w.TitleField(_("Name of the broadcast, for your list"))
        self.name.textEdited.connect(self._timer.start)
        self._state = w.label("", "small", "text_3", align=w.RIGHT)
        crumb = w.hbox(
            w.link(_("Broadcasts"), self.left.emit), w.label(_("／ New broadcast"), "small", "text_2"), ..., gap="s1"
        )
        title = w.vbox(crumb, self.name)
        head = w.hbox((title, 1), "s4", self._state, margin=("page_side", "s4", "page_side", "mid"))
        self.steps = w.Steps(_("To whom"), _("What"), _("Check and send"))
        self.steps.chosen.connect(self.go)
        self.person = w.Choice([(_("a customer without a name"), "")], small=True)
        self.person.chosen.connect(lambda _name: self._show_phone())
        self.phone = Phone()
        above = w.hbox(w.label(_("This is how it arrives"), "small", "text_2"), (self.person, 1))
        self._right = w.holder(w.vbox(above, (self.phone, 1), gap="s2"))
        self._right.setMaximumWidth(self.phone.maximumWidth())
        self._stack = QStackedWidget()
        for part in (self.recipients, self.bubbles, self.checking):
            self._stack.addWidget(w.scroller(w.vbox((part, 1), margin="s1")))
        self.back_button = w.Button(_("Back"), size="control_large", does=self.back)
        self.next_button = w.Button(
            _("To the text"), "primary", "arrow-right", "control_large", does=self.next, trailing=True
        )
        self.bar = w.CostBar(self.back_button, self.next_button)
        middle = w.hbox((self._stack, 1), self._right, gap="card_gap")
        self.setLayout(
            w.vbox(
                head,
                w.hbox(self.steps, ..., margin=("page_side", "", "page_side", "mid")),
                (w.holder(w.hbox((middle, 1), margin=("s5", "", "page_side", ""))), 1),
                w.hbox((self.bar, 1), margin=("page_side", "s3", "page_side", "page_top")),
            )
        )

    # What is shown

    def begin(self, audience: Audience) -> None:
        """Begin a new one, for these people where they are known already."""
        self._load(None, "", audience, [])
        self.go(WHAT if audience.chosen else WHO)

    def open(self, broadcast_id: int, kept: Drafted) -> None:
        """Go on with a draft."""
        audience = Audience(kept.segment, kept.everyone, kept.each)
        self._load(broadcast_id, kept.name, audience, kept.messages.messages)
        self._kept = kept
        self.go(WHAT)
        self._look()

    def reuse(self, kept: Drafted) -> None:
        """Begin a new one that says the same."""
        audience = Audience(kept.segment, kept.everyone, kept.each)
        self._load(None, _("{name} (again)").format(name=kept.name), audience, kept.messages.messages)
        self.go(WHAT)
        self._timer.start()

    def _load(self, broadcast_id: int | None, name: str, audience: Audience, messages: Sequence[Any]) -> None:
        self.id, self._kept, self._preview = broadcast_id, None, None
        self.name.setText(name)
        self.recipients.choose(audience)
        self.bubbles.show_messages(messages)
        self._timer.stop()
        self._state.setText("")
        self.person.set_entries([(_("a customer without a name"), "")])
        self.read()

    def read(self) -> None:
        """Read the segments and how many each reaches."""
        self._tasks.run(self, self._shop.segments.list, self._show_segments, key="segments")
        self._tasks.run(self, lambda: str(self._shop.settings.get("shop_name")), self._named, key="shop")

    def _named(self, shop: str) -> None:
        self._shop_name = shop
        self._show_phone()

    def _show_segments(self, found: list[Segment]) -> None:
        self.recipients.show_segments(found)
        self._count(list(found))

    def _count(self, waiting: list[Segment]) -> None:
        if not waiting:
            return
        one, *rest = waiting

        def then(reach: Reach) -> None:
            self._reached[one.name] = reach.reachable_on_line
            self.recipients.show_reach(one.name, reach)
            self._show()
            self._count(rest)

        self._tasks.run(self, lambda: self._shop.segments.count(one.rule), then, key="count")

    # Keeping

    def _chosen(self) -> None:
        self._preview = None
        self._timer.start()
        self._show()

    def _written(self) -> None:
        self._show_phone()
        self._timer.start()
        self._show()

    def wanted(self) -> Drafted:
        """Return the draft as it stands. Raises MessageError, RefusedByLineError where it cannot be sent like that."""
        to = self.recipients.audience()
        return Drafted(
            draft(self.bubbles.messages()),
            to.segment,
            everyone=to.everyone,
            each=to.each,
            name=self.name.text().strip(),
        )

    def keep(self) -> None:
        """Keep the draft where it can be kept, then look at the dry run."""
        self._timer.stop()
        if not self.recipients.audience().chosen or self.bubbles.empty():
            return
        try:
            wanted = self.wanted()
        except ShopDeskError as error:
            self._problem(error.message)
            return
        if wanted == self._kept:
            self._look()
            return
        if self._keeping:  # the one on its way has the draft's number yet to bring
            self._timer.start()
            return
        self._keeping = True
        if self._step == CHECK:
            self._preview = None
        service, known = self._shop.broadcasts, self.id

        def work() -> int:
            if known is not None:
                service.revise(known, wanted)
                return known
            return service.draft(
                wanted.messages, segment=wanted.segment, everyone=wanted.everyone, each=wanted.each, name=wanted.name
            )

        def then(made: int) -> None:
            self._keeping = False
            self.id, self._kept = made, wanted
            self._state.set_tone("text_3")
            at = in_japan(self._shop.clock.now())
            self._state.setText(_("Draft saved at {time}").format(time=f"{at:%H:%M}"))
            self._look()

        def failed(error: Exception) -> None:
            self._keeping = False
            self._problem(self._notices.sentence(error))

        self._tasks.run(self, work, then, failed=failed, lane=Lane.WRITE)

    def _problem(self, sentence: str) -> None:
        self._state.set_tone("danger_text")
        self._state.setText(sentence)
        self._preview = None
        self._show()

    def _look(self) -> None:
        known = self.id
        if known is None:
            return

        def then(preview: Preview) -> None:
            if preview.id == self.id:
                self._preview = preview
                self._people(preview)
                self._show()

        self._tasks.run(self, lambda: self._shop.broadcasts.preview(known), then, lane=Lane.NETWORK, key="preview")

    # Drawing

    def _people(self, preview: Preview) -> None:
        entries = [(one.name or _("a customer without a name"), one.name) for one in preview.samples]
        self.person.set_entries(entries or [(_("a customer without a name"), "")], self.person.value())
        self._show_phone()

    def _show_phone(self) -> None:
        messages, name = self.bubbles.messages(), str(self.person.value() or "")
        with suppress(ShopDeskError):  # what cannot be sent yet is shown as it is written
            messages = for_person(draft(messages), name)
        written = [one for one in messages if one.get("type") != "text" or str(one.get("text")).strip()]
        self.phone.show_talk(self._shop_name, written)

    def go(self, step: int) -> None:
        """Go to a step."""
        self._step = step
        self._stack.setCurrentIndex(step)
        self._right.setVisible(step != WHO)
        if step == CHECK:
            self.keep()
        if step == WHAT:
            first = next((one.edit for one in self.bubbles.bubbles if one.edit), None)
            (first or self.name).setFocus()
        self._show_phone()
        self._show()

    def back(self) -> None:
        """Go one step back, from the first to the list."""
        if self._step == WHO:
            self.left.emit()
        else:
            self.go(self._step - 1)

    def next(self) -> None:
        """Go one step on; from the last one ask, then send."""
        if self._step < CHECK:
            self.go(self._step + 1)
        elif self._preview is not None and self.id is not None and self._asked(self._preview):
            self.send.emit(self.id)

    def _asked(self, preview: Preview) -> bool:
        many = people(preview.planned)
        return w.confirm(
            self,
            _("Send to {people}?").format(people=many),
            _("It counts as {n} messages and costs {yen} extra. It cannot be taken back.").format(
                n=f"{preview.messages_counted:,}", yen=yen(preview.cost_yen)
            ),
            verb=_("Send to {people}").format(people=many),
        )

    def _show(self) -> None:
        to, now = self.recipients.audience(), self._shop.clock.now()
        who = _("To whom: {name}").format(name=to.name) if to.chosen and self._step != WHO else _("To whom")
        self.steps.show_step(self._step, who, _("What"), _("Check and send"))
        self.checking.show_preview(self._preview, to.name)
        show_cost(self.bar, self._preview, self._reached.get(to.segment or ""), now)
        too_long = any(bubble.problem() for bubble in self.bubbles.bubbles)
        preview, words, ready = self._preview, _("To the text"), to.chosen
        if self._step == WHAT:
            words, ready = _("Check it"), not self.bubbles.empty() and not too_long
        elif self._step == CHECK:
            fresh = preview is not None and not self._timer.isActive()
            words = _("Send to {people}").format(people=people(preview.planned)) if preview else _("Counting …")
            ready = fresh and preview is not None and not why_not(preview, now)
        self.next_button.set_words(words)
        self.next_button.set_icon("send" if self._step == CHECK else "arrow-right")
        self.next_button.setEnabled(ready)
