"""What the shop says of a place: its name, what its code opens, and what is printed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from shopdesk.i18n import _
from shopdesk.links import COLOURS, Wanted
from shopdesk.ui import widgets as w
from shopdesk.ui.links.words import SHADES, WAY_HELP, WAYS
from shopdesk.ui.loyalty.picks import COLOUR_NAMES, Picks, Swatch
from shopdesk.ui.picture_field import PictureField

if TYPE_CHECKING:
    from shopdesk.links import Source
    from shopdesk.ui.studio import Studio

_WAIT_MS = 250


class SourceForm(w.Card):
    """`edited` a moment after something was changed; `save`, `end` and `friends` are what its buttons ask for."""

    edited = Signal()
    save = Signal()
    end = Signal()
    friends = Signal()

    def __init__(self, studio: Studio) -> None:
        self.name, self.note = w.TextField(), w.TextField()
        self.way = w.Choice([(_(title), way) for way, title in WAYS.items()])
        self.headline, self.offer = w.TextArea(lines=2), w.TextField()
        self.picture, self.logo = (
            PictureField(studio, another=_("Change it")),
            PictureField(studio, _("Logo in the middle of the code"), _("Change it")),
        )
        self.colours = Picks(Swatch, [(one, word, _(COLOUR_NAMES[word])) for one, word in SHADES.items()])
        self.keep = w.Button(_("Save"), "primary")
        self._end = w.link(_("Put it away"))
        self._friends = w.link(_("Who came by it"))
        self._way = w.Field(_("The code opens"), self.way)
        self._wanted, self._colour = Wanted(""), COLOURS[0]
        fields = w.vbox(
            w.Field(_("Where it stands"), self.name),
            self._way,
            w.Field(_("Headline"), self.headline),
            w.Field(_("Offer in words"), self.offer, optional=True),
            self.picture,
            w.Field(_("Colour"), self.colours),
            self.logo,
            w.Field(_("Note to yourself"), self.note, optional=True),
            w.hbox(self._friends, ..., self._end),
            ...,
            gap="s4",
            margin="card_inside",
        )
        foot = w.vbox(
            w.line(),
            w.vbox(
                w.Prose(_("Before you print, try it once with your own phone."), role="caption", tone="text_3"),
                self.keep,
                gap="s2",
                margin="card_inside",
            ),
        )
        super().__init__((w.scroller(fields), 1), foot, pad="")
        self._late = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._late.timeout.connect(self._changed)
        self._connect()

    def _connect(self) -> None:
        for button, asks in ((self.keep, self.save), (self._end, self.end), (self._friends, self.friends)):
            button.clicked.connect(lambda _on, asks=asks: asks.emit())
        for line in (self.name, self.note, self.offer):
            line.textEdited.connect(lambda _words: self._late.start())
        self.headline.textChanged.connect(self._late.start)
        self.way.chosen.connect(lambda _way: self._changed())
        self.colours.chosen.connect(self._coloured)
        for picture in (self.picture, self.logo):
            picture.edited.connect(self._changed)

    def show_source(self, source: Source) -> None:
        """Show what is said of a source."""
        self._wanted = said = source.wanted
        for field, words in ((self.name, said.name), (self.note, said.note), (self.offer, said.offer)):
            field.setText(words)
        self.headline.blockSignals(True)
        self.headline.setPlainText(said.headline)
        self.headline.blockSignals(False)
        self.way.set_value(said.way)
        self._colour = said.colour
        self.colours.set_value(said.colour)
        self.picture.show_picture(said.picture)
        self.logo.show_picture(said.logo)
        self._end.set_words(_("Put it away") if source.ended_at is None else _("Use it again"))
        self._show_state()

    def wanted(self) -> Wanted:
        """Return what is said now."""
        return Wanted(
            self.name.text(),
            self.way.value(),
            self.note.text(),
            self.headline.toPlainText(),
            self.offer.text(),
            self.picture.picture,
            self._colour,
            self.logo.picture,
        )

    def dirty(self) -> bool:
        """Whether something is said that is not kept yet."""
        return self.wanted() != self._wanted

    def kept(self) -> None:
        """Take what is said for kept."""
        self._wanted = self.wanted()
        self._show_state()

    def _coloured(self, colour: str) -> None:
        self._colour = colour
        self._changed()

    def _changed(self) -> None:
        self._show_state()
        self.edited.emit()

    def _show_state(self) -> None:
        self._way.set_help(_(WAY_HELP[self.way.value()]))
        self.keep.setEnabled(self.dirty())
