"""お店: its name, its plan at LINE, the language of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.settings import PLANS
from shopdesk.ui.settings.section import Section
from shopdesk.ui.widgets import Choice, Field, Frame, Narrow, Segmented, TextField, choice, hbox, line, vbox

if TYPE_CHECKING:
    from shopdesk.settings import Plan
    from shopdesk.ui.shop_page import Desk


class ShopSection(Section):
    """Everything here is kept as soon as it is chosen or left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("The shop")
        self.purpose = _("What the shop is called, and its plan. Kept as soon as you change it.")
        self.name = TextField("", _("For example 見本洋菓子店"))
        self.name.setMaxLength(60)
        self.name.editingFinished.connect(self._name)
        self._known = ""
        self.plan = Choice([(plan_words(one), one.name) for one in PLANS], width=360)
        self.plan.chosen.connect(lambda value: self._keep("plan", value, _("The plan was changed.")))
        self.language = Segmented([(_("Like the system"), ""), ("日本語", "ja"), ("English", "en")], "")
        self.language.chosen.connect(
            lambda value: self._keep("language", value, _("The language changes when ShopDesk is opened again."))
        )
        field = Field(
            _("Name of the shop"), self.name, help_text=_("Stands at the top of this window and in your messages.")
        )
        card = Narrow(
            field,
            "s5",
            line(),
            "s5",
            choice(_("Plan of the LINE account"), _("What a broadcast costs is worked out from it."), self.plan),
            "s5",
            line(),
            "s5",
            choice(_("Language"), _("Counts from the next start on."), self.language),
        )
        self.setLayout(vbox(Frame(None, hbox((card, 1000), ...), ...)))

    def load(self) -> None:
        """Read the settings."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        if not self.name.hasFocus():
            self.name.setText(str(found["shop_name"]))
        self._known = str(found["shop_name"])
        self.plan.set_value(found["plan"])
        self.language.set_value(found["language"])

    def _name(self) -> None:
        name = self.name.text().strip()
        if name == self._known:
            return
        self._known = name

        def renamed() -> None:
            self.desk.navigator.rename(name or "ShopDesk")
            self.notices.done(_("The shop's name was changed."))

        self.store("shop_name", name, renamed)

    def _keep(self, key: str, value: object, said: str) -> None:
        self.store(key, str(value), lambda: self.notices.done(said))


def plan_name(name: str) -> str:
    """Return a plan's name as LINE writes it."""
    known = {"communication": _("Communication"), "light": _("Light"), "standard": _("Standard")}
    return known.get(name, name)


def plan_words(plan: Plan) -> str:
    """Return a plan's name with what it costs and brings."""
    said = _("{name} – {yen} yen a month, {n} messages")
    return said.format(name=plan_name(plan.name), yen=f"{plan.monthly_yen:,}", n=f"{plan.free_messages:,}")
