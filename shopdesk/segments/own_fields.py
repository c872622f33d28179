"""Whether the fields of the shop's own and the surveys that a rule asks for are there: a rule kept for long may outlive them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.customers.tables import OwnFieldRow
from shopdesk.i18n import _
from shopdesk.segments.parsing import InvalidRuleError
from shopdesk.segments.persons import OWN
from shopdesk.segments.rules import Condition, paths
from shopdesk.segments.surveys import SURVEY, names, questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Rule


def require_own_fields(session: Session, *rules: Rule) -> None:
    """Refuse rules about a field that is not there: "is not" would take everybody, all else nobody.

    Raises:
        InvalidRuleError: naming the field, and those there are.
    """
    keys = [part.field for rule in rules for part in paths(rule).values() if isinstance(part, Condition)]
    _require_surveys(session, [key for key in keys if key.startswith(SURVEY)])
    asked = [key.removeprefix(OWN) for key in keys if key.startswith(OWN)]
    if not asked:
        return
    known = list(session.scalars(select(OwnFieldRow.name).order_by(OwnFieldRow.name)))
    name = next((one for one in asked if one not in known), None)
    if name is None:
        return
    if known:
        sentence = _("The shop has no field of its own called “{name}”. It has: {known}.")
    else:
        sentence = _("The shop has no field of its own called “{name}”. Make it, or take it out of the rule.")
    raise InvalidRuleError(sentence.format(name=name, known=_(", ").join(known)))


def _require_surveys(session: Session, keys: Sequence[str]) -> None:
    known = questions(session) if keys else {}
    for key in keys:
        survey, question = names(key)
        if survey not in known or (question and question not in known[survey]):
            said = _("There is no survey with the question “{name}”. Take it out of the rule, or look at its name.")
            raise InvalidRuleError(said.format(name=key.removeprefix(SURVEY)))
