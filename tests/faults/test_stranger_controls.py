"""Each guard of the gateway against strangers has a control: taken out, the same case of tables B and H goes red."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from starlette.responses import Response
from starlette.routing import Route

from shopdesk import scancodes
from shopdesk.friends.codes import new_token
from shopdesk.gateway import limiting
from shopdesk.gateway.coupons import CouponPages
from shopdesk.gateway.linking import Linking
from shopdesk.gateway.links import LinkPages
from shopdesk.gateway.manners import Manners
from shopdesk.gateway.media import Media
from shopdesk.gateway.site import SitePages
from shopdesk.pictures import Sized
from shopdesk.site import NOBODY
from shopdesk.surveys import reading
from tests.faults.sending.stage import Stage
from tests.faults.strangers import floods, inward, paths, previews, questions, redirects, taps, tricks, uploads, words
from tests.faults.webhooks import loads

FOREVER = 1e6


@pytest.fixture(scope="module")
def stage():
    found = Stage()
    yield found
    found.close()


def test_h1_a_path_that_is_believed_leads_out(stage, tmp_path, monkeypatch):
    def believes(media, request):
        try:
            return Response((Path("/") / request.path_params["path"]).read_bytes())
        except (OSError, ValueError):
            return Response(status_code=404)

    init = Media.__init__

    def with_any_path(media, pictures):
        init(media, pictures)
        media.route = Route("/{path:path}", lambda request: believes(media, request))

    monkeypatch.setattr(Media, "__init__", with_any_path)
    with pytest.raises(AssertionError):
        paths.traverse(stage, tmp_path, Random(1))


@pytest.mark.parametrize("way", range(2), ids=["gps", "page"])
def test_h2_a_picture_that_is_kept_as_it_came_tells_more_than_its_pixels(stage, tmp_path, monkeypatch, way):
    def as_it_came(data, rooms, _ratio):
        return [Sized(width, 300, "image/jpeg", data) for width, _most in rooms]

    monkeypatch.setattr("shopdesk.messages.kept_pictures.sized", as_it_came)
    with pytest.raises(AssertionError, match="more than pixels"):
        uploads.upload(stage, tmp_path, way, Random(1))


def test_h5_a_like_by_a_link_is_given_by_a_preview(stage, tmp_path, monkeypatch):
    article = SitePages.article

    def likes(pages, *path):
        pages._site.feedback.like(path[-1], NOBODY, "0" * 22)
        return article(pages, *path)

    monkeypatch.setattr(SitePages, "article", likes)
    with pytest.raises(AssertionError, match="site_likes"):
        previews.preview(stage, tmp_path, 0, Random(1))


def test_h3_an_address_that_a_visitor_adds_leads_elsewhere(stage, tmp_path, monkeypatch):
    lead = LinkPages.lead

    def believes(pages, request):
        found = lead(pages, request)
        found.headers["Location"] = request.query_params.get("url", found.headers["Location"])
        return found

    monkeypatch.setattr(LinkPages, "lead", believes)
    with pytest.raises(AssertionError, match="url="):
        redirects.redirect(stage, tmp_path, 0, Random(1))


def test_h3_a_destination_that_nobody_looks_at_hides_where_it_leads(stage, tmp_path, monkeypatch):
    monkeypatch.setattr("shopdesk.links.service.sound", lambda address: address)
    with pytest.raises(AssertionError):
        redirects.redirect(stage, tmp_path, 0, Random(1))


def test_g_words_that_nobody_escapes_are_more_than_letters(stage, tmp_path, monkeypatch):
    monkeypatch.setattr("shopdesk.gateway.markup.escape", lambda said: said)
    with pytest.raises(AssertionError):
        words.write(stage, tmp_path, "<script>alert(1)</script>")


@pytest.mark.parametrize("number", [0, 2, 44], ids=["address", "spelt", "named"])
def test_h4_an_address_that_nobody_looks_at_leads_in(monkeypatch, tmp_path, number):
    monkeypatch.setattr("shopdesk.web._may_be_asked", lambda *_given, **_more: True)
    monkeypatch.setattr("shopdesk.web.is_public", lambda *_given, **_more: True)
    with pytest.raises(AssertionError):
        inward.turned(number if number < 44 else inward.EXHAUSTIVE - 17, Random(1))(tmp_path)


def test_h5_a_link_that_counts_whoever_comes_counts_previews(stage, tmp_path, monkeypatch):
    monkeypatch.setattr("shopdesk.gateway.links.by_person", lambda *_asked: True)
    with pytest.raises(AssertionError, match="count as people"):
        previews.preview(stage, tmp_path, 0, Random(1))


def test_h5_a_link_that_redeems_is_used_up_by_a_preview(stage, tmp_path, monkeypatch):
    init = Linking.__init__

    def by_link(linking, *given):
        init(linking, *given)
        linking.routes.insert(0, Route("/link/code", lambda request: linking._code(dict(request.query_params))))

    monkeypatch.setattr(Linking, "__init__", by_link)
    with pytest.raises(AssertionError):
        previews.preview(stage, tmp_path, previews.PAGES - 1, Random(1))  # the page of the code is the last


def test_h5_a_coupon_that_counts_visits_as_openings_counts_previews(stage, tmp_path, monkeypatch):
    show = CouponPages.show

    def counts(pages, key):
        if len(key) == scancodes.LENGTH:
            pages._shop.coupons.opened(key)
        return show(pages, key)

    monkeypatch.setattr(CouponPages, "show", counts)
    with pytest.raises(AssertionError, match="coupon_tickets"):
        previews.preview(stage, tmp_path, 0, Random(1))


@pytest.mark.parametrize(
    ("guard", "way"), [("_ELSEWHERE", 0), ("_HEADERS", 4), ("_HEADERS", 5)], ids=["site", "no-store", "no-referrer"]
)
def test_h6_without_manners_other_sites_and_caches_have_their_way(stage, tmp_path, monkeypatch, guard, way):
    monkeypatch.setattr(f"shopdesk.gateway.manners.{guard}", {})
    with pytest.raises(AssertionError):
        tricks.trick(stage, tmp_path, way, Random(1))


def test_h6_without_the_origin_an_older_browser_posts_for_other_sites(stage, tmp_path, monkeypatch):
    async def as_modern_ones_say(_manners, headers):
        return headers.get("sec-fetch-site") in {"cross-site", "same-site"}

    monkeypatch.setattr(Manners, "_from_elsewhere", as_modern_ones_say)
    with pytest.raises(AssertionError, match="''"):
        tricks.trick(stage, tmp_path, 0, Random(1))


def test_h7_without_a_limit_codes_can_be_guessed_on(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(limiting.Limit, "allows", lambda *_given: True)
    with pytest.raises(AssertionError, match="200"):
        floods.guess(stage, tmp_path, Random(1))


@pytest.mark.parametrize(
    ("lifted", "value", "way"),
    [
        ("shopdesk.gateway.webhook.LARGEST", 1 << 40, 0),
        ("tests.faults.strangers.floods._SHORT_S", FOREVER, 1),
        ("tests.faults.strangers.floods._SHORT_S", FOREVER, 2),
        ("tests.faults.strangers.floods._SHORT_S", FOREVER, 3),
        ("shopdesk.gateway.linking.LARGEST_FORM", 1 << 40, 4),
    ],
    ids=["size", "chunks", "slow heads", "slow bodies", "fields"],
)
def test_h8_without_its_limit_the_gateway_listens_on(stage, tmp_path, monkeypatch, lifted, value, way):
    monkeypatch.setattr(floods, "_ENDS_S", 0.4)
    monkeypatch.setattr(floods, "SLOW", 3)
    monkeypatch.setattr(lifted, value)
    with pytest.raises(AssertionError):
        floods.flood(stage, tmp_path, way, Random(3))


@pytest.mark.full
def test_b8_without_a_time_for_heads_slow_sockets_stay(stage, tmp_path, monkeypatch):
    forgets = "from shopdesk.gateway import connections; connections.HEAD_S = 1e6"
    monkeypatch.setattr(loads, "PROGRAM", ("-c", f"{forgets}; from shopdesk.cli import main; main()"))
    with pytest.raises(AssertionError, match="still listened to"):
        loads.load(stage, tmp_path, slow=3, idle=0, seconds=12)


def test_taps_that_do_not_wait_for_each_other_are_two_rows(stage, tmp_path, monkeypatch):
    """Without the one name by which a phone is known, each tap would be somebody else's answer."""
    names = reading.names_of

    def any_name(row, person, *, anonymous):
        return [f"{one}:{new_token()}" for one in names(row, person, anonymous=anonymous)]

    monkeypatch.setattr(reading, "names_of", any_name)
    with pytest.raises(AssertionError):
        taps.tap(stage, tmp_path, Random(1))


@pytest.mark.parametrize(
    ("guard", "instead", "moment", "red"),
    [
        ("service.Machine.go_on", lambda _machine: None, ("events: apply", "after", 1, 2), "after the restart"),
        ("surveying.state_of_question", lambda *_given: "accepted", ("events: apply", "after", 1, 90), "もしもし"),
        ("hearing.Hearing._take_late", lambda *_given: False, ("inbox: put", "after", 2, 90), "kept"),
    ],
    ids=["said", "asked", "late"],
)
def test_h9_without_it_a_question_is_passed_over_or_an_answer_lost(
    stage, tmp_path, monkeypatch, guard, instead, moment, red
):
    monkeypatch.setattr(f"shopdesk.talks.machine.{guard}", instead)
    with pytest.raises(AssertionError, match=red):
        questions.die(stage, tmp_path, questions.Moment(*moment))
