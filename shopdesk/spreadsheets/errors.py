"""Why a file cannot be read: one sentence each, with what to do."""

from __future__ import annotations

from shopdesk.errors import ShopDeskError


class UnreadableFileError(ShopDeskError):
    """The file cannot be read as a table. Nothing of it was taken."""

    code = "unreadable_file"


class FileMissingError(UnreadableFileError):
    """There is no such file, or it may not be opened."""

    code = "file_missing"


class FileLockedError(UnreadableFileError):
    """Excel has the file open."""

    code = "file_locked"


class PasswordProtectedError(UnreadableFileError):
    """The file needs a password or rights that only Excel can lift."""

    code = "password"


class WrongKindError(UnreadableFileError):
    """The file is something else than a table, whatever its name says."""

    code = "wrong_kind"


class DamagedFileError(UnreadableFileError):
    """The file is cut short or broken inside."""

    code = "damaged"


class TooLargeError(UnreadableFileError):
    """The file, unpacked, is larger than any shop's export: a broken or a hostile one."""

    code = "too_large"


class UnsafeFileError(UnreadableFileError):
    """The file is put together in a way that only an attack or a broken program does."""

    code = "unsafe"


class EmptyFileError(UnreadableFileError):
    """There is nothing in the file."""

    code = "empty"
