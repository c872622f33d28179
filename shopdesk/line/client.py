"""LINE for everybody else: keys and tokens, who the bot is, its friends, its quota, and a check of messages."""

from __future__ import annotations

import json
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from shopdesk.clock import japan_day
from shopdesk.i18n import _
from shopdesk.line import host, limits
from shopdesk.line.answers import Answer, Lost
from shopdesk.line.problems import LineError, NotAllowedError, RefusedByLineError, UnreachableError, error
from shopdesk.line.sending import Sending, read
from shopdesk.line.tokens import Tokens
from shopdesk.quarantine import REAL, REHEARSAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from shopdesk.clock import Clock
    from shopdesk.line.models import Message
    from shopdesk.quarantine import Installation
    from shopdesk.secrets import Secrets

# Connect and read, in seconds: line-bot-sdk's sync client has no time-out of its own.
TIMEOUT = (8.0, 20.0)
PROFILES_AT_ONCE = 24
_NOT_FOUND = 404
_LOW = 0.1


@dataclass(frozen=True, slots=True)
class Bot:
    """The account: its user id, its id with the @, its name, and whether people answer in LINE's own manager, too (チャット)."""

    user_id: str
    basic_id: str
    name: str
    chat: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A friend as LINE shows them."""

    user_id: str
    name: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class Quota:
    """This month's messages: `limit` None means no limit; `used` is LINE's own approximate count."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        """Return how many may still be sent, None without a limit."""
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def low(self) -> bool:
        """Return whether a tenth or less of the month is left."""
        return self.left is not None and self.left <= (self.limit or 0) * _LOW


class Line:
    """The Messaging API of this shop's account. Calls block; each has a time-out. Nothing is imported before the first."""

    def __init__(self, secrets: Secrets, installation: Installation, clock: Clock) -> None:
        self.host = host.wanted()
        self.tokens = Tokens(self.host, secrets, clock, self._calling)
        self.date: datetime | None = None
        self._installation = installation
        self._friends: dict[str, int] = {}
        self._entered = False
        self._opened: Any = None
        self._opening = threading.Lock()

    @property
    def world(self) -> str:
        """Whether this is the real LINE or a rehearsal."""
        return REAL if host.is_real(self.host) else REHEARSAL

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a rehearsal."""
        return self.world == REHEARSAL

    def enter(self) -> None:
        """Be sure that this home may talk to this host; every call does it first.

        Raises:
            WrongHostError: `SHOPDESK_LINE_HOST` is no host.
            OtherWorldError: a home that practised never meets the real LINE, and the other way round.
        """
        if not self._entered:
            host.require_sound(self.host)
            self._installation.require_world(self.world)
            self._entered = True

    def token(self, *, fresh: bool = False) -> str:
        """Return a channel access token that is good for the next minutes; `fresh` takes a new one in any case.

        Raises:
            NoKeysError: no keys are set.
            LineError: LINE does not give one.
        """
        self.tokens.require_keys()  # a home without keys meets no LINE, so it belongs to neither world yet
        self.enter()
        return self.tokens.get(fresh=fresh)

    def sending(self) -> Sending:
        """Return the door for stored bytes."""
        self.enter()
        return Sending(self.host)

    def bot(self) -> Bot:
        """Return who the account is; also the check that the keys are good. Raises LineError."""
        found = self.call(lambda api: api.get_bot_info_with_http_info(_request_timeout=TIMEOUT))
        return Bot(found.user_id, found.basic_id, found.display_name, found.chat_mode == "chat")

    def followers(self) -> list[str]:
        """Return the user ids of all friends, those who block us left out.

        Raises:
            NotAllowedError: LINE gives them to verified accounts only.
            LineError: LINE cannot be reached or refuses.
        """
        ids: list[str] = []
        page: dict[str, str] = {}
        while True:
            try:
                found = self.call(partial(_followers_page, page))
            except NotAllowedError as refused:
                raise NotAllowedError(
                    _(
                        "LINE gives the list of friends only to verified accounts. Friends appear here when they write, or link them by hand."
                    )
                ) from refused
            ids += found.user_ids
            if not found.next:
                return ids
            page = {"start": found.next}

    def profiles(self, user_ids: Iterable[str]) -> Iterator[tuple[str, Profile | None]]:
        """Yield each friend's profile, several asked at once; None for whoever LINE does not show (any more)."""
        self.enter()
        with ThreadPoolExecutor(PROFILES_AT_ONCE, thread_name_prefix="line-profiles") as pool:
            try:
                yield from pool.map(self._profile, user_ids)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _profile(self, user_id: str) -> tuple[str, Profile | None]:
        try:
            found = self.call(lambda api: api.get_profile_with_http_info(user_id, _request_timeout=TIMEOUT))
        except RefusedByLineError as refused:
            if getattr(refused.__cause__, "status", None) == _NOT_FOUND:
                return user_id, None
            raise
        return user_id, Profile(user_id, found.display_name or "", found.picture_url or "")

    def quota(self) -> Quota:
        """Return this month's limit and what is used of it. Raises LineError."""
        limit = self.call(lambda api: api.get_message_quota_with_http_info(_request_timeout=TIMEOUT))
        used = self.call(lambda api: api.get_message_quota_consumption_with_http_info(_request_timeout=TIMEOUT))
        kind = getattr(limit.type, "value", limit.type)
        return Quota(None if kind == "none" else int(limit.value or 0), int(used.total_usage))

    def friends(self, now: datetime) -> int | None:
        """Return how many friends LINE counted yesterday, without those who block us; None where it does not say.

        It is asked once a day: LINE takes 60 such questions an hour. Raises LineError.
        """
        day = f"{japan_day(now) - timedelta(days=1):%Y%m%d}"
        if day not in self._friends:
            found = self.call(partial(_counted_followers, day))
            if found.status != "ready" or found.followers is None:
                return None
            self._friends = {day: int(found.followers) - int(found.blocks or 0)}
        return self._friends[day]

    def units_used(self) -> int:
        """Return how many names of statistics this month has; 0 where LINE does not say."""
        try:
            found = self.call(lambda api: api.get_aggregation_unit_usage_with_http_info(_request_timeout=TIMEOUT))
        except LineError:
            return 0
        return int(found.num_of_custom_aggregation_units)

    def validate(self, kind: str, messages: list[Message]) -> None:
        """Let LINE check messages without sending them; `kind` is push, multicast or broadcast. Raises LineError."""
        from linebot.v3.messaging import ValidateMessageRequest  # noqa: PLC0415 - a second that only sending pays

        request = ValidateMessageRequest.from_dict({"messages": messages})
        self.call(lambda api: getattr(api, f"validate_{kind}_with_http_info")(request, _request_timeout=TIMEOUT))

    def close(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            self._opened.api_client.close()
            self._opened = None

    def call(self, ask: Callable[[Any], Any]) -> Any:
        """Ask LINE through the SDK and return what its answer says. Raises LineError."""
        return self.answered(ask).data

    def answered(self, ask: Callable[[Any], Any]) -> Any:
        """Ask with a token; when LINE does not know it any more, once again with a new one. Raises LineError."""
        try:
            return self._ask(ask, self.token())
        except LineError as refused:
            if refused.code != "line_token" or not self.tokens.mintable:
                raise
        return self._ask(ask, self.token(fresh=True))

    def _ask(self, ask: Callable[[Any], Any], token: str) -> Any:
        api = self._api()
        api.api_client.configuration.access_token = token
        with self._calling():
            answer = ask(api)
        self.date = read(answer.status_code, answer.headers, b"").date or self.date
        return answer

    def _api(self) -> Any:
        with self._opening:
            if self._opened is None:
                from linebot.v3.messaging import (  # noqa: PLC0415 - a second that only talking to LINE pays
                    ApiClient,
                    Configuration,
                    MessagingApi,
                )

                configuration = Configuration(host=self.host, access_token="-")  # noqa: S106 - set before each call
                configuration.connection_pool_maxsize = PROFILES_AT_ONCE
                self._opened = MessagingApi(ApiClient(configuration))
            return self._opened

    @contextmanager
    def _calling(self) -> Iterator[None]:
        """Turn everything the SDK raises into our sentences."""
        from pydantic.v1 import ValidationError  # noqa: PLC0415 - comes with the SDK
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - comes with the SDK

        try:
            yield
        except HTTPError as lost:
            unsafe = isinstance(getattr(lost, "reason", lost), ssl.SSLError) or "certificate" in str(lost).lower()
            raise error(Lost("certificate" if unsafe else "connection")) from lost
        except (ValidationError, json.JSONDecodeError) as unread:
            raise UnreachableError(
                _("Something else than LINE answered. Check the internet connection and try again.")
            ) from unread
        except Exception as refused:
            # Each module of the SDK has an ApiException of its own.
            if type(refused).__module__.startswith("linebot.") and hasattr(refused, "status"):
                raise error(_answer(refused)) from refused
            raise


def _followers_page(page: dict[str, str], api: Any) -> Any:
    return api.get_followers_with_http_info(limit=limits.FOLLOWERS_PER_PAGE, _request_timeout=TIMEOUT, **page)


def _counted_followers(day: str, api: Any) -> Any:
    from linebot.v3.insight import ApiClient, Configuration, Insight  # noqa: PLC0415 - only who asks pays

    known = api.api_client.configuration
    with ApiClient(Configuration(host=known.host, access_token=known.access_token)) as client:
        return Insight(client).get_number_of_followers_with_http_info(var_date=day, _request_timeout=TIMEOUT)


def _answer(refused: Any) -> Answer:
    """The answer inside an ApiException."""
    text = refused.body if isinstance(refused.body, str) else ""
    return read(int(refused.status or 0), refused.headers or {}, text.encode())
