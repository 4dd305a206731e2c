"""Turning the pages of a list: on by key, and back by the keys that the address carries."""

import pytest

from webui.turning import MOST_PASSED, turns

LIST = "/berkas?cari=a+b"


def test_each_page_leads_back_to_the_one_from_which_one_came():
    walked, address = [LIST], LIST
    for key in ("k1", "k2", "k3"):
        address = turns(address, f"{LIST}&sesudah={key}").following or ""
        walked.append(address)
    for page, before in zip(walked[:0:-1], walked[-2::-1], strict=True):
        assert turns(page, None).previous == before


def test_the_first_page_leads_nowhere_but_on():
    assert (turns(LIST, None).first, turns(LIST, None).previous, turns(LIST, None).following) == (None, None, None)


def test_the_top_is_offered_where_the_page_before_is_not_it():
    second, third = f"{LIST}&sesudah=k1&lewat=awal", f"{LIST}&sesudah=k2&lewat=awal~k1"
    assert (turns(second, None).first, turns(third, None).first) == (None, LIST)


def test_an_address_does_not_grow_for_ever():
    address = LIST
    for key in range(3 * MOST_PASSED):
        address = turns(address, f"{LIST}&sesudah=k{key}").following or ""
    assert address.count("~") == MOST_PASSED - 1


@pytest.mark.parametrize("passed", ["", "a~", "<b>", "a~" * 300 + "a", "x" * 201, "a b"])
def test_a_way_that_is_not_ours_leads_to_the_top_alone(passed):
    found = turns(f"/berkas?sesudah=k1&lewat={passed}", None)
    assert (found.first, found.previous) == ("/berkas", None)
