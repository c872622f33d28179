"""Watched folders: a cart's export that appears there is offered, or imported by rule; each file once."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import delete, select, update

from shopdesk.changes import Changes, Topic
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports.records import RULES, FileState, Rule, SeenFile, WatchedFolder
from shopdesk.imports.tables import WatchedFileRow, WatchedFolderRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.imports.records import ImportReport
    from shopdesk.staff import Staff

KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})
SETTLES_SECONDS = 1.0
"""A file whose size and time stay the same for so long is no longer being written."""


class _Found(NamedTuple):
    path: Path
    size: int
    changed_ns: int


class Watching:
    """The watched folders of one shop. `run` imports files at once and returns the report."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        run: Callable[[Sequence[Path]], ImportReport],
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._run = run

    @needs(Act.IMPORT)
    def folders(self) -> list[WatchedFolder]:
        """Return the watched folders by their paths."""
        with self._database.read() as session:
            rows = session.scalars(select(WatchedFolderRow).order_by(WatchedFolderRow.path))
            return [WatchedFolder(row.id, Path(row.path), cast("Rule", row.rule), row.message) for row in rows]

    @needs(Act.IMPORT)
    def files(self, *states: FileState, limit: int = 200) -> list[SeenFile]:
        """Return the files that appeared, the newest first; only those in these states where some are named."""
        row, folder = WatchedFileRow, WatchedFolderRow
        chosen = select(row, folder.path).join(folder, folder.id == row.folder_id)
        if states:
            chosen = chosen.where(row.state.in_(states))
        with self._database.read() as session:
            return [_seen(one, path) for one, path in session.execute(chosen.order_by(row.id.desc()).limit(limit))]

    @needs(Act.IMPORT)
    def watch(self, folder: Path, rule: str = "offer") -> WatchedFolder:
        """Begin to watch a folder, or change its rule. What lies there already is offered too.

        Raises:
            InvalidInputError: there is no such folder, or no such rule.
        """
        place = folder.absolute()
        if rule not in RULES:
            raise InvalidInputError(_("The rule is “offer” or “import”."))
        if not place.is_dir():
            sentence = _("The folder “{folder}” is not there. Connect the drive or choose another folder.")
            raise InvalidInputError(sentence.format(folder=folder))
        with self._database.write() as session:
            row = session.scalar(select(WatchedFolderRow).where(WatchedFolderRow.path == str(place)))
            if row is None:
                row = WatchedFolderRow(path=str(place), message="", created_at=self._clock.now())
                session.add(row)
            row.rule = rule
            session.flush()
            self._staff.record(session, "watch", "folder", [row.id], ["rule"])
        self._changes.tell(Topic.IMPORTS)
        return WatchedFolder(row.id, place, rule, row.message)

    @needs(Act.IMPORT)
    def unwatch(self, folder: Path) -> None:
        """Watch a folder no longer; what was imported from it stays.

        Raises:
            NotFoundError: it is not watched.
        """
        with self._database.write() as session:
            row = session.scalar(select(WatchedFolderRow).where(WatchedFolderRow.path == str(folder.absolute())))
            if row is None:
                raise NotFoundError(_("“{folder}” is not watched. “imports watched” shows all.").format(folder=folder))
            session.execute(delete(WatchedFolderRow).where(WatchedFolderRow.id == row.id))
            self._staff.record(session, "unwatch", "folder", [row.id])
        self._changes.tell(Topic.IMPORTS)

    @needs(Act.IMPORT)
    def look(self, beat: Callable[[], object], ours: Container[Path] = ()) -> list[SeenFile]:
        """Look into every folder and return the files that are new, with what was done about each.

        `beat` is called between files; `ours` are files that this shop wrote itself: they bring no news.
        """
        done: list[SeenFile] = []
        for folder in self.folders():
            for one in self._new_in(folder):
                if one.path in ours:
                    continue
                beat()
                taken = self._take(folder, one)
                if taken is not None:
                    done.append(taken)
        if done:
            self._changes.tell(Topic.IMPORTS)
        return done

    @needs(Act.IMPORT)
    def leave(self, file_id: int) -> None:
        """Put an offered file aside: it is not offered again."""
        self._set([file_id], "left")

    @needs(Act.IMPORT)
    def note_imported(self, files: Sequence[Path], import_id: int | None) -> None:
        """Note that a person imported these files, so that they are offered no longer."""
        names = {str(file.absolute()) for file in files}
        waiting = [one.id for one in self.files("offered", "unsure") if str(one.path) in names]
        if waiting:
            self._set(waiting, "imported", import_id)

    def _set(self, ids: list[int], state: FileState, import_id: int | None = None) -> None:
        with self._database.write() as session:
            row = WatchedFileRow
            values = {"state": state, "import_id": import_id, "message": ""}
            session.execute(update(row).where(row.id.in_(ids)).values(**values))
            self._staff.record(session, "note", "watched file", ids, ["state"])
        self._changes.tell(Topic.IMPORTS)

    def _new_in(self, folder: WatchedFolder) -> list[_Found]:
        """The files of a folder that were never seen and are whole."""
        try:
            found, message = _listed(folder.path), ""
        except OSError:
            found, message = [], _("This folder cannot be looked into. Connect the drive, or watch another folder.")
        if message != folder.message:
            with self._database.write() as session:
                session.execute(
                    update(WatchedFolderRow).where(WatchedFolderRow.id == folder.id).values(message=message)
                )
            self._changes.tell(Topic.IMPORTS)
        with self._database.read() as session:
            row = WatchedFileRow
            known = {
                tuple(one)
                for one in session.execute(select(row.name, row.size, row.changed_ns).where(row.folder_id == folder.id))
            }
        fresh = [one for one in found if (one.path.name, one.size, one.changed_ns) not in known]
        if fresh:
            time.sleep(SETTLES_SECONDS)
        return [one for one in fresh if _look_at(one.path) == one]

    def _take(self, folder: WatchedFolder, found: _Found) -> SeenFile | None:
        """Note one new file and do what the folder's rule says; None where its bytes were here before."""
        try:
            with found.path.open("rb") as file:
                digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
        except OSError:  # kept open by another program: the next look meets it again
            return None
        with self._database.write() as session:
            state = "left" if _was_here(session, folder.id, digest) else "offered"
            row = WatchedFileRow(
                folder_id=folder.id,
                name=found.path.name,
                size=found.size,
                digest=digest,
                changed_ns=found.changed_ns,
                state=state,
                message="",
                import_id=None,
                seen_at=self._clock.now(),
            )
            session.add(row)
            session.flush()
        if state == "left":
            return None
        return self._imported(row, found.path) if folder.rule == "import" else _seen(row, str(folder.path))

    def _imported(self, row: WatchedFileRow, path: Path) -> SeenFile:
        """Import one by rule; whatever is unclear about it is a person's to decide."""
        try:
            report = self._run([path])
            state, message, import_id = "imported", "", report.import_id
        except ShopDeskError as error:
            state, message, import_id = "unsure", error.message, None
        with self._database.write() as session:
            kept = session.get_one(WatchedFileRow, row.id)
            kept.state, kept.message, kept.import_id = state, message, import_id
            session.flush()
            return _seen(kept, str(path.parent))


def _listed(folder: Path) -> list[_Found]:
    """The files of a folder that may be exports: no hidden ones, no halves of a download, no traces of Excel."""
    names = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in KINDS and not path.name.startswith((".", "~$")) and path.is_file()
    )
    return [found for found in map(_look_at, names) if found is not None and found.size]


def _look_at(path: Path) -> _Found | None:
    try:
        said = path.stat()
    except OSError:
        return None
    return _Found(path, said.st_size, said.st_mtime_ns)


def _was_here(session: Session, folder_id: int, digest: str) -> bool:
    row = WatchedFileRow
    return session.scalar(select(row.id).where(row.folder_id == folder_id, row.digest == digest)) is not None


def _seen(row: WatchedFileRow, folder: str) -> SeenFile:
    state = cast("FileState", row.state)
    return SeenFile(row.id, Path(folder) / row.name, state, row.message, row.import_id, row.seen_at)
