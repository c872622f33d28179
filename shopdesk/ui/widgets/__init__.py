"""The parts that pages are made of; every colour, size and gap is a name of the theme ("s2", "card_gap", "text_3").

text      label(text, role, tone, bold=, align=)  elided(…)  tip(widget, text)
          Prose(*runs, role=, tone=, align=).set_runs; a run is a string or Run(text, bold, tone)
layouts   hbox(*items, gap="s2", margin="")  vbox(…, gap="")  holder(layout)  clear(layout)  tab_in_order(layout); items: widget,
          layout, (thing, stretch), `...` stretches, "s4" is room, None is left out
          Flow(*widgets).show_items(…): goes on in the next line
buttons   Button(words, kind, icon, size, does=, trailing=)  icon_button(icon, name, does)  link(words, does)
          Chip(words, icon, on=, does=)  popup_menu(parent, [(words, does), None])
inputs    TextField  TitleField  TextArea  NumberField.value()  Search.searched  Choice([(words, value)]).chosen
          Keypad(last row, button).typed  Segmented([(words, value)]).chosen  CheckBox  Radio  Switch
          Field(name, control, note=, help_text=, optional=, check=).valid() .set_count(words, over=)
marks     Badge(words, state, dot=, icon=)  Dot(tone)  Count(n)  Avatar(name)  QrCode(text)  Bar(*Share(part, tone))  Spinner()
          Steps(*names, now=).chosen  Tabs(*names).changed; states: plain accent success warning danger info
surfaces  Card(*items, pad=, gap=, part=)  card_head(*items)  Tile(icon, name, number, unit, note)
          Figure(number, unit, role)  Banner(state, fact, advice, action=, does=)  fact(name, value)  line(vertical=)
          Row(*items, height=, last=, opens=).clicked  scroller(layout)  DropZone(words, hint).dropped
          Fold(title, summary, *body).open(): goes up and down
          EmptyState(icon, fact, advice, *actions)  ErrorState  Skeleton
settings  Narrow(*items): no wider than text reads well; choice(name, help_text, control): one row of it
page      Header(title, purpose, crumb=, back=, actions=)  Frame(header, *body, gap=, foot=)  toolbar(*items)  Sheets
          Beside(main, pane).open_pane() .close_pane()
lists     ListCard([Column(title, cell, width, align)], key, tasks, empty=, sentence=, checks=, foot=).show_listing
          Listing(count, anchors, fetch, key)  fixed(rows)  Cell(words, bold, tone, second, badge=Mark(…))
cost      CostBar(*buttons).show_cost(…)  SentenceBar(*runs).say  emphasis(text)  ShareList(*Part)
          ShareBar(name, share, value)
work      ProgressCard(what, stopping).show_progress  BigProgress()
asking    confirm(parent, question, *facts, verb=, danger=) -> bool  Dialog  listed(layout, most)  choose_files(parent, title)
"""

from __future__ import annotations

from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import CENTER, LEFT, RIGHT, Run
from shopdesk.ui.widgets.beside import Beside
from shopdesk.ui.widgets.buttons import Button, Chip, Painted, icon_button, link, popup_menu
from shopdesk.ui.widgets.choices import CheckBox, Choice, Radio, Segmented, Switch
from shopdesk.ui.widgets.cost import CostBar, CostFigure, Part, SentenceBar, ShareBar, ShareList, emphasis
from shopdesk.ui.widgets.dialog import Dialog, confirm, listed
from shopdesk.ui.widgets.drop_zone import DropZone, choose_files, dropped_files
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.flow import Flow
from shopdesk.ui.widgets.fold import Fold
from shopdesk.ui.widgets.inputs import NumberField, Search, TextArea, TextField, TitleField
from shopdesk.ui.widgets.keypad import MORE, RUB, Keypad, digit_of
from shopdesk.ui.widgets.layouts import clear, hbox, holder, tab_in_order, vbox
from shopdesk.ui.widgets.list_card import ListCard
from shopdesk.ui.widgets.listing import Listing, fixed
from shopdesk.ui.widgets.marks import Avatar, Badge, Bar, Count, Dot, Mark, Share, Spinner
from shopdesk.ui.widgets.page import Frame, Header, Sheets, toolbar
from shopdesk.ui.widgets.progress import BigProgress, ProgressCard
from shopdesk.ui.widgets.qr_code import QrCode
from shopdesk.ui.widgets.settings import Narrow, choice
from shopdesk.ui.widgets.steps import Steps, Tabs
from shopdesk.ui.widgets.surfaces import (
    Banner,
    Card,
    EmptyState,
    ErrorState,
    Figure,
    Row,
    Skeleton,
    Tile,
    card_head,
    fact,
    line,
    scroller,
)
from shopdesk.ui.widgets.table import RowPainter, Table
from shopdesk.ui.widgets.table_model import Cell, Column, LazyTableModel
from shopdesk.ui.widgets.text import Label, Prose, elided, label, tip
from shopdesk.ui.widgets.toast import Toast

__all__ = [
    "CENTER",
    "LEFT",
    "MORE",
    "RIGHT",
    "RUB",
    "Avatar",
    "Badge",
    "Banner",
    "Bar",
    "Beside",
    "BigProgress",
    "Button",
    "Card",
    "Cell",
    "CheckBox",
    "Chip",
    "Choice",
    "Column",
    "CostBar",
    "CostFigure",
    "Count",
    "Dialog",
    "Dot",
    "DropZone",
    "EmptyState",
    "ErrorState",
    "Field",
    "Figure",
    "Flow",
    "Fold",
    "Frame",
    "Header",
    "Icon",
    "Keypad",
    "Label",
    "LazyTableModel",
    "ListCard",
    "Listing",
    "Mark",
    "Narrow",
    "NumberField",
    "Painted",
    "Part",
    "ProgressCard",
    "Prose",
    "QrCode",
    "Radio",
    "Row",
    "RowPainter",
    "Run",
    "Search",
    "Segmented",
    "SentenceBar",
    "Share",
    "ShareBar",
    "ShareList",
    "Sheets",
    "Skeleton",
    "Spinner",
    "Steps",
    "Switch",
    "Table",
    "Tabs",
    "TextArea",
    "TextField",
    "Tile",
    "TitleField",
    "Toast",
    "card_head",
    "choice",
    "choose_files",
    "clear",
    "confirm",
    "digit_of",
    "dropped_files",
    "elided",
    "emphasis",
    "fact",
    "fixed",
    "hbox",
    "holder",
    "icon_button",
    "label",
    "line",
    "link",
    "listed",
    "popup_menu",
    "scroller",
    "tab_in_order",
    "tip",
    "toolbar",
    "vbox",
]
