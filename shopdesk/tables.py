"""Every feature's tables in one place: what the schema and its migrations are made of."""

from __future__ import annotations

from shopdesk import leases, quarantine
from shopdesk.automations import tables as automations
from shopdesk.broadcasts import tables as broadcasts
from shopdesk.cards import tables as cards
from shopdesk.coupons import tables as coupons
from shopdesk.customers import tables as customers
from shopdesk.database import Base
from shopdesk.events import tables as events
from shopdesk.exports import tables as exports
from shopdesk.friends import tables as friends
from shopdesk.imports import tables as imports
from shopdesk.links import tables as links
from shopdesk.mailings import tables as mailings
from shopdesk.member_sites import tables as member_sites
from shopdesk.menus import tables as menus
from shopdesk.messages import tables as messages
from shopdesk.orders import tables as orders
from shopdesk.segments import tables as segments
from shopdesk.settings import tables as settings
from shopdesk.site import tables as site
from shopdesk.staff import tables as staff
from shopdesk.surveys import tables as surveys
from shopdesk.talks import tables as talks
from shopdesk.talks.machine import tables as machine

ALL = (
    leases,
    quarantine,
    staff,
    settings,
    customers,
    orders,
    imports,
    events,
    friends,
    coupons,
    cards,
    surveys,
    links,
    member_sites,
    segments,
    exports,
    messages,
    broadcasts,
    mailings,
    automations,
    talks,
    machine,
    menus,
    site,
)
METADATA = Base.metadata
