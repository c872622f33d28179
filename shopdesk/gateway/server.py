"""The gateway as a process of its own, or beside a test in a thread."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from filelock import FileLock, Timeout

from shopdesk.errors import ShopDeskError
from shopdesk.gateway.adding import AddPages
from shopdesk.gateway.app import InName, create_app
from shopdesk.gateway.arriving import arrive
from shopdesk.gateway.cards import CardPages
from shopdesk.gateway.connections import connections
from shopdesk.gateway.coupons import CouponPages
from shopdesk.gateway.draining import Drainer
from shopdesk.gateway.errands import answers_of, assistance_of, due_work_of, errands_of
from shopdesk.gateway.forwarding import Forwarding
from shopdesk.gateway.keeping import Keeper
from shopdesk.gateway.linking import Linking
from shopdesk.gateway.links import LinkPages
from shopdesk.gateway.media import Media
from shopdesk.gateway.members import Members
from shopdesk.gateway.pages import assets
from shopdesk.gateway.reserving import ReservePages
from shopdesk.gateway.signing_in import SignIn
from shopdesk.gateway.site import SitePages
from shopdesk.gateway.standing import Notice, end_with
from shopdesk.gateway.stopping import Stopping
from shopdesk.gateway.surveys import SurveyPages
from shopdesk.gateway.tunnel import Tunnel
from shopdesk.gateway.webhook import Webhook
from shopdesk.i18n import _
from shopdesk.inbox import Inbox
from shopdesk.line import NoKeysError
from shopdesk.secrets import LINE_CHANNEL_SECRET
from shopdesk.staff import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from types import FrameType

    from starlette.types import ASGIApp

    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
_BACKLOG = 2048
_PATIENCE_S = 20.0
_KEEP_ALIVE_S = 30
_SECRET = re.compile(r"[0-9a-f]{32}")


class AlreadyServingError(ShopDeskError):
    """Another gateway works in this home: an inbox has one drainer."""

    code = "already_serving"


class PortTakenError(ShopDeskError):
    """Another program listens there."""

    code = "port_taken"


@dataclass(frozen=True, slots=True)
class Running:
    """A gateway in this process: where it listens, its inbox, to look at, and what it answers, as `GET /shop`."""

    url: str
    inbox: Inbox
    answers: frozenset[str]


class _Server(uvicorn.Server):
    """A server that says when it listens, and that another thread or a signal can end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.listening.set()


def config(app: ASGIApp) -> uvicorn.Config:
    """Return how the gateway is served."""
    connection, most = connections()
    return uvicorn.Config(
        app,
        http=connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=HOST,  # a proxy or tunnel on this machine says who the client is; nobody else
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=5,
        limit_concurrency=most,
    )


class _Gateway:
    """What belongs together while the gateway runs."""

    def __init__(self, shop: Shop, host: str, port: int) -> None:
        secret = channel_secret(shop)
        self.shop, self._listener = shop, listener(host, port)
        self.inbox = Inbox(shop.home.inbox, shop.database.key)
        self.errands = (answers_of(shop), assistance_of(shop), errands_of(shop, self.inbox))
        self.due_work = due_work_of(shop)
        self.drainer = Drainer(shop, self.inbox, self._drained)
        self.keeper = Keeper(self._put)
        self.forwarding = Forwarding(lambda: str(shop.settings.get("forward_to")), shop.clock.now)
        self.webhook = Webhook(secret, self.keeper, self.forwarding.take)
        sign_in = SignIn(shop)
        self.linking, self.links = Linking(shop, sign_in), LinkPages(shop)
        wallet = (CardPages(shop), CouponPages(shop), SurveyPages(shop))
        found = (AddPages(shop, sign_in), sign_in, Members(shop, sign_in), self.links)
        site = (SitePages(shop), ReservePages(shop), Stopping(shop))
        own = [route for one in (*wallet, *found, *site) for route in one.routes]
        public = [*self.linking.routes, *own, Media(shop.messages.pictures).route, *assets()]
        app = create_app(self.webhook, self._health, public, lambda: str(shop.settings.get("public_url")))
        self.answers = frozenset(f"{method} {route.path}" for route in public for method in route.methods or ())
        self.server = _Server(config(InName(app, partial(shop.staff.acting, PAGE))))

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self._listener.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def _put(self, bodies: Any) -> None:
        self.inbox.put(bodies, self.shop.clock.now())
        self.drainer.call()

    def _drained(self) -> None:
        for one in self.errands:
            one.call()

    def _health(self) -> dict[str, Any]:
        counts = self.inbox.counts()
        forwarded = self.forwarding.state
        return {
            "ok": True,
            "waiting": counts.waiting,
            "aside": counts.aside,
            "last_webhook_at": _iso(counts.last_at),
            "forwarded_at": _iso(forwarded.well_at),
            "not_forwarded_at": _iso(forwarded.lost_at),
            "not_forwarded_why": forwarded.why,
        }

    def end(self) -> None:
        """Stop serving soon."""
        self.server.should_exit = True

    def run(self) -> None:
        """Serve until told to stop, then work off what waits."""
        self.drainer.start()
        for one in (*self.errands, self.due_work, self.links.writing):
            one.start()
        self.forwarding.start()
        try:
            self.server.run([self._listener])
        finally:
            self.keeper.close()
            self.drainer.stop()
            for one in (*self.errands, self.due_work, self.links.writing):
                one.stop()
            self.links.close()
            self.forwarding.stop()
            self.shop.talks.machine.speak()
            self.linking.close()
            self.inbox.close()


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def channel_secret(shop: Shop) -> bytes:
    """Return the channel secret that signs webhooks.

    Raises:
        NoKeysError: there is none, or it is not what LINE gives: 32 hexadecimal digits. An empty one would let everybody in.
    """
    secret = shop.secrets.get(LINE_CHANNEL_SECRET) or ""
    if not _SECRET.fullmatch(secret):
        raise NoKeysError(
            _("The gateway needs the channel secret of your LINE account: 32 characters. Set it in the settings, LINE.")
        )
    return secret.encode()


