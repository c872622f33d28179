"""A broadcast being made: to whom, what, check and send; kept as a draft while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.checking import CheckingStep, asked, button_words, show_cost, why_not
from shopdesk.ui.broadcasts.composer_frame import ComposerFrame
from shopdesk.ui.broadcasts.finer import Finer, Parts
from shopdesk.ui.broadcasts.keeping import Keeper, Written
from shopdesk.ui.broadcasts.mail_beside import MailBeside
from shopdesk.ui.broadcasts.news_tick import NewsTick
from shopdesk.ui.broadcasts.reaching import Reaches
from shopdesk.ui.broadcasts.recipients import Audience, RecipientsStep
from shopdesk.ui.broadcasts.templates import Templates
from shopdesk.ui.broadcasts.writing import WritingStep
from shopdesk.ui.days import clock_time
from shopdesk.ui.messages.editors import Studio
from shopdesk.ui.messages.preview_pane import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.broadcasts import Preview
    from shopdesk.shop import Shop
    from shopdesk.ui.broadcasts.seen import Seen
    from shopdesk.ui.messages.editors import Message
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WHO, WHAT, CHECK = range(3)


class Composer(ComposerFrame):
    """One draft. `left` goes back to the list, `make` asks for a new segment, `settings` for those of mails.

    `send` carries the id of what is to be sent now, `schedule` the id and the time.
    """

    make = Signal()
    settings = Signal()
    send = Signal(int)
    schedule = Signal(int, object)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self._step = WHO
        self._preview: Preview | None = None
        self.studio = Studio(self, shop, tasks, notices)
        self.keeper = Keeper(self, shop, tasks, notices, self._wanted)
        self.recipients, self.finer = RecipientsStep(), Finer()
        self.reaches = Reaches(self.recipients, shop.segments, tasks)
        self.mail = MailBeside(self, shop.mailings, tasks)
        self.news = NewsTick(shop, tasks)
        self.writing, self.checking = WritingStep(self.studio, self.mail.card), CheckingStep(shop.clock, self.news)
        self.pane = PreviewPane(self.studio)
        self.templates = Templates(self, shop.messages.templates, tasks, notices)
        who = w.vbox(self.recipients, self.finer, ..., gap="s3", margin="s1")
        self.lay_out(who, self.writing, self.checking, self.pane)
        self._connect()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.next_button.clicked.connect(self.next)
        self.name.textEdited.connect(self.keeper.soon)
        self.steps.chosen.connect(self.go)
        self.recipients.changed.connect(self._chosen)
        self.recipients.make.connect(self.make)
        self.reaches.counted.connect(self._show)
        self.finer.changed.connect(self._parted)
        self.writing.changed.connect(self._written)
        self.writing.turned.connect(lambda: self._show_phone(at_once=True))
        self.writing.wrong.connect(self._bring)
        self.writing.take.connect(self.templates.choose)
        self.writing.save.connect(lambda: self.templates.save(self.writing.shown.messages()))
        self.templates.chosen.connect(self._take_template)
        self.mail.changed.connect(self._mail_written)
        self.mail.counted.connect(self._show)
        self.mail.card.settings.connect(self.settings)
        self.checking.settings.connect(self.settings)
        self.checking.when.changed.connect(self._show)
        self.studio.moved.connect(self._written)
        self.keeper.keeping.connect(self._forget)
        self.keeper.kept.connect(self._kept)
        self.keeper.refused.connect(self._problem)
        self.keeper.looked.connect(self._looked)

    # What is shown

    @property
    def id(self) -> int | None:
        """The draft's number, None before it was kept."""
        return self.keeper.id

    def begin(self, audience: Audience) -> None:
        """Begin a new one, for these people where they are known already."""
        self._load(None, "", audience, None)
        self.go(WHAT if audience.chosen else WHO)

    def open(self, broadcast_id: int, kept: Seen, at: datetime | None = None) -> None:
        """Go on with a draft and its mail; `at` is when it begins."""
        self._load(broadcast_id, kept.draft.name, kept.audience, kept)
        self.keeper.begin(broadcast_id, self.written())
        self.checking.when.show_moment(at)
        self.go(WHAT)
        self.keeper.look()

    def reuse(self, kept: Seen) -> None:
        """Begin a new one that says the same."""
        self._load(None, _("{name} (again)").format(name=kept.draft.name), kept.audience, kept)
        self.go(WHAT)
        self.keeper.soon()

    def say(self, name: str, messages: Sequence[Message]) -> None:
        """Begin a new one that says this, to people who are still to be chosen."""
        self._load(None, name, Audience(), None)
        self.writing.show_messages(messages)
        self.go(WHO)
        self.keeper.soon()

    def choose(self, audience: Audience) -> None:
        """Let what is written go to these people."""
        self.recipients.choose(audience)
        self._chosen()

    def _load(self, broadcast_id: int | None, name: str, audience: Audience, seen: Seen | None) -> None:
        kept = seen.draft if seen else None
        self.keeper.begin(broadcast_id, None)
        self._preview = None
        self.name.setText(name)
        self.recipients.choose(audience)
        self.finer.show_parts(Parts(kept.split, kept.holdout, kept.counts) if kept else Parts())
        other = kept.messages_b.messages if kept and kept.messages_b else ()
        self.writing.show_messages(kept.messages.messages if kept else (), other)
        self.mail.begin(
            broadcast_id, seen.letter if seen else None, counts=seen is not None and seen.letter_counts, draft=kept
        )
        self.mail.aim(audience.segment)
        self._show_ways()
        self._written_area.verticalScrollBar().setValue(0)
        self.checking.when.show_moment(None)
        self.keeper.begin(broadcast_id, None)  # what showing it set going is nobody's wish
        self._state.setText("")
        self.pane.show_people(())
        self.read()

    def read(self) -> None:
        """Read the segments, how many each reaches, the shop's name and its public address."""
        self.studio.read()
        self.reaches.read()
        self.mail.count()
        self._tasks.run(self, self._shop.settings.quiet_hours, self.checking.show_quiet, key="quiet")
        self._tasks.run(self, lambda: str(self._shop.settings.get("shop_name")), self.pane.show_shop, key="shop")

    # Keeping

    def _show_ways(self) -> None:
        """Where nothing goes out on LINE, nothing of it is written or looked at."""
        self.writing.only_mail(on=self.mail.alone)
        self.finer.setVisible(not self.mail.alone)
        self.pane.setVisible(self._step != WHO and not self.mail.alone)

    def _chosen(self) -> None:
        self._preview = None
        self.mail.aim(self.recipients.audience().segment)
        self._show_ways()
        self.keeper.soon()
        self._show()

    def _parted(self) -> None:
        self.writing.divide(on=bool(self.finer.parts().split))
        self._chosen()

    def _written(self) -> None:
        self.writing.check()
        self._show_phone()
        self.keeper.soon()
        self._show()

    def _mail_written(self) -> None:
        self._show_ways()
        self.keeper.soon()
        self._show()

    def _bring(self, place: QWidget) -> None:
        place.setFocus()
        self._written_area.ensureWidgetVisible(place)

    def _take_template(self, messages: Sequence[Message]) -> None:
        shown, before = self.writing.shown, self.writing.shown.messages()
        shown.show_messages(messages)
        if not shown.blank(before):
            self._notices.done(
                _("The template took the place of what was written."), lambda: shown.show_messages(before)
            )

    def written(self) -> Written:
        """Return what stands in the window."""
        return Written(
            self.writing.messages(),
            self.writing.others(),
            self.recipients.audience(),
            self.finer.parts(),
            self.name.text().strip(),
            self.studio.public_url,
            self.mail.letter(),
            self.mail.counts,
            self.mail.alone,
        )

    def _wanted(self) -> Written | None:
        """What is to be kept, None where there is nothing yet."""
        return self.written() if self.recipients.audience().chosen and not self.untouched() else None

    def untouched(self) -> bool:
        """Tell whether nothing is written yet."""
        return self.writing.untouched() and self.mail.untouched

    def keep(self) -> None:
        """Keep the draft where it can be kept."""
        self.keeper.keep()

    def unkept(self) -> str:
        """Return why what is written cannot be kept, empty where it can or nothing is written."""
        if self.untouched() or self.recipients.audience().chosen:
            return ""
        return _("A draft is saved once you have chosen who gets it.")

    def _forget(self) -> None:
        """What is being kept anew is counted anew before it can be sent."""
        if self._step == CHECK:
            self._preview = None
            self._show()

    def _kept(self) -> None:
        self._state.set_tone("text_3")
        self._state.setText(_("Draft saved at {time}").format(time=clock_time(self._shop.clock.now())))

    def _problem(self, sentence: str) -> None:
        self._preview = None
        self._state.set_tone("danger_text")
        self._state.setText(sentence if self._step == CHECK else _("Not saved yet"))
        w.tip(self._state, sentence)
        self._show()

    def _looked(self, preview: Preview) -> None:
        if preview.id == self.id:
            self._preview = preview
            self.news.show_broadcast(preview.id)
            self.pane.show_people(list(dict.fromkeys(one.name for one in preview.samples)))
            self._show()

    # Drawing

    def _show_phone(self, *, at_once: bool = False) -> None:
        self.pane.show_messages(self.writing.shown.messages(), at_once=at_once)

    def go(self, step: int) -> None:
        """Go to a step; to the last one only with a message that LINE takes."""
        if step == CHECK and not self.writing.check(insist=True):
            step = WHAT
        elif step == WHAT and self._step != WHAT:
            first = self.writing.shown.bubbles.bubbles[0].editor.first()
            self._stack.setCurrentIndex(step)
            (first or self.name).setFocus()
        self._step = step
        self._stack.setCurrentIndex(step)
        self._show_ways()
        if step == CHECK:
            self.keep()
        self._show_phone(at_once=True)
        self._show()

    def back(self) -> None:
        """Go one step back, from the first to the list."""
        if self._step == WHO:
            self.left.emit()
        else:
            self.go(self._step - 1)

    def next(self) -> None:
        """Go one step on; from the last one ask, then send, or note the time."""
        at = self.checking.when.moment()
        if self._step < CHECK:
            self.go(self._step + 1)
        elif self._preview is not None and self.id is not None and at is not None:
            self.schedule.emit(self.id, at)
        elif self._preview is not None and self.id is not None and asked(self, self._preview, self.mail.plan):
            self.send.emit(self.id)

    def _show(self) -> None:
        to, now = self.recipients.audience(), self._shop.clock.now()
        who = _("To whom: {name}").format(name=to.name) if to.chosen and self._step != WHO else _("To whom")
        self.steps.show_step(self._step, who, _("What"), _("Check and send"))
        mail = self.mail.plan
        self.checking.show_preview(self._preview, to.name, mail, mailed=self.mail.letter() is not None)
        why = why_not(self._preview, mail, now)
        if self._step != CHECK and mail is not None and why in mail.problems:
            why = ""  # it stands at the mail itself
        show_cost(self.bar, self._preview, mail, self.reaches.of(to.segment), why)
        words, ready = (_("To the text"), to.chosen) if self._step == WHO else (_("Check it"), True)
        if self._step == CHECK:
            fresh = self.keeper.fresh and self.mail.ready and not self.checking.when.over()
            words = button_words(self._preview, mail, self.checking.when.moment(), now)
            ready = fresh and self._preview is not None and not why_not(self._preview, mail, now)
        self.next_button.set_words(words)
        self.next_button.set_icon("send" if self._step == CHECK else "arrow-right")
        self.next_button.setEnabled(ready)
