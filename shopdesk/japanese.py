"""Names, kana, phones, postal codes, dates and yen as Japanese shops write them, made one form at the door."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date as Date, datetime, time as Time, timedelta, timezone, tzinfo
from operator import add

from shopdesk.clock import JAPAN

Value = str | int | float | bool | Date | datetime | Time | timedelta | None
"""What a cell can hold; blank is None or ''."""

_DIRTY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_WIDTHS = re.compile("[\u3000\uff01-\uffef\u3099\u309a]+")
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# Shapes of one and the same kanji that people type either way when they look for a name.
_SAME_KANJI = {ord(shape): plain for shape, plain in zip("髙﨑𠮷德", "高崎吉徳", strict=True)}
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\u2500\uff0d\uff70~\u301c]")


def clean(text: str) -> str:
    """Return `text` without what databases and screens choke on: NUL, controls but newline and tab, lone surrogates."""
    if _DIRTY.search(text) is None:
        return text
    return _DIRTY.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def nfkc(text: str) -> str:
    """Return the cleaned text in one width: ＡＢＣ１２３ → ABC123, ｶﾅ → カナ."""
    return clean(text) if text.isascii() else unicodedata.normalize("NFKC", clean(text))


def tidy(text: str) -> str:
    """Return the text to show: one width for letters and kana, single spaces, the kanji as the person writes them."""
    text = clean(text)
    if not text.isascii():
        text = _WIDTHS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return the text for comparing and searching: one width, katakana, lower case, no spaces. Idempotent."""
    if text.isascii():
        return _UNSEEN.sub("", clean(text).lower())
    for _ in range(3):  # composing kana and folding case can each open a new step: a few letters need a second round
        before = text
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", clean(text))).casefold()
        text = unicodedata.normalize("NFKC", text.translate(_TO_KATAKANA).translate(_SAME_KANJI))
        if text == before:
            break
    return text


def grams(text: str) -> tuple[str, ...]:
    """Return the distinct single and paired characters of the folded text, for the search index."""
    folded = fold(text)
    return tuple(dict.fromkeys((*folded, *map(add, folded, folded[1:]))))


def kana(text: str) -> str:
    """Return a reading in full-width katakana with single spaces."""
    return unicodedata.normalize("NFKC", tidy(nfkc(text)).translate(_TO_KATAKANA)) if text else ""


# Names ---------------------------------------------------------------------------------------------------------------


def name(text: str) -> str:
    """Return a person's name to show: 「見本　太郎 様」 → 「見本 太郎」."""
    tidied = tidy(text)
    while len(tidied) > 1 and tidied.endswith("様"):
        tidied = tidied[:-1].rstrip()
    return tidied


def full_name(family: str, given: str) -> str:
    """Return the name in Japanese order with one space between."""
    return name(f"{family} {given}")


def family_first(text: str) -> str:
    """Return a name written given name first in Japanese order. Names in Latin letters stay as they are."""
    tidied = name(text)
    parts = tidied.split(" ")
    if len(parts) != 2 or tidied.isascii():  # noqa: PLR2004 - a given and a family name
        return tidied
    return f"{parts[1]} {parts[0]}"


_SEXES = {"男": "male", "男性": "male", "m": "male", "male": "male", "女": "female", "女性": "female", "f": "female"}


def sex(text: str) -> str:
    """Return `male`, `female`, or '' where it is not said."""
    return _SEXES.get(fold(text), "female" if fold(text) == "female" else "")


# Phone, postal code, mail --------------------------------------------------------------------------------------------

_FIXED = re.compile(r"0(?![5789]0)[1-9]\d{8}")
_MOBILE = re.compile(r"0[256789]0\d{8}")
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
    digits = "".join(letter for letter in text if letter in "0123456789")
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
    """Return the number as people in Japan write it: `090-0000-0001`. Area codes longer than three digits are not known."""
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
    text = _DASHES.sub("-", nfkc(value)).replace(" ", "").strip("'’`〒\t\n")
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
MASKED_MAIL = ("fw.rakuten.ne.jp", "marketplace.amazon.co.jp", "marketplace.amazon.com")
"""Domains of addresses that a mall makes up for one buyer: never a person's own."""


