"""Cases by their words, as a criterion for SQL."""

from sqlalchemy import ColumnElement, and_, cast, false, func, literal, literal_column
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from engine.execution.model import Instance
from engine.execution.words import words_of

MOST_SOUGHT = 8


def found_by(session: Session, text: str) -> ColumnElement[bool]:
    """Cases that have, for each word of the text, one that begins so; none for a text without a word."""
    sought = words_of(text)[:MOST_SOUGHT]
    if not sought:
        return false()
    if session.get_bind().dialect.name == "postgresql":
        # The same expression as in the index of migration 0009.
        kept = func.array_to_tsvector(func.string_to_array(Instance.words, literal_column("' '")))
        return kept.op("@@")(cast(literal(" & ".join(f"'{word}':*" for word in sought)), TSQUERY))
    return and_(*((" " + Instance.words).contains(f" {word}", autoescape=True) for word in sought))
