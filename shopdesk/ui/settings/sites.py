"""会員のログイン: the shop's own sites, whose members sign in with LINE."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QDialog, QSizePolicy

from shopdesk.i18n import _, _n
from shopdesk.member_sites import LANGUAGES
from shopdesk.ui.amounts import number
from shopdesk.ui.settings.section import Section
from shopdesk.ui.settings.site_dialogs import (
    CARTS,
    ConflictsDialog,
    RenewDialog,
    SecretDialog,
    SiteDialog,
    SnippetDialog,
)
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Badge,
    Banner,
    Button,
    Card,
    EmptyState,
    Frame,
    Row,
    card_head,
    clear,
    confirm,
    elided,
    icon_button,
    label,
    popup_menu,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shopdesk.member_sites import MemberSite
    from shopdesk.ui.shop_page import Desk
    from shopdesk.ui.widgets import Dialog


class Seen(NamedTuple):
    """What the section shows, read in one go."""

    sites: list[MemberSite]
    address: str
    signs_in: bool


class SitesSection(Section):
    """Whoever has a member number on a site links it with LINE there, by themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Members' sign-in")
        self.purpose = _("Members of your online shop sign in with LINE there. You know who is who from then on.")
        self.dialog: Dialog | None = None
        self.add_button = Button(_("Register a site"), "primary", "plus", does=self.add)
        self.missing = Banner("info", "", action=_("Set it up"), does=self._set_up)
        self._lines = vbox()
        self.empty = EmptyState(
            "users",
            _("No site is registered yet"),
            _("Register your online shop, put the program it is given there, and its members can sign in with LINE."),
        )
        card = Card(card_head((label(_("Your sites"), "section"), 1), self.add_button), self.empty, self._lines, pad="")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setLayout(vbox(Frame(None, self.missing, card, ...)))
        self._lacks_address = False

    # How it stands

    def load(self) -> None:
        """Read the sites, and whether people can sign in at all."""
        shop = self.shop

        def work() -> Seen:
            return Seen(shop.member_sites.list(), shop.settings.fixed_address(), shop.login_keys() is not None)

        self.tasks.run(self, work, self._loaded, key="load")

    def _loaded(self, found: Seen) -> None:
        clear(self._lines)
        for one in found.sites:
            self._lines.addWidget(self._row(one, last=one is found.sites[-1]))
        self.empty.setVisible(not found.sites)
        self._lacks_address = not found.address
        self.missing.setVisible(not (found.address and found.signs_in))
        self.missing.say(
            _("Signing in needs an address that stays.")
            if self._lacks_address
            else _("Signing in needs a LINE Login channel.")
        )

    def _row(self, one: MemberSite, *, last: bool) -> QWidget:
        count = _n("{n} member is linked", "{n} members are linked", one.members).format(n=number(one.members))
        cart = _(CARTS.get(one.wanted.cart, one.wanted.cart))
        said = vbox(..., elided(one.wanted.name, bold=True), label(f"{cart}  {count}", "caption", "text_3"), ...)
        against = _n("{n} did not fit", "{n} did not fit", one.conflicts).format(n=number(one.conflicts))
        badges = [Badge(against, "warning")] if one.conflicts else []
        build = Button(_("Build it in"), size="control_small", does=lambda: self.build_in(one))
        build.setAccessibleName(_("Build it into “{name}”").format(name=one.wanted.name))
        more = icon_button("ellipsis", _("More about {name}").format(name=one.wanted.name))
        more.clicked.connect(lambda: self._menu(one, more))
        return Row("s1", (said, 1), *badges, build, more, last=last)

    def _menu(self, one: MemberSite, at: QWidget) -> None:
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (_("Change"), partial(self.change, one)),
            (_("Make another secret"), partial(self.renew, one)),
            *([(_("What did not fit"), partial(self.show_conflicts, one))] if one.conflicts else []),
            None,
            (_("Remove"), partial(self.remove, one)),
        ]
        popup_menu(self, entries).popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _set_up(self) -> None:
        if self._lacks_address:
            self.desk.navigator.show_page("settings", section="receiving")
        else:
            self.desk.navigator.show_page("links")

    # What can be done

    def add(self) -> None:
        """Ask for a new site, register it, and show its secret."""
        dialog = SiteDialog(self, None)
        self._ask(dialog, lambda: self.shop.member_sites.add(dialog.wanted_site()), self._tell)

    def change(self, one: MemberSite) -> None:
        """Ask what else is said of a site."""
        dialog = SiteDialog(self, one)
        said = _("Kept “{name}”.")
        self._ask(
            dialog,
            lambda: self.shop.member_sites.change(one.id, dialog.wanted_site()),
            lambda kept: self.notices.done(said.format(name=kept.wanted.name)),
        )

    def _ask(self, dialog: SiteDialog, work: Callable[[], object], then: Callable[..., object]) -> None:
        def done(made: object) -> None:
            dialog.accept_for_good()
            then(made)
            self.load()

        def failed(error: Exception) -> None:
            dialog.refuse(self.notices.sentence(error))

        dialog.wanted.connect(lambda: self.tasks.run(dialog, work, done, failed=failed, lane=Lane.WRITE))
        self._open(dialog)

    def _tell(self, made: tuple[MemberSite, str]) -> None:
        self._open(SecretDialog(self, *made))

    def renew(self, one: MemberSite) -> None:
        """Make another secret, after asking, and show it."""
        dialog = RenewDialog(self, one)
        wanted, at_once = dialog.exec() == QDialog.DialogCode.Accepted, dialog.at_once.isChecked()
        dialog.deleteLater()
        if wanted:
            work = partial(self.shop.member_sites.renew, one.id, at_once=at_once)
            self.tasks.run(self, work, self._tell, lane=Lane.WRITE)

    def build_in(self, one: MemberSite) -> None:
        """Show what the site builds in."""
        sites = self.shop.member_sites
        self.tasks.run(
            self,
            lambda: {language: sites.snippet(one, language) for language in LANGUAGES},
            lambda programs: self._open(SnippetDialog(self, one, programs)),
        )

    def show_conflicts(self, one: MemberSite) -> None:
        """Show who could not be linked."""
        self.tasks.run(
            self,
            lambda: self.shop.member_sites.conflicts(one.id),
            lambda found: self._open(ConflictsDialog(self, one, found)),
        )

    def remove(self, one: MemberSite) -> None:
        """Take a site away, after asking."""
        question = _("Remove “{name}”?").format(name=one.wanted.name)
        follows = _("Nobody signs in there with LINE any more, at once. Who is linked with which customer stays.")
        if confirm(self, question, follows, verb=_("Remove"), danger=True):
            self.tasks.run(
                self, lambda: self.shop.member_sites.remove(one.id), lambda _gone: self.load(), lane=Lane.WRITE
            )

    def _open(self, dialog: Dialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
