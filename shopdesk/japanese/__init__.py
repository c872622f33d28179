"""Names, kana, phones, postal codes, dates and yen as Japanese shops write them, made one form at the door."""

from __future__ import annotations

from shopdesk.japanese.contacts import (
    MASKED_MAIL,
    email,
    is_masked_mail,
    phone,
    phone_digits,
    phone_local,
    postal,
    postal_local,
)
from shopdesk.japanese.dates import Value, date, date_time, time_of_day
from shopdesk.japanese.money import yen
from shopdesk.japanese.phrases import phrased
from shopdesk.japanese.places import PREFECTURES, prefecture, prefecture_of
from shopdesk.japanese.texts import clean, family_first, fold, grams, kana, name, nfkc, sex, tidy

__all__ = [
    "MASKED_MAIL",
    "PREFECTURES",
    "Value",
    "clean",
    "date",
    "date_time",
    "email",
    "family_first",
    "fold",
    "grams",
    "is_masked_mail",
    "kana",
    "name",
    "nfkc",
    "phone",
    "phone_digits",
    "phone_local",
    "phrased",
    "postal",
    "postal_local",
    "prefecture",
    "prefecture_of",
    "sex",
    "tidy",
    "time_of_day",
    "yen",
]
