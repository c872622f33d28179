"""A link made for one customer in the window: the QR code that is painted is read back, and links whoever uses it."""

from __future__ import annotations

import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication, QImage

from shopdesk.customers import NewCustomer
from shopdesk.ui.customers.link_card import LinkCardDialog, QrCode
from shopdesk.ui.customers.page import CustomersPage


def read(widget) -> str:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    (found,) = zxingcpp.read_barcodes(rows)
    return str(found.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_painted_code_is_read_in_both_themes(qtbot, appearance, scheme):
    appearance.apply(scheme, "standard")
    code = QrCode("https://shop.example.jp/link/abcdefghijklmnopqrstuv")
    qtbot.addWidget(code)
    code.show()
    assert read(code) == "https://shop.example.jp/link/abcdefghijklmnopqrstuv"


def test_a_link_is_made_beside_linking_by_hand(open_page, desk, monkeypatch):
    hana = desk.shop.customers.add(NewCustomer(name="見本 花子")).id
    opened = open_page(CustomersPage, customer=hana)
    opened.settle()
    pane = opened.page.pane
    pane.link()
    opened.settle()
    pane.linking.card.click()
    opened.settle()
    assert "fixed public address" in opened.toast().accessibleName()

    desk.shop.settings.set("public_url", "https://shop.example.jp")
    seen = []

    def look(dialog):
        dialog.show()
        seen.append((dialog.url.text(), read(dialog.findChild(QrCode)), dialog.windowTitle()))
        dialog.accept()
        return LinkCardDialog.DialogCode.Accepted

    monkeypatch.setattr(LinkCardDialog, "exec", look)
    pane.linking.card.click()
    opened.settle()
    ((url, painted, title),) = seen
    assert url == painted == QGuiApplication.clipboard().text()
    assert url.startswith("https://shop.example.jp/link/")
    assert "見本 花子" in title
