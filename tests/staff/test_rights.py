"""Table K1: every verb of every service × every role. A verb without a mark must stand below, with the reason why it is open."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from shopdesk.staff import GATEWAY, NOBODY, OWNER, PAGE, RIGHTS, Act, Actor, NeedsOwnerError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.shop import Shop

MANAGER, COUNTER = Actor("Mika", "manager", 2), Actor("Ryo", "counter", 3)
ROLES = {"owner": OWNER, "manager": MANAGER, "counter": COUNTER, "page": PAGE, "gateway": GATEWAY, "locked": NOBODY}

# The table of the risk papers, written a second time: what takes an owner's word of a manager, and what each role may.
CONFIRMED = {Act.SEND_MANY, Act.ADJUST_MUCH, Act.JOIN_PEOPLE, Act.DISCLOSE}
MAY = {
    "owner": set(Act),
    "manager": set(Act) - {Act.MANAGE, Act.RECEIVE, Act.EXPORT} - CONFIRMED,
    "counter": {Act.SCAN, Act.SEE_CARD},
    "page": {Act.SERVE_PAGE},
    "gateway": {Act.RECEIVE, Act.SERVE_PAGE},
    "locked": {Act.SERVE_PAGE},
}

# Open to whoever can call them, with the reason. Everything else must carry a right.
OPEN = {
    "how the shop is set, without a person in it": {
        *(
            "settings." + name
            for name in (
                "all",
                "cap",
                "cooling",
                "fixed_address",
                "get",
                "opening_hours",
                "plan",
                "quiet_hours",
                "talk_years",
            )
        ),
        *("exports.ending", "exports.layouts", "imports.carts", "imports.fields", "imports.lacking", "imports.needed"),
        *("messages.draft", "messages.look", "messages.parse", "messages.public_url"),
        *("backups", "key_state", "mail_account", "assistant", "login_keys", "arrive", "close", "take_back_inbox"),
        *("mailings.sender", "mailings.require_ready", "friends.proofs.address"),
    },
    "the card's rules and pictures, as every customer sees them": {
        "cards.design.rules",
        "cards.design.published",
        "cards.design.picture",
        "messages.coupon_card",
    },
    "addresses of pages": {
        "coupons.addresses.of_page",
        "coupons.addresses.of_picture",
        "coupons.addresses.of_token",
        "site.address",
        "coupons.addresses.of_nothing",
        "surveys.addresses.of_page",
        "links.address",
    },
    "which coupons there are": {"coupons.find", "coupons.get", "coupons.list", "coupons.several"},
    "which surveys there are, and what they ask": {"surveys.find", "surveys.get", "surveys.list"},
    "sums and states without names": {
        "coupons.overused",
        "coupons.strange_requests",
        "site.unsound",
        "surveys.broken",
        "links.broken",
        *(
            "broadcasts." + name
            for name in (
                "status",
                "list",
                "follow_up_of",
                "under_way",
                "sender_lives",
                "due",
                "broken_sums",
                "broken_hashes",
            )
        ),
        *(
            "mailings.status",
            "mailings.statuses",
            "mailings.due",
            "mailings.broken",
            "menus.broken",
            "automations.broken",
            "events.last_at",
            "events.silent_days",
            "staff.broken_entries",
        ),
    },
    "a picture by its unguessable name, as everybody who got the message sees it": {
        "messages.pictures.get",
        "messages.pictures.read",
    },
    "part of another verb's transaction, or of what the program does by itself": {
        *(
            "customers.erased.leave_no_trace",
            "friends.when_linked",
            "surveys.answering.adopting.adopt",
            "surveys.answering.adopting.of_friend",
            "customers.enter",
            "customers.filling.fill",
            "customers.filling.take_back",
            "customers.member",
            "customers.note_member",
            "customers.touch",
            "cards.expire_due",
            "cards.offline.close",
            "cards.offline.replay",
            "cards.offline.require_sure",
            "cards.uncounted.keep",
            "cards.uncounted.knows",
            "cards.uncounted.withdraw",
            "cards.offline.waiting",
            "coupons.grant",
            "coupons.withdraw",
            "coupons.at_event",
            "coupons.claim_in",
            "coupons.issue_in",
            "coupons.codes_in",
            "coupons.require_given_out",
            "coupons.close_left_on_line",
            "coupons.code_again_in",
            "surveys.outcome.poll_in",
            "cards.pages.offered",
            "cards.pages.wished",
            "messages.pictures.shown_by",
            "talks.machine.wishes.grant",
            "talks.machine.wishes.grant_typed",
            "talks.machine.wishes.own_of",
            "talks.requests.place",
            "talks.requests.renew",
            "customers.mark",
            "customers.require_field",
            "surveys.begun_by_in",
            "surveys.open_in",
            "surveys.answering.giving.give",
            "surveys.addresses.of_person_in",
            "links.made",
            "links.for_people",
            "links.of_people",
            "links.of_customer",
            "links.sources.arrive",
            "links.sources.signed_in",
            "friends.signed_in",
            "friends.tie",
            "friends.proofs.show_card",
            "links.sources.welcome",
        ),
        *(
            "site." + name
            for name in ("grant", "shows", "take", "feedback.waiting", "visitors.invite", "visitors.token")
        ),
        *(
            "broadcasts.steps." + name
            for name in (
                "cancel",
                "go_on",
                "make",
                "open_of",
                "pause",
                "quiet",
                "require_sound",
                "settle",
                "standing",
                "sums",
                "twice",
            )
        ),
        *("site.reservations." + name for name in ("agree", "agreed", "waiting")),
        *("surveys.answering." + name for name in ("answer_in", "ask_in", "begin_in", "under_way_in")),
        *("cards.part." + name for name in ("disclose", "erase", "find", "move", "move_back", "timeline")),
        *("customers.set_line_state", "staff.record", "staff.require", "staff.require_second"),
        *("orders." + name for name in ("disclose", "erase", "find", "move", "move_back", "timeline")),
        *(
            "events." + name
            for name in ("apply", "erase", "erase_from", "give_back", "lay_in", "missing", "prune", "take")
        ),
        *(
            "friends.apply",
            "friends.profiles.name_new",
            "friends.profiles.note",
            "friends.profiles.renew",
            "talks.keeping.prune",
            "require_own_account",
            "friends.proofs.apply",
            "friends.proofs.prune",
            "friends.proofs.to_tell",
            "surveys.answering.giving.thanks",
        ),
        *("talks." + name for name in ("apply", "settle", "purge", "go_on", "say", "files.fetch")),
        *(
            "talks.machine." + name
            for name in ("assist", "go_on", "heard", "listen", "setup", "speak", "would_greet", "would_say")
        ),
    },
    "who acts, and what that allows": {
        *(
            "staff." + name
            for name in ("acting", "confirmed_by", "may", "refresh", "right", "seat", "sign_in", "sign_out")
        ),
        *("staff.members.all", "staff.members.by_code", "staff.members.check"),
    },
}
_NOT_SERVICES = {"database", "clock", "changes", "paths", "leases", "quarantine", "secrets", "line"}


def verbs(shop: Shop) -> Iterator[tuple[str, Any, Any]]:
    """Give the name, the service and the function of every public verb that the shop has."""
    seen: set[int] = set()

    def walk(path: str, service: Any) -> Iterator[tuple[str, Any, Any]]:
        if id(service) in seen:
            return
        seen.add(id(service))
        for name, verb in inspect.getmembers(type(service), inspect.isfunction):
            if not name.startswith("_"):
                yield f"{path}{name}", service, verb
        for name, part in vars(service).items() if hasattr(service, "__dict__") else ():
            if not name.startswith("_") and inspect.ismethod(part):
                yield f"{path}{name}", part.__self__, part.__func__
        for name, part in vars(service).items() if hasattr(service, "__dict__") else ():
            module = type(part).__module__
            if (
                not name.startswith("_")
                and module.startswith("shopdesk.")
                and module.split(".")[1] not in _NOT_SERVICES
            ):
                yield from walk(f"{path}{name}.", part)

    return walk("", shop)


def test_every_verb_carries_a_right_or_a_reason(sqlite_shop: Shop) -> None:
    unmarked = {name for name, _service, verb in verbs(sqlite_shop) if not hasattr(verb, "act")}
    reasons = set().union(*OPEN.values())
    assert unmarked - reasons == set(), "mark them with @needs(Act.…), or say above why they are open"
    assert reasons - unmarked == set(), "these are gone or marked"


def test_the_table_is_the_papers(sqlite_shop: Shop) -> None:
    staff = sqlite_shop.staff
    for name, actor in ROLES.items():
        with staff.acting(actor):
            assert {act for act in Act if staff.right(act) == "yes"} == MAY[name], name
            assert {act for act in Act if staff.right(act) == "confirmed"} == (
                CONFIRMED if name == "manager" else set()
            ), name
    assert set(RIGHTS["program"]) == set(Act) - {Act.MANAGE}


@pytest.mark.parametrize("role", [name for name in ROLES if name != "owner"])
def test_every_verb_is_refused_to_who_may_not(sqlite_shop: Shop, role: str) -> None:
    """Roles × verbs, exhaustively: a refused verb is refused before it looks at anything, and that is written down."""
    marked = [(name, service, verb) for name, service, verb in verbs(sqlite_shop) if hasattr(verb, "act")]
    assert len(marked) > 100
    refused = [(name, service, verb) for name, service, verb in marked if verb.act not in MAY[role]]
    with sqlite_shop.staff.acting(ROLES[role]):
        for name, service, verb in refused:
            wanted = NeedsOwnerError if role == "manager" and verb.act in CONFIRMED else NotAllowedError
            needed = [one for one in inspect.signature(verb).parameters.values() if one.default is one.empty][1:]
            given = [None for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD]
            named = {one.name: None for one in needed if one.kind is one.KEYWORD_ONLY}
            with pytest.raises(NotAllowedError) as caught:
                verb(service, *given, **named)
            assert type(caught.value) is wanted, name
    entries = [one for one in sqlite_shop.staff.entries(1000) if one.action == "refused"]
    assert len(entries) == len(refused)
    assert {one.role for one in entries} == {ROLES[role].role}


def test_what_a_verb_calls_on_the_way_is_not_asked_again(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    with shop.staff.acting(GATEWAY):
        assert shop.apply([]) == {}
        with pytest.raises(NotAllowedError):
            shop.customers.count()


def test_grants_reach_beyond_the_role(sqlite_shop: Shop) -> None:
    staff = sqlite_shop.staff
    with staff.acting(Actor("Ryo", "counter", 3, frozenset({Act.TALK}))):
        assert sqlite_shop.talks.counts() is not None
    with staff.acting(Actor("Mika", "manager", 2, frozenset({Act.EXPORT}))):
        assert staff.may(Act.EXPORT)
        assert not staff.may(Act.MANAGE)
