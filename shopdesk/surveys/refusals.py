"""Why a survey or an answer is not taken, and what is said of the gift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, for_customers

if TYPE_CHECKING:
    from shopdesk.surveys.records import Form, Standing


class SurveyError(ShopDeskError):
    """A survey does not take answers, or not this one. `for_customer` says so to whoever answered.

    Args:
        said: The sentence, marked for translation.
        values: What fills it.
    """

    code = "survey"

    def __init__(self, said: str, **values: object) -> None:
        super().__init__(_(said).format(**values))
        self.for_customer = for_customers(said).format(**values)


class NotOpenError(SurveyError):
    """It takes no answers now: not yet, not any more, or it has enough of them."""

    code = "survey_not_open"


class AnswerError(SurveyError):
    """What was said is no answer to the question."""

    code = "answer"


class OptionFullError(AnswerError):
    """So many as may have chosen it; `question` is where another choice is to be made."""

    code = "option_full"

    def __init__(self, question: str, said: str, **values: object) -> None:
        super().__init__(said, **values)
        self.question = question


GOT_POINTS = N_("As a thank-you, {points} points are on your card.")
GOT_COUPON = N_("A coupon is yours as a thank-you. Say your name at the shop.")
HAD_POINTS = N_("You have had the {points} points for this survey already: they are given once.")
HAD_COUPON = N_("The coupon for this survey is given once. This is the one that you have had.")
USED_COUPON = N_("You have used the coupon for this survey already: it is given once.")
AGREE_FIRST = N_("Say yes first to what the answer is used for.")
_NOT_OPEN: dict[Standing, str] = {
    "over": N_("This survey has ended. Thank you for your interest."),
    "full": N_("This survey has as many answers as it can take. Thank you for your interest."),
    "closed": N_("This survey has ended. Thank you for your interest."),
}


def not_open(standing: Standing, form: Form | None = None) -> NotOpenError:
    """Return the refusal of a survey that takes no answers just now; `form` is needed where it begins later."""
    if standing != "not_yet" or form is None or form.opens is None:
        return NotOpenError(_NOT_OPEN.get(standing, _NOT_OPEN["closed"]))
    local = in_japan(form.opens)
    said = N_("This survey begins on {month}/{day} at {time}.")
    return NotOpenError(said, month=local.month, day=local.day, time=f"{local:%H:%M}")
