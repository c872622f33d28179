"""Rich menus, their aliases and what may be done with many people's menus at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.rehearsal.objects.actions import rich_menu_action
from shopdesk.rehearsal.objects.graphemes import grapheme_length
from shopdesk.rehearsal.objects.shapes import by_type, flag, integer, items, record, string, wrong
from shopdesk.rehearsal.people import USER_ID

if TYPE_CHECKING:
    from shopdesk.rehearsal.answers import Problem

# LINE: a picture 800 to 2500 wide, at least 250 high, and at least 1.45 times as wide as high.
WIDTHS = range(800, 2501)
LEAST_HEIGHT = 250
LEAST_RATIO = 1.45
ALIAS_ID = re.compile(r"[a-z0-9_-]{1,32}")
_RESUME_KEY = re.compile(r"[a-zA-Z0-9_-]{1,100}")
_FAR = (1 << 31) - 1
_ANY_ID = string(1, 100)


def _proportions(value: object, at: str, problems: list[Problem]) -> None:
    if isinstance(value, dict) and value["width"] / value["height"] < LEAST_RATIO:
        wrong(problems, at, f"The ratio of width to height must be {LEAST_RATIO} or more")


_size = record(
    {"width": integer(WIDTHS[0], WIDTHS[-1]), "height": integer(LEAST_HEIGHT, _FAR)},
    {},
    _proportions,
)
_bounds = record({"x": integer(0, _FAR), "y": integer(0, _FAR), "width": integer(1, _FAR), "height": integer(1, _FAR)})

rich_menu = record(
    {
        "size": _size,
        "selected": flag,
        "name": string(1, 300, length=grapheme_length),
        "chatBarText": string(1, 14, length=grapheme_length),
        "areas": items(record({"bounds": _bounds, "action": rich_menu_action}), 0, 20),
    }
)
alias_target = record({"richMenuId": _ANY_ID})
alias = record({"richMenuAliasId": string(1, 32, pattern=ALIAS_ID), "richMenuId": _ANY_ID})
people = items(string(1, 33, pattern=USER_ID), 1, 500)
bulk_link = record({"richMenuId": _ANY_ID, "userIds": people})
bulk_unlink = record({"userIds": people})
batch = record(
    {
        "operations": items(
            by_type(
                {
                    "link": record({"from": _ANY_ID, "to": _ANY_ID}),
                    "unlink": record({"from": _ANY_ID}),
                    "unlinkAll": record({}),
                }
            ),
            1,
            1000,
        )
    },
    {"resumeRequestKey": string(1, 100, pattern=_RESUME_KEY)},
)
