"""What Japanese shops write becomes one form, and nothing that anybody writes makes it fail."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from shopdesk import japanese

ANYTHING = st.one_of(
    st.text(st.characters()),
    st.text("0123456789０１-－+＋ '()¥円,.年月日令和R:/"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
)
TEXTS = st.text(st.characters())


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("'+819000000001", "+819000000001"),
        ("819000000001", "+819000000001"),
        (819000000001, "+819000000001"),
        (9000000001.0, "+819000000001"),
        (300000002, "+81300000002"),
        ("０６－００００－０００３", "+81600000003"),
        ("+81 (0)90-1234-5678", "+819012345678"),
        ("090-1234-5678 / 03-1234-5678", "+819012345678"),
        ("TEL:0120-000-001", "+81120000001"),
        ("+33 1 23 45 67 89", "+33123456789"),
        ("9.0E+09", None),
        ("090-1234-567", None),
        ("000-0000-0000", None),
        ("なし", None),
        ("", None),
    ],
)
def test_a_phone_has_one_form_inside(written, inside):
    assert japanese.phone(written) == inside


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("+819000000001", "090-0000-0001"),
        ("+81300000002", "03-0000-0002"),
        ("+81980000005", "098-000-0005"),
        ("+81120000001", "0120-000-001"),
        ("+33123456789", "+33123456789"),
    ],
)
def test_a_phone_is_shown_as_people_write_it(inside, outside):
    assert japanese.phone_local(inside) == outside


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("'060-0001", "0600001"),
        (600001, "0600001"),
        ("０６０－０００１", "0600001"),
        ("〒060ー0001", "0600001"),
        (600001.0, "0600001"),
        ("1234", None),
        ("060-001", None),
        (float("nan"), None),
    ],
)
def test_a_postal_code_gets_its_zeros_back(written, digits):
    assert japanese.postal(written) == digits


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("¥1,200", 1200),
        ("１，２００円", 1200),
        ("1200.00", 1200),
        (1200.0, 1200),
        ("(1,200)", -1200),
        ("△1,200", -1200),
        ("-9999", -9999),
        ("12.5", None),
        (12.5, None),
        ("$8.00", None),
        ("1,2", None),
        ("1.2万", None),
        (True, None),
        ("", None),
    ],
)
def test_yen_are_whole(written, amount):
    assert japanese.yen(written) == amount


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20 10:15:03 +0900", datetime(2026, 11, 20, 1, 15, 3, tzinfo=UTC)),
        ("2026/11/21 0:00:00", datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("2007-07-14T18:54:21+00:00", datetime(2007, 7, 14, 18, 54, 21, tzinfo=UTC)),
        ("2026年11月20日（金） 午後3時5分", datetime(2026, 11, 20, 6, 5, tzinfo=UTC)),
        ("2026-11-20 25:30", datetime(2026, 11, 20, 16, 30, tzinfo=UTC)),
        (46346.5, datetime(2026, 11, 20, 3, tzinfo=UTC)),
        ("46346.5", datetime(2026, 11, 20, 3, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 19, 15, tzinfo=UTC)),
        (datetime(2026, 11, 20, 9), datetime(2026, 11, 20, tzinfo=UTC)),  # noqa: DTZ001 - a cell has no zone
        ("11/20/2026", None),
        ("2026/02/30", None),
        ("設定なし", None),
    ],
)
def test_a_moment_is_utc(written, moment):
    assert japanese.date_time(written) == moment


@pytest.mark.parametrize(
    "written", ["令和8年11月20日", "R8.11.20", "r8/11/20", "2026.11.20", "20261120", 46346, "46346"]
)
def test_a_day_is_read_in_any_calendar(written):
    assert japanese.date(written) == date(2026, 11, 20)


def test_the_first_year_of_an_era_and_no_day_before_the_first():
    assert japanese.date("平成元年1月8日") == date(1989, 1, 8)
    assert japanese.date(0.5) is None


@pytest.mark.parametrize("written", ["103309", 103309, "10:33:09", time(10, 33, 9), "午前10時33分9秒"])
def test_a_time_alone(written):
    assert japanese.time_of_day(written) == timedelta(hours=10, minutes=33, seconds=9)


@pytest.mark.parametrize("written", ["JP-13", "東京", "東京都", "Tōkyō", "tokyo-to", 13, 13.0, "13", "ＪＰ－13"])
def test_a_prefecture_has_one_name(written):
    assert japanese.prefecture(written) == "東京都"


def test_kyoto_is_not_to_and_an_address_begins_with_its_prefecture():
    assert japanese.prefecture("京都") == "京都府"
    assert japanese.prefecture_of("〒060-0001 北海道札幌市") == "北海道"
    assert japanese.prefecture_of("札幌市") is None


def test_names_keep_their_kanji_and_lose_their_title():
    assert japanese.family_first("太郎　見本") == "見本 太郎"
    assert japanese.family_first("Taro Mihon") == "Taro Mihon"
    assert japanese.name("髙橋　例子 様") == "髙橋 例子"
    assert japanese.kana("ﾔﾏｻﾞｷ　かな") == "ヤマザキ カナ"


def test_mail_is_folded_and_a_mask_is_seen():
    assert japanese.email(" TARO.Mihon@Example.JP ") == "taro.mihon@example.jp"
    assert japanese.email("taro..mihon@docomo.example.jp") == "taro..mihon@docomo.example.jp"
    assert japanese.email("taro@") is None
    assert japanese.is_masked_mail("0123@pc.fw.rakuten.ne.jp")
    assert not japanese.is_masked_mail("taro@notfw.rakuten.ne.jp")


def test_folding_joins_what_people_type_differently():
    assert japanese.fold("やまだ タロウ") == japanese.fold("ﾔﾏﾀﾞﾀﾛｳ") == "ヤマダタロウ"
    assert japanese.fold("髙橋") == japanese.fold("高橋")
    assert japanese.grams("見本見本") == ("見", "本", "見本", "本見")


@given(TEXTS)
def test_clean_text_can_be_stored_anywhere(text):
    cleaned = japanese.clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert japanese.clean(cleaned) == cleaned


@given(TEXTS)
@settings(max_examples=500)
def test_each_form_is_its_own_form(text):
    for form in (japanese.fold, japanese.tidy, japanese.kana, japanese.name, japanese.nfkc):
        assert form(form(text)) == form(text), form.__name__


@given(ANYTHING)
@settings(max_examples=500)
def test_nothing_makes_a_reader_fail(value):
    for reader in (japanese.phone, japanese.postal, japanese.yen, japanese.prefecture):
        reader(value)
    for reader in (japanese.date_time, japanese.date, japanese.time_of_day):
        reader(value)
    if isinstance(value, str):
        found = japanese.email(value)
        assert found is None or japanese.email(found) == found


@given(st.from_regex(r"0(90|80|70|3|6)-?\d{4}-?\d{4}", fullmatch=True))
def test_a_phone_survives_its_way_to_the_screen_and_back(written):
    inside = japanese.phone(written)
    assert inside is None or japanese.phone(japanese.phone_local(inside)) == inside


@given(st.integers(-(10**12), 10**12))
def test_yen_survive_being_written(amount):
    assert japanese.yen(f"¥{amount:,}") == japanese.yen(f"{amount}円") == japanese.yen(float(amount)) == amount
