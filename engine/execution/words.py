"""The words by which a case is found: of its number, its title, its applicant and what was answered in its forms.

They are kept beside the case, folded and apart, so that both databases find the same: a word that begins as typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40
MOST_WORDS = 400


def with_words(known: str, *values: Any) -> str:
    """The words known so far and those of more values, each once."""
    words = dict.fromkeys(known.split())
    for text in _texts(values):
        for word in words_of(text):
            if len(words) >= MOST_WORDS:
                return " ".join(words)
            words[word] = None
    return " ".join(words)


def words_of(text: str) -> tuple[str, ...]:
    """Its words as they are kept: capitals, width and what stands between them make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded)))


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """All that is text or a number in them, however deep."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(value)
        elif value is not None and not isinstance(value, bool):
            yield str(value)
