"""The page 設定: a list of sections at the left, one of them at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.staff import Act
from shopdesk.ui.settings.about import AboutSection
from shopdesk.ui.settings.audit import AuditSection
from shopdesk.ui.settings.backups import BackupSection
from shopdesk.ui.settings.key import KeySection
from shopdesk.ui.settings.line import LineSection
from shopdesk.ui.settings.looks import LooksSection
from shopdesk.ui.settings.mail import MailSection
from shopdesk.ui.settings.quarantine import HeldBanner
from shopdesk.ui.settings.receiving import ReceivingSection
from shopdesk.ui.settings.section import Heading, Section
from shopdesk.ui.settings.sending import SendingSection
from shopdesk.ui.settings.shop import ShopSection
from shopdesk.ui.settings.sites import SitesSection
from shopdesk.ui.settings.staff import StaffSection
from shopdesk.ui.settings.talks import TalksSection
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.widgets import Header, hbox, holder, vbox

if TYPE_CHECKING:
    from shopdesk.ui.shop_page import Desk

# Each section with the right without which nobody sees it, in the order of the list.
SECTIONS: dict[str, tuple[Act, type[Section]]] = {
    "shop": (Act.MANAGE, ShopSection),
    "line": (Act.MANAGE, LineSection),
    "receiving": (Act.MANAGE, ReceivingSection),
    "talks": (Act.MANAGE, TalksSection),
    "sending": (Act.MANAGE, SendingSection),
    "mail": (Act.MANAGE, MailSection),
    "sites": (Act.MANAGE, SitesSection),
    "staff": (Act.MANAGE, StaffSection),
    "record": (Act.SEE_AUDIT, AuditSection),
    "backup": (Act.MANAGE, BackupSection),
    "key": (Act.MANAGE, KeySection),
    "appearance": (Act.MANAGE, LooksSection),
    "about": (Act.SEE_AUDIT, AboutSection),
}


class SettingsPage(ShopPage):
    """Opens at a section: `show_page("settings", section="line")`; the keys are those of `SECTIONS`."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SETTINGS, Topic.FRIENDS, Topic.STAFF, Topic.MEMBER_SITES})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = self.shop.staff.may
        self.sections: dict[str, Section] = {key: made(desk) for key, (act, made) in SECTIONS.items() if may(act)}
        self.held = HeldBanner(desk)
        self._header, self._stack, self._group = Header(_("Settings"), ""), QStackedWidget(), QButtonGroup(self)
        self.headings: dict[str, Heading] = {}
        for key, section in self.sections.items():
            heading = self.headings[key] = Heading(section.title)
            heading.clicked.connect(lambda _on=False, key=key: self.open(key))
            self._group.addButton(heading)
            self._stack.addWidget(section)
        self.answers = Heading(_("Auto reply"))
        self.answers.setCheckable(False)
        self.answers.clicked.connect(lambda: self.navigator.show_page("answers"))
        lines = list(self.headings.values())
        lines.insert(list(SECTIONS).index("receiving") + 1 if "receiving" in self.sections else 0, self.answers)
        side = holder(vbox(*lines, ..., gap="s1", margin=("page_side", "s1", "", "s4")))
        self.setLayout(vbox(self._header, self.held, (hbox(side, (self._stack, 1), gap=""), 1)))
        self.section = ""

    def open(self, key: str) -> None:
        """Bring a section to the front; one that is not for whoever is there gives way to the first that is, and says so."""
        if key not in self.sections:
            self.notices.done(_("This is not for your role. Ask the owner or a manager."))
            key = next(iter(self.sections))
        self.section = key
        section = self.sections[key]
        self.headings[key].setChecked(True)
        self._header.say(_("Settings"), section.purpose)
        self._stack.setCurrentWidget(section)
        section.load()

    def shown(self, **what: Any) -> None:
        """Open the section that was asked for, or stay in the last one."""
        self.held.load()
        self.open(str(what.get("section") or self.section or next(iter(self.sections))))

    def reload(self) -> None:
        """Read the section in front again."""
        self.held.load()
        if self.section:
            self.sections[self.section].load()
