"""What LINE takes at most. Every figure is from LINE's reference of the Messaging API, as read in August 2026."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal, NamedTuple

# How LINE counts a text: UTF-16 code units, or characters as a reader sees them ("Character counting in a text").
Unit = Literal["units", "graphemes"]


class Room(NamedTuple):
    """How much fits: at most `most`, counted in `unit`."""

    most: int
    unit: Unit = "units"


# One request.
MESSAGES_PER_REQUEST = 5
REQUEST_BYTES = 2 * 1024 * 1024  # more is answered 413
MULTICAST_PEOPLE = 500

# "Text message", "Text message (v2)".
TEXT_UNITS = 5000
EMOJIS = 20
SUBSTITUTIONS = 100

# What every message can have: "Quick reply", "Change icon and display name".
QUICK_REPLIES = 13
SENDER_NAME = Room(20)
FORBIDDEN_IN_SENDER = re.compile(r"(?<![a-z])line(?![a-z])", re.IGNORECASE)  # "Certain words such as `LINE`"

# Addresses: of pictures, videos and sounds ("HTTPS, TLS 1.2 or later"), and of what a tap opens.
MEDIA_ADDRESS = Room(2000)
LINK = Room(1000)
LINK_SCHEMES = ("https://", "http://", "line://", "tel:")

# "Message types": what notifications and talk lists show of what is no text.
ALT_TEXT_UNITS = 1500
PLACE = Room(100)  # title and address of a location
TRACKING = Room(100)  # of a video
DELIVERY_TAG = Room(30)

# "Imagemap message".
IMAGEMAP_WIDTH = 1040
IMAGEMAP_WIDTHS = (240, 300, 460, 700, 1040)
IMAGEMAP_ACTIONS = 50
IMAGEMAP_SAID = Room(400)
IMAGEMAP_LABEL = Room(100)
IMAGEMAP_LINK_LABEL = Room(30)

# "Template messages".
TITLE = Room(40, "graphemes")
BUTTONS_TEXT = Room(160, "graphemes")
COLUMN_TEXT = Room(120, "graphemes")
SHORT_TEXT = Room(60, "graphemes")  # of both, beside a title or a picture
CONFIRM_TEXT = Room(240, "graphemes")
BUTTONS = 4
CONFIRM_BUTTONS = 2
COLUMN_BUTTONS = 3
COLUMNS = 10

# "Action objects": labels by the place the action stands in.
LABEL = Room(20, "graphemes")
PICTURE_LABEL = Room(12, "graphemes")
FLEX_LABEL = Room(40, "graphemes")
SAID = Room(300, "graphemes")  # what a tap says, shows or fills in
DATA = Room(300)
COPIED = Room(1000)

# "Flex Message", as JSON.
BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
BUBBLES = 12

# "Rich menu": sizes in pixels; the width has to be at least 1.45 times the height.
MENU_WIDTHS = (800, 2500)
MENU_LEAST_HEIGHT = 250
MENU_LEAST_RATIO = 1.45
MENU_AREAS = 20
MENU_BAR = Room(14)  # LINE counts what a reader sees; its SDK, which writes the request, does not
MENU_NAME = 300
MENU_LABEL = Room(20, "graphemes")
MENU_PICTURE_BYTES = 1024 * 1024
MENU_PEOPLE = 500  # linked or unlinked at once
MENU_CLICK_DAYS = 396

# "Create coupon": its texts, in UTF-16 code units.
COUPON_TITLE, COUPON_DESCRIPTION, COUPON_CONDITION = 60, 1000, 100

# Files behind the addresses.
PICTURE_BYTES = 10 * 1024 * 1024
PREVIEW_BYTES = 1024 * 1024
CARD_PICTURE_PIXELS = 1024  # width and height in Flex, width on templates

# A retry key is remembered for 24 hours from its first request; after that the same key sends again.
# We stop an hour before, by the later of the computer's clock and LINE's.
RETRY_UNTIL = timedelta(hours=23)

# A stateless channel access token lives 15 minutes; a new one is taken before the twelfth.
TOKEN_RENEWAL = timedelta(minutes=11)

# Calls a second for each endpoint; broadcast takes 60 an hour.
CALLS_PER_SECOND = {"push": 2000.0, "multicast": 200.0, "broadcast": 60 / 3600}

# Names of statistics (customAggregationUnits): so many a month, the next is silently not counted.
UNITS_A_MONTH = 1000

FOLLOWERS_PER_PAGE = 1000
