"""Log files in the home, without secrets and without what customers wrote."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SECRETS = re.compile(
    r"(?i)(authorization|x-line-signature|[a-z_-]*secret|[a-z_-]*token|api[_-]?key|password)"
    r"(['\"]?\s*[:=]\s*['\"]?)(bearer\s+)?[^\s'\",}&]+"
)
_USER_IDS = re.compile(r"\bU[0-9a-f]{32}\b")
# PostgreSQL says in it which values there were, in as many lines as they have.
_DETAIL = re.compile(r"(?ms)^(DETAIL|CONTEXT):.*?(?=^\[SQL: |^The above exception |^During handling |\Z)")


def redact(text: str) -> str:
    """Take secrets, LINE user ids and the values of refused rows out of a line."""
    return _DETAIL.sub(r"\1: …\n", _USER_IDS.sub("U…", _SECRETS.sub(r"\1\2…", text)))


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def log_file(folder: Path) -> Path:
    """Return the file that sentences about unexpected errors name."""
    return folder / "shopdesk.log"


def file_in_use() -> Path | None:
    """Return the file this process logs to, None before `start`."""
    return next(
        (Path(one.baseFilename) for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)), None
    )


def start(folder: Path) -> None:
    """Log to rotating files in `folder`; safe to call again for another home."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    handler = RotatingFileHandler(log_file(folder), maxBytes=1_000_000, backupCount=5, encoding="utf-8", delay=True)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
