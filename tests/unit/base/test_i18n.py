"""Sentences are put together as people would write them."""

from datetime import date

import pytest

from engine.base.i18n import as_day, translate, with_one_stop


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Kini pada Ratna, S.Sos.. Keduanya tahu.", "Kini pada Ratna, S.Sos. Keduanya tahu."),
        ("Kini pada Ratna, A.Md..", "Kini pada Ratna, A.Md."),
        ("Antara [1..10] dan seterusnya...", "Antara [1..10] dan seterusnya..."),
    ],
)
def test_a_degree_at_the_end_brings_the_full_stop_along(sentence: str, said: str):
    assert with_one_stop(sentence) == said


def test_a_day_is_said_in_the_language_of_the_reader():
    assert translate("%(day)s", {"day": as_day(date(2026, 8, 5))}, "id") == "5 Agustus 2026"
