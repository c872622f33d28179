"""Every dialog and page of customers, segments and imports over a shop of difficult names.

`python tests/ui/dialogs.py FOLDER` draws them to PNG, in Japanese and English, light and dark.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from shopdesk import i18n
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.customers import Change, Filter
from shopdesk.exports import NewSchedule, Timing
from shopdesk.segments import AllOf, Condition
from shopdesk.shop import open_shop
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.customers.choosing import ColumnsDialog
from shopdesk.ui.customers.conditions import ConditionDialog
from shopdesk.ui.customers.consents import ConsentsDialog
from shopdesk.ui.customers.many import EditsDialog, ManyDialog
from shopdesk.ui.customers.own import FieldsDialog, ValueDialog
from shopdesk.ui.customers.relating import RelateDialog
from shopdesk.ui.exporting import ExportDialog, Wanted
from shopdesk.ui.imports.regular_forms import ScheduleDialog
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.menus.timing import TimesDialog
from shopdesk.ui.notices import Notices
from shopdesk.ui.segments.reasons import WhyDialog
from shopdesk.ui.segments.venn import VennDialog
from shopdesk.ui.tasks import Tasks
from shopdesk.ui.widgets import Dialog, Prose
from tests.people import order, person, product

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from shopdesk.shop import Shop

NAMES = (
    ("髙橋 﨑子", "タカハシ サキコ"),
    ("𠮷野家 𠮷之助", "ヨシノヤ ヨシノスケ"),
    ("見本 花子🍰👨‍👩‍👧‍👦", "ミホン ハナコ"),
    ("<b>架空</b> <img src=file:///x>&amp;", "カクウ"),
    ("\u202e子花 本見 られかえさ", "ミホン"),
    ("例" + "\u0301" * 2_000 + "示", "レイジ"),
    ("Maximiliana-Theodora van der Beispielhausen-Mustermann zu Langenfeld", ""),
    ("株式会社みほんほんもの本舗東日本物流センター第二倉庫気付 例題 太郎左衛門", "レイダイ タロウザエモン"),
    ("", ""),
    ("محمد مثال", ""),
    ("仮名 みさき", "カメイ ミサキ"),
    ("試村 ゆう", "シムラ ユウ"),
)
LONG = "さいごの注文から三か月がすぎて、それまでに五回より多く季節のお菓子を買ってくださった東日本の方"
RULE = AllOf((Condition("orders.count", "at_least", 2), Condition("orders.last", "before_days", 3)))
OTHER = AllOf((Condition("orders.nth", "equals", 2, 365), Condition("customer.prefecture", "is", ("東京都",))))


def fill(shop: Shop, many: int = 50) -> list[int]:
    """Write `many` people with orders, tags, fields, consents, doubles and an edit of many; return their numbers."""
    now, cake = shop.clock.now(), product(shop, "季節のフルーツタルト 18cm（ギフト包装・メッセージプレート付き）")
    made = []
    for n in range(many):
        name, kana = NAMES[n % len(NAMES)]
        address = "東京都千代田区みほん町一丁目二番三号 みほんグランドタワーレジデンス東館 1234号室"
        more = {
            "postal": f"10{n // 12:05}",
            "prefecture": "東京都",
            "address": address,
            "email": f"kyaku{n}@example.jp",
        }
        made.append(person(shop, name, kana, phone=f"+8190000{n % 40:05}", **more))
        for back in range(n % 4):
            order(shop, made[-1], now - timedelta(days=n + 40 * back), 4_860 + n, (cake,))
    if made:
        _adorn(shop, made)
    return made


def _adorn(shop: Shop, made: list[int]) -> None:
    customers = shop.customers
    for name, kind in (
        ("すきな色", "text"),
        ("会員になった日", "date"),
        ("とても長い名前の独自項目の名前です", "number"),
    ):
        field = customers.fields.make(name, kind)
        customers.fields.set(made[0], field.id, {"text": "あか", "date": "2020/4/1", "number": "12345"}[kind])
    customers.tag(made[:9], "常連さん")
    customers.edits.make(Change("tag", "とても長いタグの名前をつけるとこうなります"), made[:30])
    for on in (False, True):
        customers.consents.set(made[0], "mail", on=on)
    shop.segments.save(LONG, RULE)


def regular(shop: Shop, folder: Path) -> None:
    """Watch a folder where a file waits, and write two tables at set times."""
    watched = folder / "カートからの注文ファイルを置いておくフォルダー"
    watched.mkdir()
    (watched / "お客様ノート（とても長い名前のファイル）_2026年11月.csv").write_text(
        "お客様,連絡先\n見本 花子,090-0000-0001\n", "cp932"
    )
    shop.imports.watching.watch(watched)
    shop.imports.watching.look(lambda: None)
    shop.exports.schedules.save(NewSchedule("毎週の顧客", "customers", str(folder), Timing("weekly")))
    shop.exports.schedules.save(NewSchedule("月末の注文", "orders", str(folder), Timing("monthly", day=31), kind="csv"))
    shop.exports.schedules.run_now("毎週の顧客")


def dialogs(parent: QWidget, shop: Shop, tasks: Tasks) -> dict[str, Callable[[], QDialog]]:
    """Return how each dialog is made, by its name. The shop has been filled."""
    customers = shop.customers
    first = customers.page(Filter(), None, 50)
    hana = customers.get(first[-1].id)
    hard = customers.get(next((one.id for one in first if one.name.startswith("<b>")), hana.id))
    fields = customers.fields.all()
    people = parent.people
    segments = [(one.title, one.rule) for one in shop.segments.ready() if not one.asks]

    def why() -> QDialog:
        made = WhyDialog(parent, AllOf((*RULE.parts, *OTHER.parts)), shop, tasks)
        made.show_person(hard.id)
        return made

    def relate() -> QDialog:
        made = RelateDialog(parent, shop, tasks, hard)
        made.search.setText("ミホン")
        made.search.searched.emit("ミホン")
        return made

    return {
        "columns": lambda: ColumnsDialog(parent, people.known, people.kept()),
        "condition": lambda: ConditionDialog(parent, people.known, fields, ["shop"]),
        "consents": lambda: ConsentsDialog(parent, hana, customers.consents.history(hana.id)),
        "change-many": lambda: ManyDialog(parent, 12, fields),
        "edits": lambda: EditsDialog(parent, customers.edits.latest(), fields, lambda _id: None),
        "fields": lambda: FieldsDialog(parent, shop, tasks, str),
        "field-value": lambda: ValueDialog(parent, fields[-1], "12345"),
        "relate": relate,
        "menu-times": lambda: TimesDialog(parent, shop.clock, shop.clock.now(), None),
        "forget": lambda: Dialog(parent, hard.name * 3, Prose(LONG), verb=LONG[:8], kind="stop"),
        "export": lambda: ExportDialog(parent, shop, Wanted(LONG), "xlsx"),
        "schedule": lambda: ScheduleDialog(parent, shop, [LONG], None),
        "venn": lambda: VennDialog(parent, (LONG, RULE), segments, shop.segments, tasks),
        "why": why,
    }


class Window:
    """A window over a shop, as the program opens it."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.tasks = shop, Tasks()
        notices = Notices(shop.home.logs / "shopdesk.log")
        self.live = Live(shop.changes, self.tasks, shop.database.changed_elsewhere)
        self.window = MainWindow(shop, self.tasks, self.live, notices)
        self.window.resize(1280, 800)
        self.window.show()

    def show(self, key: str, **what: object) -> QWidget:
        """Bring a page to the front and return it."""
        self.window.show_page(key, **what)
        self.settle()
        return self.window.page()

    def settle(self) -> None:
        """Wait until all that was asked for is on the screen."""
        for _turn in range(3):
            self.tasks.settle()
            QApplication.processEvents()

    def close(self) -> None:
        """End it."""
        self.live.close()
        self.tasks.close()
        self.window.deleteLater()


