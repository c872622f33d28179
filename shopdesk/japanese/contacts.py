"""Phones, postal codes and mail addresses, as typed and as Excel left them."""

from __future__ import annotations

import re

from shopdesk.japanese.texts import DASHES, nfkc

_FIXED = re.compile(r"0(?![5789]0)[1-9]\d{8}")
_MOBILE = re.compile(r"0[256789]0\d{8}")
_NO_DIGIT = re.compile("[^0-9]+")
_EXPONENT = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"[/、,;\n]|または")
_INTERNATIONAL = range(8, 16)


def phone(value: str | float | None) -> str | None:
    """Return the number in E.164 (`+819000000001`), or None where it cannot be one.

    Takes what Excel leaves: a lost leading zero, a lost plus, apostrophes, full-width digits.
    """
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, str):
        return _phone(str(int(value))) if value == value and abs(value) < 1e15 else None  # noqa: PLR0124, PLR2004
    text = nfkc(value).strip(" '’`\t\n")
    found = _phone(text)
    if found is None and _BETWEEN_PHONES.search(text):
        return next(filter(None, map(_phone, _BETWEEN_PHONES.split(text))), None)
    return found


def _phone(text: str) -> str | None:
    if _EXPONENT.fullmatch(text):
        return None
    digits = _NO_DIGIT.sub("", text)
    if text.lstrip(" (TtEeLl:.").startswith("+"):
        if not digits.startswith("81"):
            return f"+{digits}" if len(digits) in _INTERNATIONAL and digits[0] != "0" else None
        return _national("0" + digits[2:].removeprefix("0"))
    if digits.startswith("0"):
        return _national(digits)
    return _national("0" + digits) or (_national("0" + digits[2:].removeprefix("0")) if digits[:2] == "81" else None)


def _national(digits: str) -> str | None:
    return f"+81{digits[1:]}" if _FIXED.fullmatch(digits) or _MOBILE.fullmatch(digits) else None


def phone_digits(e164: str) -> str:
    """Return the number as dialled inside Japan, digits only; a foreign one stays as it is."""
    return "0" + e164[3:] if e164.startswith("+81") else e164


_SHAPES = (
    (re.compile(r"(0(?:120|570|990))(\d{3})(\d{3})"), r"\1-\2-\3"),
    (re.compile(r"(0800)(\d{3})(\d{4})"), r"\1-\2-\3"),
    (_MOBILE, None),
    (re.compile(r"(0[36])(\d{4})(\d{4})"), r"\1-\2-\3"),
    (re.compile(r"(0\d\d)(\d{3})(\d{4})"), r"\1-\2-\3"),
)


def phone_local(e164: str) -> str:
    """Return the number as people in Japan write it: `090-0000-0001`. Area codes are taken for three digits."""
    digits = phone_digits(e164)
    for shape, hyphens in _SHAPES:
        if shape.fullmatch(digits):
            return shape.sub(hyphens, digits) if hyphens else f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    return digits


_POSTAL = re.compile(r"(\d{3})-?(\d{4})")
_POSTAL_SHORT = re.compile(r"\d{5,6}")


def postal(value: str | float | None) -> str | None:
    """Return the seven digits of a Japanese postal code, or None. Excel's lost zeros are put back."""
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, str):
        whole = value == value and value == value // 1 and 0 < value < 1e7  # noqa: PLR0124, PLR2004
        value = str(int(value)) if whole else ""
    text = DASHES.sub("-", nfkc(value)).replace(" ", "").strip("'’`〒\t\n")
    if not text.isascii():
        return None
    found = _POSTAL.fullmatch(text)
    if found:
        return found[1] + found[2]
    return text.zfill(7) if _POSTAL_SHORT.fullmatch(text) else None


def postal_local(digits: str) -> str:
    """Return `060-0001`."""
    return f"{digits[:3]}-{digits[3:]}"


_MAIL = re.compile(r"[!-?A-~]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_PLAIN_MAIL = re.compile(r"[a-z0-9._+-]{1,64}@(?:[a-z0-9]{1,40}\.){1,3}[a-z]{2,12}")
MASKED_MAIL = ("fw.rakuten.ne.jp", "marketplace.amazon.co.jp", "marketplace.amazon.com")
"""Domains of addresses that a mall makes up for one buyer: never a person's own."""


def email(text: str) -> str | None:
    """Return the address folded for comparing, or None where it is not one."""
    if _PLAIN_MAIL.fullmatch(text):  # nearly all of them, three times faster
        return text
    folded = nfkc(text).strip(" '’`<>\t\n").lower().removeprefix("mailto:")
    longest = 254  # RFC 5321: the longest path
    return folded if len(folded) <= longest and _MAIL.fullmatch(folded) else None


def is_masked_mail(text: str, domains: tuple[str, ...] = MASKED_MAIL) -> bool:
    """Say whether a mall made this address up, so that it stands for nobody outside that mall."""
    domain = text.rpartition("@")[2].lower()
    return any(domain == masked or domain.endswith(f".{masked}") for masked in domains)
