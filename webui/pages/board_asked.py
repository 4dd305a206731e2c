"""What the address of a view of the board asks for; what the board does not know is refused, not guessed."""

from collections.abc import Collection

from flask import request

from engine.base.errors import Invalid, NotFound
from engine.base.i18n import _


class NotKnownToTheBoard(NotFound):
    code = "board.not_known"
    message = _(
        "The address asks the board for something that it does not know (%(name)s). Choose it anew on the board."
    )


class TooManyLines(Invalid):
    code = "board.too_many_lines"
    message = _(
        "There are more than %(most)s steps here, too many for one table. Go back and choose a shorter period or a "
        "smaller part of the office, then take the table away again. A CSV table holds up to %(csv)s."
    )


def word_asked(name: str, words: Collection[str], usual: str) -> str:
    """One of these words; `usual` where the address says nothing. Raises NotKnownToTheBoard."""
    text = request.args.get(name) or usual
    if text not in words:
        raise NotKnownToTheBoard(name=name)
    return text


def number_asked(name: str, most: int) -> int | None:
    """From one to `most`; None where the address says nothing. Raises NotKnownToTheBoard."""
    text = request.args.get(name, "")
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise NotKnownToTheBoard(name=name)
    return number


def text_asked(name: str, longest: int) -> str | None:
    """None where the address says nothing. Raises NotKnownToTheBoard for what is no name of anything."""
    text = request.args.get(name) or None
    if text is not None and not (len(text) <= longest and text.isprintable()):
        raise NotKnownToTheBoard(name=name)
    return text
