"""Every setting, declared once: its key, kind, default and what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shopdesk import web
from shopdesk.assistant import sound_address
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import LANGUAGES, N_, _
from shopdesk.japanese import clean
from shopdesk.settings.opening_hours import OpeningHours
from shopdesk.settings.quiet_hours import QuietHours

if TYPE_CHECKING:
    from collections.abc import Callable

Value = str | int | bool

_LONGEST_NAME, _LONGEST_BUTTON = 100, 20
_PUBLIC = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?(/[!-~]*)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `choices` lists what it takes when that is a closed list; `least` and `most` bound a number.

    `reader` reads what has a form of its own.
    """

    key: str
    default: Value
    title: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    reader: Callable[[str], str] | None = None

    def parse(self, text: str) -> Value:
        """Read a value as a person types it.

        Raises:
            InvalidInputError: it is not one this setting takes.
        """
        parsers: dict[type, Callable[[str], Value]] = {bool: _switch, int: _number, str: _text}
        value = (self.reader or parsers[type(self.default)])(text)
        if self.choices and value not in self.choices:
            raise InvalidInputError(
                _("Choose one of: {choices}.").format(choices=", ".join(filter(None, self.choices)))
            )
        if isinstance(value, int) and not self.least <= value <= (value if self.most is None else self.most):
            raise InvalidInputError(
                _("Choose a number from {least} to {most}.").format(least=self.least, most=self.most or "…")
            )
        return value


def _text(text: str) -> str:
    return clean(text).strip()


def _shop_name(text: str) -> str:
    """Read it as one line, no longer than there is room for: it heads pages, prints and mails, where a second line would be a header."""
    said = " ".join(clean(text).split("\n")).strip()
    if len(said) > _LONGEST_NAME:
        raise InvalidInputError(_("Name the shop in up to {n} letters.").format(n=_LONGEST_NAME))
    return said


def _switch(text: str) -> bool:
    said = text.strip().lower()
    if said not in {"on", "off", "true", "false", "1", "0"}:
        raise InvalidInputError(_("Say on or off."))
    return said in {"on", "true", "1"}


def _number(text: str) -> int:
    if not text.strip().isdecimal():
        raise InvalidInputError(_("This needs a whole number."))
    return int(text)


def _public_address(text: str) -> str:
    """Read an address that everybody can open, without the slash at its end; empty for none."""
    said = text.strip().rstrip("/")
    if said and not (_PUBLIC.fullmatch(said) and _has_port(said)):
        raise InvalidInputError(_("Write an address that starts with https://, such as https://shop.example.jp."))
    if said and not web.is_open(said):
        raise InvalidInputError(
            _("{url} can only be opened inside your own network. Write an address that everybody can open.").format(
                url=said
            )
        )
    return said


def _has_port(url: str) -> bool:
    """Say whether the port of an address, where it names one, is one."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _quiet_hours(text: str) -> str:
    return str(QuietHours.parse(text) or "")


def _opening_hours(text: str) -> str:
    return str(OpeningHours.parse(text) or "")


def _button(text: str) -> str:
    """Read what stands on a quick reply. LINE: at most 20 characters; counted as the longest of LINE's counts does."""
    said = text.strip()
    if len(said.encode("utf-16-le")) > 2 * _LONGEST_BUTTON:
        raise InvalidInputError(_("A button has at most 20 characters."))
    return said


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of LINE公式アカウント: yen a month, free messages, steps of the price of further ones.

    Figures: LINE Developers documentation "pricing", 2026-08; in force since 2023-06-01.
    `extra` pairs (up to this many sent in the month, yen each), None for without end.
    """

    name: str
    monthly_yen: int
    free_messages: int
    extra: tuple[tuple[int | None, float], ...] = ()

    def extra_yen(self, used: int, sending: int) -> int | None:
        """Return what `sending` more messages cost after `used` ones, rounded up; None when the plan does not allow them."""
        beyond_before = max(0, used - self.free_messages)
        beyond_after = max(0, used + sending - self.free_messages)
        if beyond_after == 0:
            return 0
        if not self.extra:
            return None
        return -int(-(self._price(beyond_after) - self._price(beyond_before)) // 1)

    def _price(self, beyond: int) -> float:
        price, done = 0.0, 0
        for until, yen in self.extra:
            step = beyond - done if until is None else min(beyond, until) - done
            price += max(0, step) * yen
            done += max(0, step)
        return price

    def so_far(self, messages: int) -> int | None:
        """Return what a month of so many messages costs in all; None when the plan does not allow them."""
        extra = self.extra_yen(0, messages)
        return None if extra is None else self.monthly_yen + extra


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `messages` broadcasts to one person within `days` days."""

    messages: int
    days: int


PLANS = (
    Plan("communication", 0, 200),
    Plan("light", 5_000, 5_000),
    # Above 100,000 the price is not published; the last known step goes on, which never says too little.
    Plan("standard", 15_000, 30_000, ((50_000, 3.0), (None, 2.8))),
)


