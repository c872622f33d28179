"""A site whose members sign in with LINE: what is said of it, its secret, what it builds in, and what did not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _
from shopdesk.member_sites import LANGUAGES, Wanted
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import isolated
from shopdesk.ui.settings.member_dialog import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.member_sites import Conflict, Language, MemberSite

# The carts whose exports say member numbers, by the families under which imports keep them.
CARTS = {
    "colorme": N_("Color Me Shop"),
    "eccube": "EC-CUBE",
    "futureshop": "futureshop",
    "makeshop": "MakeShop",
    "shopify": "Shopify",
    "smaregi": N_("Smaregi"),
    "square": "Square",
    "shop": N_("Another system"),
}
_WRITTEN: dict[Language, str] = {"php": "PHP", "python": "Python", "node": "Node.js"}
_HIGH = 320


class SiteDialog(Form):
    """Asks for what is said of a site; it stays until that is taken."""

    def __init__(self, parent: QWidget, site: MemberSite | None) -> None:
        said = site.wanted if site else Wanted("", "eccube", ())
        carts = {said.cart: said.cart, **CARTS}
        self.name = w.TextField(said.name, _("Online shop"))
        self.cart = w.Choice([(_(title), family) for family, title in carts.items()], said.cart)
        self.returns = w.TextArea("https://", lines=2)
        self.returns.setPlainText("\n".join(said.returns))
        self.tells = w.CheckBox(_("Tell the site LINE's id of who is linked"), on=said.tells_user_id)
        back_help = _("One address a line, https://. Answers go nowhere else. On your own computer http:// will do.")
        why = _("Only where the site itself writes to people on LINE. Name it in your privacy page then.")
        super().__init__(
            parent,
            _("Change “{name}”").format(name=said.name) if site else _("Register a site"),
            w.Field(_("Name, as members read it"), self.name),
            "s3",
            w.Field(
                _("Whose member numbers"), self.cart, help_text=_("The members of imported files are the same people.")
            ),
            "s3",
            w.Field(_("Addresses to come back to"), self.returns, help_text=back_help),
            "s3",
            self.tells,
            w.Prose(why, role="caption", tone="text_3"),
            verb=_("Save") if site else _("Register"),
        )
        self.begin_at(self.name)

    def wanted_site(self) -> Wanted:
        """Return what is written."""
        returns = tuple(self.returns.toPlainText().split("\n"))
        return Wanted(self.name.text(), self.cart.value(), returns, self.tells.isChecked())


class SecretDialog(w.Dialog):
    """Shows a new secret; it is not kept and cannot be shown again."""

    def __init__(self, parent: QWidget, site: MemberSite, secret: str) -> None:
        self.secret = w.TextField(secret)
        self.secret.setReadOnly(True)
        self.secret.setAccessibleName(_("Secret"))
        until = site.previous_until
        more = (
            " " + _("The one before holds until {time}.").format(time=f"{in_japan(until):%m/%d %H:%M}") if until else ""
        )
        about = _("Put it on the site's server as LINE_SIGN_IN_SECRET, never on a page. It is shown only now.")
        super().__init__(
            parent,
            _("The secret of “{name}”").format(name=site.wanted.name),
            w.Prose(about + more, tone="text_2"),
            "s3",
            self.secret,
            verb=_("Copy"),
            back=_("Close"),
        )
        self.accepted.connect(lambda: QGuiApplication.clipboard().setText(secret))


class SnippetDialog(w.Dialog):
    """Shows what a site builds in, in the language it is written in, ready to copy."""

    wider = 6

    def __init__(self, parent: QWidget, site: MemberSite, programs: Mapping[Language, str]) -> None:
        self._programs = programs
        self.language = w.Segmented([(_WRITTEN[one], one) for one in LANGUAGES], LANGUAGES[0])
        self.program = w.TextArea(lines=12, code=True)
        self.program.setReadOnly(True)
        self.program.setAccessibleName(_("Program"))
        about = _("The button of the site sends people to what begins; the page they come back to reads the answer.")
        super().__init__(
            parent,
            _("Build it into “{name}”").format(name=site.wanted.name),
            w.Prose(about, tone="text_2"),
            "s3",
            w.hbox(self.language, ...),
            "s3",
            self.program,
            verb=_("Copy"),
            back=_("Close"),
        )
        self.language.chosen.connect(self._show)
        self.accepted.connect(lambda: QGuiApplication.clipboard().setText(self.program.toPlainText()))
        self._show(LANGUAGES[0])

    def _show(self, language: Language) -> None:
        self.program.setPlainText(self._programs[language])


class ConflictsDialog(w.Dialog):
    """Shows who could not be linked, the latest first."""

    def __init__(self, parent: QWidget, site: MemberSite, found: Sequence[Conflict]) -> None:
        about = _(
            "This LINE and this member number belong to two customers. Look whether they are one person: then make them one and "
            "let them sign in again."
        )
        rows = [
            w.fact(
                _("Member number {number}").format(number=isolated(one.member)),
                f"{isolated(one.friend)}  {in_japan(one.at):%Y/%m/%d %H:%M}",
            )
            for one in found
        ]
        super().__init__(
            parent,
            _("What did not fit on “{name}”").format(name=site.wanted.name),
            w.Prose(about, tone="text_2"),
            "s3",
            w.listed(w.vbox(*rows, gap="s2"), _HIGH),
            verb=_("Close"),
        )
        self.back.hide()


class RenewDialog(w.Dialog):
    """Asks for another secret, and whether the old one ends at once."""

    def __init__(self, parent: QWidget, site: MemberSite) -> None:
        self.at_once = w.CheckBox(_("Somebody may know the old one: end it at once"))
        fact = _("The old one holds for a day, so that the site goes on while you change it there.")
        super().__init__(
            parent,
            _("Make another secret for “{name}”?").format(name=site.wanted.name),
            w.Prose(fact, tone="text_2"),
            "s3",
            self.at_once,
            verb=_("Make another one"),
        )
