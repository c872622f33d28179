"""Collect the program's texts into the catalogs beside this file: `python3 dev.py words [TRANSLATED.po …]`.

New texts get an empty Japanese translation, which a test then finds; texts that are gone go. Given catalogs fill what is empty.
English is the source and translates to itself.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
KEYWORDS = {"_": None, "_n": (1, 2), "N_": None}


def collected() -> Catalog:
    """Return every text of the program, untranslated."""
    found = Catalog(project="ShopDesk", charset="utf-8")
    package = FOLDER.parent.parent / "shopdesk"
    for _file, _line, text, _comments, _context in extract_from_dir(package, [("**.py", "python")], keywords=KEYWORDS):
        found.add(text)
    return found


def catalog(language: str, texts: Catalog, *given: Path) -> Catalog:
    """Return the catalog of a language: what is translated already, and what the given files translate."""
    made = Catalog(locale=language, project="ShopDesk", charset="utf-8")
    sources = []
    for file in (FOLDER / f"{language}.po", *given):
        with file.open("rb") as text:
            sources.append(read_po(text, locale=language))
    for message in texts:
        if message.id:
            made.add(message.id, _translation(message.id, language, sources))
    return made


def _translation(text: str | tuple[str, str], language: str, sources: list[Catalog]) -> str | tuple[str, ...]:
    if language == "en":
        return text
    for source in sources:
        known = source.get(text if isinstance(text, str) else text[0])
        if known is not None and known.string and any(known.string):
            return known.string
    return ""


HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def write(language: str, made: Catalog) -> None:
    """Write a catalog in the form in which it is compared: sorted, without places, names and dates."""
    body = io.BytesIO()
    write_po(body, made, sort_output=True, width=0, ignore_obsolete=True, omit_header=True)
    head = HEADER.format(language=language, plural=made.plural_forms)
    (FOLDER / f"{language}.po").write_text(head + body.getvalue().decode(), encoding="utf-8")


def main() -> int:
    """Bring both catalogs up to date and say how many texts have no Japanese."""
    texts = collected()
    for language in ("ja", "en"):
        made = catalog(language, texts, *(map(Path, sys.argv[1:]) if language == "ja" else ()))
        write(language, made)
        empty = [message.id for message in made if message.id and not (message.string and any(message.string))]
        print(f"{language}: {len(made)} texts, {len(empty)} without a translation")
        for text in empty:
            print("   ", text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
