"""Pages for the shop's customers: phone first, Japanese, nothing loaded from anywhere else."""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from shopdesk.gateway.markup import Markup, escaped
from shopdesk.i18n import N_, for_customers
from shopdesk.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; {script}form-action 'self'{also}; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_SCRIPT = "script-src 'self'; connect-src 'self'; "
_PERMISSIONS = "camera=(), geolocation=(), microphone=()"
_ASSETS = {
    "page.css": "text/css",
    "card.js": "text/javascript",
    "seen.js": "text/javascript",
    "site.js": "text/javascript",
    "survey.js": "text/javascript",
}


def page(
    name: str,
    shop: str,
    values: Mapping[str, str],
    *,
    status: int = 200,
    leads_to: str = "",
    script: str = "",
) -> Response:
    """Return a page.

    Args:
        name: The template in `resources/web/`, without its ending.
        shop: The shop's name, at the head of the page.
        values: What stands in it, `title` among it, as plain text: all of it is escaped here, except `Markup`.
        status: Of HTTP.
        leads_to: The origin besides ours that a form may lead to.
        script: The script of the page, one of our assets, without its ending.
    """
    whole = part("page", title=values["title"], shop=shop, script=_tag(script), body=part(name, **values))
    policy = _POLICY.format(script=_SCRIPT if script else "", also=f" {leads_to}" if leads_to else "")
    return HTMLResponse(whole, status, {"Content-Security-Policy": policy, "Permissions-Policy": _PERMISSIONS})


def nowhere(_request: Request, _wrong: Exception) -> Response:
    """Return the page of an address where there is nothing. It asks no database: anybody may call it as often as they like."""
    return _said(404, N_("There is no page here"), N_("Close this page, and open the shop's link once more."))


def away(_request: Request, _wrong: Exception) -> Response:
    """Return the page of any address while the shop's data is busy or out of reach; so it asks no database either."""
    return _said(
        503, N_("Many people are here just now"), N_("Wait a moment and try once more. Nothing is counted twice.")
    )


def _said(status: int, title: str, what: str) -> Response:
    return page("said", "", {"title": for_customers(title), "what": for_customers(what)}, status=status)


def part(template: str, /, **values: str) -> Markup:
    """Fill a template of `resources/web/` with texts, which are escaped, and with `Markup`."""
    return Markup(_template(template).substitute({key: escaped(said) for key, said in values.items()}))


def assets() -> list[Route]:
    """Return what the pages look like and what they do, which is nobody's own."""
    return [Route(f"/assets/{name}", _asset, methods=["GET"]) for name in _ASSETS]


def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    text = (resources() / "web" / name).read_text(encoding="utf-8")
    return Response(text, media_type=_ASSETS[name], headers={"Cache-Control": "public, max-age=3600"})


def _tag(script: str) -> Markup:
    return Markup(f'<script src="/assets/{script}.js" defer></script>' if script else "")


@lru_cache
def _template(name: str) -> Template:
    return Template((resources() / "web" / f"{name}.html").read_text(encoding="utf-8"))
