"""Rich menus as LINE keeps them: made, given a picture, named, shown to all or to some, deleted. None can be changed.

Everything here can be asked again after it was cut off: what is so already is no error, only `create_menu` makes another one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from shopdesk.line import host
from shopdesk.line.client import TIMEOUT
from shopdesk.line.problems import RefusedByLineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from shopdesk.line.client import Line

_GONE = frozenset({404})
_UNKNOWN_ALIAS = frozenset({400, 404})


class LineMenu(NamedTuple):
    """A menu that was made through the API: LINE's id of it, and the name it was given, which no friend sees."""

    menu_id: str
    name: str


class Clicks(NamedTuple):
    """What friends did with a menu: how often it was seen, and each area tapped, in the order of the areas; by people, too."""

    seen: int
    seen_by: int
    areas: tuple[tuple[int, int], ...]


def validate_menu(line: Line, wanted: dict[str, Any]) -> None:
    """Let LINE check a menu of its own form without making it. Raises LineError."""
    from linebot.v3.messaging import RichMenuRequest  # noqa: PLC0415 - a second that only this pays

    request = RichMenuRequest.from_dict(wanted)
    line.call(lambda api: api.validate_rich_menu_object_with_http_info(request, _request_timeout=TIMEOUT))


def create_menu(line: Line, wanted: dict[str, Any]) -> str:
    """Make a menu and return LINE's id of it; nobody sees it yet. Where no answer comes it may have been made. Raises LineError."""
    from linebot.v3.messaging import RichMenuRequest  # noqa: PLC0415 - a second that only this pays

    request = RichMenuRequest.from_dict(wanted)
    made = line.call(lambda api: api.create_rich_menu_with_http_info(request, _request_timeout=TIMEOUT))
    return str(made.rich_menu_id)


def list_menus(line: Line) -> list[LineMenu]:
    """Return the menus that were made through the API, by whatever program; not those of LINE Official Account Manager. Raises LineError."""
    found = line.call(lambda api: api.get_rich_menu_list_with_http_info(_request_timeout=TIMEOUT))
    return [LineMenu(one.rich_menu_id, one.name) for one in found.richmenus]


def upload_picture(line: Line, menu_id: str, media: str, picture: bytes) -> None:
    """Give a menu its picture, once; one that has it keeps it.

    Args:
        line: LINE.
        menu_id: Of the menu.
        media: `image/png` or `image/jpeg`.
        picture: Of the size the menu was made with, at most `limits.MENU_PICTURE_BYTES`.

    Raises:
        RefusedByLineError: LINE does not take the picture.
        LineError: it cannot be reached.
    """

    def put(blob: Any) -> object:
        return blob.set_rich_menu_image_with_http_info(
            menu_id, body=bytearray(picture), _headers={"Content-Type": media}, _request_timeout=TIMEOUT
        )

    try:
        line.call(lambda api: _with_blob(api, put))
    except RefusedByLineError:
        if not _has_picture(line, menu_id):
            raise


def _has_picture(line: Line, menu_id: str) -> bool:
    """Say whether an upload before this one had arrived."""
    try:
        line.call(
            lambda api: _with_blob(
                api, lambda blob: blob.get_rich_menu_image_with_http_info(menu_id, _request_timeout=TIMEOUT)
            )
        )
    except RefusedByLineError:
        return False
    return True


def _with_blob(api: Any, ask: Callable[[Any], object]) -> object:
    from linebot.v3.messaging import ApiClient, Configuration, MessagingApiBlob  # noqa: PLC0415 - only who asks pays

    known = api.api_client.configuration
    with ApiClient(Configuration(host=host.for_data(known.host), access_token=known.access_token)) as client:
        return ask(MessagingApiBlob(client))


def delete_menu(line: Line, menu_id: str) -> None:
    """Delete a menu and take it from everybody; one that is not there stays so. Raises LineError."""
    with _fine(_GONE):
        line.call(lambda api: api.delete_rich_menu_with_http_info(menu_id, _request_timeout=TIMEOUT))