def plan(name: str) -> Plan:
    """Return the plan of that name."""
    return next(one for one in PLANS if one.name == name)


def cheapest_above(known: Plan, messages: int) -> Plan | None:
    """Return the cheapest larger plan that allows so many messages a month; None where there is none."""
    larger = [one for one in PLANS if one.name != known.name and one.free_messages > known.free_messages]
    prices = [(price, one) for one in larger if (price := one.so_far(messages)) is not None]
    return min(prices, key=lambda pair: pair[0])[1] if prices else None


# Said to the shop's friends, who read Japanese whatever the language of the program.
_OFFER = "近い質問があれば、下のボタンを押してください。担当者にお聞きになることもできます。"
_COMING = "担当者がお返事します。少しお待ちください。"

SETTINGS = (
    Setting("shop_name", "", N_("Name of the shop"), reader=_shop_name),
    Setting("language", "", N_("Language of the program; empty follows the system"), ("", *LANGUAGES)),
    Setting("theme", "system", N_("Colours"), ("system", "light", "dark")),
    Setting("text_size", "standard", N_("Text size"), ("standard", "large", "largest")),
    Setting("plan", "communication", N_("Plan of the LINE account"), tuple(one.name for one in PLANS)),
    Setting("shop_address", "", N_("Address of the shop")),
    Setting("shop_contact", "", N_("Where to complain: a phone number, a mail or a web address")),
    Setting("line_bot", "", N_("User id of the LINE account, as LINE tells it")),
    Setting("line_basic_id", "", N_("Id of the LINE account with its @, as LINE tells it")),
    Setting("line_redelivers", False, N_("LINE delivers again what did not arrive, as was seen")),
    Setting("mail_address", "", N_("Mail address that mails come from")),
    Setting("mail_host", "", N_("Mail server (SMTP)")),
    Setting("mail_port", 587, N_("Port of the mail server")),
    Setting("mail_security", "starttls", N_("Encryption of the mail server"), ("starttls", "tls", "none")),
    Setting("mail_user", "", N_("User name at the mail server")),
    Setting("public_url", "", N_("Public https:// address of the shop, for pictures"), reader=_public_address),
    Setting("reach", "", N_("How LINE reaches the shop; empty: not at all"), ("", "own", "tunnel", "host")),
    Setting("tunnel", "cloudflared", N_("Program that makes the tunnel"), ("cloudflared", "ngrok")),
    Setting("gateway_port", 8787, N_("Port of this computer at which the gateway listens"), least=1024, most=65_535),
    Setting("forward_to", "", N_("A second https:// address that gets every webhook, too"), reader=_public_address),
    Setting("gateway_stays", False, N_("The gateway goes on when the window is closed")),
    Setting("cap_messages", 0, N_("Broadcasts one person gets at most in the days below; 0: no cap"), most=100),
    Setting("cap_days", 7, N_("Days that this cap counts"), least=1, most=366),
    Setting("quiet_hours", "", N_("Hours in Japan without broadcasts, like 21:00-08:00"), reader=_quiet_hours),
    Setting("cooling_minutes", 0, N_("Minutes between “send” and the first message, to stop it"), most=120),
    Setting(
        "second_ok_above",
        0,
        N_("People above whom a second member of the staff confirms a send; 0: never"),
        most=100_000,
    ),
    Setting("lock_minutes", 5, N_("Minutes without a key or a touch after which the window locks"), least=1, most=120),
    Setting("stay_in_tray", False, N_("Stay in the tray when the window is closed, and tell of new talks from there")),
    Setting(
        "talk_years",
        "",
        N_("Years that talks are kept, older messages are deleted with their files; empty: for ever"),
        ("", "1", "2", "3", "5"),
    ),
    Setting(
        "greeting", "", N_("Greeting of new friends: a text, template:NAME or a JSON list of messages; empty: none")
    ),
    Setting("greeting_again", "", N_("Greeting of friends who come back; empty: the same as of new ones")),
    Setting("opening_hours", "", N_("Opening hours in Japan; empty: always open"), reader=_opening_hours),
    Setting("closed_message", "", N_("What the answering machine says out of hours; empty: nothing")),
    Setting(
        "ask_button",
        "担当者に聞く",
        N_("Button with which friends ask for a person; empty: no such button"),
        reader=_button,
    ),
    Setting("ask_offer", _OFFER, N_("What stands above that button")),
    Setting("ask_message", _COMING, N_("What friends are told who ask for a person; empty: nothing")),
    Setting("likeness_percent", 60, N_("How like a question must be to be answered, in percent"), least=1, most=100),
    Setting(
        "assistant_url",
        "",
        N_("Address of an assistant that answers what no rule does; empty: off"),
        reader=sound_address,
    ),
    Setting("assistant_model", "", N_("Model of the assistant")),
    Setting("export_format", "xlsx", N_("Kind of file that exports make"), ("xlsx", "cp932", "utf-8")),
    Setting("table_rows", "standard", N_("Height of table rows"), ("standard", "compact")),
)
