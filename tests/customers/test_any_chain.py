"""Random chains of everything that can be done to people: the data stays whole, and what is taken back is as it was."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from shopdesk.clock import FixedClock
from shopdesk.customers import Change, Filter, NewCustomer, StoppedError
from shopdesk.paths import Home
from shopdesk.shop import open_shop
from shopdesk.verify import verify
from tests.conftest import NOW
from tests.people import order, person

# What an act leaves by its nature: the record of acts, the list of merges and edits themselves, counters.
NOT_COMPARED = {"audit", "merges", "bulk_edits", "sqlite_sequence", "customer_search"}
NAMES = st.sampled_from(["見本 花子", "髙﨑 𠮷", "例示 太郎", "<b>x</b>"])
PHONES = st.sampled_from(["", "090-0000-0001", "03-0000-0002"])
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a chain takes minutes
TAGS = st.sampled_from(["常連", "猫"])
CHANGES = st.one_of(
    st.builds(Change, st.sampled_from(["tag", "untag"]), TAGS),
    st.builds(Change, st.just("prefecture"), st.sampled_from(["東京都", "北海道", ""])),
    st.builds(Change, st.just("consent off"), st.sampled_from(["line", "mail"])),
    st.builds(Change, st.just("own"), st.sampled_from(["あか", "", "あお"]), st.just(1)),
)


class Chains(RuleBasedStateMachine):
    """One shop, used at random."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="shopdesk-chains-"))
        self.clock = FixedClock(NOW)

    @initialize()
    def open(self) -> None:
        home = Home(self.folder / "home")
        home.make()
        shutil.copyfile(self.template, home.database)
        self.shop = open_shop(home.path, clock=self.clock, secrets={})
        self.shop.customers.fields.make("色", "text")
        self.shop.customers.tag([person(self.shop), person(self.shop, "例示 太郎")], "常連")

    def people(self) -> list[int]:
        return sorted(self.shop.customers.ids(Filter()))

    def some(self, data, least: int = 1) -> list[int]:
        return data.draw(st.lists(st.sampled_from(self.people()), min_size=least, max_size=4, unique=True))

    def tick(self) -> None:
        self.clock.move(timedelta(minutes=1))

    @rule(name=NAMES, phone=PHONES)
    def add(self, name: str, phone: str) -> None:
        self.tick()
        made = person(self.shop, name, phone="+81" + phone.replace("-", "")[1:] if phone else "", member_id="")
        order(self.shop, made, self.clock.now(), 100 + made)

    @precondition(lambda self: self.people())
    @rule(data=st.data(), name=NAMES, phone=PHONES, note=st.sampled_from(["", "卵", "猫"]))
    def correct(self, data, name: str, phone: str, note: str) -> None:
        self.tick()
        who = self.some(data)[0]
        self.shop.customers.correct(who, NewCustomer(name, phone=phone, note=note, email=f"p{who}@example.jp"))

    @precondition(lambda self: self.people())
    @rule(data=st.data(), on=st.booleans(), channel=st.sampled_from(["line", "mail"]))
    def consent(self, data, on: bool, channel: str) -> None:
        self.tick()
        who = self.some(data)[0]
        stopped = self.shop.customers.get(who).stopped_at is not None
        with pytest.raises(StoppedError) if stopped and on else nullcontext():
            self.shop.customers.consents.set(who, channel, on=on)

    @precondition(lambda self: self.people())
    @rule(data=st.data(), stop=st.booleans())
    def stop_or_allow(self, data, stop: bool) -> None:
        self.tick()
        consents = self.shop.customers.consents
        (consents.stop_use if stop else consents.allow_use)(self.some(data)[0])

    @precondition(lambda self: len(self.people()) > 1)
    @rule(data=st.data(), family=st.booleans())
    def pair(self, data, family: bool) -> None:
        one, other = self.some(data, 2)[:2]
        pairs = self.shop.customers.pairs
        pairs.relate(one, other, "family") if family else pairs.distinct(one, other)

    @precondition(lambda self: self.people())
    @rule(data=st.data(), change=CHANGES)
    def edit_many(self, data, change: Change) -> None:
        self.tick()
        self.shop.customers.edits.make(change, self.some(data))

    @precondition(lambda self: self.shop.customers.edits.latest())
    @rule(data=st.data())
    def undo_an_edit(self, data) -> None:
        open_ones = [one.id for one in self.shop.customers.edits.latest() if one.undone_at is None]
        if open_ones:
            self.tick()
            self.shop.customers.edits.undo(data.draw(st.sampled_from(open_ones)))

    @precondition(lambda self: len(self.people()) > 1)
    @rule(data=st.data(), other_side=st.sets(st.sampled_from(["name", "phone", "note"])))
    def merge(self, data, other_side: set[str]) -> None:
        self.tick()
        keep, other = self.some(data, 2)[:2]
        self.shop.customers.merges.make(keep, other, dict.fromkeys(other_side, "other"))

    @precondition(lambda self: len(self.people()) > 1)
    @rule(data=st.data(), other_side=st.sets(st.sampled_from(["name", "phone", "note"])))
    def merge_and_back(self, data, other_side: set[str]) -> None:
        self.tick()
        keep, other = self.some(data, 2)[:2]
        before = everything(self.shop)
        made = self.shop.customers.merges.make(keep, other, dict.fromkeys(other_side, "other"))
        self.shop.customers.merges.undo(made.id)
        assert everything(self.shop) == before

    @precondition(lambda self: self.shop.customers.merges.latest())
    @rule(data=st.data())
    def undo_a_merge(self, data) -> None:
        standing = [one.id for one in self.shop.customers.merges.latest() if one.undone_at is None]
        if standing:
            self.tick()
            merge_id = data.draw(st.sampled_from(standing))
            back = self.shop.customers.merges.undo(merge_id)
            assert back.id in self.people()

    @precondition(lambda self: len(self.people()) > 2)
    @rule(data=st.data())
    def forget(self, data) -> None:
        self.tick()
        self.shop.customers.forget(self.some(data)[0])

    @invariant()
    def whole(self) -> None:
        if hasattr(self, "shop"):
            assert [one for one in verify(self.shop) if not one.ok] == []

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def everything(shop) -> dict[str, list[str]]:
    with shop.database.read() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return {
            one: sorted(str(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{one}"')))
            for one in tables
            if one not in NOT_COMPARED and not one.startswith("customer_search")
        }


def test_any_chain_keeps_the_data_whole(empty_sqlite, monkeypatch):
    monkeypatch.setattr(Chains, "template", empty_sqlite, raising=False)
    case = Chains.TestCase
    case.settings = settings(
        max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES
    )
    case().runTest()
