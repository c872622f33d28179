"""Texts in the reader's language: gettext everywhere, English in the source, Japanese complete."""

from __future__ import annotations

import gettext
import io
import locale
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk.paths import resources

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("ja", "en")
_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def _(text: str) -> str:
    """Translate a sentence. Name placeholders and fill them after: `_("{n} people").format(n=n)`."""
    return _translations.gettext(text)


def _n(one: str, many: str, count: int) -> str:
    """Translate a sentence whose form depends on `count`."""
    return _translations.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for the catalog where it is only translated later."""
    return text


def language() -> str:
    """Return the language in use, one of `LANGUAGES`."""
    return _language


def system_language() -> str:
    """Return the system's language where the program speaks it, else `en`. `SHOPDESK_LANGUAGE` overrides it."""
    wanted = os.environ.get("SHOPDESK_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    wanted = wanted or locale.getlocale()[0] or ""
    return next((one for one in LANGUAGES if wanted.lower().startswith(one)), "en")


def set_language(wanted: str) -> None:
    """Use this language from now on, for every text not yet drawn."""
    global _translations, _language  # noqa: PLW0603 - a process speaks one language at a time
    _language = wanted if wanted in LANGUAGES else "en"
    _translations = translations(_language)


def translations(wanted: str) -> gettext.NullTranslations:
    """Return the catalog of one of `LANGUAGES`, for what speaks another language than the program."""
    po = resources() / "i18n" / f"{wanted}.po"
    return _read(po, po.stat().st_mtime_ns)


def for_customers(text: str) -> str:
    """Translate for the shop's customers: they read Japanese, whatever language the program speaks."""
    return _of_customers().gettext(text)


@lru_cache(maxsize=1)
def _of_customers() -> gettext.NullTranslations:
    return translations("ja")


@lru_cache(maxsize=len(LANGUAGES))
def _read(po: Path, _changed_ns: int) -> gettext.NullTranslations:
    """Read a catalog, once until it changes: reading takes some milliseconds."""
    return gettext.GNUTranslations(io.BytesIO(_compiled(po)))


def _compiled(po: Path) -> bytes:
    """The machine form of a catalog, kept beside it while it is the newer one."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return mo.read_bytes()
    from babel.messages import mofile, pofile  # noqa: PLC0415 - 60 ms that only a changed catalog costs

    with po.open("rb") as text:
        catalog = pofile.read_po(text)
    made = io.BytesIO()
    mofile.write_mo(made, catalog)
    try:
        fresh = mo.with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(made.getvalue())
        fresh.replace(mo)
    except OSError:  # an installed program may lie in a folder it cannot write
        pass
    return made.getvalue()
