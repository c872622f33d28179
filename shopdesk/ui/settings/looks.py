"""見た目と文字の大きさ: applied to every open window at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from shopdesk.i18n import _
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tray import Tray
from shopdesk.ui.widgets import Card, Frame, Narrow, Prose, Segmented, Switch, choice, hbox, label, line, vbox

if TYPE_CHECKING:
    from shopdesk.ui.shop_page import Desk
    from shopdesk.ui.widgets.layouts import Item


class LooksSection(Section):
    """Colours and text size."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Look and text size")
        self.purpose = _("Every open window changes at once.")
        self.colours = Segmented(
            [(_("Like the system"), "system"), (_("Light colours"), "light"), (_("Dark colours"), "dark")], "system"
        )
        self.text_size = Segmented(
            [(_("Standard size"), "standard"), (_("Large"), "large"), (_("Largest"), "largest")], "standard"
        )
        self.colours.chosen.connect(lambda value: self._use("theme", value))
        self.text_size.chosen.connect(lambda value: self._use("text_size", value))
        self.tray = Switch(_("Stay in the tray"))
        self.tray.clicked.connect(lambda on: self.store("stay_in_tray", "on" if on else "off"))
        sample = Card(
            label(_("This is how it looks"), "section"),
            "s1",
            Prose(_("From “{name}”: 3 orders, 12,400 yen in all.").format(name="見本 花子"), tone="text_2"),
            part="sunken",
        )
        card = Narrow(
            choice(_("Colours"), "", self.colours),
            "s5",
            line(),
            "s5",
            choice(_("Text size"), _("Everything grows with it, on this computer's screen only."), self.text_size),
            "s5",
            sample,
            *self._tray(),
        )
        self.setLayout(vbox(Frame(None, hbox((card, 1000), ...), ...)))

    def _tray(self) -> tuple[Item, ...]:
        """The switch for computers that have a tray."""
        if not Tray.there():
            return ()
        note = _("Closing the window then only hides it, and new talks are told of from beside the clock.")
        return ("s5", line(), "s5", choice(_("Stay in the tray"), note, self.tray))

    def load(self) -> None:
        """Read the settings."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        self.colours.set_value(found["theme"])
        self.text_size.set_value(found["text_size"])
        self.tray.setChecked(bool(found["stay_in_tray"]))

    def _use(self, key: str, value: Any) -> None:
        application = QCoreApplication.instance()
        look = application.findChild(Appearance) if application is not None else None
        if isinstance(look, Appearance):
            look.apply(**{"choice" if key == "theme" else "scale": value})
        self.store(key, str(value))
