"""Channel access tokens: short ones, minted when needed, kept in memory only."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line.limits import TOKEN_RENEWAL
from shopdesk.line.problems import NoKeysError, RefusedByLineError, WrongTokenError
from shopdesk.secrets import LINE_ACCESS_TOKEN, LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from shopdesk.clock import Clock
    from shopdesk.secrets import Secrets

TIMEOUT = (8.0, 20.0)


class Tokens:
    """The token in use. A given one is used as it is; else one is minted and renewed before its twelfth minute."""

    def __init__(
        self, host: str, secrets: Secrets, clock: Clock, calling: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._host = host
        self._secrets = secrets
        self._clock = clock
        self._calling = calling
        self._guard = threading.Lock()
        self._token = ""
        self._minted_at: datetime | None = None

    @property
    def mintable(self) -> bool:
        """Whether a new token can be had: not where the shop was given a fixed one."""
        return not self._secrets.get(LINE_ACCESS_TOKEN)

    def forget(self) -> None:
        """Mint anew at the next call: the keys were changed."""
        with self._guard:
            self._token, self._minted_at = "", None

    @property
    def has_keys(self) -> bool:
        """Whether there is anything to ask LINE with. Raises KeysFileError, KeyRingError where that cannot be read."""
        get = self._secrets.get
        return bool(get(LINE_ACCESS_TOKEN) or (get(LINE_CHANNEL_ID) and get(LINE_CHANNEL_SECRET)))

    def require_keys(self) -> None:
        """Refuse before anything is asked of LINE. Raises NoKeysError: no keys are set."""
        if self.mintable:
            self._keys()

    def get(self, *, fresh: bool = False) -> str:
        """Return a token good for at least three minutes.

        Raises:
            NoKeysError: no keys are set.
            WrongTokenError: LINE does not know the channel.
            LineError: LINE cannot be reached.
        """
        given = self._secrets.get(LINE_ACCESS_TOKEN)
        if given:
            return given
        with self._guard:
            now = self._clock.now()
            # A clock turned back must not keep a dead token alive.
            young = self._minted_at is not None and abs(now - self._minted_at) < TOKEN_RENEWAL
            if fresh or not young:
                self._token, self._minted_at = self._mint(), now
            return self._token

    def _keys(self) -> tuple[str, str]:
        channel, secret = self._secrets.get(LINE_CHANNEL_ID), self._secrets.get(LINE_CHANNEL_SECRET)
        if not channel or not secret:
            raise NoKeysError(
                _("This shop is not connected to LINE yet. Enter channel ID and channel secret in the settings.")
            )
        return channel, secret

    def _mint(self) -> str:
        channel, secret = self._keys()
        from linebot.v3.oauth import (  # noqa: PLC0415 - a second that only talking to LINE pays
            ApiClient,
            ChannelAccessToken,
            Configuration,
        )

        try:
            with self._calling(), ApiClient(Configuration(host=self._host)) as client:
                answer: Any = ChannelAccessToken(client).issue_stateless_channel_token_by_client_secret(
                    client_id=channel, client_secret=secret, _request_timeout=TIMEOUT
                )
        except RefusedByLineError as refused:
            raise WrongTokenError(
                _("LINE does not accept the keys of this shop. Copy channel ID and secret again from LINE Developers.")
            ) from refused
        return str(answer.access_token)
