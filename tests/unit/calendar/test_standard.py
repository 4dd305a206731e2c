from engine.calendar.standard import Deadlines, deadlines


def test_a_step_of_minutes_is_at_risk_after_three_quarters(office, jakarta):
    opened = jakarta("2026-11-23 08:00")
    expected = Deadlines(risk_at=jakarta("2026-11-23 08:45"), due_at=jakarta("2026-11-23 09:00"), minutes=60)
    assert deadlines(opened, office, working_minutes=60) == expected


def test_a_step_of_days_is_at_risk_after_three_quarters_of_their_working_time(office, jakarta):
    found = deadlines(jakarta("2026-11-23 07:30"), office, working_days=1)
    assert found.due_at == jakarta("2026-11-24 16:00")
    assert found.risk_at == jakarta("2026-11-24 11:15")


def test_a_step_without_standard_time_has_no_deadlines(office, jakarta):
    assert deadlines(jakarta("2026-11-23 08:00"), office) is None


def test_minutes_after_days_run_on_the_next_morning(office, jakarta):
    found = deadlines(jakarta("2026-11-23 10:00"), office, working_days=1, working_minutes=35)
    assert found.due_at == jakarta("2026-11-25 08:05")
