from datetime import time

import pytest

from engine.base.times_of_day import find_time


@pytest.mark.parametrize(
    ("written", "found"),
    [
        *((text, time(7, 30)) for text in ("07:30", "7.30", " 07.30 ", "07:30:00")),
        *(("00:00", time(0)), ("23:59:00", time(23, 59))),
        *((text, None) for text in ("24:00", "12:60", "", "pagi", "7", "-1:00", "１２:００", "12:", ":30", "1:2:3:4")),
        ("07:30:15", None),
    ],
)
def test_a_time_of_the_day_is_read_as_people_write_it(written, found):
    assert find_time(written) == found
