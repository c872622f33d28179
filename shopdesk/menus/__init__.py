"""Rich menus: what stands below the talk, with tabs, for everybody or for a segment."""

from shopdesk.menus.checking import problems
from shopdesk.menus.layouts import COLOURS, LAYOUTS, SIZES, areas, layout_of
from shopdesk.menus.person import MenuPart
from shopdesk.menus.precedence import ahead
from shopdesk.menus.records import (
    Action,
    Area,
    Design,
    Does,
    Menu,
    Plan,
    Problem,
    Settled,
    Standing,
    Tab,
    TabClicks,
)
from shopdesk.menus.service import MenuProblemError, Menus, new_key
from shopdesk.menus.settling import StoppedError
from shopdesk.menus.writing import dump, parse

__all__ = [
    "COLOURS",
    "LAYOUTS",
    "SIZES",
    "Action",
    "Area",
    "Design",
    "Does",
    "Menu",
    "MenuPart",
    "MenuProblemError",
    "Menus",
    "Plan",
    "Problem",
    "Settled",
    "Standing",
    "StoppedError",
    "Tab",
    "TabClicks",
    "ahead",
    "areas",
    "dump",
    "layout_of",
    "new_key",
    "parse",
    "problems",
]
