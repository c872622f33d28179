"""AI: a service of the shop's choice that answers what no rule does. Off until it is connected; what goes out is said plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.assistant import Assistant, sound_address
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.tab import Tab
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.answers.state import State
    from shopdesk.ui.shop_page import Desk


class AssistantTab(Tab):
    """Tried with what is typed; kept only by its own button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known = ("", "")
        self._has_key = False
        self.state = w.Badge(_("Off"))
        self.off = w.Button(_("Turn off"), "quiet", does=self._turn_off)
        self.url = w.TextField("", "https://api.example.com/v1")
        self.model, self.key = w.TextField(), w.TextField(secret=True)
        self.url_field = w.Field(
            _("Address of the service"),
            self.url,
            help_text=_("Any that speaks OpenAI's chat completions, also one on this computer."),
        )
        self.model_field = w.Field(_("Model"), self.model)
        self.key_field = w.Field(
            _("Key"), self.key, help_text=_("Kept in the key ring of this computer."), optional=True
        )
        self.question = w.TextField(hint=_("For example: 今日は何時まで？"))
        self.question.setAccessibleName(_("A question to try it with"))
        self.ask = w.Button(_("Ask it"), does=self._try)
        self.connect_button = w.Button(_("Turn on"), "primary", does=self._connect)
        self.spinner, self.said = w.Spinner(), w.Prose(role="small", tone="text_2")
        self.spinner.hide()
        self.question.returnPressed.connect(self._try)
        for field in (self.url, self.model, self.key):
            field.textEdited.connect(lambda _text: self._dress())
        self.setLayout(w.vbox(self._about(), self._form(), ..., gap="card_gap"))

    def _about(self) -> w.Narrow:
        lines = (
            _("It is asked only where no rule and no question answers, and never where a person has taken over."),
            _("What it gets: the last 20 texts of that talk, and your questions with their answers."),
            _("What it does not get: names, numbers, orders, pictures, notes, other talks."),
            _(
                "Names that friends write themselves are in their texts. Its answer is marked, and the friend still waits for you."
            ),
        )
        rows = [
            w.hbox(w.vbox("tiny", w.Icon("check", "accent_text", "icon_small"), ...), (w.Prose(one, role="small"), 1))
            for one in lines
        ]
        head = w.hbox(w.label(_("An AI that answers the rest"), "section"), self.state, ..., self.off)
        return w.Narrow(head, "s3", w.vbox(*rows, gap="s2"))

    def _form(self) -> w.Narrow:
        return w.Narrow(
            self.url_field,
            "s3",
            w.hbox((w.vbox(self.model_field, ...), 1), (w.vbox(self.key_field, ...), 1), gap="s3"),
            "s4",
            w.line(),
            "s4",
            w.label(_("Try it before you turn it on"), "small", bold=True),
            "s1",
            w.hbox((self.question, 1), self.ask),
            "s2",
            w.hbox(self.spinner, (self.said, 1)),
            "s4",
            w.hbox(..., self.connect_button),
        )

    def show_state(self, state: State) -> None:
        url, model = str(state.settings["assistant_url"]), str(state.settings["assistant_model"])
        if (self.url.text().strip(), self.model.text().strip()) == self._known and not self.key.text():
            self.url.setText(url)
            self.model.setText(model)
        self._known, self._has_key = (url, model), state.has_key
        host = state.settings["reach"] == "host"
        self.key_field.set_help(
            _("For trying it here. The gateway on your host reads it from its own keys.")
            if host
            else _("Kept in the key ring of this computer.")
        )
        self.state.show_mark(w.Mark(_("On"), "success") if url else w.Mark(_("Off")))
        self.off.setVisible(bool(url))
        self._dress()

    def _dress(self) -> None:
        kept = self._has_key and self.url.text().strip() == self._known[0]
        self.key.setPlaceholderText(_("kept; leave empty to use it") if kept else "")
        self.connect_button.set_words(_("Keep") if self._known[0] else _("Turn on"))

    def _typed(self) -> Callable[[], Assistant]:
        """Return what makes an assistant of what is typed; a kept key goes to the address it was kept for, and to no other."""
        url, model, key = self.url.text().strip(), self.model.text().strip(), self.key.text().strip()
        known, shop = self._known[0], self.shop

        def make() -> Assistant:
            kept = shop.assistant() if not key and url == known else None
            return Assistant(sound_address(url), key or (kept.key if kept else ""), model)

        return make

    def _sound(self) -> bool:
        """Say at the fields what is missing, and whether nothing is."""
        try:
            wrong = "" if sound_address(self.url.text()) else _("Write the address of the service.")
        except InvalidInputError as error:
            wrong = error.message
        self.url_field.set_error(wrong)
        self.model_field.set_error("" if self.model.text().strip() else _("Write the name of the model."))
        return not wrong and not self.model_field.error()

    def _try(self) -> None:
        question = self.question.text().strip()
        if not self._sound():
            return
        if not question:
            self.question.setFocus()
            return
        make, machine = self._typed(), self.shop.talks.machine
        self._wait(_("Asking …"))
        self.tasks.run(
            self,
            lambda: machine.would_assist(question, make()),
            lambda said: self._wait(
                "", said or _("It does not know this from your questions, so a person would answer.")
            ),
            failed=self._refused,
            lane=Lane.NETWORK,
            key="try",
        )

    def _connect(self) -> None:
        if not self._sound():
            return
        make = self._typed()
        self._keep(lambda: self.shop.connect_assistant(make()), _("It answers from now on where nothing else does."))

    def _turn_off(self) -> None:
        self._keep(lambda: self.shop.connect_assistant(None), _("It is off; its key is gone from the key ring."))

    def _keep(self, work: Callable[[], object], said: str) -> None:
        """Keep it; the gateway beside the window was given its keys when it began, so that it begins anew."""
        supervisor = self.desk.supervisor

        def both() -> None:
            work()
            supervisor.close(also_staying=True)

        def kept() -> None:
            self.key.clear()
            self.url.setText(self._known[0])
            self.model.setText(self._known[1])
            self._wait("", said)

        self.tasks.run(self, both, lambda _none: kept(), failed=self._refused, lane=Lane.WRITE, key="keep")

    def _refused(self, error: Exception) -> None:
        self._wait("")
        self.said.set_runs(w.Run(self.notices.sentence(error), tone="danger_text"))

    def _wait(self, doing: str, said: str = "") -> None:
        self.spinner.setVisible(bool(doing))
        self.ask.setEnabled(not doing)
        self.said.set_runs(doing or said)
