"""What LINE takes at most. Every figure is from LINE's reference of the Messaging API, as read in August 2026."""

from __future__ import annotations

from datetime import timedelta

# One request.
MESSAGES_PER_REQUEST = 5
REQUEST_BYTES = 2 * 1024 * 1024  # more is answered 413
MULTICAST_PEOPLE = 500

# Texts, in UTF-16 code units.
TEXT_UNITS = 5000
ALT_TEXT_UNITS = 1500

# Flex, as JSON.
BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024

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
