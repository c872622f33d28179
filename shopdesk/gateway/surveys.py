"""Surveys on customers' phones: a page for everybody, and each person's own.

Opening a page changes nothing. Every question posts its own answer, so what was answered is kept wherever somebody stops; the same
answer again is the same row.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shopdesk.errors import NotFoundError
from shopdesk.gateway import survey_parts as parts
from shopdesk.gateway.limiting import Limit
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import TOO_MANY, Visits
from shopdesk.surveys import KEY, AnswerError, NotOpenError, OptionFullError, not_open

if TYPE_CHECKING:
    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop
    from shopdesk.surveys import Form, Person, Progress, Survey

_MOST_BEGUN = 3000
"""So many begin on pages for everybody within ten minutes: a shop's post may reach many at once."""
_KEY_BYTES = 16
_LARGEST_ANSWER = 16 * 1024
"""Bytes of a posted answer: a thousand Japanese characters are nine thousand."""
_MOST_FIELDS = 40
_VERSION = re.compile(r"[0-9]{1,9}")


class SurveyPages:
    """The pages under `/survey`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._visits = shop, Visits(shop)
        self._begun = Limit(shop.clock, _MOST_BEGUN)
        posts = {"begin": self.begin, "answer": self.answer, "back": self.back, "gift": self.gift}
        self.routes = [
            Route("/survey/{key}", self._visits.seen(self.show), methods=["GET"]),
            *(
                Route(
                    f"/survey/{{key}}/{name}",
                    self._visits.posted(act, largest=_LARGEST_ANSWER, most=_MOST_FIELDS),
                    methods=["POST"],
                )
                for name, act in posts.items()
            ),
        ]

    def show(self, key: str) -> Response:
        """Show where somebody is, or how to begin. Raises NotFoundError."""
        survey, person, found = self._shop.surveys.opened(key)
        if found is not None and (found.finished or survey.standing == "open"):
            return self._step(survey, found, key)
        if survey.standing != "open":
            own = key if person is None else ""  # who answered on this phone sees what they saw then
            return self._said(survey.form, not_open(survey.standing, survey.form).for_customer, own)
        basic_id = str(self._shop.settings.get("line_basic_id")) if person is None else ""
        values = parts.start(survey, key, basic_id, known=person is not None)
        return self._page("survey_start", survey.form, values, script=person is None)

    def begin(self, key: str, fields: Fields) -> Response:
        """Begin, or go on where this phone was: a phone that nobody knows gets a key, or has kept one. Raises NotFoundError."""
        survey, person = self._shop.surveys.on_page(key)
        if person is None:
            who = fields.get("who", "")
            own = who if KEY.fullmatch(who) else secrets.token_urlsafe(_KEY_BYTES)
            return RedirectResponse(f"/survey/{key}.{own}", 303)
        try:
            self._shop.surveys.answering.begin(survey.id, person)
        except NotOpenError as closed:
            return self._said(survey.form, closed.for_customer)
        return RedirectResponse(f"/survey/{key}", 303)

    def answer(self, key: str, fields: Fields) -> Response:
        """Take one answer; what is none is asked again with what is missing. Raises NotFoundError."""
        survey, person = self._known(key)
        answering, question = self._shop.surveys.answering, fields.get("q", "")
        found = answering.look(survey.id, person)
        if found is not None and not found.response_id and not self._begun.allows(""):
            return self._visits.nothing(TOO_MANY)
        said = [value for name, value in fields.items() if name == "a" or name.startswith("a.")]
        version = fields.get("v", "")
        try:
            answering.answer(
                survey.id,
                person,
                question,
                said,
                version=int(version) if _VERSION.fullmatch(version) else 0,
                agreed=fields.get("agree") == "1",
            )
        except NotOpenError as closed:
            return self._said(survey.form, closed.for_customer)
        except AnswerError as wrong:
            at = wrong.question if isinstance(wrong, OptionFullError) else question
            found = answering.look(survey.id, person, at)
            agreed = fields.get("agree") == "1" and at == question
            return self._step(survey, found, key, wrong.for_customer, said, agreed=agreed) if found else self.show(key)
        return RedirectResponse(f"/survey/{key}", 303)

    def back(self, key: str, fields: Fields) -> Response:
        """Show the question before; nothing is changed by that. Raises NotFoundError."""
        survey, person = self._known(key)
        look = self._shop.surveys.answering.look
        found = look(survey.id, person, fields.get("q", ""))
        if found is None or found.finished or survey.standing != "open":
            return self.show(key)
        before = look(survey.id, person, found.before.name) if found.before else found
        return self._step(survey, before or found, key)

    def gift(self, key: str, _fields: Fields) -> Response:
        """Open the coupon that somebody got. Raises NotFoundError: they have none to use."""
        survey, person = self._known(key)
        code = self._shop.surveys.answering.gift_code(survey.id, person)
        return RedirectResponse(f"/coupon/{code}", 303)

    def _known(self, key: str) -> tuple[Survey, Person]:
        """Return whose page it is. Raises NotFoundError: it is everybody's."""
        survey, person = self._shop.surveys.on_page(key)
        if person is None:
            raise NotFoundError("")
        return survey, person

    def _step(
        self,
        survey: Survey,
        found: Progress,
        key: str,
        wrong: str = "",
        said: list[str] | None = None,
        *,
        agreed: bool = False,
    ) -> Response:
        if found.finished:
            poll = self._shop.surveys.outcome.poll(survey.id)
            gift = survey.form.gift_coupon
            coupon = self._shop.coupons.get(gift) if gift is not None and found.gift is None else None
            values = parts.thanks(found, key, poll, coupon)
            return self._page("survey_thanks", found.form, values)
        values = parts.question(found, key, wrong, said, agreed=agreed)
        return self._page("survey", found.form, values)

    def _said(self, form: Form, said: str, key: str = "") -> Response:
        return self._page("survey_over", form, {"what": said, "key": key}, script=bool(key))

    def _page(self, name: str, form: Form, values: dict[str, str], *, script: bool = False) -> Response:
        shop = str(self._shop.settings.get("shop_name"))
        whole = {"title": form.title, "shop": shop, **values}
        return page(name, form.title, whole, script="survey" if script else "")