def email(text: str) -> str | None:
    """Return the address folded for comparing, or None where it is not one."""
    folded = nfkc(text).strip(" '’`<>\t\n").lower().removeprefix("mailto:")
    longest = 254  # RFC 5321: the longest path
    return folded if len(folded) <= longest and _MAIL.fullmatch(folded) else None


def is_masked_mail(text: str, domains: tuple[str, ...] = MASKED_MAIL) -> bool:
    """Say whether a mall made this address up, so that it stands for nobody outside that mall."""
    domain = text.rpartition("@")[2].lower()
    return any(domain == masked or domain.endswith(f".{masked}") for masked in domains)


# Prefectures ---------------------------------------------------------------------------------------------------------

PREFECTURES = tuple(
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県".split()
)
_ROMAN = (
    "hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa niigata "
    "toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama tottori shimane "
    "okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki kagoshima okinawa"
).split()
_PREFECTURES: dict[str, str] = {
    word: full
    for number, (full, roman) in enumerate(zip(PREFECTURES, _ROMAN, strict=True), 1)
    for word in (
        full,
        full if number == 1 else full[:-1],
        roman,
        f"jp-{number:02}",
        f"jp{number:02}",
        str(number),
        f"{number:02}",
    )
}
_IN_ADDRESS = re.compile("|".join(PREFECTURES))


def prefecture(value: str | float | None) -> str | None:
    """Return 北海道 … 沖縄県 for a name, ISO 3166-2 code (`JP-01`), JIS number or Latin spelling; else None."""
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, str):
        return _PREFECTURES.get(f"{value:g}")
    word = "".join(
        letter for letter in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(letter)
    )
    word = _UNSEEN.sub("", unicodedata.normalize("NFKC", word)).strip("'")
    return _PREFECTURES.get(word) or _PREFECTURES.get(re.sub("-?(ken|fu|to|prefecture)$", "", word))


def prefecture_of(address: str) -> str | None:
    """Return the prefecture an address begins with, or None."""
    found = _IN_ADDRESS.match(nfkc(address).lstrip("〒0123456789- "))
    return found[0] if found else None


# Yen -----------------------------------------------------------------------------------------------------------------

_YEN = re.compile(r"(?:¥|\\|jpy)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?(?:円|yen|jpy)?-?", re.IGNORECASE)
_MOST_YEN = 10**13


def yen(value: str | float | None) -> int | None:
    """Return whole yen, or None where the text is no amount. `¥1,200`, `1,200円`, `1200.00`, `(1,200)`, `△1,200`."""
    if isinstance(value, str):
        return _yen_text(value)
    if value is None or isinstance(value, bool) or not -_MOST_YEN < value < _MOST_YEN or value != int(value):
        return None
    return int(value)


def _yen_text(value: str) -> int | None:
    if len(value) > 40:  # noqa: PLR2004 - no amount is that long
        return None
    text = _DASHES.sub("-", nfkc(value)).replace(" ", "").strip("'\t\n")
    minus = text[:1] in "-△▲(" or text[:2] in {"¥-", "\\-"}
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = text.lstrip("-△▲+")
    found = _YEN.fullmatch(text.replace("¥-", "¥").replace("\\-", "\\"))
    amount = int(found[1].replace(",", "")) if found else _MOST_YEN
    return None if amount >= _MOST_YEN else -amount if minus else amount


# Dates and times -----------------------------------------------------------------------------------------------------

_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "m": 1867,
    "t": 1911,
    "s": 1925,
    "h": 1988,
    "r": 2018,
}
_DAY = r"(?:(?P<era>明治|大正|昭和|平成|令和|[mtshr])\s*(?P<era_year>\d{1,2}|元)|(?P<year>\d{4}))"
_DAY += r"\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:\s*\([月火水木金土日]\))?"
_CLOCK = r"(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})\s*[:時]\s*(?P<minute>\d{1,2})\s*分?"
_CLOCK += r"(?::?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?\s*(?P<am>am|pm)?"
_ZONE = r"\s*(?P<zone>z|utc|gmt|jst|[+-]\d{2}:?\d{2})?"
_MOMENT = re.compile(f"{_DAY}(?:(?:\\s*t\\s*|\\s+)?{_CLOCK}{_ZONE})?", re.IGNORECASE)
_COMMON = re.compile(r"\d{4}([-/])\d\d\1\d\d [01]\d:\d\d:\d\d(?: [+-]\d{4})?")
_ONLY_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_SERIAL_TEXT = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_LATE = 29  # shops write 25:30 for half past one at night
_EPOCHS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}  # noqa: DTZ001 - a wall clock, zone added by the caller
_SERIALS = (1, 2_958_466)  # 1900-01-01 … 9999-12-31


