import pytest

from engine.organisation.ranks import find_rank


@pytest.mark.parametrize(
    ("text", "rank"), [("III/c", "III/c"), ("iii / C", "III/c"), ("ix", "IX"), ("V/a", None), ("XVIII", None)]
)
def test_a_golongan_is_known_however_it_is_written(text, rank):
    assert find_rank(text) == rank
