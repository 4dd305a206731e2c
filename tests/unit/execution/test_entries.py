"""What a state says and what the rows say, held against each other."""

from engine.execution.entries import Entry, Fault, Subject, compare

WORK = Entry(subject=Subject.WORK_ITEM, activity_id=7, facts=("periksa",))
TIMER = Entry(subject=Subject.TIMER, activity_id=7, facts=("telat:0",))
CONTINUATION = Entry(subject=Subject.CONTINUATION)


def test_the_order_of_entries_makes_no_difference():
    assert compare(1, "SM-1", [WORK, TIMER], [TIMER, WORK]) == ()


def test_what_is_not_written_is_missing():
    (difference,) = compare(1, "SM-1", [WORK, TIMER], [WORK])
    assert (difference.fault, difference.entry) == (Fault.MISSING, TIMER)


def test_one_row_too_many_is_left_over():
    (difference,) = compare(1, "SM-1", [WORK], [WORK, WORK])
    assert (difference.fault, difference.entry) == (Fault.LEFT_OVER, WORK)


def test_an_altered_entry_is_told_as_it_should_be_and_as_it_is():
    altered = Entry(subject=Subject.WORK_ITEM, activity_id=7, facts=("setujui",))
    faults = [difference.fault for difference in compare(1, "SM-1", [WORK], [altered])]
    assert faults == [Fault.MISSING, Fault.LEFT_OVER]


def test_going_on_once_too_often_is_no_fault():
    assert compare(1, "SM-1", [], [CONTINUATION]) == ()


def test_a_difference_reads_as_one_line():
    (difference,) = compare(1, "SM-2026-00001", [TIMER], [])
    assert str(difference) == "SM-2026-00001: missing timer of activity 7 (telat:0)"
