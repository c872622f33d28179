"""A home on a share or in a synced folder is refused, with the way out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from shopdesk.homes import HomeRefusedError, require_local_folder
from shopdesk.shop import open_shop


@pytest.mark.parametrize(
    "folder",
    [
        "/home/mihon/Dropbox/shop",
        "/Users/mihon/Library/Mobile Documents/com~apple~CloudDocs/shop",
        "C:/Users/mihon/OneDrive/shop",
        "C:/Users/mihon/OneDrive - みほん洋菓子店/shop",
        "/home/mihon/Google Drive/shop",
        "/Users/mihon/Library/CloudStorage/GoogleDrive-mihon@example.jp/マイドライブ/shop",
        "/Users/mihon/Library/CloudStorage/SomeProvider/shop",
        "/home/mihon/CloudStorage/shop",
        "/Users/mihon/Google \u30c8\u3099ライブ/shop",
        "C:/Users/mihon/OneDrive-みほん/shop",
        "C:/Users/mihon/iCloudDrive/shop",
        "P:/pCloud Drive/shop",
        "/home/mihon/pCloudDrive/shop",
        "/home/mihon/MEGA/shop",
        "/home/mihon/MEGAsync/shop",
        "C:/Users/mihon/SynologyDrive/shop",
        "C:/Users/mihon/Synology Drive/shop",
        "/Users/mihon/Box/shop",
        "/Users/mihon/Box Sync/shop",
    ],
)
def test_a_synced_folder_is_refused(folder):
    with pytest.raises(HomeRefusedError, match="PostgreSQL"):
        require_local_folder(Path(folder))


def test_a_folder_behind_a_link_into_a_synced_one_is_refused(tmp_path):
    (tmp_path / "Dropbox" / "shop").mkdir(parents=True)
    (tmp_path / "shop").symlink_to(tmp_path / "Dropbox" / "shop")
    with pytest.raises(HomeRefusedError):
        open_shop(tmp_path / "shop", secrets={})
    assert list((tmp_path / "Dropbox" / "shop").iterdir()) == []


def test_the_root_that_onedrive_names_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "company"))
    with pytest.raises(HomeRefusedError):
        require_local_folder(tmp_path / "company" / "shop")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smbfs", "9p"])
def test_a_network_mount_is_refused(tmp_path, monkeypatch, kind):
    mounts = [
        SimpleNamespace(mountpoint="/", fstype="ext4", opts="rw"),
        SimpleNamespace(mountpoint=str(tmp_path), fstype=kind, opts="rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_all: mounts)
    with pytest.raises(HomeRefusedError, match="network"):
        require_local_folder(tmp_path / "shop")
    require_local_folder(Path("/srv/shop"))


def test_a_share_by_its_name_is_refused():
    with pytest.raises(HomeRefusedError, match="network"):
        require_local_folder(Path("//server/share/shop"))


@pytest.mark.parametrize("name", ["みほん洋菓子店", "Box of sweets", "Megane", "Dropboxes", "my drives", "Synology"])
def test_an_ordinary_folder_is_fine(tmp_path, name):
    require_local_folder(tmp_path / name)
