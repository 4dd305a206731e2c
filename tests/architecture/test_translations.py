"""Every text a person sees can be seen in Indonesian."""

import ast
import re
import tomllib
from collections.abc import Iterator

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.support.sources import ROOT, parsed, place, product_files

PLACES = re.compile(r"%\((\w+)\)[sd]|%%")


def texts_in_the_program() -> set[str]:
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(pattern, mapping["method"]) for mapping in mappings for pattern in mapping["pattern"]]
    found = extract_from_dir(ROOT, methods, {}, DEFAULT_KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, _comments, _context in found}


def indonesian() -> Catalog:
    with (ROOT / "engine/translations/id/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="id")


def translations() -> Iterator[tuple[str, str]]:
    """Each form of each text with each form of its translation."""
    for message in indonesian():
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from ((originals[-1], each) for each in translated if originals[-1])


def places(text: str) -> set[str]:
    return set(PLACES.findall(text)) - {""}


def test_every_text_is_in_the_catalogue():
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in indonesian()}
    assert sorted(texts_in_the_program() - known) == []


def is_a_text(node: ast.AST) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return is_call and node.func.id in ("_", "ngettext") and isinstance(node.args[0], ast.Constant)


def test_no_text_stands_inside_another_one():
    """There it is not found, and stays English."""
    hidden = [
        place(path, outer)
        for path in product_files()
        for outer in ast.walk(parsed(path))
        if isinstance(outer, ast.JoinedStr) and any(map(is_a_text, ast.walk(outer)))
    ]
    assert hidden == []


def test_every_text_is_translated():
    assert sorted(original for original, translated in translations() if not translated) == []


def test_no_translation_is_a_guess():
    assert sorted(str(message.id) for message in indonesian() if message.fuzzy and message.id) == []


def test_translations_keep_the_places_for_facts():
    wrong = [
        original for original, translated in translations() if translated and places(original) != places(translated)
    ]
    assert wrong == []
