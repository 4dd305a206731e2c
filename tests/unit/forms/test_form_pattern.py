import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms.pattern import BadPattern, Pattern

ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", ".", "^", "$"])
QUANTIFIED = st.tuples(
    st.sampled_from(["a", "[ab]", "(?:a|b1)", "(ab?)"]), st.sampled_from(["*", "+", "?", "{2}", "{0,2}"])
)
PATTERNS = st.lists(ATOMS | QUANTIFIED.map("".join), max_size=5).map("".join)


@settings(max_examples=150, deadline=None)
@given(pattern=PATTERNS, text=st.text("ab1", max_size=6))
def test_it_finds_what_pythons_matcher_finds(pattern, text):
    assert Pattern(pattern).matches(text) == bool(re.search(pattern.replace("$", r"\Z"), text))


def test_a_pattern_that_explodes_elsewhere_is_answered_at_once():
    assert not Pattern("^((a+)+)+$").matches("a" * 500 + "b")


@pytest.mark.parametrize(
    "text", ["(", "a**", "*a", "(?=a)", r"\1", "[a", "a{500}", "((a{90}){90}){90}", "[z-a]", "x" * 300]
)
def test_what_cannot_be_matched_safely_is_refused(text):
    with pytest.raises(BadPattern):
        Pattern(text)


def test_a_nip_has_eighteen_digits():
    assert Pattern("^[0-9]{18}$").matches("198501012010011001")
    assert not Pattern("^[0-9]{18}$").matches("19850101201001100")
