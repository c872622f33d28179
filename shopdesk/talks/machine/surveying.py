"""Surveys in the talk: begun by a word or a button, one question at a time, with the way back, and free."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import N_, for_customers
from shopdesk.japanese import fold
from shopdesk.line import limits
from shopdesk.messages import actions, addresses, buttons, literal, text, with_quick_replies
from shopdesk.surveys import (
    AGREE_FIRST,
    CHOICES,
    GOT_COUPON,
    GOT_POINTS,
    HAD_COUPON,
    HAD_POINTS,
    USED_COUPON,
    OptionFullError,
    Person,
    SurveyError,
    is_answer,
    key_in,
    not_open,
    starts,
)
from shopdesk.talks.machine import questions as q
from shopdesk.talks.machine.asking import state_of_question
from shopdesk.talks.machine.wishes import Granted
from shopdesk.talks.occasions import SURVEY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from shopdesk.coupons import Coupons
    from shopdesk.friends import Met
    from shopdesk.line import LineEvent, Message
    from shopdesk.messages import Messages
    from shopdesk.surveys import Gift, Progress, Question, Survey, Surveys

_BETWEEN = re.compile(r"[\s,、，・]+")
_HAD = N_("Your answers have arrived. Thank you.")


class Surveying:
    """Asks and takes answers in the transaction of the event. What is returned is what is said next, None where nothing is."""

    def __init__(self, surveys: Surveys, coupons: Coupons, messages: Messages) -> None:
        self._surveys, self._coupons, self._messages = surveys, coupons, messages

    def asked(self, session: Session, friend: Met) -> Progress | None:
        """Return what a friend is being asked, None where nothing is."""
        found = self._surveys.answering.under_way_in(session, _person(friend))
        return found if found is not None and found.asked is not None else None

    def fits(self, session: Session, friend: Met, found: Progress, said: str) -> bool:
        """Say whether a text can be the answer to what is being asked, or is one of the buttons below it."""
        one, do = found.asked, q.written(said)
        assert one is not None  # noqa: S101 - it is being asked
        if do in {q.BACK, q.STOP}:
            return True
        if key_in(said):  # typed by the page of another survey
            return False
        if state_of_question(session, friend.friend_id) != "accepted":
            return False
        if one.consent and not found.agreed:
            return do == q.AGREE
        return (do == q.PASS and not one.required) or is_answer(one, _labels(one, said))

    def tapped(self, session: Session, event: LineEvent, friend: Met, *, begins: bool = True) -> Granted | None:
        """Do what a button of a survey says. One that only begins it does so where `begins`."""
        tap = q.tapped(event.part("postback").get("data"))
        if tap is None or not (tap.do or begins):
            return None
        params = event.part("postback").get("params")
        day = params.get("date") if isinstance(params, dict) else None
        return self._granted(self._tapped(session, _person(friend), tap, str(day or "")))

    def begun(self, session: Session, said: str, friend: Met) -> Granted | None:
        """Begin the survey whose own word somebody wrote."""
        survey = self._surveys.begun_by_in(session, said)
        return self._granted(self._begin(session, survey, _person(friend))) if survey is not None else None

    def offered(self, session: Session, friend: Met) -> Granted | None:
        """Ask which survey it is to be; where there is only one, begin it."""
        there = self._surveys.open_in(session)
        if not there:
            return None
        only = len(there) == 1
        return self._granted(self._begin(session, there[0], _person(friend)) if only else [q.choice_of(there)])

    def said(self, session: Session, said: str, friend: Met, found: Progress) -> Granted | None:
        """Take a text as an answer, only to a question that was put: one that LINE did not take, or perhaps not, is put again."""
        state = state_of_question(session, friend.friend_id)
        person = _person(friend)
        if state == "sending":  # they have not seen it when they wrote this
            return None
        if state != "accepted" and q.written(said) != q.STOP:
            again = for_customers(N_("Our last question may not have reached you. Here it is again."))
            return self._granted([_plain(again), *self._ask(session, found)])
        return self._granted(self._said(session, person, found, said))

    def _granted(self, messages: Sequence[Message]) -> Granted | None:
        return Granted(self._messages.draft(messages[: limits.MESSAGES_PER_REQUEST]), SURVEY) if messages else None

    def _said(self, session: Session, person: Person, found: Progress, said: str) -> Sequence[Message]:
        one, do = found.asked, q.written(said)
        assert one is not None  # noqa: S101 - it is being asked
        here = q.Tap(found.page_key, found.version, found.form.questions.index(one))
        if do in {q.BACK, q.STOP} or (do == q.PASS and not one.required):
            return self._do(session, person, found, here._replace(do=do))
        if one.consent and not found.agreed:
            if do == q.AGREE:
                return self._do(session, person, found, here._replace(do=do))
            return [_plain(for_customers(AGREE_FIRST)), *self._ask(session, found)]
        return self._give(session, person, found, one, _labels(one, said))

    def _tapped(self, session: Session, person: Person, tap: q.Tap, day: str) -> Sequence[Message]:
        survey = self._surveys.begun_by_in(session, tap.survey)
        if survey is None:
            return [_plain(not_open("closed").for_customer)]
        if not tap.do:
            return self._begin(session, survey, person)
        try:
            found = self._surveys.answering.begin_in(session, survey.id, person, "talk")
        except SurveyError as refused:
            return [_plain(refused.for_customer)]
        if found.finished:
            return [_plain(for_customers(_HAD))]
        if tap.version != found.version or tap.question >= len(found.form.questions):
            return self._ask(session, found)
        return self._do(session, person, found, tap, day)

    def _do(self, session: Session, person: Person, found: Progress, tap: q.Tap, day: str = "") -> Sequence[Message]:
        """Do what a button says; one of a question that lies behind changes its answer."""
        one = found.form.questions[tap.question]
        if tap.do == q.STOP:
            self._surveys.answering.ask_in(session, found.response_id, "")
            words = for_customers(N_("Your answers so far are kept. You can go on any time."))
            go_on = for_customers(N_("Go on"))
            return [with_quick_replies(_plain(words), [actions.postback(go_on, starts(found.page_key), go_on)])]
        if tap.do in {q.BACK, q.AGREE}:
            at = self._at(session, person, found, one.name, agreed=tap.do == q.AGREE)
            if tap.do == q.BACK and at.before is not None:
                at = self._at(session, person, found, at.before.name)
            return self._ask(session, at)
        picked = [place for place in tap.picked if place < len(one.options)]
        if tap.do[:1] == "o" and tap.do[1:].isdigit() and int(tap.do[1:]) < len(one.options):
            picked = list(dict.fromkeys([*picked, int(tap.do[1:])]))
            if one.kind == "several" and len(picked) < (one.most or len(one.options)):
                at = self._at(session, person, found, one.name)
                return self._ask(session, at, picked)
        said = [one.options[place].label for place in picked]
        if tap.do[:1] == "n":
            said = [tap.do[1:]]
        elif tap.do == "day":
            said = [day]
        return self._give(session, person, found, one, said)

    def _begin(self, session: Session, survey: Survey, person: Person) -> Sequence[Message]:
        if survey.form.anonymous:
            return [self._to_page(session, survey, person)]
        try:
            found = self._surveys.answering.begin_in(session, survey.id, person, "talk")
        except SurveyError as refused:
            return [_plain(refused.for_customer)]
        if found.finished:
            return [_plain(for_customers(_HAD)), *self._gift(session, found.gift)]
        intro = "" if found.answers else "\n\n".join(filter(None, [found.form.title, found.form.intro]))
        return [*([_plain(intro)] if intro else []), *self._ask(session, found)]

    def _to_page(self, session: Session, survey: Survey, person: Person) -> Message:
        """Return the way to the page of an anonymous survey: what is written in a talk is not anonymous."""
        where = self._surveys.addresses
        try:
            known = person.customer_id
            address = where.of_page(survey) if known is None else where.of_person_in(session, survey.id, known)
        except NoFixedAddressError:
            return _plain(not_open("closed").for_customer)
        said = for_customers(N_("This survey is anonymous. It is answered on its page."))
        return buttons(said, said, (actions.open_link(for_customers(N_("Answer the survey")), address),))

    def _at(
        self, session: Session, person: Person, found: Progress, question: str, *, agreed: bool = False
    ) -> Progress:
        self._surveys.answering.ask_in(session, found.response_id, question, agreed=agreed)
        return self._surveys.answering.begin_in(session, found.survey_id, person, "talk")

    def _give(
        self, session: Session, person: Person, found: Progress, one: Question, said: Sequence[str]
    ) -> Sequence[Message]:
        try:
            after = self._surveys.answering.answer_in(
                session, found.survey_id, person, one.name, said, version=found.version, channel="talk"
            )
        except OptionFullError as full:
            at = self._at(session, person, found, full.question)
            return [_plain(full.for_customer), *self._ask(session, at)]
        except SurveyError as wrong:
            if wrong.code != "answer":
                self._surveys.answering.ask_in(
                    session, found.response_id, ""
                )  # said once: what comes then is no answer
                return [_plain(wrong.for_customer)]
            return [_plain(wrong.for_customer), *self._ask(session, self._at(session, person, found, one.name))]
        return self._thanks(session, person, after) if after.finished else self._ask(session, after)

    def _ask(self, session: Session, found: Progress, picked: Sequence[int] = ()) -> Sequence[Message]:
        assert found.asked is not None  # noqa: S101 - it is not finished
        self._surveys.answering.ask_in(session, found.response_id, found.asked.name, agreed=found.agreed)
        return q.asked(found, picked, picture=self._picture)

    def _picture(self, kept: str) -> str | None:
        """Return the address of a kept picture, None where LINE could not fetch it."""
        if not self._messages.public_url():
            return None
        return addresses.own(kept, self._messages.pictures.get(kept).card_width)

    def _thanks(self, session: Session, person: Person, found: Progress) -> Sequence[Message]:
        form = found.form
        said = [form.thanks or for_customers(N_("Thank you for your answers."))]
        said += [
            "\n".join([one.question.title, *(f"{each.label} {each.share:.0%}" for each in one.counts)])
            for one in self._surveys.outcome.poll_in(session, found.survey_id)
        ]
        if person.customer_id is None and (form.gift_coupon or form.gift_points):
            said.append(for_customers(N_("For the gift, link LINE with your data at the shop: send 連携.")))
        return [_plain("\n\n".join(said)), *self._gift(session, found.gift)]

    def _gift(self, session: Session, gift: Gift | None) -> Sequence[Message]:
        if gift is None:
            return ()
        if gift.ticket_id is None:
            said = for_customers(HAD_POINTS if gift.before else GOT_POINTS)
            return [_plain(said.format(points=gift.points))]
        if gift.used:
            return [_plain(for_customers(USED_COUPON))]
        try:
            token, coupon = self._coupons.code_again_in(session, gift.ticket_id)
            card = self._messages.coupon_card(coupon.offer, self._coupons.addresses.of_token(token))
            return [*([_plain(for_customers(HAD_COUPON))] if gift.before else []), card]
        except NoFixedAddressError:
            return [_plain(for_customers(GOT_COUPON))]


def _labels(one: Question, said: str) -> list[str]:
    """Return what somebody wrote as labels of options: by their words, or by the numbers before them."""
    if one.kind not in CHOICES:
        return [said]
    known = {fold(option.label) for option in one.options}
    parts = [said] if one.kind != "several" or fold(said) in known else _BETWEEN.split(said)
    numbered = {str(place): option.label for place, option in enumerate(one.options, 1)}
    return [part if fold(part) in known else numbered.get(fold(part), part) for part in parts]


def _person(friend: Met) -> Person:
    return Person(friend.customer_id, friend.friend_id)


def _plain(said: str) -> Message:
    return text(literal(said))
