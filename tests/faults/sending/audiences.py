"""A7: audiences of every awkward size, people who are there twice, and ids that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select

from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.broadcasts.tables import BatchRow, RecipientRow
from shopdesk.customers import NewCustomer
from shopdesk.friends import AlreadyLinkedError
from shopdesk.friends.tables import FriendRow
from shopdesk.messages import draft
from shopdesk.segments import parse_text
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage

SIZES = (("multicast", 0), ("multicast", 1), ("multicast", 499), ("multicast", 500), ("multicast", 501))
LARGE = (("multicast", 9_999), ("multicast", 50_000), ("push", 501), ("broadcast", 501))
USER_ID = re.compile(r"U[0-9a-f]{32}")
