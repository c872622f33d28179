"""The command line names kinds and states as the window does, every one of them."""

from __future__ import annotations

from typing import get_args

import pytest

from shopdesk.automations.records import State as AutomationState
from shopdesk.broadcasts import State as BroadcastState
from shopdesk.cards.records import EntryKind
from shopdesk.cli import named
from shopdesk.coupons.records import State as CouponState
from shopdesk.imports.records import FileState, Rule
from shopdesk.menus.records import Standing
from shopdesk.site.records import CommentState, Kind, ReservationState, State as PageState
from shopdesk.staff.records import MemberRole
from shopdesk.surveys.records import State as SurveyState
from shopdesk.talks.machine.records import During, Match
from shopdesk.talks.records import State as SaidState
from shopdesk.ui import reserving
from shopdesk.ui.answers import words as answers
from shopdesk.ui.automations import words as automations
from shopdesk.ui.broadcasts import overview as broadcasts
from shopdesk.ui.cards import history
from shopdesk.ui.menus import words as menus
from shopdesk.ui.site import words as site
from shopdesk.ui.staff import roles
from shopdesk.ui.talks import words as talks


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (named.PAGE_KINDS, Kind),
        (named.PAGE_STATES, PageState),
        (named.COMMENTS, CommentState),
        (named.RESERVATIONS, ReservationState),
        (named.COUPONS, CouponState),
        (named.SURVEYS, SurveyState),
        (named.MENUS, Standing),
        (named.BROADCASTS, BroadcastState),
        (named.POINTS, EntryKind),
        (named.ROLES, MemberRole),
        (named.FOLDERS, Rule),
        (named.FILES, FileState),
        (named.MEETS, Match),
        (named.HOLDS, During),
        (named.SAID, SaidState),
        (named.AUTOMATIONS, AutomationState),
    ],
)
def test_every_code_has_a_word(words, codes):
    assert set(words) == set(get_args(codes))


def test_they_are_those_of_the_window():
    assert named.PAGE_KINDS == site.KINDS
    assert {code: words for code, (words, _look) in reserving.STATES.items()} == named.RESERVATIONS
    assert {code: words for code, (words, _look) in menus._STANDINGS.items()} == named.MENUS
    assert {code: broadcasts.STATES[code][0] for code in named.BROADCASTS} == named.BROADCASTS
    assert {code: words for code, (words, *_look) in automations._STATES.items()} == named.AUTOMATIONS
    assert named.POINTS == history.KINDS
    assert (named.MEETS, named.HOLDS, named.WORDLESS) == (answers._HOW, answers.DURING, talks._SENT)
    assert all(named.named(named.ROLES, one) == roles.role_words(one) for one in named.ROLES)
