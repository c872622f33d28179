"""What every test gets: its own home, its own environment, a fixed language."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import pytest

from shopdesk import i18n


@pytest.fixture(autouse=True)
def _own_world(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("SHOPDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHOPDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHOPDESK_INSTANCE_FILE", str(tmp_path / "instance"))
    i18n.set_language("en")
