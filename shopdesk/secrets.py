"""The door to secrets: a keys file, the environment of a headless machine, else the key ring of the operating system."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = Literal["nowhere", "given", "keys_file", "environment", "key_ring"]
SERVICE = "ShopDesk"
DATABASE_KEY = "database_key"
LINE_CHANNEL_ID = "line_channel_id"
LINE_CHANNEL_SECRET = "line_channel_secret"
LINE_LOGIN_ID = "line_login_id"
LINE_LOGIN_SECRET = "line_login_secret"
SIGN_IN_KEY = "sign_in_key"
"""From it the secrets of the sites are made whose members sign in with LINE."""
MAIL_PASSWORD = "mail_password"
ASSISTANT_KEY = "assistant_key"
LINE_ACCESS_TOKEN = "line_access_token"  # only ever from outside: ShopDesk itself mints short ones and keeps none

_ENVIRONMENT = {
    DATABASE_KEY: "SHOPDESK_DATABASE_KEY",
    LINE_CHANNEL_ID: "SHOPDESK_LINE_CHANNEL_ID",
    LINE_CHANNEL_SECRET: "SHOPDESK_LINE_CHANNEL_SECRET",
    LINE_ACCESS_TOKEN: "SHOPDESK_LINE_ACCESS_TOKEN",
    LINE_LOGIN_ID: "SHOPDESK_LINE_LOGIN_ID",
    LINE_LOGIN_SECRET: "SHOPDESK_LINE_LOGIN_SECRET",
    SIGN_IN_KEY: "SHOPDESK_SIGN_IN_KEY",
    MAIL_PASSWORD: "SHOPDESK_MAIL_PASSWORD",
    ASSISTANT_KEY: "SHOPDESK_ASSISTANT_KEY",
}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# Backends that keep secrets in a plain file, or nowhere.
_REFUSED = ("keyring.backends.null", "keyring.backends.fail", "keyrings.alt", "keyring.backends.chainer")


class KeyRingError(ShopDeskError):
    """The key ring of this computer cannot be used."""

    code = "key_ring"


class KeysFileError(ShopDeskError):
    """The keys file cannot be used as it is."""

    code = "keys_file"


class Secrets:
    """The few secrets of one shop. Values given at the start (a child's, a demo's) win over everything else."""

    def __init__(self, shop: str, given: Mapping[str, str] | None = None) -> None:
        self._shop = shop
        self._given = dict(given or {})
        self._isolated = given is not None

    def get(self, name: str) -> str | None:
        """Return a secret, or None when it has never been set.

        Raises:
            KeysFileError: `SHOPDESK_KEYS_FILE` is readable by others or is not JSON.
            KeyRingError: the key ring is locked or refuses.
        """
        if name in self._given or self._isolated:
            return self._given.get(name) or None
        if os.environ.get("SHOPDESK_KEYS_FILE"):
            return _keys_file(Path(os.environ["SHOPDESK_KEYS_FILE"])).get(name)
        if os.environ.get(_ENVIRONMENT[name]):
            return os.environ[_ENVIRONMENT[name]]
        if not usable_key_ring():
            return None
        import keyring.errors  # noqa: PLC0415 - whoever was given all keys need not wait for it

        try:
            return keyring.get_password(SERVICE, f"{self._shop}:{name}")
        except keyring.errors.KeyringError as error:
            raise KeyRingError(_("The key ring of this computer is locked. Unlock it and try again.")) from error

    def place(self, name: str) -> Place:
        """Return where a secret comes from: only one in the key ring can be changed from here.

        Raises:
            KeysFileError: `SHOPDESK_KEYS_FILE` cannot be used.
            KeyRingError: the key ring is locked or refuses.
        """
        if self.get(name) is None:
            return "nowhere"
        if name in self._given or self._isolated:
            return "given"
        if os.environ.get("SHOPDESK_KEYS_FILE"):
            return "keys_file"
        return "environment" if os.environ.get(_ENVIRONMENT[name]) else "key_ring"

    @property
    def can_keep(self) -> bool:
        """Whether `set` has a place to put a secret."""
        return self._isolated or usable_key_ring()

    @property
    def lasting(self) -> bool:
        """Whether the next start finds these secrets again; those given to a child or a demo end with it."""
        return not self._isolated

    def set(self, name: str, value: str) -> None:
        """Keep a secret in the key ring, or take it out when `value` is empty; where all were given, only in memory.

        Raises:
            KeyRingError: there is no key ring that keeps secrets safely.
        """
        if self._isolated:
            self._given[name] = value
            return
        import keyring.errors  # noqa: PLC0415

        if not usable_key_ring():
            raise KeyRingError(
                _(
                    "This computer has no key ring to keep keys in. Put them in a file only you can read and name it in SHOPDESK_KEYS_FILE."
                )
            )
        try:
            if value:
                keyring.set_password(SERVICE, f"{self._shop}:{name}", value)
            elif self.get(name) is not None:
                keyring.delete_password(SERVICE, f"{self._shop}:{name}")
        except keyring.errors.KeyringError as error:
            raise KeyRingError(_("The key ring of this computer is locked. Unlock it and try again.")) from error

    def for_child(self) -> dict[str, str]:
        """Return what a child process is given through its pipe: all secrets that are set."""
        return {name: value for name in _ENVIRONMENT if (value := self.get(name))}


def usable_key_ring() -> bool:
    """Tell whether the operating system keeps secrets for us; file and null backends do not count."""
    import keyring  # noqa: PLC0415

    return not type(keyring.get_keyring()).__module__.startswith(_REFUSED)


def _is_credential(path: Path) -> bool:
    """Say whether systemd gave us this file: it shows the entry for our own user as rights of a group."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return (
        bool(folder) and path.resolve().parent == Path(str(folder)).resolve() and not path.stat().st_mode & stat.S_IRWXO
    )


def _keys_file(path: Path) -> dict[str, str]:
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS and not _is_credential(path):
            raise KeysFileError(
                _("Other users can read {file}. Allow only yourself (chmod 600) and start again.").format(file=path)
            )
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in read.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise KeysFileError(
            _("{file} could not be read as a JSON object of keys. Correct it and start again.").format(file=path)
        ) from error
