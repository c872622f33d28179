"""A second address that gets every event as well, and how passing it on goes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.days import when
from shopdesk.ui.widgets import Field, Prose, Run, TextField, vbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.clock import Clock


class Forwarding(QWidget):
    """`changed` carries another address, once the field is left."""

    changed = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._known = ""
        self.address, self.said = TextField("", "https://"), Prose(role="small", tone="text_2")
        self.field = Field(
            _("Also to another tool"),
            self.address,
            help_text=_("Every event is passed on to this address as LINE sent it. Leave it empty for none."),
        )
        self.said.hide()
        self.address.editingFinished.connect(self._left)
        self.setLayout(vbox(self.field, "s1", self.said))

    def show_address(self, address: str) -> None:
        """Show the address that is kept, unless another one is being typed."""
        self._known = address
        if not self.address.hasFocus():
            self.address.setText(address)

    def _left(self) -> None:
        typed = self.address.text().strip()
        if typed != self._known:
            self.changed.emit(typed)

    def show_health(self, health: Mapping[str, Any]) -> None:
        """Say how it went since the gateway began; nothing where nothing was passed on, or where it runs on a host."""
        runs = self._runs(health) if self._known else []
        self.said.set_runs(*runs)
        self.said.setVisible(bool(runs))

    def _runs(self, health: Mapping[str, Any]) -> list[Run]:
        well, lost = (_moment(health.get(key)) for key in ("forwarded_at", "not_forwarded_at"))
        now, runs = self._clock.now(), list[Run]()
        if well is not None:
            runs.append(Run(_("Last passed on: {time}.").format(time=when(well, now)) + " ", tone="text_2"))
        if lost is not None and (well is None or lost > well):
            sentence = _("Not passed on ({time}): {why}. Look whether the other tool is well.")
            words = sentence.format(time=when(lost, now), why=health.get("not_forwarded_why"))
            runs.append(Run(words, tone="danger_text"))
        return runs


def _moment(said: object) -> datetime | None:
    return datetime.fromisoformat(said) if isinstance(said, str) else None
