"""Japanese is complete at every commit, placeholders match, and the words are those the shop speaks."""

from __future__ import annotations

import importlib.util
import re

import pytest
from babel.messages.pofile import read_po

from shopdesk import i18n
from shopdesk.i18n import _, _n
from shopdesk.paths import resources

FOLDER = resources() / "i18n"
FIELD = re.compile(r"\{(\w*)[^}]*\}")


@pytest.fixture(scope="module")
def texts():
    spec = importlib.util.spec_from_file_location("collect", FOLDER / "collect.py")
    collect = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(collect)
    return {message.id for message in collect.collected() if message.id}


def catalog(language: str):
    with (FOLDER / f"{language}.po").open("rb") as text:
        return {message.id: message.string for message in read_po(text, locale=language) if message.id}


def forms(string) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_text_is_in_the_catalog_and_none_is_left_over(texts, language):
    assert sorted(map(str, texts ^ catalog(language).keys())) == []


def test_japanese_is_complete():
    assert [text for text, string in catalog("ja").items() if not all(forms(string))] == []


def test_translations_fill_the_same_places():
    wrong = []
    for text, string in catalog("ja").items():
        wanted = {frozenset(FIELD.findall(one)) for one in forms(text)}
        wrong += [text for one in forms(string) if frozenset(FIELD.findall(one)) not in wanted]
    assert wrong == []


@pytest.mark.parametrize("word", ["！", "ユーザー", "顧客様", "本当に", "不正な", "パースエラー", "してください！", "することができます"])
def test_japanese_speaks_as_a_shop_does(word):
    assert [string for string in catalog("ja").values() if any(word in one for one in forms(string))] == []


@pytest.mark.parametrize("word", ["please", "successfully", "oops", "!"])
def test_english_is_plain(word):
    assert [text for text in catalog("en") if any(re.search(rf"(?i)(?<!\w){re.escape(word)}", one) for one in forms(text))] == []


def test_a_language_is_chosen_from_the_system(monkeypatch):
    monkeypatch.delenv("SHOPDESK_LANGUAGE")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert i18n.system_language() == "ja"
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert i18n.system_language() == "en"


def test_texts_follow_the_language_at_once():
    i18n.set_language("ja")
    assert _("Customers") == "顧客"
    i18n.set_language("en")
    assert _("Customers") == "Customers"
    assert _n("{n} row", "{n} rows", 2).format(n=2) == "2 rows"


def test_a_changed_catalog_is_compiled_anew(tmp_path, monkeypatch):
    folder = tmp_path / "i18n"
    folder.mkdir()
    monkeypatch.setattr(i18n, "resources", lambda: tmp_path)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "ja.po").write_text(f'{head}msgid "Customers"\nmsgstr "お客さま"\n', encoding="utf-8")
    i18n.set_language("ja")
    assert _("Customers") == "お客さま"
    assert (folder / "ja.mo").exists()
