"""A sitting at the shop's desk: open the shop, show its window, and again after work that needs the shop closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk import i18n
from shopdesk.at_rest import recover_key
from shopdesk.database import WrongKeyError
from shopdesk.errors import ShopDeskError
from shopdesk.shop import open_shop
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.interlude import Interlude
from shopdesk.ui.language import speak
from shopdesk.ui.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from shopdesk.shop import Shop
    from shopdesk.ui.interlude import Work
    from shopdesk.ui.opening import Opening


def sit_down(app: QApplication, opening: Opening, home: Path | None, *, counter: bool = False) -> int:
    """Open the shop behind the opening window, then show its own, or the counter; returns the status when that is closed."""
    status, work = _window(app, _opened(app, opening, home), opening, counter=counter)
    while work is not None:
        error = Interlude(work).run()
        status, work = _window(app, _opened(app, opening, home), opening, said=error or work.afterwards)
    return status


def _opened(app: QApplication, opening: Opening, home: Path | None) -> Shop:
    """Open the shop; where its key is lost, as soon as the recovery code has brought it back."""
    while True:
        try:
            return opening.during(partial(open_shop, home))
        except ShopDeskError as error:
            opening.hide()
            lost = isinstance(error, WrongKeyError)
            window = Refusal(error, (lambda code: recover_key(code, home)) if lost else None)
            window.show()
            app.exec()
            if not window.recovered:
                raise


def _window(
    app: QApplication, shop: Shop, opening: Opening, said: Exception | str = "", *, counter: bool = False
) -> tuple[int, Work | None]:
    """Show the window until it is closed; return its status, and what is to be done before the next one."""
    try:
        speak(app, i18n.language())
        desktop = Desktop(app, shop)
        opening.hand_place_to(desktop.window)
        desktop.open(counter=counter)
        opening.make_way()
        if said:
            desktop.window.show_page("settings", section="key")
            desktop.notices.done(said) if isinstance(said, str) else desktop.notices.error(said)
        try:
            return app.exec(), desktop.wanted
        finally:
            desktop.close()
            desktop.window.deleteLater()
    finally:
        shop.close()
