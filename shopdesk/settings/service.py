"""Reading and changing the shop's settings."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.changes import Changes, Topic
from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.settings.opening_hours import OpeningHours
from shopdesk.settings.quiet_hours import QuietHours
from shopdesk.settings.records import SETTINGS, Cap, Plan, Setting, Value, plan
from shopdesk.settings.tables import SettingRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from shopdesk.database import Database
    from shopdesk.staff import Staff


# Every page of the gateway asks for some.
_ALL = Statement("SELECT key, value FROM settings")
_ONE = Statement("SELECT value FROM settings WHERE key = :key")


class Settings:
    """The settings of one shop."""

    def __init__(self, database: Database, staff: Staff, changes: Changes) -> None:
        self._database = database
        self._staff = staff
        self._changes = changes

    def all(self) -> dict[str, Value]:
        """Return every setting with its value."""
        with self._database.read() as session:
            stored = {row.key: json.loads(row.value) for row in _ALL.all(session)}
        return {setting.key: stored.get(setting.key, setting.default) for setting in SETTINGS}

    def get(self, key: str) -> Value:
        """Return one value.

        Raises:
            NotFoundError: there is no setting of that name.
        """
        setting = _declared(key)
        with self._database.read() as session:
            found = _ONE.value(session, key=key)
        return setting.default if found is None else json.loads(found)

    @needs(Act.MANAGE)
    def set(self, key: str, text: str) -> Value:
        """Change one value, given as a person types it, and return what was stored.

        Raises:
            NotFoundError: there is no setting of that name.
            InvalidInputError: it does not take that value.
        """
        value = _declared(key).parse(text)
        with self._database.write() as session:
            session.merge(SettingRow(key=key, value=json.dumps(value, ensure_ascii=False)))
            self._staff.record(session, "set", "setting", fields=[key])
        self._changes.tell(Topic.SETTINGS)
        return value

    def fixed_address(self) -> str:
        """Return the public address that may stand in what is sent or printed, '' for none: a tunnel's does not last."""
        found = self.all()
        return "" if found["reach"] == "tunnel" else str(found["public_url"])

    def plan(self) -> Plan:
        """Return the plan of the shop's LINE account."""
        return plan(str(self.get("plan")))

    def cap(self) -> Cap | None:
        """Return how many broadcasts one person gets at most; None where that is not limited."""
        messages = int(self.get("cap_messages"))
        return Cap(messages, int(self.get("cap_days"))) if messages else None

    def quiet_hours(self) -> QuietHours | None:
        """Return the hours without broadcasts; None where there are none."""
        return QuietHours.parse(str(self.get("quiet_hours")))

    def opening_hours(self) -> OpeningHours | None:
        """Return when the shop is open; None where that is not set: always."""
        return OpeningHours.parse(str(self.get("opening_hours")))

    def talk_years(self) -> int | None:
        """Return for how many years talks are kept; None for ever."""
        years = str(self.get("talk_years"))
        return int(years) if years else None

    def cooling(self) -> timedelta:
        """Return how long a send waits for somebody to stop it."""
        return timedelta(minutes=int(self.get("cooling_minutes")))


def _declared(key: str) -> Setting:
    for setting in SETTINGS:
        if setting.key == key:
            return setting
    known = ", ".join(setting.key for setting in SETTINGS)
    raise NotFoundError(_("There is no setting “{key}”. There are: {known}.").format(key=key, known=known))
