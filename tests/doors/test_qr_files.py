"""QR codes as files: each is drawn by a reader of its kind and read back; what cannot be read is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColorConstants, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtSvg import QSvgRenderer

from shopdesk import pictures, qr
from shopdesk.qr import files

ADDRESS = "https://line.me/R/oaMessage/%40mihon/?%E5%8F%8B%E3%81%A0%E3%81%A1%E8%BF%BD%E5%8A%A0%20K7M2XQ"


def logo() -> bytes:
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((60, 10, 240, 190), fill="#b0524a")
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def of_svg(text: str, side: int) -> QImage:
    image = QImage(QSize(side, side), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def of_pdf(data: bytes, side: int, tmp_path) -> QImage:
    (tmp_path / "code.pdf").write_bytes(data)
    document = QPdfDocument()
    assert document.load(str(tmp_path / "code.pdf")) == QPdfDocument.Error.None_
    size = document.pagePointSize(0)
    assert (round(size.width() / 72 * 25.4), document.pageCount()) == (20, 1)
    image = QImage(QSize(side, side), QImage.Format.Format_RGB32)
    image.fill(QColorConstants.White)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(0, QSize(side, side)))
    painter.end()
    return image


def text_in(image: QImage) -> str | None:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return qr.read(memoryview(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine())


@pytest.mark.parametrize("with_logo", [False, True])
def test_every_kind_of_file_is_read_back(qapp, tmp_path, with_logo):
    code = files.styled(ADDRESS, "#30499b", logo() if with_logo else b"")
    side = code.side * 4
    drawn = QImage()
    assert drawn.loadFromData(files.png(code, 4))
    for image in (drawn, of_svg(files.svg(code), side), of_pdf(files.pdf(code, 20), side, tmp_path)):
        assert (image.width(), text_in(image)) == (side, ADDRESS)
        # Four squares of light around, and what is dark has the shop's colour.
        for at in range(side):
            assert image.pixelColor(at, 15).name() == image.pixelColor(15, at).name() == "#ffffff"
        assert image.pixelColor(18, 18).name() == "#30499b"
        middle = image.pixelColor(side // 2, side // 2).name()
        assert (middle == "#b0524a") == with_logo


def test_what_does_not_read_back_is_not_drawn(monkeypatch):
    with pytest.raises(files.UnreadableCodeError):
        files.styled(ADDRESS, "#fff2a8")
    with pytest.raises(pictures.PictureError):
        files.styled(ADDRESS, logo=b"no picture")
    monkeypatch.setattr("shopdesk.qr.drawing._COVERED", 0.6)  # a logo as large as some shops want it
    with pytest.raises(files.UnreadableCodeError):
        files.styled(ADDRESS, logo=logo())


def test_the_code_of_a_picture_is_read():
    code = files.styled(ADDRESS)
    grey, width, height = pictures.grey(files.png(code, 5))
    assert qr.read(grey, width, height, width) == ADDRESS
    assert zxingcpp.read_barcodes(Image.open(BytesIO(files.png(code, 5))))[0].ec_level == "M"
