"""The door to the key of the SQLite file: a new one, its recovery code for paper, and putting it on a plain database."""

from __future__ import annotations

import os
import secrets
import shutil
import unicodedata
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk.backup import SPARE_BYTES, InUseError, count_rows, is_plain
from shopdesk.database import connect_sqlite, raw_key
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shopdesk.paths import Home
    from shopdesk.secrets import Place

# Crockford's base 32: no I, L, O or U, so that nothing on paper looks like something else.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, IN_GROUP = 13, 5
_DATA = IN_GROUP - 1
_KEY_BITS, _SPARE_BITS = 256, GROUPS * _DATA * 5 - 256
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
OPENING_WAITS_SECONDS = 60


class EncryptionError(ShopDeskError):
    """The key could not be put on the data."""

    code = "encryption"


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether a shop's data has a key, where a key comes from, whether one can be set here, how many backups have none."""

    on_sqlite: bool
    keyed: bool
    place: Place
    may_set: bool
    plain_backups: int


def new_key() -> str:
    """Return a new key from the system's random source: 64 hexadecimal digits."""
    return secrets.token_hex(_KEY_BITS // 8)


def recovery_code(key: str) -> str:
    """Return the form of a key that people copy from paper: 13 groups of five signs with a hyphen between.

    Four signs of a group are Crockford base 32, the fifth checks them and the group's place, so that a mistake is
    found, with its group, while it is typed.

    Raises:
        InvalidInputError: the key is not 64 hexadecimal digits.
    """
    number = _number(key) << _SPARE_BITS
    last = GROUPS * _DATA - 1
    values = [number >> 5 * (last - at) & 31 for at in range(last + 1)]
    groups = [values[at : at + _DATA] for at in range(0, len(values), _DATA)]
    checked = [(*group, _check(place, group)) for place, group in enumerate(groups, start=1)]
    return "-".join("".join(SIGNS[value] for value in group) for group in checked)


def key_of(code: str) -> str:
    """Return the key a recovery code stands for; case, spaces, hyphens, width, O for 0, I and L for 1 do not matter.

    Raises:
        InvalidInputError: it is not as it was printed; the sentence names the group.
    """
    signs = _signs(code)
    if len(signs) != GROUPS * IN_GROUP:
        said = _("The recovery code has {wanted} letters and digits; these are {found}. Compare it with the paper.")
        raise InvalidInputError(said.format(wanted=GROUPS * IN_GROUP, found=len(signs)))
    number = 0
    for place in range(1, GROUPS + 1):
        for value in _group(signs[(place - 1) * IN_GROUP : place * IN_GROUP], place):
            number = number << 5 | value
    if number & ((1 << _SPARE_BITS) - 1):
        raise _wrong_group(GROUPS)
    return f"{number >> _SPARE_BITS:064x}"


def same_group(typed: str, printed: str) -> bool:
    """Tell whether what was typed is this group of a code, as forgiving as `key_of`."""
    return _signs(typed) == printed


def _signs(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    return "".join(sign for sign in plain if sign.isalnum())


def _group(signs: str, place: int) -> list[int]:
    values = [SIGNS.find(sign) for sign in signs]
    if min(values) < 0 or _check(place, values[:_DATA]) != values[_DATA]:
        raise _wrong_group(place)
    return values[:_DATA]


def _wrong_group(place: int) -> InvalidInputError:
    return InvalidInputError(
        _("Group {n} of the recovery code is not as it was printed. Compare it with the paper.").format(n=place)
    )


def _check(place: int, values: Sequence[int]) -> int:
    """The check sign: weights are powers of two in GF(32), so one wrong sign, two swapped signs or groups never pass."""
    return reduce(lambda sum_, value: _doubled(sum_ ^ value), values, place)


def _doubled(value: int) -> int:
    return value << 1 ^ (0b100101 if value & 16 else 0)


def _number(key: str) -> int:
    try:
        number = int(key, 16)
    except ValueError:
        number = -1
    if len(key) != _KEY_BITS // 4 or number < 0:
        raise InvalidInputError(
            _("The database key must be 64 hexadecimal digits (0-9, a-f). Correct it and start again.")
        )
    return number


def opens(file: Path, key: str) -> bool:
    """Tell whether a key opens a database file."""
    with closing(connect_sqlite(file, key, read_only=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError:
            return False
    return True


@contextmanager
def opening(home: Home) -> Iterator[None]:
    """Keep others from opening a home's database in between: held while a shop opens it and while its file is swapped.

    Raises:
        InUseError: another process has been at it for a minute.
    """
    lock = FileLock(home.locks / "open.lock")
    try:
        lock.acquire(timeout=OPENING_WAITS_SECONDS)
    except Timeout as error:
        raise InUseError(_("Another ShopDesk is setting the key of this data. Start again in a minute.")) from error
    try:
        yield
    finally:
        lock.release()


def encrypt(home: Home, key: str) -> int:
    """Put a key on a home's plain database and return how many rows it holds.

    A checked, keyed copy takes the place of the plain file in one rename; ended at any point, one of the two is there,
    whole. The key must already be kept where the next start finds it. What the plain file occupied on the disk is
    freed, not overwritten; older backups stay as they are.

    Raises:
        InUseError: some process has the database open; nothing was changed.
        EncryptionError: there is a key already, too little room, or the copy failed its checks; nothing was changed.
    """
    fresh = home.database.with_suffix(".keyed")
    with opening(home):
        if not is_plain(home.database):
            raise EncryptionError(_("The shop's data has a key already, or is damaged. Nothing was changed."))
        try:
            _require_space(home)
            fresh.unlink(missing_ok=True)
            with closing(_alone(home.database)) as plain:
                rows = _export(plain, fresh, key)
            _sync(fresh)
            fresh.replace(home.database)
            _sync_folder(home.path)
        except (OSError, sqlcipher.Error) as error:
            raise EncryptionError(
                _("The key could not be put on the data. Free some space on the disk and try again.")
            ) from error
        finally:
            fresh.unlink(missing_ok=True)
    return rows


def _require_space(home: Home) -> None:
    needed = 2 * home.database.stat().st_size + SPARE_BYTES
    if shutil.disk_usage(home.path).free < needed:
        said = _("Setting the key needs {mb} MB free on {folder}. Nothing was changed.")
        raise EncryptionError(said.format(mb=needed // 1_000_000, folder=home.path))


def _alone(path: Path) -> Any:
    """Open the plain file so that nobody else can; its WAL is folded in, which SQLite only does for the one connection."""
    connection = connect_sqlite(path)
    try:
        for statement in (
            "PRAGMA busy_timeout = 500",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = DELETE",
            "BEGIN EXCLUSIVE",
            "COMMIT",
        ):
            connection.execute(statement).fetchall()
    except sqlcipher.OperationalError as error:
        connection.close()
        raise InUseError(
            _(
                "ShopDesk is open in another window or still sending. Wait until it has sent and close the others, "
                "then set the key again. Nothing was changed."
            )
        ) from error
    return connection


def _export(plain: Any, fresh: Path, key: str) -> int:
    plain.execute(f"ATTACH DATABASE ? AS keyed KEY {raw_key(key)}", (str(fresh),))
    plain.execute("PRAGMA keyed.journal_mode = OFF").fetchall()  # a half-written copy is never used
    plain.execute("SELECT sqlcipher_export('keyed')").fetchall()
    for name in ("user_version", "application_id"):  # the two the export leaves out
        plain.execute(f"PRAGMA keyed.{name} = {plain.execute(f'PRAGMA main.{name}').fetchone()[0]}")
    plain.execute("DETACH DATABASE keyed")
    with closing(connect_sqlite(fresh, key, read_only=True)) as keyed:
        whole = keyed.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not whole or keyed.execute("PRAGMA foreign_key_check").fetchone() or _shape(keyed) != _shape(plain):
            raise EncryptionError(
                _("The copy with the key did not pass its check and was not used. Nothing was changed.")
            )
        return count_rows(keyed)


def _shape(connection: Any) -> tuple[Any, ...]:
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    named = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
    return schema, named, count_rows(connection)


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; Windows has no such call and writes it through by itself."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
