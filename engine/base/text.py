"""Text that people type, made fit to be kept and shown."""

import re
from unicodedata import normalize

# What no database keeps or no page shows: control characters, and halves of characters.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def one_line(text: str) -> str:
    """Without control characters (no database keeps a NUL, no list shows a bell), white space folded."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def lines(text: str) -> str:
    """The same for text of several lines: line breaks and tabs stay."""
    kept = (sign if sign.isprintable() or sign in "\n\t" else "" for sign in text.replace("\r\n", "\n"))
    return "".join(kept).strip()


def hyphenated(text: str) -> str:
    """For a code or the name of a file: small letters, numbers, and hyphens between words."""
    letters = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
