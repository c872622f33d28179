"""Fields about the person."""

from __future__ import annotations

from sqlalchemy import select

from shopdesk import japanese
from shopdesk.customers.tables import CustomerRow, TagRow
from shopdesk.i18n import N_, _
from shopdesk.segments import answers as a, persons as p, wording_orders as wo, wording_people as wp
from shopdesk.segments.fields import TEXTS, Field
from shopdesk.segments.reading import UnreadableError
from shopdesk.segments.vocabulary.shapes import choice, flag, listed, number, one_of

BIRTH_MONTHS = tuple((str(month), title) for month, title in enumerate(wo.MONTHS, 1)) + wp.MONTHS_AHEAD
CONSENT = (("true", N_("takes them")), ("false", N_("opted out")))


def _prefecture(text: str) -> str:
    found = japanese.prefecture(text)
    if found is None:
        raise UnreadableError(_("“{text}” is not a prefecture").format(text=text))
    return found


PEOPLE: tuple[Field, ...] = (
    choice(
        "tags",
        N_("Tag"),
        where=p.tags,
        say=wp.tags,
        normal=japanese.tidy,
        offers=lambda: select(TagRow.name),
        answer=a.tags,
    ),
    choice(
        "customer.prefecture",
        N_("Prefecture"),
        where=p.prefecture,
        say=wp.prefecture,
        normal=_prefecture,
        answer=a.column("prefecture"),
    ),
    number("customer.age", N_("Age"), where=p.age, say=wp.age, unit=N_("years"), answer=a.age),
    Field(
        "customer.birthday",
        N_("Birthday"),
        "date",
        ("in_days",),
        p.birthday,
        wp.birthday,
        N_("days"),
        answer=a.column("birth_date"),
    ),
    listed(
        "customer.birth_month",
        N_("Month of birth"),
        p.birth_month,
        wp.birth_month,
        BIRTH_MONTHS,
        answer=a.birth_month,
    ),
    listed("customer.sex", N_("Sex"), p.sex, wp.sex, wp.SEXES, answer=a.column("sex", wp.SEXES, "unknown")),
    choice(
        "customer.source",
        N_("First came from"),
        where=p.source,
        say=wp.source,
        offers=lambda: select(CustomerRow.source).distinct(),
        answer=a.column("source"),
    ),
    Field("customer.note", N_("Note"), "text", TEXTS, p.note, wp.note, answer=a.column("note")),
    listed(
        "customer.relation",
        N_("Family or company"),
        p.relation,
        wp.relation,
        wp.RELATIONS,
        answer=a.relations(wp.RELATIONS),
    ),
    number(
        "customer.relations",
        N_("Number of linked people"),
        where=p.relations,
        say=wp.relations,
        unit=N_("people"),
        answer=a.relations(wp.RELATIONS),
    ),
    choice(
        "line.state",
        N_("On LINE"),
        where=p.line_state,
        say=wp.line_state,
        choices=wp.LINE_STATES,
        normal=one_of(wp.LINE_STATES, {"not_linked": "none"}),
        answer=a.column("line_state", wp.LINE_STATES),
    ),
    flag(
        "consent.line",
        N_("Messages on LINE"),
        where=p.consent_line,
        say=wp.consent_line,
        choices=CONSENT,
        answer=a.column("consent_line", CONSENT),
    ),
    flag(
        "consent.mail",
        N_("Mail"),
        where=p.consent_mail,
        say=wp.consent_mail,
        choices=CONSENT,
        answer=a.column("consent_mail", CONSENT),
    ),
)