def draw(window: Window, folder: Path, name: str) -> None:
    """Draw the pages with their people, then each dialog by itself."""
    shop = window.shop
    page = window.show("customers")
    people = shop.customers.page(Filter(), None, 50)

    def shot(what: str, of: QWidget | None = None) -> None:
        window.settle()
        (of or window.window).grab().save(str(folder / f"{name}-{what}.png"))

    shot("customers")
    if people:
        page.people.model.checked.keys = {one.id for one in people[:3]}
        page.people.foot.show_checked(3)
        page.open(people[len(people) // 3].id)
        shot("customers-person")
        page.look_for_doubles()
        shot("doubles")
        for pair in shop.customers.doubles.to_decide(1):
            page.joining.merge(pair.one, pair.other)
            shot("merge")
            page.back()
        page.back()
        for key, make in dialogs(page, shop, window.tasks).items():
            dialog = make()
            dialog.open()
            shot(f"dialog-{key}", dialog)
            dialog.reject()
    window.show("imports", regular=True)
    shot("regular")
    window.show("imports", past=True)
    shot("past")
    window.show("segments")
    shot("segments")
    if people:
        window.show("segments", segment=LONG)
        shot("segment")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    appearance = Appearance(QApplication([]), "light")
    for many in map(int, sys.argv[2:] or ("50",)):
        with TemporaryDirectory() as home:
            os.environ["SHOPDESK_INSTANCE_FILE"] = f"{home}/instance"
            shop = open_shop(Path(home) / "home", clock=FixedClock(datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN)))
            fill(shop, many)
            regular(shop, Path(home))
            for language, scheme in (("ja", "light"), ("ja", "dark"), ("en", "light")):
                i18n.set_language(language)
                appearance.apply(scheme)
                window = Window(shop)
                draw(window, folder, f"{many}-{language}-{scheme}")
                window.close()
            shop.close()


if __name__ == "__main__":
    main()
