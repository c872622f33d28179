"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from typing import TYPE_CHECKING

from shopdesk.i18n import _
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
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")) and b"\x00" in head[:8]:
        return Kind.XLS
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise WrongKindError(
            _("“{file}” is a web page with an Excel name. Open it in Excel and save it as .xlsx.").format(
                file=path.name
            )
        )
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
    try:
        with path.open("rb") as file:
            return path.stat().st_size, file.read(_HEAD)
    except PermissionError as error:
        raise locked(path) from error
    except OSError as error:
        sentence = _("“{file}” cannot be opened. Check that it is still there and drop it again.").format(
            file=path.name
        )
        raise FileMissingError(sentence) from error


def _zipped(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename.lower() for entry in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path) from error
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "content.xml" in names and "mimetype" in names:
        return Kind.ODS
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    sentence = _("“{file}” is an archive or another kind of document. Unpack it and choose the table inside.")
    raise WrongKindError(sentence.format(file=path.name))


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
    if "Workbook".encode("utf-16-le") in found or "Book".encode("utf-16-le") in found:
        return Kind.XLS
    sentence = _("“{file}” is an Office document without a table. Choose the .csv or .xlsx that the cart exported.")
    raise WrongKindError(sentence.format(file=path.name))


def _binary(head: bytes) -> bool:
    """NUL bytes appear in no text but UTF-16, which has one in nearly every other byte of a Latin text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head:
        return False
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) * 20 > max(even, odd) or max(even, odd) * 40 < len(head)
