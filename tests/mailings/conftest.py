"""A shop that may mail, and its provider on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shopdesk.mail import Account
from shopdesk.shop import Shop
from tests.mail_provider import Provider, prepared, running


@pytest.fixture
def provider() -> Iterator[tuple[Provider, Account]]:
    with running() as found:
        yield found


@pytest.fixture
def there(provider: tuple[Provider, Account]) -> Provider:
    return provider[0]


@pytest.fixture
def ready(shop: Shop, provider: tuple[Provider, Account]) -> Shop:
    """A shop that may mail, with three people who agreed to it and one who did not."""
    return prepared(shop, provider[1])
