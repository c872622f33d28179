"""Rich menus as the shop asks for them, against the rehearsal over HTTP; what LINE gets is held against its OpenAPI files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shopdesk import line as door
from shopdesk.clock import japan_day
from shopdesk.line import Clicks, Line, LineMenu, RefusedByLineError
from shopdesk.rehearsal.people import friend_id
from tests.openapi import check_request
from tests.rehearsal.test_rich_menus import MENU, png

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running


def made(line: Line, name: str = "a") -> str:
    wanted = {**MENU, "name": name}
    check_request("POST", "/v2/bot/richmenu", wanted)
    door.validate_menu(line, wanted)
    return door.create_menu(line, wanted)


def test_a_menu_is_made_shown_named_and_deleted_and_all_but_its_making_can_be_asked_twice(line: Line, there: Running):
    first, second = made(line), made(line, "b")
    assert door.list_menus(line) == [LineMenu(second, "b"), LineMenu(first, "a")]
    assert door.shown_to_all(line) == ""
    with pytest.raises(RefusedByLineError, match="upload"):
        door.show_to_all(line, first)
    with pytest.raises(RefusedByLineError):
        door.upload_picture(line, first, "image/png", b"no picture")
    for _ in range(2):
        for one in (first, second):
            door.upload_picture(line, one, "image/png", png())
        door.show_to_all(line, first)
        door.name_menu(line, "shop", first)
        door.give_menu(line, second, [friend_id(1), friend_id(2), friend_id(99)])
        door.take_menu(line, [friend_id(2)])
    assert door.shown_to_all(line) == first
    state = there.rehearsal.rich_menus
    door.name_menu(line, "shop", second)
    assert state.aliases == {"shop": second}
    assert [one.rich_menu for one in there.rehearsal.people if one.rich_menu] == [second]
    for _ in range(2):
        door.unname_menu(line, "shop")
        door.show_nothing_to_all(line)
        door.delete_menu(line, second)
    assert (state.aliases, state.default, [*state.by_id]) == ({}, None, [first])
    assert not any(one.rich_menu for one in there.rehearsal.people)
    with pytest.raises(RefusedByLineError):
        door.validate_menu(line, {**MENU, "size": {"width": 1200, "height": 1000}})


def test_clicks_from_twenty_people_on(line: Line, there: Running, clock: FixedClock):
    menu = made(line)
    door.upload_picture(line, menu, "image/png", png())
    day = japan_day(clock.now())
    kept = there.rehearsal.rich_menus.by_id[menu]
    kept.taps = [(day, friend_id(number), 1) for number in range(19)]
    clock.move(timedelta(days=1))
    assert door.menu_clicks(line, menu, day, day) is None
    kept.taps += [(day, friend_id(19), 1), (day, friend_id(19), 1)]
    kept.seen = {(day, friend_id(number)) for number in range(25)}
    assert door.menu_clicks(line, menu, day, day) == Clicks(25, 25, ((21, 20), *[(0, 0)] * (len(MENU["areas"]) - 1)))
