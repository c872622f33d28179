"""The numbers in the QR codes of this shop: what a scanner types at the till, told apart by kind.

A code is 42 digits and nothing else: a scanner is a keyboard, and whatever the layout, Caps Lock or Japanese conversion of the PC
make of letters, digits stay digits (full-width ones are folded). They also make the smallest QR code. One digit says the kind, 39 hold
128 random bits (or a card's number and a passing proof), two catch misreading. None of it says anything about a person.

A card's number is typed too: with its own two check digits it is surely one, also where nobody can be looked up.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["card", "passing", "coupon", "staff"]
"""What a code is for: a card for good, a card just now (it changes, so a photo of it is worthless), a coupon, a member of the staff."""

LENGTH = 42
SLOT_SECONDS = 30
"""So long a passing code is shown; it is taken one slot earlier and later too, for clocks and slow hands."""
_KINDS: dict[Kind, str] = {"card": "1", "passing": "2", "coupon": "3", "staff": "4"}
_OF_DIGIT = {digit: kind for kind, digit in _KINDS.items()}
_NUMBER_DIGITS, _PROOF_DIGITS = 9, 30
_NUMBER_FORM = re.compile(r"(?:no\.?)?([0-9]{5,9})([0-9]{2})", re.ASCII | re.IGNORECASE)
_FORM = re.compile(rf"[1-4][0-9]{{{LENGTH - 1}}}", re.ASCII)
# What the shop's own printed groups and a scanner's end of line may add.
_BETWEEN = str.maketrans("", "", " \t\r\n-‐‑–−ー")
# A scanner that was set up wrongly can send whole pages: what is longer is no code, and is not folded first.
_MOST_READ = 4 * LENGTH


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read: its kind and its digits. Whether it is known is for the feature to say."""

    kind: Kind
    digits: str

    @property
    def hashed(self) -> str:
        """What is kept of it and looked up: nobody who reads that can print the code."""
        return hashlib.sha256(self.digits.encode()).hexdigest()

    @property
    def card_number(self) -> int:
        """The number of the card of a passing code."""
        return int(self.digits[1 : 1 + _NUMBER_DIGITS])

    @property
    def trace(self) -> Trace:
        """What may be kept of it."""
        return Trace(self.kind, self.hashed, self.card_number if self.kind == "passing" else None)


@dataclass(frozen=True, slots=True)
class Trace:
    """What may be kept of a code that was read: enough to find what it opens, too little to show it again.

    `card_number` is that of a passing code.
    """

    kind: Kind
    hashed: str
    card_number: int | None = None


def new(kind: Kind) -> Code:
    """Return a code with 128 random bits."""
    return _made(kind, f"{secrets.randbits(128):039d}")


def passing(card_number: int, secret: bytes, slot: int) -> Code:
    """Return the code that a card shows in one slot of 30 seconds.

    Args:
        card_number: At most nine digits.
        secret: The card's own random secret, of 32 bytes.
        slot: Seconds since 1970 by `SLOT_SECONDS`, as `slot_at` gives it.
    """
    said = hmac.new(secret, f"{card_number}:{slot}".encode(), hashlib.sha256).digest()
    proof = int.from_bytes(said[:16]) % 10**_PROOF_DIGITS
    return _made("passing", f"{card_number:0{_NUMBER_DIGITS}d}{proof:0{_PROOF_DIGITS}d}")


def slot_at(seconds: float) -> int:
    """Return the slot of a time in seconds since 1970."""
    return int(seconds // SLOT_SECONDS)


def is_passing(trace: Trace, secret: bytes, slot: int) -> bool:
    """Say whether a passing code is the card's, in this slot or one beside it. Takes the same time whichever it is."""
    near = [passing(trace.card_number or 0, secret, one).hashed for one in (slot - 1, slot, slot + 1)]
    return any([hmac.compare_digest(one, trace.hashed) for one in near])  # noqa: C419 - all of them, always


def read(scanned: str) -> Code | None:
    """Return the code in what a scanner or a person typed, None where it is none of ours or was misread."""
    if len(scanned) > _MOST_READ:
        return None
    digits = unicodedata.normalize("NFKC", scanned).translate(_BETWEEN)
    if not _FORM.fullmatch(digits) or digits[-2:] != _check(digits[:-2]):
        return None
    return Code(_OF_DIGIT[digits[0]], digits)


def printed_number(card_number: int) -> str:
    """Return a card's number as it stands on the card: five digits at least, and two that catch misreading (00218-26)."""
    digits = f"{card_number:05d}"
    return f"{digits}-{_check(digits)}"


def read_number(typed: str) -> int | None:
    """Return the card number that was typed with its check digits, with or without the hyphen; None where they do not fit.

    What fits is no end of a phone number: those are typed with four digits, and a whole one begins with a zero that no card has.
    """
    if len(typed) > LENGTH:
        return None
    found = _NUMBER_FORM.fullmatch(unicodedata.normalize("NFKC", typed).translate(_BETWEEN))
    if found is None or found[1] != f"{int(found[1]):05d}" or found[2] != _check(found[1]):
        return None
    return int(found[1])


def _made(kind: Kind, body: str) -> Code:
    digits = _KINDS[kind] + body
    return Code(kind, digits + _check(digits))


def _check(digits: str) -> str:
    """Two digits that find every single wrong one and every two that changed places (ISO/IEC 7064, MOD 97-10)."""
    return f"{98 - int(digits) * 100 % 97:02d}"