def serve(shop: Shop, *, port: int, host: str, public_url: str, tunnel: str = "", keeper: int | None = None) -> None:
    """Be the gateway until SIGINT or SIGTERM. Prints one JSON line, {"url": …}, once it listens.

    Args:
        shop: Whose.
        port: 0 takes any free one.
        host: Which of this machine's addresses to listen at; loopback unless it is a server.
        public_url: The address under which the world reaches it, '' for none: LINE is told it.
        tunnel: The program that makes a temporary address, '' for none.
        keeper: The process it ends with; None for none.

    Raises:
        NoKeysError: there is no channel secret.
        PortTakenError: another program listens there.
        AlreadyServingError: another gateway works in this home.
        NoTunnelError: the tunnel's program is not on this computer.
    """
    with _alone(shop), ExitStack() as ends:
        gateway = _Gateway(shop, host, port)
        notice = Notice(shop.home.gateway, gateway.url)
        ends.callback(notice.close)
        if tunnel:
            made = Tunnel(tunnel, gateway.url, shop.line, notice.say, shop.home.locks / "tunnel.json")
            made.start()
            ends.callback(made.stop)
        if keeper is not None:
            end_with(keeper, gateway.end)
        for one in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises the signal again when it has ended
            signal.signal(one, partial(_stop, gateway.server))
        announced = threading.Thread(
            target=_announce, args=(gateway, public_url), kwargs={"tell": not tunnel}, name="announce", daemon=True
        )
        announced.start()
        gateway.run()


def _stop(server: _Server, _signal: int, _frame: FrameType | None) -> None:
    server.should_exit = True


@contextmanager
def _alone(shop: Shop) -> Iterator[None]:
    """Be the one gateway of a home; the operating system lets go of the lock when the process ends, however it ends."""
    lock = FileLock(shop.home.locks / "gateway.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise AlreadyServingError(
            _("Another gateway works for this shop already. Close it first, or leave this one closed.")
        ) from None
    try:
        yield
    finally:
        lock.release()


def _announce(gateway: _Gateway, public_url: str, *, tell: bool) -> None:
    """Print the contract's line once it listens and LINE was told where, or once LINE is slow to answer."""
    gateway.server.listening.wait()
    address = public_url or (gateway.url if gateway.shop.line.is_rehearsal else "")
    arriving = threading.Thread(
        target=arrive, args=(gateway.shop, address), kwargs={"tell": tell}, name="arrive", daemon=True
    )
    arriving.start()
    arriving.join(_PATIENCE_S)
    print(json.dumps({"url": gateway.url}), flush=True)  # noqa: T201 - the contract's one line


@contextmanager
def running(shop: Shop) -> Iterator[Running]:
    """Be the gateway in a thread of this process, on a free port of loopback, for tests and the demo."""
    gateway = _Gateway(shop, HOST, 0)
    thread = threading.Thread(target=gateway.run, name="gateway", daemon=True)
    thread.start()
    gateway.server.listening.wait()
    try:
        yield Running(gateway.url, gateway.inbox, gateway.answers)
    finally:
        gateway.server.should_exit = True
        thread.join()


def listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises PortTakenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # a port whose last connections have just ended can be had at once; Windows gives it anyway
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(_BACKLOG)
    except OSError as wrong:
        made.close()
        sentence = _("Port {port} is in use. Choose another one, or 0 for any free one.")
        raise PortTakenError(sentence.format(port=port)) from wrong
    return made
