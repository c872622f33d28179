"""A sitting at the shop's desk: open the shop, show its window, and again after work that needs the shop closed."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from shopdesk import i18n
from shopdesk.at_rest import recover_key
from shopdesk.database import OfflineError, WrongKeyError
from shopdesk.errors import ShopDeskError
from shopdesk.paths import Home, default_home
from shopdesk.shop import open_shop, shop_at
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.interlude import Interlude
from shopdesk.ui.language import speak
from shopdesk.ui.pages import ALONE, load
from shopdesk.ui.refusal import Refusal
from shopdesk.ui.screen import LANGUAGE, SHOP_NAME, Screen

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from shopdesk.shop import Shop
    from shopdesk.ui.interlude import Work
    from shopdesk.ui.opening import Opening


def sit_down(app: QApplication, opening: Opening, home: Path | None, *, counter: bool = False) -> int:
    """Open the shop behind the opening window, then show its own, or the counter; returns the status when that is closed."""
    shop = _opened(app, opening, home)
    if shop is None:
        return 0
    status, work = _window(app, shop, opening, counter=counter)
    while work is not None:
        error = Interlude(work).run()
        shop = _opened(app, opening, home)
        if shop is None:
            return 0
        status, work = _window(app, shop, opening, said=error or work.afterwards)
    return status


def _opened(app: QApplication, opening: Opening, home: Path | None) -> Shop | None:
    """Open the shop; where its key is lost, as soon as the recovery code has brought it back.

    Where its data is elsewhere and cannot be reached, visits are noted until it can; None: that was left before.
    """
    while True:
        try:
            return opening.during(partial(open_shop, home))
        except ShopDeskError as error:
            opening.hide()
            if isinstance(error, OfflineError) and _knows_data(home):
                if _noted_until_back(app, home, opening):
                    continue
                return None
            lost = isinstance(error, WrongKeyError)
            window = Refusal(error, (lambda code: recover_key(code, home)) if lost else None)
            window.show()
            app.exec()
            if not window.recovered:
                raise


def _knows_data(home: Path | None) -> bool:
    """Tell whether this computer has had the shop's data before: with an address that was always wrong there is nothing to note for."""
    return bool(Screen(Home(home or default_home())).get(LANGUAGE))


def _noted_until_back(app: QApplication, home: Path | None, opening: Opening) -> bool:
    """Let visits be noted until the data can be reached, or cannot be opened for another reason; False where that was left before."""
    with closing(shop_at(home)) as shop:
        i18n.set_language(Screen(shop.home).get(LANGUAGE))
        speak(app, i18n.language())
        counter = load(ALONE)(shop, reach=shop.arrive)
        again: bool = counter.serve()
        if again:
            opening.show()  # before the counter goes: an application ends with its last window
        counter.end()
    return again


def _remember(shop: Shop) -> None:
    """Keep on this computer what a counter speaks and shows before data that lies elsewhere can be reached."""
    if not shop.database.on_sqlite:
        kept = Screen(shop.home)
        kept.keep(LANGUAGE, i18n.language())
        kept.keep(SHOP_NAME, str(shop.settings.get("shop_name")))


def _window(
    app: QApplication, shop: Shop, opening: Opening, said: Exception | str = "", *, counter: bool = False
) -> tuple[int, Work | None]:
    """Show the window until it is closed; return its status, and what is to be done before the next one."""
    try:
        speak(app, i18n.language())
        _remember(shop)
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
