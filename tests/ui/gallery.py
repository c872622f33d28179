"""All parts on one page: python tests/ui/gallery.py FOLDER draws them to PNG, light, dark and large."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from shopdesk.ui import widgets as w
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.phone import Phone
from shopdesk.ui.widgets import Card, Run, hbox, label, vbox


def _card(name: str, *items, gap: str = "mid") -> Card:
    return Card(label(name, "caption", "text_3"), *items, gap=gap, pad=("s4", "button_side"))


def buttons() -> Card:
    off = w.Button("まだ押せません")
    off.setEnabled(False)
    return _card(
        "ボタン",
        hbox(
            w.Button("送る", "primary"),
            w.Button("もどる"),
            w.Button("条件をたす", "quiet"),
            w.Button("消す", "danger"),
            ...,
        ),
        hbox(w.Button("ためす", "accent", "message-circle"), w.Button("Excel に出す", icon="download"), off, ...),
        hbox(
            w.Button("3 人を消す", "stop"),
            w.Button("小さい", size="control_small"),
            w.Button("大きい", "primary", size="control_large"),
            ...,
        ),
    )


def inputs() -> Card:
    phone = w.Field(
        "電話番号", w.TextField("090-0000"), check=lambda: "けたが足りません。10 けたか 11 けたで入れてください。"
    )
    phone.valid()
    name = w.Field(
        "お店の名前", w.TextField("みほん洋菓子店"), note="お客さまに見えます", help_text="あとから変えられます。"
    )
    row = hbox(
        w.CheckBox("LINE", on=True),
        w.CheckBox("メール"),
        w.Radio("今すぐ", on=True),
        w.Radio("予約"),
        ...,
        w.Switch("a", on=True),
        w.Switch("b"),
    )
    days = w.Choice([("60 日より前", 60), ("30 日より前", 30)], width=140)
    choices = hbox(days, w.Segmented([("すべて", 1), ("どれか", 2)]), w.NumberField(60), ...)
    return _card("入力", name, phone, row, choices, w.Search("名前・かな・電話・メールでさがす"))


def marks() -> Card:
    one = hbox(
        w.Badge("友だち", dot=True),
        w.Badge("下書き"),
        w.Badge("常連", "accent"),
        w.Badge("公開中", "success", icon="check"),
        w.Badge("期限まで 3 日", "warning"),
        ...,
        gap="label_gap",
    )
    two = hbox(
        w.Badge("ブロック中", "danger"),
        w.Badge("自動", "info"),
        w.Count(3),
        w.Avatar("見本 花子"),
        w.Avatar("例示 太郎"),
        w.Avatar("架空 美咲"),
        w.Avatar("例 まゆみ"),
        w.Spinner(),
        ...,
        gap="label_gap",
    )
    chips = hbox(w.Chip("2回以上", on=True), w.Chip("条件をたす", "plus"), w.Chip("常連"), ...)
    bars = vbox(
        w.Bar(w.Share(0.68, "accent"), w.Share(0.28, "chart_soft"), w.Share(0.04, "chart_6")),
        "s2",
        w.Bar(w.Share(0.92, "warning_solid")),
    )
    return _card(
        "しるし・札",
        one,
        two,
        chips,
        w.Steps("だれに", "なにを", "いつ", now=1),
        w.Tabs("できごと", "注文", "メモ"),
        bars,
        ...,
    )


def banners() -> Card:
    return _card(
        "お知らせの帯",
        w.Banner("info", "読み取ると、置き場所ごとに数えられます。"),
        w.Banner("success", "642 人が受け付けました。"),
        w.Banner("warning", "今月送れる残りは 412 通です。", action="見る"),
        w.Banner("danger", "LINE につながりません。", "鍵が古いようです。", action="入れ直す", below=True),
    )


def progress() -> Card:
    made = w.ProgressCard("取り込んでいます", "止めると、何も書きこまずに終わります。", stop="止める")
    made.show_progress(812, 1264, "812 / 1,264 行・あと 4 秒")
    return made


def states() -> Card:
    error = w.ErrorState("一覧を読めませんでした。", "ほかのパソコンが書きこみ中のようです。")
    skeleton = w.Skeleton(3)
    skeleton.setFixedHeight(132)
    return Card(skeleton, error, pad="")


def money() -> Card:
    bar = w.CostBar(w.Button("送る", "primary"), figures=2)
    figures = [w.CostFigure("届く方", "193 人"), w.CostFigure("追加の料金", "0 円")]
    bar.show_cost(figures, "今月の残り", "412 → 219 通", 0.6, 0.1)
    parts = (
        w.Part("LINE で届く", "193 人", 0.68, "accent"),
        w.Part("まだ結びついていない", "79 人", 0.28, "chart_soft"),
    )
    return Card(
        w.SentenceBar(w.emphasis("2回以上"), "買っていて、さいごの注文が", w.emphasis("60日より前"), "の方"),
        bar,
        w.ShareList(*parts),
        gap="s3",
    )


def empty() -> Card:
    action = w.Button("クーポンを作る", "primary", "plus")
    return Card(
        w.EmptyState(
            "ticket",
            "クーポンはまだありません",
            "作って LINE で送ると、使われた日とレジがここに並びます。",
            action,
            w.link("見本から作る"),
        ),
        pad="",
    )


def drop() -> QWidget:
    return w.DropZone("別のファイルをここへ置く", "Excel・CSV をいくつでも")


def letters() -> Card:
    rows = [
        label("ページの名前　22/32", "title"),
        label("見出し　16/24", "section"),
        label("本文。読みやすい行の高さ　14/22"),
        label("そえる文　13/20", "small", "text_2"),
    ]
    return Card(w.Figure("1,806", "人　36/44", "figure_xl"), *rows, gap="s1")


def dialog() -> Card:
    text = w.Prose(
        "193 通を数えます。追加の料金は ",
        Run("0 円", bold=True),
        "、今月の残りは 219 通になります。送ったあとは取り消せません。",
        tone="text_2",
    )
    return Card(
        label("193 人に送りますか？", "section"),
        "s2",
        text,
        "s4",
        hbox(..., w.Button("もどる"), w.Button("193 人に送る", "primary")),
        pad="s5",
        part="dialog",
    )


class Gallery(QWidget):
    """Three columns of parts."""

    def __init__(self) -> None:
        super().__init__()
        one = vbox(buttons(), inputs(), (marks(), 1), gap="s3")
        two = vbox(banners(), progress(), states(), (money(), 1), gap="s3")
        texts = (
            "見本 花子 さん、こんにちは。\nみほん洋菓子店の見本です。\n\n今年も栗のモンブランを焼きはじめました。",
            "お待ちしています",
        )
        phone = Phone("みほん洋菓子店", [{"type": "text", "text": text} for text in texts])
        three = vbox(empty(), dialog(), drop(), letters(), ..., gap="s3")
        self.setLayout(hbox((one, 1), (two, 1), (three, 1), phone, gap="s4", margin=("s6", "s5")))
        self.setFocusPolicy(w.buttons.Qt.FocusPolicy.ClickFocus)
        self.setFocus()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    appearance = Appearance(app, "light")
    page = Gallery()
    page.resize(1600, 940)
    page.show()
    for name, scheme, scale in (
        ("light", "light", "standard"),
        ("dark", "dark", "standard"),
        ("largest", "light", "largest"),
    ):
        appearance.apply(scheme, scale)
        if scale == "largest":
            page.resize(2060, 1240)
        for _ in range(5):
            app.processEvents()
        page.grab().save(str(folder / f"gallery-{name}.png"))


if __name__ == "__main__":
    main()
