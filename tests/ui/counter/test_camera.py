"""The camera: what stands before it is read, once; the dark and a missing camera are said in words."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QMediaDevices, QVideoFrame

from shopdesk import qr, scancodes
from shopdesk.ui.counter import camera as looking


def picture(text="", ground=150, light=255, size=(640, 480)):
    """A frame of a camera, with a code in its middle."""
    made = QImage(*size, QImage.Format.Format_RGB32)
    made.fill(QColor(ground, ground, ground))
    if text:
        rows, each = qr.squares(text), 5
        side = (len(rows) + 2 * qr.QUIET) * each
        left, top = (size[0] - side) // 2, (size[1] - side) // 2
        with QPainter(made) as p:
            p.fillRect(left, top, side, side, QColor(light, light, light))
            for down, row in enumerate(rows, qr.QUIET):
                for across, dark in enumerate(row, qr.QUIET):
                    if dark:
                        p.fillRect(left + across * each, top + down * each, each, each, QColor(0, 0, 0))
    return made


@pytest.fixture
def seeing(counter):
    """The counter with the camera's screen at the front, and a way to put a picture before it."""
    counter.press("F2")
    camera = counter.window.camera
    assert counter.screen is camera

    def show(image):
        camera._since.invalidate()  # pictures come more often than they are looked at
        camera.sink.setVideoFrame(QVideoFrame(image))
        counter.settle()
        counter.settle()

    return show


def test_a_card_before_the_camera_is_looked_up_and_its_visit_counted(counter, seeing):
    hana = counter.shop.cards.walk_in("Hana")
    seeing(picture())
    assert counter.screen is counter.window.camera
    seeing(picture(hana.code.digits))
    assert counter.screen is counter.screens.person
    counter.press("enter")
    assert counter.balance(hana.card.id) == 1


def test_the_same_code_is_read_once_as_long_as_it_stays_there(counter, seeing):
    read = []
    counter.window.camera.read.disconnect()
    counter.window.camera.read.connect(read.append)
    code = scancodes.new("card").digits
    for _frame in range(3):
        seeing(picture(code))
    assert read == [code]


def test_the_dark_is_said_and_a_missing_camera_too(counter, seeing):
    if QMediaDevices.defaultVideoInput().isNull():
        assert "No camera is connected" in counter.window.camera.said()
        assert not counter.window.camera._preview.waits  # for a picture that does not come
    seeing(picture(ground=12))
    assert "too dark" in counter.window.camera.said()
    seeing(picture(ground=120))
    assert "too dark" not in counter.window.camera.said()
    counter.press("esc")
    assert counter.screen is counter.screens.waiting
    assert counter.window.camera._camera is None


def test_a_dim_picture_is_read_and_its_brightness_known():
    code = scancodes.new("card").digits
    seen = looking.look(picture(code, ground=20, light=70))
    assert seen.text == code
    assert seen.brightness < looking.DARK
