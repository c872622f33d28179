"""Rich menus on a pretend LINE over HTTP: published, replaced, by segment and by time, refused, and gone on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update

from shopdesk import due
from shopdesk.clock import FixedClock
from shopdesk.coupons import NotPublishedError, Offer
from shopdesk.friends import NoFixedAddressError
from shopdesk.line import UnreachableError, create_menu, limits
from shopdesk.menus import Action, MenuProblemError, StoppedError, dump, parse, service
from shopdesk.menus.service import ChangedError
from shopdesk.menus.tables import CopyRow, MenuPersonRow, MenuPictureRow
from shopdesk.pictures import Cell, Paints, tiles
from shopdesk.rehearsal import Running
from shopdesk.segments import Condition
from shopdesk.shop import Shop
from shopdesk.staff import PAGE, NotAllowedError
from shopdesk.surveys import Form, Question, starts
from shopdesk.verify import verify
from tests.menus.menus import endpoints, filled, on_line, plan, published, seen, shown, tabbed
from tests.openapi import check_request
from tests.people import person

HOUR = timedelta(hours=1)


def sound(shop: Shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []


def people(shop: Shop, there: Running, tags: dict[int, str]) -> list[str]:
    """Every friend is a customer; those of these numbers carry a tag. Return their user ids."""
    shop.friends.sync()
    ids = [one.user_id for one in there.rehearsal.people]
    for number, user_id in enumerate(ids):
        who = person(shop, f"見本 {number}")
        shop.friends.link(user_id, who)
        if number in tags:
            shop.customers.tag([who], tags[number])
    for tag in set(tags.values()):
        shop.segments.save(tag, Condition("tags", "is", (tag,)))
    return ids


def test_a_menu_is_put_up_with_its_tabs_replaced_and_taken_away(sqlite_shop: Shop, there: Running):
    shop = sqlite_shop
    menu = published(shop, tabbed())
    assert (shop.menus.get(menu).standing, on_line(there)) == ("working", [])
    steps: list[tuple[int, int]] = []
    done = shop.menus.settle(lambda *step: steps.append(step))
    assert (done.up, done.away, steps[-1]) == (2, 0, (7, 7))
    line = there.rehearsal.rich_menus
    assert (shown(there), shop.menus.get(menu).standing) == ("メニュー", "shown")
    first, second = line.by_id.values()
    assert line.aliases == {"shopdesk-a": first.rich_menu_id, "shopdesk-b": second.rich_menu_id}
    for one in (first, second):
        check_request("POST", "/v2/bot/richmenu", one.wanted)
        picture = Image.open(BytesIO(one.picture))
        assert (picture.size, len(one.picture) <= limits.MENU_PICTURE_BYTES) == ((800, 540), True)
    asked = len(endpoints(there))
    assert shop.menus.settle().nothing
    assert len(endpoints(there)) == asked, "what is as it should be asks LINE for nothing"

    shop.menus.change(menu, tabbed(bar="新しいメニュー"))
    assert (shop.menus.get(menu).differs, shown(there)) == (True, "メニュー")
    shop.menus.publish(menu)
    assert shop.menus.get(menu).standing == "working"
    shop.menus.settle()
    order = endpoints(there)[asked:]
    assert order.index("richmenu/default") < order.index("richmenu/delete"), (
        "the new one is seen before the old one goes"
    )
    assert (on_line(there), shown(there)) == (["新しいメニュー"] * 2, "新しいメニュー")
    assert set(line.aliases.values()) == {*line.by_id}
    sound(shop)

    shop.menus.withdraw(menu)
    shop.menus.settle()
    assert (on_line(there), line.aliases, line.default, shop.menus.get(menu).standing) == ([], {}, None, "draft")
    shop.menus.publish(menu)
    shop.menus.settle()
    shop.menus.delete(menu)
    shop.menus.settle()
    assert (on_line(there), shop.menus.list()) == ([], [])
    sound(shop)


def test_the_first_menu_that_takes_a_person_is_theirs_and_only_the_difference_is_asked(
    shop: Shop, there: Running, clock: FixedClock
):
    people(shop, there, {0: "常連", 1: "常連", 2: "近所"})
    regulars, near = (shop.segments.get(name).id for name in ("常連", "近所"))
    published(shop, plan("みな", bar="みな"))
    local = published(shop, plan("近所", bar="近所", segment_id=near))
    best = published(shop, plan("常連", bar="常連", segment_id=regulars))
    shop.menus.settle()
    assert seen(there) == ["みな"] * 8, "what stands below one for everybody is nobody's"
    assert [one.standing for one in shop.menus.list()] == ["shown", "covered", "covered"]
    shop.menus.order([best, local])
    assert shop.menus.settle().people == 3
    assert seen(there) == ["常連", "常連", "近所", *["みな"] * 5]
    sound(shop)

    before = len(endpoints(there))
    with shop.database.read() as session:
        linked = list(session.scalars(select(MenuPersonRow.friend_id)))
    assert len(linked) == 3
    second = shop.friends.page(limit=50, text="見本 1")[0].customer_id
    shop.customers.untag([second], "常連")
    shop.customers.tag([second], "近所")
    fourth = shop.friends.page(limit=50, text="見本 3")[0].customer_id
    shop.customers.tag([fourth], "常連")
    third = shop.friends.page(limit=50, text="見本 2")[0].customer_id
    shop.customers.untag([third], "近所")
    assert shop.menus.settle().people == 3
    assert seen(there) == ["常連", "近所", "みな", "常連", *["みな"] * 4]
    assert endpoints(there)[before:] == ["richmenu/bulk/link"] * 2 + ["richmenu/bulk/unlink"]

    season = published(shop, plan("季節", bar="季節", starts=clock.now() + HOUR, ends=clock.now() + 2 * HOUR))
    shop.menus.order([season])
    shop.menus.settle()
    assert (shop.menus.get(season).standing, "季節" in on_line(there)) == ("waiting", False)
    clock.move(HOUR)
    shop.menus.settle()
    assert (seen(there), on_line(there)) == (["季節"] * 8, ["季節"])
    clock.move(HOUR)
    shop.menus.settle()
    assert (shop.menus.get(season).standing, seen(there)[:4]) == ("ended", ["常連", "近所", "みな", "常連"])
    shop.segments.delete("常連")
    shop.menus.settle()
    assert seen(there)[0] == "みな"
    assert "segment" in shop.menus.get(best).trouble
    sound(shop)


def test_a_person_who_is_disclosed_forgotten_or_blocks(sqlite_shop: Shop, there: Running):
    people(sqlite_shop, there, {0: "常連", 1: "常連"})
    published(sqlite_shop, plan("常連", bar="常連", segment_id=sqlite_shop.segments.get("常連").id))
    sqlite_shop.menus.settle()
    first, second = (sqlite_shop.friends.page(limit=9, text=f"見本 {one}")[0].customer_id for one in (0, 1))
    assert sqlite_shop.customers.disclose(first)["rich_menu"] == ["常連"]
    sqlite_shop.customers.forget(first)
    with sqlite_shop.database.read() as session:
        assert len(session.scalars(select(MenuPersonRow.friend_id)).all()) == 1
    assert sqlite_shop.customers.disclose(second)["rich_menu"] == ["常連"]
    sound(sqlite_shop)


def test_what_line_would_not_take_is_refused_before_anything_changes(sqlite_shop: Shop, there: Running):
    shop = sqlite_shop
    kept = shop.menus.create(tabbed())
    wrong = {
        "no menu of 800": replace(plan(), design=replace(plan().design, height=600)),
        "14 characters": plan(bar="あ" * 15),
        "at most 20": plan("多い", replace(filled("a"), areas=filled("a").areas * 6)),
        "outside": plan("外", replace(filled("a"), areas=(replace(filled("a").areas[3], x=500),))),
        "https://": plan("x", filled("a", Action("link", "ftp://x"))),
        "not there any more": plan("x", filled("a", Action("tab", "gone"))),
        "Choose the coupon": plan("x", filled("a", Action("coupon"))),
        "Choose the coupon that": plan("x", filled("a", Action("coupon", "コーヒー"))),
        "Choose the coupon that is": plan("x", filled("a", Action("coupon", "01"))),
        "Choose the survey": plan("x", filled("a", Action("survey"))),
        "Choose the survey that": plan("x", filled("a", Action("survey", "満足度"))),
        "room for 300": plan("x", filled("a", Action("say", "あ" * 301))),
        "ends before": plan("x", starts=shop.clock.now(), ends=shop.clock.now()),
    }
    for said, one in wrong.items():
        shop.menus.change(kept.id, one)
        with pytest.raises(MenuProblemError, match=said):
            shop.menus.publish(kept.id)
    survey = shop.surveys.create(Form("お味", "", (Question("味", "お味は", "rating", least=1, most=5),)))
    shop.menus.change(kept.id, plan("声", filled("a", Action("survey", str(survey.id)))))
    with pytest.raises(MenuProblemError, match="takes no answers"):
        shop.menus.publish(kept.id)
    shop.surveys.publish(survey.id)
    shop.menus.publish(kept.id)
    shop.menus.settle()
    (menu,) = there.rehearsal.rich_menus.by_id.values()
    assert {one["action"]["data"] for one in menu.wanted["areas"]} == {starts(survey.page_key)}
    shop.menus.withdraw(kept.id)
    coupon = shop.coupons.create(Offer("コーヒー", "free_item", by_link=True)).id
    with_coupon = plan("券", filled("a", Action("coupon", str(coupon))))
    shop.menus.change(kept.id, with_coupon)
    with pytest.raises(NotPublishedError):
        shop.menus.publish(kept.id)
    shop.coupons.publish(coupon)
    with pytest.raises(NoFixedAddressError):
        shop.menus.publish(kept.id)
    shop.settings.set("public_url", "https://shop.example")
    there.rehearsal.faults.add({"endpoint": "richmenu/validate", "answer": 500})
    with pytest.raises(UnreachableError):
        shop.menus.publish(kept.id)
    assert shop.menus.get(kept.id).published is None
    assert shop.menus.publish(kept.id).published is not None
    assert parse(dump(with_coupon)) == with_coupon
    with shop.staff.acting(PAGE), pytest.raises(NotAllowedError):
        shop.menus.publish(kept.id)


def test_what_another_window_changes_while_line_is_asked_is_not_published_unseen(
    sqlite_shop: Shop, there: Running, monkeypatch: pytest.MonkeyPatch
):
    shop = sqlite_shop
    menu = shop.menus.create(plan("はじめ", filled("a", Action("say", "はい")))).id
    ask, later = service.validate_menu, plan("あとから", filled("a", Action("say", "いいえ")))

    def slowly(*given: Any) -> None:
        ask(*given)
        shop.menus.change(menu, later)

    with monkeypatch.context() as other:
        other.setattr(service, "validate_menu", slowly)
        with pytest.raises(ChangedError):
            shop.menus.publish(menu)
    found = shop.menus.get(menu)
    assert (found.standing, found.plan.name) == ("draft", "あとから")
    assert shop.menus.publish(menu).plan.name == "あとから"


def test_one_that_line_refuses_keeps_nothing_back_and_what_was_seen_stays(sqlite_shop: Shop, there: Running):
    shop = sqlite_shop
    menu = published(shop, tabbed(bar="古い"))
    shop.menus.settle()
    shop.menus.change(menu, tabbed(bar="新しい"))
    shop.menus.publish(menu)
    there.rehearsal.faults.add({"endpoint": "richmenu/content", "answer": 400, "times": 1})
    assert shop.menus.settle().refused == ["ふだん"]
    assert (shown(there), shop.menus.get(menu).standing, bool(shop.menus.get(menu).trouble)) == (
        "古い",
        "working",
        True,
    )
    asked = len(endpoints(there))
    assert shop.menus.settle().nothing
    assert len(endpoints(there)) == asked, "it is not tried again by itself"
    shop.menus.settle(again=True)
    assert (on_line(there), shop.menus.get(menu).trouble) == (["新しい"] * 2, "")

    other = published(shop, plan("別", bar="別"))
    shop.menus.order([other])
    there.rehearsal.faults.add({"endpoint": "richmenu", "answer": 400, "times": 1})
    shop.menus.settle()
    assert (shown(there), on_line(there)) == ("新しい", ["新しい"] * 2), (
        "what everybody sees stays until the next one is up"
    )
    sound(shop)


def test_orphans_go_foreign_ones_stay_and_what_others_deleted_is_made_anew(sqlite_shop: Shop, there: Running):
    shop, line = sqlite_shop, there.rehearsal.rich_menus
    published(shop, tabbed())
    shop.menus.settle()
    wanted = {**next(iter(line.by_id.values())).wanted, "chatBarText": "よそ"}
    foreign = create_menu(shop.line, {**wanted, "name": "by another program"})
    orphan = create_menu(shop.line, {**wanted, "name": wanted["name"].rpartition(":")[0] + ":0123]"})
    line.delete(line.default or "", there.rehearsal.people)
    assert shop.menus.settle().nothing, "nobody has looked yet"
    assert shop.menus.settle(look=True).up == 1
    assert (orphan in line.by_id, foreign in line.by_id, shown(there)) == (False, True, "メニュー")
    assert line.by_id[line.default].rich_menu_id == line.aliases["shopdesk-a"]
    people(shop, there, {0: "常連"})
    best = published(shop, plan("常連", filled("c"), bar="常連", segment_id=shop.segments.get("常連").id))
    shop.menus.order([best])
    shop.menus.settle()
    line.delete(
        there.rehearsal.people.get(next(iter(there.rehearsal.people)).user_id).rich_menu, there.rehearsal.people
    )
    shop.customers.tag([shop.friends.page(limit=9, text="見本 1")[0].customer_id], "常連")
    shop.menus.settle()
    assert seen(there) == ["常連", "常連", *["メニュー"] * 6], "LINE says that it is gone: then it is looked at once"
    sound(shop)


def test_it_is_stopped_between_two_steps_and_gone_on_with(sqlite_shop: Shop, there: Running):
    published(sqlite_shop, tabbed())

    def stop(done: int, _of: int) -> None:
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        sqlite_shop.menus.settle(stop)
    assert (len(on_line(there)), shown(there)) == (2, "")
    sqlite_shop.menus.settle()
    assert (len(on_line(there)), shown(there)) == (2, "メニュー")


@pytest.mark.parametrize(
    ("endpoint", "cut"), [("", "after"), ("/content", "after"), ("/bulk/link", "after"), ("/delete", "before")]
)
def test_a_line_that_is_cut_at_any_call_is_gone_on_with(sqlite_shop: Shop, there: Running, endpoint: str, cut: str):
    shop = sqlite_shop
    people(shop, there, {0: "常連"})
    common, best = (
        published(shop, tabbed(bar="みな")),
        published(shop, plan("常連", filled("c"), bar="常連", segment_id=shop.segments.get("常連").id)),
    )
    shop.menus.order([best, common])
    there.rehearsal.faults.add({"endpoint": f"richmenu{endpoint}", "cut": cut})
    _settled(shop)
    assert seen(there) == ["常連", *["みな"] * 7]
    shop.menus.withdraw(best)
    shop.menus.change(common, tabbed(bar="次"))
    shop.menus.publish(common)
    _settled(shop)
    assert (seen(there), on_line(there)) == (["次"] * 8, ["次"] * 2)
    sound(shop)


def _settled(shop: Shop) -> None:
    """Settle until nothing is left, as the due work does minute by minute."""
    for _ in range(3):
        try:
            if shop.menus.settle().nothing:
                return
        except UnreachableError:
            assert shop.menus.broken() == []
    raise AssertionError("it never settled")


def test_pictures_of_its_own_are_cut_to_the_menu_and_go_when_nobody_shows_them(
    sqlite_shop: Shop, there: Running, clock: FixedClock
):
    shop = sqlite_shop
    into = BytesIO()
    Image.effect_noise((900, 900), 90).convert("RGB").save(into, "PNG")
    wanted = plan()
    name = shop.menus.keep_picture(into.getvalue(), wanted.design)
    wanted = replace(wanted, design=replace(wanted.design, tabs=(replace(wanted.design.tabs[0], picture=name),)))
    menu = published(shop, wanted)
    shop.menus.settle()
    (up,) = there.rehearsal.rich_menus.by_id.values()
    assert Image.open(BytesIO(up.picture)).size == (800, 540)
    assert shop.menus.picture(wanted.design, wanted.design.tabs[0]).data == up.picture
    larger = replace(
        wanted, design=replace(wanted.design, width=1200, height=810, tabs=(filled("a", size=(1200, 810)),))
    )
    tab = replace(larger.design.tabs[0], picture=name)
    shop.menus.change(menu, replace(larger, design=replace(larger.design, tabs=(tab,))))
    shop.menus.publish(menu)
    clock.move(timedelta(days=2))
    shop.menus.settle()
    (up,) = there.rehearsal.rich_menus.by_id.values()
    assert Image.open(BytesIO(up.picture)).size == (1200, 810)
    with shop.database.read() as session:
        assert len(session.scalars(select(MenuPictureRow.sha256)).all()) == 1


def test_every_icon_and_any_word_is_drawn_inside_its_tile():
    names = ("stamp", "ticket", "map-pin", "gift", "")
    words = ("ショップカード", "とても長い言葉がここにあります、二十字", "a" * 20, "🍰", "two words")
    for width, height in ((2500, 1686), (800, 270)):
        each = width // 5
        cells = [
            Cell(each * number, 0, each, height, icon, word)
            for number, (icon, word) in enumerate(zip(names, words, strict=True))
        ]
        made = tiles(width, height, cells, Paints("#ffffff", "#ffffff", "#ff0000", "#000000"))
        image = Image.open(BytesIO(made.data))
        assert (image.size, len(made.data) < 200_000) == ((width, height), True)
        for number, cell in enumerate(cells):
            tile = image.crop((cell.x, 0, cell.x + each, height)).convert("L")
            box = tile.point(lambda level: 255 - level).getbbox()
            assert (box is None) == (not cell.icon and cell.word == "🍰"), number
            if box:
                assert box[0] > 0
                assert box[2] < each
                assert box[1] > 0
                assert box[3] < height


def test_the_due_work_brings_line_to_what_is_wanted(sqlite_shop: Shop, there: Running, clock: FixedClock):
    shop = sqlite_shop
    assert due.run_due(shop) == []
    assert endpoints(there) == []
    published(shop, plan(starts=clock.now() + HOUR))
    assert due.run_due(shop) == []
    clock.move(HOUR)
    (ran,) = due.run_due(shop)
    assert (ran.kind, ran.rows, shown(there)) == ("menus", 1, "メニュー")
    with shop.database.write() as session:
        session.execute(update(CopyRow).values(line_id=""))
    assert [one.name for one in verify(shop) if not one.ok] == ["menus"]
