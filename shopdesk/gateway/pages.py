"""Pages for the shop's customers: phone first, Japanese, nothing loaded from anywhere else."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from string import Template
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from shopdesk.paths import resources

if TYPE_CHECKING:
    from starlette.requests import Request

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {also}; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_PERMISSIONS = "camera=(), geolocation=(), microphone=()"


def page(name: str, shop: str, values: dict[str, str], *, status: int = 200, leads_to: str = "") -> Response:
    """Return a page.

    Args:
        name: The template in `resources/web/`, without its ending.
        shop: The shop's name, at the head of the page.
        values: What stands in it, as plain text, `title` among it: all of it is escaped here.
        status: Of HTTP.
        leads_to: The origin besides ours that a form may lead to.
    """
    body = _template(name).substitute({key: escape(said) for key, said in values.items()})
    whole = _template("page").substitute(title=escape(values["title"]), shop=escape(shop), body=body)
    policy = _POLICY.format(also=leads_to).replace(" ;", ";")
    return HTMLResponse(whole, status, {"Content-Security-Policy": policy, "Permissions-Policy": _PERMISSIONS})


def stylesheet(_request: Request) -> Response:
    """Return what the pages look like."""
    text = (resources() / "web" / "page.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@lru_cache
def _template(name: str) -> Template:
    return Template((resources() / "web" / f"{name}.html").read_text(encoding="utf-8"))
