"""Where things lie: what ships with the program, and the shop's own home."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


def bundle() -> Path:
    """Return the folder that holds `resources/` and `db/`: checkout, wheel or frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    inside = package / "_bundle"
    return inside if inside.is_dir() else package.parent


def resources() -> Path:
    """Return the folder of icons, fonts, themes, carts and texts."""
    return bundle() / "resources"


def default_home() -> Path:
    """Return where this person's shop lies when nothing else is said."""
    said = os.environ.get("SHOPDESK_HOME")
    return Path(said) if said else Path(platformdirs.user_data_dir("ShopDesk", appauthor=False))


def instance_file() -> Path:
    """Return the file, outside every home, that says which installation this is.

    `SHOPDESK_INSTANCE_FILE` moves it; a container gives it a volume of its own.
    """
    said = os.environ.get("SHOPDESK_INSTANCE_FILE")
    return Path(said) if said else Path(platformdirs.user_config_dir("ShopDesk", appauthor=False)) / "instance"


@dataclass(frozen=True)
class Home:
    """The folder of one shop and the names inside it."""

    path: Path

    @property
    def database(self) -> Path:
        """The main database (SQLite)."""
        return self.path / "shop.db"

    @property
    def inbox(self) -> Path:
        """What LINE called back with, as it came; kept by the gateway."""
        return self.path / "inbox.db"

    @property
    def journal(self) -> Path:
        """What a till noted while it could not reach the shop's data."""
        return self.path / "journal.db"

    @property
    def backups(self) -> Path:
        """Automatic backups."""
        return self.path / "backups"

    @property
    def logs(self) -> Path:
        """The program's own log files."""
        return self.path / "logs"

    @property
    def staging(self) -> Path:
        """Staging files of running imports; emptied at start."""
        return self.path / "staging"

    @property
    def screen(self) -> Path:
        """What this computer remembers of its screen, as the columns of a list."""
        return self.path / "screen.ini"

    @property
    def locks(self) -> Path:
        """Files locked by the operating system while a process holds a lease."""
        return self.path / "locks"

    @property
    def gateway(self) -> Path:
        """How the gateway of this home stands, while one runs."""
        return self.locks / "gateway.json"

    @property
    def name(self) -> str:
        """A name that no other home on this computer has: its secrets are kept under it."""
        path = self.path.resolve()
        return f"{path.name}-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"

    def make(self) -> None:
        """Create the folder and those inside it, for this user only."""
        for folder in (self.path, self.backups, self.logs, self.staging, self.locks):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
