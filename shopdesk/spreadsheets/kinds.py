"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import errno
import re
import stat
import zipfile
import zlib
from enum import Enum
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.spreadsheets.encodings import utf16_of
from shopdesk.spreadsheets.errors import (
    DamagedFileError,
    EmptyFileError,
    FileLockedError,
    FileMissingError,
    PasswordProtectedError,
    TooLargeError,
    WrongKindError,
)

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 512 * 1024 * 1024
_HEAD = 4096
_DIRECTORY = 1024 * 1024
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<table|<meta|<\?xml|<head|<body|<style|<!--|<div)", re.IGNORECASE)
_SPREADSHEET_2003 = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|Excel\.Sheet")
_BEFORE_1997 = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The first records of an encrypted .xls: its beginning, perhaps a write protection, then how to decrypt the rest."""
_AWAY = {
    getattr(errno, name, None)
    for name in ("EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT", "ESTALE", "EREMOTEIO", "EIO")
}
_AWAY_WINDOWS = {53, 54, 55, 59, 64, 65, 67, 121, 1203, 1222, 1231}
"""Windows' own numbers for a share or computer that is not there."""
_OTHERS = (
    b"%PDF",
    b"MZ",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


class Kind(Enum):
    """The kinds of table that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


def kind_of(path: Path) -> Kind:
    """Return what `path` holds.

    Raises:
        UnreadableFileError: it is missing, locked, empty, encrypted, damaged, too large or no table at all.
    """
    size, head = _head(path)
    if size > LARGEST_FILE:
        raise TooLargeError(_("“{file}” is larger than 512 MB. Export a shorter period.").format(file=path.name))
    if not head.strip(b" \t\r\n\x1a\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError(_("“{file}” is empty. Export it again from the cart.").format(file=path.name))
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    if head.startswith(_BEFORE_1997) and b"\x00" in head[:8]:
        sentence = _("“{file}” is from an Excel before 1997. Open it in Excel and save it as .xlsx.")
        raise WrongKindError(sentence.format(file=path.name))
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")) or _MARKUP.match(_as_latin(head)):
        raise _markup(path, head)
    if head.startswith(_OTHERS) or _binary(head):
        raise WrongKindError(
            _("“{file}” is not a table. Choose the .csv or .xlsx that the cart exported.").format(file=path.name)
        )
    return Kind.TEXT


def locked(path: Path) -> FileLockedError:
    """Return the error for a file that Excel keeps for itself."""
    return FileLockedError(
        _("“{file}” is still open in Excel. Close it there, then drop it again.").format(file=path.name)
    )


def damaged(path: Path) -> DamagedFileError:
    """Return the error for a file that is cut short or broken."""
    return DamagedFileError(_("“{file}” is damaged or cut short. Export or copy it again.").format(file=path.name))


def protected(path: Path) -> PasswordProtectedError:
    """Return the error for a file with a password."""
    sentence = _("“{file}” has a password. Save it without one in Excel to import it. Nothing was written.")
    return PasswordProtectedError(sentence.format(file=path.name))


def _head(path: Path) -> tuple[int, bytes]:
    if path.name.startswith("~$"):  # the note Excel lays beside a workbook while it is open
        raise locked(path.with_name(path.name.removeprefix("~$")))
    try:
        found = path.stat()  # first: to open a pipe would wait for its other end without end
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(path, folder=stat.S_ISDIR(found.st_mode))
        with path.open("rb") as file:
            return found.st_size, file.read(_HEAD)
    except PermissionError as error:
        raise locked(path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _missing(path, error) from error


def _no_file(path: Path, *, folder: bool) -> WrongKindError:
    sentence = (
        _("“{file}” is a folder. Choose the file inside that the cart exported.")
        if folder
        else _("“{file}” is a device or a pipe and no file. Choose the .csv or .xlsx that the cart exported.")
    )
    return WrongKindError(sentence.format(file=path.name or str(path)))


def _missing(path: Path, error: Exception) -> FileMissingError:
    away = getattr(error, "errno", None) in _AWAY or getattr(error, "winerror", None) in _AWAY_WINDOWS
    sentence = (
        _(
            "The shared folder of “{file}” cannot be reached. Check the network, or copy the file to this computer first."
        )
        if away or str(path).startswith(("\\\\", "//"))
        else _("“{file}” cannot be opened. Check that it is still there and drop it again.")
    )
    return FileMissingError(sentence.format(file=path.name))


def _as_latin(head: bytes) -> bytes:
    """The letters of UTF-16 markup as single bytes."""
    return head[2:].replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else b""


def _markup(path: Path, head: bytes) -> WrongKindError:
    sentence = (
        _("“{file}” is an XML table of Excel 2003. Open it in Excel and save it as .xlsx.")
        if _SPREADSHEET_2003.search(head)
        else _("“{file}” is a web page with an Excel name. Open it in Excel and save it as .xlsx.")
    )
    return WrongKindError(sentence.format(file=path.name))


def _zipped(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename.lower() for entry in archive.infolist()}
            encrypted = "META-INF/manifest.xml" in archive.namelist() and _encrypts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise damaged(path) from error
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if encrypted:
        raise protected(path)
    if "content.xml" in names and "mimetype" in names:
        return Kind.ODS
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if any(name.endswith(".iwa") for name in names) or "index.zip" in names:
        sentence = _("“{file}” is a Numbers document. Choose Export To, Excel in Numbers and drop that file.")
        raise WrongKindError(sentence.format(file=path.name))
    sentence = _("“{file}” is an archive or another kind of document. Unpack it and choose the table inside.")
    raise WrongKindError(sentence.format(file=path.name))


def _encrypts(archive: zipfile.ZipFile) -> bool:
    """Say whether an OpenDocument's list of parts tells how to decrypt them."""
    with archive.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(_DIRECTORY)


def _compound(path: Path) -> Kind:
    """An old .xls, or a new workbook inside an encrypted envelope."""
    with path.open("rb") as file:
        start = file.read(_DIRECTORY)
        file.seek(max(0, path.stat().st_size - _DIRECTORY))
        found = start + file.read(_DIRECTORY)
    if "EncryptedPackage".encode("utf-16-le") in found or "DataSpaces".encode("utf-16-le") in found:
        if "DRMEncrypted".encode("utf-16-le") in found:
            sentence = _("“{file}” is protected by your company's rights management. Save a copy without protection.")
            raise PasswordProtectedError(sentence.format(file=path.name))
        raise protected(path)
    if _FILE_PASS.search(found):
        raise protected(path)
    if "Workbook".encode("utf-16-le") in found or "Book".encode("utf-16-le") in found:
        return Kind.XLS
    sentence = _("“{file}” is an Office document without a table. Choose the .csv or .xlsx that the cart exported.")
    raise WrongKindError(sentence.format(file=path.name))


def _binary(head: bytes) -> bool:
    """NUL bytes appear in no text but UTF-16."""
    return b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and utf16_of(head) is None
