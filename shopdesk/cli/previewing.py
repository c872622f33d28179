"""The dry run of a broadcast, for people and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.cli.face import yen
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.broadcasts import Preview


def as_json(shown: Preview) -> dict[str, Any]:
    """Return the dry run as the contract has it."""
    return {
        "planned": shown.planned,
        "excluded": [{"reason": one.reason, "count": one.count} for one in shown.excluded],
        "messages_counted": shown.messages_counted,
        "quota_left": shown.quota_left,
        "quota_problem": shown.quota_problem,
        "cost_yen": shown.cost_yen,
        "cost_problem": shown.cost_problem,
        "samples": shown.samples,
        "variants": shown.variants,
        "way": shown.way,
        "mail_only": shown.mail_only,
        "note": shown.note,
        "line_people": shown.line_people,
        "quota_used": shown.quota_used,
        "quiet_hours": shown.quiet_until,
        "larger_plan": shown.larger_plan,
        "problems": shown.problems,
        "warnings": shown.warnings,
    }


def lines(shown: Preview) -> Iterator[str]:
    """Say the dry run."""
    if shown.mail_only:
        yield shown.note
        return
    yield _("{people} people get it; it counts as {messages} messages.").format(
        people=f"{shown.planned:,}", messages=f"{shown.messages_counted:,}"
    )
    yield from (_("{name}: {n} people").format(name=one.name.upper(), n=f"{one.planned:,}") for one in shown.variants)
    for one in shown.excluded:
        yield f"  – {one.sentence}: {one.count:,}"
    if shown.quota_problem:
        yield shown.quota_problem
    elif shown.quota_left is not None:
        yield _("{left} messages are left this month.").format(left=f"{shown.quota_left:,}")
    if shown.cost_yen is not None:
        yield _("Extra cost: {yen}.").format(yen=yen(shown.cost_yen))
    elif shown.cost_problem:
        yield shown.cost_problem
    yield from filter(None, (shown.larger_plan, shown.note))
    yield from (f"✕ {one.sentence}" for one in shown.problems)
    yield from (f"! {one.sentence}" for one in shown.warnings)
    for sample in shown.samples:
        part = f"{sample.variant.upper()}: " if sample.variant else ""
        yield f"【{part}{sample.name or _('without a name')}】"
        yield from sample.texts
