"""What every command has at hand: the shop, and one way of printing for people and for machines."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk import logs, paths
from shopdesk.clock import JAPAN, in_japan
from shopdesk.errors import InvalidInputError, no_such_file
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shopdesk.shop import Shop
    from shopdesk.staff import Actor


class Face:
    """One run of the command line. The shop is opened by the first command that asks for it.

    With `keys_from_stdin` another ShopDesk started it and hands it all keys, as one JSON object, through its input.
    """

    def __init__(self) -> None:
        self.home: Path | None = None
        self.as_json = False
        self.keys_from_stdin = False
        self._shop: Shop | None = None
        self._open = ExitStack()

    @property
    def shop(self) -> Shop:
        """The shop of this home, for whoever has this computer's account: the owner, or another ShopDesk."""
        if self._shop is None:
            from shopdesk.staff import OWNER, PROGRAM  # noqa: PLC0415 - --version starts without the database

            return self.open_as(PROGRAM if self.keys_from_stdin else OWNER)
        return self._shop

    def open_as(self, actor: Actor) -> Shop:
        """Open the shop of this home in somebody's name."""
        from shopdesk.shop import open_shop  # noqa: PLC0415 - the window and --version start without the database

        keys = json.load(sys.stdin) if self.keys_from_stdin else None
        self._shop = open_shop(self.home, actor=actor, secrets=keys)
        self._open.callback(self._shop.close)
        return self._shop

    def close(self) -> None:
        """Close what was opened."""
        self._open.close()

    def show(self, data: dict[str, Any], lines: Iterable[str] | Callable[[], Iterable[str]] = ()) -> None:
        """Print `data` as one JSON object, or `lines` for people."""
        if self.as_json:
            sys.stdout.write(json.dumps(plain(data), ensure_ascii=False) + "\n")
            return
        for line in lines() if callable(lines) else lines:
            click.echo(line)

    def refuse(self, code: str, message: str, **data: Any) -> None:
        """Say why something was not done; `data` stands beside the error where a machine reads."""
        if self.as_json:
            self.show({**data, "error": {"code": code, "message": message}})
        else:
            click.echo(message, err=True)

    def note(self, text: str) -> None:
        """Say something beside the result: progress, a warning."""
        click.echo(text, err=True)

    def log_file(self) -> Path:
        """Return the log file, made ready: in the home, or among temporary files where the home cannot be written."""
        wanted = paths.Home(self.home or paths.default_home()).logs
        for folder in (wanted, Path(tempfile.gettempdir())):
            file = logs.log_file(folder)
            if logs.file_in_use() == file:
                return file
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                file.touch(mode=0o600)
            except OSError:
                continue
            logs.start(folder)
            return file
        return logs.log_file(wanted)


def plain(value: Any) -> Any:
    """Return a value as JSON has it: times with their offset (Japan's), dates as ISO 8601, records as objects."""
    if isinstance(value, datetime):
        return in_japan(value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value


def as_file(value: Any) -> str:
    """Return what a JSON file would hold: printed alone it can be saved, and given to the command that reads it."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def read_text(file: Path) -> str:
    """Return what a text file holds, as UTF-8 with or without a mark.

    Raises:
        InvalidInputError: it is not there, is a folder, cannot be read, or is not UTF-8.
    """
    if file.is_dir():
        raise InvalidInputError(_("{file} is a folder. Name a file in it.").format(file=file))
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise no_such_file(file) from error
    except (OSError, ValueError) as error:
        raise InvalidInputError(
            _("{file} cannot be read. Save it as a text file in UTF-8.").format(file=file)
        ) from error


def read_bytes(file: Path) -> bytes:
    """Return what a file holds. Raises InvalidInputError: it is not there, is a folder, or cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise no_such_file(file) from error
    except OSError as error:
        raise InvalidInputError(_("{file} cannot be read. Choose another file.").format(file=file)) from error


def write_bytes(file: Path, data: bytes) -> None:
    """Write a file. Raises InvalidInputError: it cannot be written there."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise InvalidInputError(_("{file} cannot be written. Choose another place.").format(file=file)) from error


def read_json(file: Path) -> Any:
    """Return what a JSON file holds.

    Raises:
        InvalidInputError: it cannot be read, or is not JSON.
    """
    try:
        return json.loads(read_text(file))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(
            _("{file} is not readable JSON. Look for a missing comma or quote.").format(file=file)
        ) from error


def moment(said: str) -> datetime:
    """Return a moment as it is typed, of Japan's clock where it names no zone. Raises InvalidInputError."""
    try:
        found = datetime.fromisoformat(said)
        return in_japan(found if found.tzinfo else found.replace(tzinfo=JAPAN))
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(_("“{time}” is no time. Write it like 2026-12-01T18:00.").format(time=said)) from error


TELL_EVERY = 10_000


def rows_told(face: Face, words: str) -> Callable[[int], None]:
    """Return what tells how far a long file is, every 10,000 rows; `words` is marked and names {rows}."""
    told = 0

    def tell(rows: int) -> None:
        nonlocal told
        if rows // TELL_EVERY > told:
            told = rows // TELL_EVERY
            face.note(_(words).format(rows=f"{rows:,}"))

    return tell


def yen(amount: int | None) -> str:
    """Return an amount as people read it."""
    return "–" if amount is None else _("{yen} yen").format(yen=f"{amount:,}")


def day_and_time(at: datetime | None) -> str:
    """Return a moment as a clock in Japan shows it."""
    return "–" if at is None else in_japan(at).strftime("%Y-%m-%d %H:%M")


pass_face = click.make_pass_decorator(Face)
