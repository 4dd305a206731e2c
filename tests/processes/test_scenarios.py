"""Each scenario of an SOP is its test, and its best page."""

import pytest

from tests.processes.playing import Play, Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: f"{scenario.sop}: {scenario.name}")
def test_scenario(play: Play, scenario: Scenario):
    play.play(scenario)
