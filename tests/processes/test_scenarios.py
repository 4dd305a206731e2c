"""Each scenario of an SOP is its test, and its best page."""

import pytest

from tests.processes.playing import Player, Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: f"{scenario.sop}: {scenario.name}")
def test_scenario(player: Player, scenario: Scenario):
    player.play(scenario)