def name_menu(line: Line, alias: str, menu_id: str) -> None:
    """Let an alias, to which taps switch, mean this menu from now on. Raises LineError."""
    from linebot.v3.messaging import (  # noqa: PLC0415 - a second that only this pays
        CreateRichMenuAliasRequest,
        UpdateRichMenuAliasRequest,
    )

    update = UpdateRichMenuAliasRequest(rich_menu_id=menu_id)
    try:
        line.call(lambda api: api.update_rich_menu_alias_with_http_info(alias, update, _request_timeout=TIMEOUT))
    except RefusedByLineError as refused:
        if _status(refused) not in _UNKNOWN_ALIAS:
            raise
        create = CreateRichMenuAliasRequest(rich_menu_alias_id=alias, rich_menu_id=menu_id)
        line.call(lambda api: api.create_rich_menu_alias_with_http_info(create, _request_timeout=TIMEOUT))


def unname_menu(line: Line, alias: str) -> None:
    """Let an alias mean nothing any more. Raises LineError."""
    with _fine(_UNKNOWN_ALIAS):
        line.call(lambda api: api.delete_rich_menu_alias_with_http_info(alias, _request_timeout=TIMEOUT))


def show_to_all(line: Line, menu_id: str) -> None:
    """Show a menu to everybody who has none of their own; there is only ever one such. Raises LineError."""
    line.call(lambda api: api.set_default_rich_menu_with_http_info(menu_id, _request_timeout=TIMEOUT))


def show_nothing_to_all(line: Line) -> None:
    """Show no menu to those who have none of their own. Raises LineError."""
    line.call(lambda api: api.cancel_default_rich_menu_with_http_info(_request_timeout=TIMEOUT))


def shown_to_all(line: Line) -> str:
    """Return LINE's id of the menu that everybody sees who has none of their own, '' where there is none. Raises LineError."""
    try:
        found = line.call(lambda api: api.get_default_rich_menu_id_with_http_info(_request_timeout=TIMEOUT))
    except RefusedByLineError as refused:
        if _status(refused) not in _GONE:
            raise
        return ""
    return str(found.rich_menu_id)


def give_menu(line: Line, menu_id: str, user_ids: Sequence[str]) -> None:
    """Give up to `limits.MENU_PEOPLE` friends a menu of their own; whoever is no friend any more is passed over. Raises LineError."""
    from linebot.v3.messaging import RichMenuBulkLinkRequest  # noqa: PLC0415 - a second that only this pays

    request = RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=list(user_ids))
    line.call(lambda api: api.link_rich_menu_id_to_users_with_http_info(request, _request_timeout=TIMEOUT))


def take_menu(line: Line, user_ids: Sequence[str]) -> None:
    """Take their own menu from up to `limits.MENU_PEOPLE` friends: they see what everybody sees. Raises LineError."""
    from linebot.v3.messaging import RichMenuBulkUnlinkRequest  # noqa: PLC0415 - a second that only this pays

    request = RichMenuBulkUnlinkRequest(user_ids=list(user_ids))
    line.call(lambda api: api.unlink_rich_menu_id_from_users_with_http_info(request, _request_timeout=TIMEOUT))


def menu_clicks(line: Line, menu_id: str, first: date, last: date) -> Clicks | None:
    """Return what friends did with a menu from one day of Japan to another; None where fewer than 20 people tapped it.

    LINE counts until yesterday, at most 396 days at once, and takes 60 such questions an hour. Raises LineError.
    """

    def ask(api: Any) -> object:
        from linebot.v3.insight import ApiClient, Configuration, Insight  # noqa: PLC0415 - only who asks pays

        known = api.api_client.configuration
        with ApiClient(Configuration(host=known.host, access_token=known.access_token)) as client:
            return Insight(client).get_rich_menu_insight_summary_with_http_info(
                menu_id, f"{first:%Y%m%d}", f"{last:%Y%m%d}", _request_timeout=TIMEOUT
            )

    found = line.call(ask)
    if not found.clicks:
        return None
    seen = found.impression.metrics
    return Clicks(
        seen.count, seen.unique_users, tuple((one.metrics.count, one.metrics.unique_users) for one in found.clicks)
    )


@contextmanager
def _fine(statuses: frozenset[int]) -> Iterator[None]:
    """Let a refusal of these kinds pass: what was asked for is so already."""
    try:
        yield
    except RefusedByLineError as refused:
        if _status(refused) not in statuses:
            raise


def _status(refused: RefusedByLineError) -> int | None:
    return getattr(refused.__cause__, "status", None)
