"""What narrows an inbox stands in its address, and an address means what was chosen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.base.days import FIRST_YEAR, LAST_YEAR
from engine.base.paging import LARGEST_ID
from engine.worklist.terms import Due, FollowUp, Priority, Sort, Terms
from engine.worklist.views import View
from webui.pages.inbox_filters import LONGEST_TEXT, Place, place_of

WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
TYPED = st.one_of(st.just(""), st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
DAYS = st.none() | st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
PLACES = st.builds(
    Place,
    view=st.sampled_from(View),
    terms=st.builds(
        Terms,
        text=TYPED,
        definition_key=TYPED,
        unit_id=st.none() | st.integers(1, LARGEST_ID),
        holder=TYPED,
        due=st.none() | st.sampled_from(Due),
        due_from=DAYS,
        due_to=DAYS,
        priority=st.none() | st.sampled_from(Priority),
        follow_up=st.none() | st.sampled_from(FollowUp),
        sort=st.sampled_from(Sort),
    ),
)


@given(PLACES)
def test_an_address_leads_back_to_the_place_that_made_it(place: Place):
    said = {name: str(value) for name, value in place.query().items()}
    assert place_of(said) == place


@given(st.dictionaries(st.sampled_from([*Place().query(), "cari", "unit", "dari", "batas", "urut"]), st.text()))
def test_whatever_an_address_says_it_means_some_place(said: dict[str, str]):
    assert place_of(said).terms.sort in Sort


@pytest.mark.parametrize(
    "said",
    [
        {"unit": "0"},
        {"unit": "99999999999"},
        {"unit": "١٢"},
        {"dari": "2026-02-30"},
        {"sampai": "9999-12-31"},
        {"prioritas": "2"},
        {"batas": "kapan-saja"},
        {"tampilan": "semua"},
        {"cari": " \x00\n "},
    ],
)
def test_what_is_not_known_is_left_out(said: dict[str, str]):
    assert place_of(said) == Place()


def test_a_text_is_cut_where_no_field_is_longer():
    assert len(place_of({"cari": "a" * 10_000}).terms.text) == LONGEST_TEXT


def test_the_order_alone_narrows_nothing():
    assert not Place(terms=Terms(sort=Sort.NUMBER)).is_narrowed
