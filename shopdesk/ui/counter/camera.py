"""A camera instead of a scanner: a mirrored picture, and the code in it read off the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCameraPermission, QCoreApplication, QElapsedTimer, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainterPath
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk import qr
from shopdesk.i18n import _
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.paint import CENTER, Run, blob, draw, smooth
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, Prose, hbox, label, vbox

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraFormat, QVideoFrame

    from shopdesk.ui.tasks import Tasks

LOOKS_EVERY_MS = 80
"""A code is held still for longer than this, and the processor has other things to do."""
DARK = 50
"""Mean brightness, of 255, under which codes are missed for want of light."""
_WIDEST = 1280
_BRIGHTNESS_FROM = QSize(32, 24)
REPEATS_MS = 3000
"""The same code stays before the camera for a while; it is read once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one picture showed: the code's text, '' for none, and how bright it was (0 to 255)."""

    text: str
    brightness: int


def look(picture: QImage) -> Seen:
    """Read the code in a picture."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    text = qr.read(memoryview(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine())
    small = grey.scaled(
        _BRIGHTNESS_FROM, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    points = bytes(small.constBits())
    return Seen(text or "", sum(points) // len(points))


class Camera(Screen):
    """`read` carries the text of a code; `closed` asks for the screen before."""

    read = Signal(str)
    closed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._camera: QCamera | None = None
        self._session = QMediaCaptureSession(self)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._frame)
        self._session.setVideoSink(self.sink)
        self._looking = False
        self._since, self._repeats = QElapsedTimer(), QElapsedTimer()
        self._last = ""
        self._preview = _Preview()
        self._title = label(_("Hold the code before the camera"), "counter_m", align=CENTER)
        self._said = Prose(role="counter_s", tone="text_2", align=CENTER)
        back = KeyButton(_("Without the camera"), icon="x", key="Esc", does=self.back)
        inner = Card(
            self._title, "s3", (self._preview, 1), "s3", self._said, "s4", hbox(..., back, ...), pad="s6", part="panel"
        )
        self.setLayout(vbox(inner, margin="s6"))

    def come(self) -> None:
        """Begin to look; what stands in the way is said."""
        super().come()
        self._last = ""
        self._preview.show_picture(None)
        self._say(_("A hand's width away is best."))
        application = QCoreApplication.instance()
        permission = QCameraPermission()
        status = Qt.PermissionStatus.Granted if application is None else application.checkPermission(permission)
        if status == Qt.PermissionStatus.Undetermined and application is not None:
            application.requestPermission(permission, self, lambda _permission: self._start())
        elif status == Qt.PermissionStatus.Denied:
            self._refused()
        else:
            self._start()

    def stop(self) -> None:
        """Let go of the camera: its light goes off, other programs may have it."""
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type] # Qt takes none
            self._camera.deleteLater()
            self._camera = None

    def back(self) -> None:
        """Go back to the scanner."""
        self.closed.emit()

    def said(self) -> str:
        """Return what stands below the picture."""
        return self._said.text()

    def _start(self) -> None:
        application = QCoreApplication.instance()
        if application is not None and application.checkPermission(QCameraPermission()) == Qt.PermissionStatus.Denied:
            self._refused()
            return
        device = QMediaDevices.defaultVideoInput()
        if device.isNull():
            self._say(_("No camera is connected. Plug one in, or use the scanner or the card number."), wrong=True)
            return
        self.stop()
        self._camera = QCamera(device, self)
        fitting = [one for one in device.videoFormats() if one.resolution().width() <= _WIDEST]
        if fitting:
            self._camera.setCameraFormat(max(fitting, key=_fitness))
        self._camera.errorOccurred.connect(self._failed)
        self._session.setCamera(self._camera)
        self._camera.start()

    def _refused(self) -> None:
        self._say(
            _("This program may not use the camera. Allow it in the system's privacy settings, then come back here."),
            wrong=True,
        )

    def _failed(self, error: QCamera.Error, said: str) -> None:
        if error != QCamera.Error.NoError:
            sentence = _(
                "The camera cannot be used: {why}. Another program may have it; close that, then come back here."
            )
            self._say(sentence.format(why=said or "?"), wrong=True)

    def _frame(self, frame: QVideoFrame) -> None:
        """Take a picture when the last one has been looked at; those between are let go."""
        if self._looking or not self.isVisible() or (self._since.isValid() and self._since.elapsed() < LOOKS_EVERY_MS):
            return
        picture = frame.toImage()
        if picture.isNull():
            return
        self._looking = True
        self._since.start()
        self._preview.show_picture(picture)
        self._tasks.run(self, partial(look, picture), self._looked, failed=self._missed, lane=Lane.READ)

    def _looked(self, seen: Seen) -> None:
        self._looking = False
        if not self.isVisible():
            return
        dark = seen.brightness < DARK
        self._say(
            _("It is too dark. Turn on a light, or make the phone's screen brighter.")
            if dark
            else _("A hand's width away is best."),
            wrong=dark,
        )
        again = seen.text == self._last and self._repeats.isValid() and self._repeats.elapsed() < REPEATS_MS
        if seen.text and not again:
            self._last = seen.text
            self._repeats.start()
            self.read.emit(seen.text)

    def _missed(self, error: Exception) -> None:
        self._looking = False
        self._tasks.default_failed(error)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self._preview.waits = not wrong
        self._preview.update()
        self._said.set_runs(Run(words, tone="warning_text" if wrong else "text_2"))


class _Preview(QWidget):
    """What the camera sees, mirrored: a hand that moves right is seen to move right."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QImage | None = None
        self.waits = True
        """Whether a picture is to come."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("What the camera sees"))

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p, area = theme(), smooth(self), QRectF(self.rect())
        if self._picture is None:
            blob(p, area, "sunken", t.radius("card"))
            if self.waits:
                draw(p, area, _("The picture comes in a moment"), "lead", "text_3", align=CENTER)
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRectF(
            (area.width() - size.width()) / 2, (area.height() - size.height()) / 2, size.width(), size.height()
        )
        edge = QPainterPath()
        edge.addRoundedRect(rect, t.radius("card"), t.radius("card"))
        p.setClipPath(edge)
        p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
        p.translate(area.width(), 0)
        p.scale(-1, 1)
        p.drawImage(rect, self._picture)


def _fitness(form: QCameraFormat) -> tuple[int, float]:
    """Large pictures first, then those that come often."""
    return form.resolution().width() * form.resolution().height(), form.maxFrameRate()
