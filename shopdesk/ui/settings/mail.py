"""メール: who the shop is in its mails, as the law wants it, and the server that takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.mail import SERVERS, Account
from shopdesk.messages import sound_address
from shopdesk.ui.settings.section import Section
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Button,
    Choice,
    Field,
    Frame,
    Narrow,
    NumberField,
    Prose,
    Run,
    Spinner,
    TextField,
    choice,
    hbox,
    label,
    vbox,
)

if TYPE_CHECKING:
    from shopdesk.ui.shop_page import Desk

_SUBMISSION = 587
# What stands in every mail; kept as soon as the field is left.
_SENDER = ("mail_address", "shop_address", "shop_contact")


class MailSection(Section):
    """The sender is kept as it is typed; the server only once it has let the shop in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = _("Mail")
        self.purpose = _("For customers who want mail and are not on LINE. The law asks for what stands here.")
        self._known: dict[str, str] = {}
        self.setLayout(vbox(Frame(None, hbox((self._sender(), 1000), ...), hbox((self._server(), 1000), ...), ...)))
        self._shown = self._typed()

    def _sender(self) -> Narrow:
        self.texts = {key: TextField() for key in _SENDER}
        for key, field in self.texts.items():
            field.editingFinished.connect(lambda key=key: self._keep(key))
        self.texts["mail_address"].editingFinished.connect(self._propose)
        address = Field(
            _("Mail address of the shop"),
            self.texts["mail_address"],
            help_text=_("Mails come from it, and answers go to it."),
            check=self._check_address,
        )
        postal = Field(
            _("Address of the shop"),
            self.texts["shop_address"],
            help_text=_("Stands at the foot of every mail, as the law asks."),
        )
        contact = Field(
            _("Where to complain"),
            self.texts["shop_contact"],
            help_text=_("A phone number, a mail or a web address. Stands at the foot of every mail."),
        )
        return Narrow(label(_("Sender"), "section"), "s4", address, "s4", postal, "s4", contact)

    def _server(self) -> Narrow:
        self.host, self.user, self.password = TextField("", "smtp.example.jp"), TextField(), TextField(secret=True)
        self.port = NumberField(_SUBMISSION, 1, 65_535)
        self.security = Choice([("STARTTLS", "starttls"), ("TLS", "tls")], width=160)
        self.connect_button = Button(_("Check and keep"), "primary", "lock", does=self._connect)
        self.password.returnPressed.connect(self._connect)
        self.spinner, self.said = Spinner(), Prose(role="small", tone="text_2")
        self.spinner.hide()
        return Narrow(
            label(_("Mail server"), "section"),
            "s1",
            Prose(_("Your mail provider's help page has these."), role="small", tone="text_2"),
            "s4",
            Field(_("Server for outgoing mail (SMTP)"), self.host),
            "s4",
            choice(_("Port"), "", self.port),
            "s4",
            choice(_("Encryption"), "", self.security),
            "s4",
            Field(_("User name"), self.user),
            "s4",
            Field(_("Password"), self.password, help_text=_("Kept in the key ring of this computer.")),
            "s4",
            hbox(self.connect_button, self.spinner, (self.said, 1), gap="s3"),
        )

    # How it stands

    def load(self) -> None:
        """Read the settings."""
        self.tasks.run(self, self.shop.settings.all, self._loaded, key="load")

    def _loaded(self, found: dict[str, Any]) -> None:
        self._known = {key: str(found[key]) for key in _SENDER}
        for key, field in self.texts.items():
            if not field.hasFocus():
                field.setText(self._known[key])
        if self._typed() == self._shown:  # else somebody is about to change it
            self.host.setText(str(found["mail_host"]))
            self.port.set_value(int(found["mail_port"]))
            self.security.set_value(found["mail_security"])
            self.user.setText(str(found["mail_user"]))
            self._shown = self._typed()

    def _typed(self) -> Account:
        return Account(
            self.host.text().strip(),
            self.port.value() or _SUBMISSION,
            self.security.value(),
            self.user.text().strip(),
            self.password.text(),
        )

    def _keep(self, key: str) -> None:
        typed = self.texts[key].text().strip()
        if typed == self._known.get(key) or (key == "mail_address" and self._check_address()):
            return
        self._known[key] = typed
        self.store(key, typed, lambda: self.notices.done(_("Kept.")))

    def _check_address(self) -> str:
        typed = self.texts["mail_address"].text().strip()
        return "" if not typed or sound_address(typed) else _("A mail address looks like info@example.jp.")

    def _propose(self) -> None:
        """Fill in the server of a provider everybody knows, where nothing stands yet."""
        address = self.texts["mail_address"].text().strip()
        known = SERVERS.get(address.rpartition("@")[2].lower())
        if known is not None and not self.host.text().strip():
            self.host.setText(known[0])
            self.port.set_value(known[1])
            self.security.set_value(known[2])
            self.user.setText(address)

    def _connect(self) -> None:
        account = self._typed()
        if not account.host:
            self._told(_("Enter the server first."), "danger_text")
            return
        self._ask(asking=True)
        self._told(_("Signing in …"))
        self.tasks.run(
            self,
            lambda: self.shop.connect_mail(account),
            self._connected,
            failed=self._refused,
            lane=Lane.NETWORK,
            key="connect",
        )

    def _ask(self, *, asking: bool) -> None:
        self.connect_button.setEnabled(not asking)
        self.spinner.setVisible(asking)

    def _connected(self, _nothing: None) -> None:
        self._ask(asking=False)
        self.password.clear()
        self._shown = self._typed()
        self._told(_("The server lets the shop in. Mails can go out."), "success_text")

    def _refused(self, error: Exception) -> None:
        self._ask(asking=False)
        self._told(self.notices.sentence(error), "danger_text")

    def _told(self, said: str, tone: str = "text_2") -> None:
        self.said.set_runs(Run(said, tone=tone))
