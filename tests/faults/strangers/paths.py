"""H1: paths that lead out of where the pages are, on any operating system."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.strangers.visits import Opened, site

PATHS = 10
"""So many are one case: 20 of them are the table's 200."""
SECRET = "kept-from-strangers.txt"
_UPS = (
    *("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..\\", "..%5c", "%2e%2e%5c", "..%255c"),
    *("....//", "..;/", "..%00/", "..%c0%af", "%c0%ae%c0%ae/", "..%ef%bc%8f", "./", "//", "/./", "%2f", ".%2e/"),
)
_ROOTS = ("/", "/media/", "/media/{picture}/", "/assets/", "/link/", "/webhook/", "/healthz/", "/assets/page.css/")
_TARGETS = (
    *(SECRET, f"home/../{SECRET}", "shop.db", "home/shop.db", "inbox.db", "page.html", "web/said.html", "etc/passwd"),
    *("proc/self/environ", "windows/win.ini", f"{SECRET}::$DATA", f"{SECRET}.", f"{SECRET}%20", f"{SECRET}%00.css"),
    *("CON", "NUL", "aux.txt", "COM1", "page.css::$DATA", "page.css.", "page.css%20", "PAGE~1.CSS"),
)
_WHOLE = (
    *(
        "{folder}",
        "c%3a%5c{name}",
        "C:/{name}",
        "C:{name}",
        "%5c%5c127.0.0.1%5cshare%5c{name}",
        "\\\\127.0.0.1\\c$\\{name}",
    ),
    *(
        "//127.0.0.1/share/{name}",
        "%5c%5c%3f%5cC:%5c{name}",
        "\\\\?\\C:\\{name}",
        "\\\\.\\{name}",
        "file:///{name}",
        "~/{name}",
    ),
)
_OPENED = Opened()
_hooked: list[bool] = []


def traversed(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H1."""

    def make(_number: int, random: Random) -> Check:
        return lambda folder: traverse(stage(), folder, random)

    return make


def traverse(stage: Stage, folder: Path, random: Random) -> None:
    """Ask for what no page is: nothing is there (or the request is none), and no file outside was so much as opened."""
    if not _hooked:
        sys.addaudithook(_OPENED.hook)
        _hooked.append(True)
    (folder / SECRET).write_text("top secret")
    with site(stage, folder) as found, _OPENED.watched() as opened:
        for _ in range(PATHS):
            path = _path(folder, random).replace("{picture}", found.picture)
            for sent in (path, path[1:]) if random.random() < 0.1 else (path,):
                answer = found.get(sent)
                assert answer.status in {400, 404}, (sent, answer.status)
                assert not any(
                    said in answer.body for said in (b"top secret", b"SQLite format", b"root:", b"$title")
                ), sent
        outside = [name for name in opened if Path(name).name.startswith((*_names(), SECRET))]
        assert not outside, outside
        found.hears_line()


def _path(folder: Path, random: Random) -> str:
    """Return a path that is no page."""
    if random.random() < 0.3:
        form = random.choice(_WHOLE)
        whole = form.format(folder=folder / SECRET, name=random.choice(_TARGETS))
        return random.choice(_ROOTS) + whole
    if random.random() < 0.05:
        return random.choice(_ROOTS) + "A" * random.choice((255, 4_096, 30_000))
    ups = random.choice(_UPS) * random.randrange(1, 9)
    return random.choice(_ROOTS) + ups + random.choice(_TARGETS)


def _names() -> tuple[str, ...]:
    return ("passwd", "environ", "win.ini", "shop.db", "inbox.db")