def date_time(value: Value, zone: tzinfo = JAPAN, *, epoch: int = 1900) -> datetime | None:
    """Return the moment in UTC, or None. `zone` is the wall clock's where the text names none.

    Takes texts with `-`, `/`, 年月日, 和暦, an offset or Z, packed digits, date cells, and Excel's serials
    counted from `epoch` (1900 or 1904). A date alone is its midnight.
    """
    if isinstance(value, str):
        found = _moment(value, epoch)
    elif isinstance(value, datetime):
        found = value
    elif isinstance(value, Date):
        found = datetime.combine(value, Time())
    else:
        found = _serial(value, epoch) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def date(value: Value, *, epoch: int = 1900) -> Date | None:
    """Return the calendar day, or None; a time beside it is left out."""
    if isinstance(value, str):
        found = _moment(value, epoch)
        return found.date() if found else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    serial = _serial(value, epoch) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return serial.date() if serial else None


def time_of_day(value: Value) -> timedelta | None:
    """Return the time since midnight for a column that holds the time alone: `10:15:03`, `103309`, a time cell."""
    if isinstance(value, datetime | Time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return value if timedelta() <= value < timedelta(hours=_LATE + 1) else None
    if isinstance(value, float) and 0 <= value < 1:
        return timedelta(seconds=round(value * 86400))
    text = nfkc(f"{value:06.0f}" if isinstance(value, int | float) else value if isinstance(value, str) else "").strip(
        "' "
    )
    if re.fullmatch(r"\d{5,6}", text):
        text = f"{text[:-4]}:{text[-4:-2]}:{text[-2:]}"
    found = _ONLY_CLOCK.fullmatch(text)
    return _clock(found) if found else None


def _serial(value: float, epoch: int) -> datetime | None:
    if not _SERIALS[0] <= value < _SERIALS[1]:
        return None
    try:
        return _EPOCHS[epoch] + timedelta(days=int(value), seconds=round(value % 1 * 86400))
    except OverflowError:
        return None


def _moment(value: str, epoch: int) -> datetime | None:
    if len(value) > 60:  # noqa: PLR2004 - no date is that long
        return None
    text = value if value.isascii() else nfkc(value)
    text = text.strip(" '\t\n")
    if _COMMON.fullmatch(text):  # what carts write, six times faster
        try:
            return datetime.fromisoformat(text[:19].replace("/", "-") + text[20:])
        except ValueError:
            return None
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            packed = _PACKED.fullmatch(text)
            if packed:
                return datetime(*(int(part) for part in packed.groups(default="0")))  # type: ignore[arg-type] # noqa: DTZ001
            return _serial(float(text), epoch) if _SERIAL_TEXT.fullmatch(text) else None
        return _built(found)
    except (ValueError, OverflowError):
        return None


def _built(found: re.Match[str]) -> datetime | None:
    era, year = found["era"], found["year"]
    if era:
        counted = 1 if found["era_year"] == "元" else int(found["era_year"])
        year = str(_ERAS[era.lower()] + counted)
    day = datetime(int(year), int(found["month"]), int(found["day"]))  # noqa: DTZ001 - the zone comes below
    if found["hour"] is None:
        return day
    clock = _clock(found)
    return None if clock is None else (day + clock).replace(tzinfo=_zone(found["zone"]))


def _clock(found: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or found["am"] or "").lower()
    if half in {"午後", "pm"} and hour < 12:  # noqa: PLR2004 - the twelve-hour clock
        hour += 12
    elif half in {"午前", "am"} and hour == 12:  # noqa: PLR2004
        hour = 0
    if hour > _LATE or minute > 59 or second > 60:  # noqa: PLR2004 - a leap second is written 60
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return JAPAN if written.lower() == "jst" else UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)
