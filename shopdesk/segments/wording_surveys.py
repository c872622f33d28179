"""What each condition on surveys is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.segments import wording as w
from shopdesk.segments.surveys import names

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition


def finished(condition: Condition) -> w.Clause:
    """「「冬のケーキ」に答えた」."""
    yes = _("who **answered** “{survey}”")
    text = yes if condition.value else _("who **did not answer** “{survey}”")
    return w.Clause(text, {"survey": names(condition.field)[0]})


def answered(condition: Condition) -> w.Clause:
    """「「肌の悩み」に乾燥と答えた」."""
    value: Any = condition.value
    said = value[0] if isinstance(value, tuple) else value
    filled: dict[str, str | w.Names | w.Clause] = {"question": names(condition.field)[1]}
    if condition.comparison in {"is", "is_not"}:
        filled["names"] = w.names(condition)
    elif condition.comparison in {"contains", "contains_not"}:
        filled["names"] = w.Names((str(value),))
    elif isinstance(said, int) and condition.comparison not in {"within_days", "before_days"}:
        filled |= w.numbers(value, condition.comparison)
    else:
        filled |= w.days(value)
    return w.Clause(_text(condition.comparison), filled)


def _text(comparison: str) -> str:
    texts = {
        "is": _("who answered “{question}” with {names}"),
        "is_not": _("who did not answer “{question}” with {names}"),
        "contains": _("who wrote {names} to “{question}”"),
        "contains_not": _("who did not write {names} to “{question}”"),
        "at_least": _("who answered “{question}” with **{n} or more**"),
        "at_most": _("who answered “{question}” with **{n} or less**"),
        "equals": _("who answered “{question}” with **{n}**"),
        "within_days": _("whose answer to “{question}” was within **{n}** days"),
        "before_days": _("whose answer to “{question}” was more than **{n}** days ago"),
        "before": _("whose answer to “{question}” is **before {day}**"),
        "after": _("whose answer to “{question}” is **after {day}**"),
        "between": _("whose answer to “{question}” is **from {from} to {to}**"),
    }
    return texts[comparison]
