"""Where a home may lie: not on a network share and not in a folder that something else copies behind our back."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from shopdesk.paths import Home

# SQLite's own list of how to corrupt a database: network locks that do not lock, files copied while they are written.
# Folders of programs that copy to a cloud, in lower case. Some add an account: OneDrive - みほん, Dropbox (みほん).
_SYNCED = {
    *("box", "box sync", "com~apple~clouddocs", "google ドライブ", "googleドライブ", "iclouddrive", "mega", "megasync"),
    *("mobile documents", "my drive", "nextcloud", "owncloud", "pclouddrive", "synologydrive", "マイドライブ"),
}
_SYNCED_WITH_ACCOUNT = ("dropbox", "google drive", "googledrive", "icloud", "onedrive", "pcloud", "synology drive")
# macOS keeps a folder for each provider in it.
_ANY_PROVIDER = "cloudstorage"
_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "fuse.sshfs",
    "9p",
    "fuse.rclone",
    "ncpfs",
}
_SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


class HomeRefusedError(ShopDeskError):
    """The folder cannot safely hold a database."""

    code = "home_refused"


def require_local_folder(folder: Path) -> None:
    """Refuse a home that lies on a network share or in a synced folder.

    Raises:
        HomeRefusedError: with the hint to use PostgreSQL for several computers.
    """
    said, real = folder.absolute(), folder.resolve()
    if any(_is_synced(path) for path in (said, real)):
        raise HomeRefusedError(
            _(
                "{folder} is copied to a cloud (OneDrive, Dropbox, iCloud, Google Drive …). That can destroy the shop's data. "
                "Choose a folder only this computer uses; for several computers use PostgreSQL (SHOPDESK_DATABASE_URL)."
            ).format(folder=folder)
        )
    if any(_is_on_network(path) for path in (said, real)):
        raise HomeRefusedError(
            _(
                "{folder} is on a network drive. That can destroy the shop's data. "
                "Choose a folder on this computer; for several computers use PostgreSQL (SHOPDESK_DATABASE_URL)."
            ).format(folder=folder)
        )


def make(home: Home) -> None:
    """Create a home's folders where they are not there yet.

    Raises:
        HomeRefusedError: the folder cannot be made or written.
    """
    try:
        home.make()
    except OSError as error:
        raise HomeRefusedError(
            _("The folder {folder} cannot be used. Choose one that you may write to.").format(folder=home.path)
        ) from error


def _is_synced(path: Path) -> bool:
    parts = [unicodedata.normalize("NFKC", part).lower() for part in path.parts]  # macOS writes ド as two letters
    roots = [Path(os.environ[name]) for name in _SYNC_VARIABLES if os.environ.get(name)]
    return any(map(_is_of_a_cloud, parts)) or any(path.is_relative_to(root) for root in roots)


def _is_of_a_cloud(part: str) -> bool:
    with_account = any(part == name or part.startswith((f"{name} ", f"{name}-")) for name in _SYNCED_WITH_ACCOUNT)
    return part in _SYNCED or part == _ANY_PROVIDER or with_account


def _is_on_network(path: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    mounted = sorted(psutil.disk_partitions(all=True), key=lambda one: len(one.mountpoint), reverse=True)
    for one in mounted:
        if path.is_relative_to(one.mountpoint):
            return one.fstype.lower() in _NETWORK or "remote" in one.opts.split(",")
    return False
