"""The parts that pages are made of."""

from __future__ import annotations

from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import CENTER, LEFT, RIGHT, Run
from shopdesk.ui.widgets.buttons import Button, Chip, Painted, icon_button, link, popup_menu
from shopdesk.ui.widgets.cost import CostBar, CostFigure, Part, SentenceBar, ShareBar, ShareList, emphasis
from shopdesk.ui.widgets.dialog import Dialog, confirm
from shopdesk.ui.widgets.drop_zone import DropZone, choose_files, dropped_files
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.inputs import (
    CheckBox,
    Choice,
    NumberField,
    Radio,
    Search,
    Segmented,
    Switch,
    TextArea,
    TextField,
)
from shopdesk.ui.widgets.layouts import clear, hbox, holder, vbox
from shopdesk.ui.widgets.marks import Avatar, Badge, Bar, Count, Dot, Mark, Share, Spinner, Steps, Tabs
from shopdesk.ui.widgets.page import Frame, Header, toolbar
from shopdesk.ui.widgets.phone import BubbleView, Phone
from shopdesk.ui.widgets.progress import BigProgress, ProgressCard
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
from shopdesk.ui.widgets.text import Label, Prose, elided, label, tip
from shopdesk.ui.widgets.toast import Toast
