from datetime import date

from engine.organisation.holders import Held, effective, main_holding
from engine.organisation.model import HoldingKind


def held(name: str, kind: HoldingKind = HoldingKind.DEFINITIVE, position: int = 1, seats: int = 1) -> Held:
    return Held(
        employee_id=sum(map(ord, name)),
        name=name,
        position_id=position,
        code="kasi",
        position_title="Kepala Seksi",
        seats=seats,
        is_head_of_unit=True,
        unit_id=1,
        unit_name="Seksi",
        kind=kind,
        decree=None,
        starts_on=date(2026, 1, 1),
        ends_on=None,
    )


def names(*holdings: Held) -> list[str]:
    return [each.name for each in effective(holdings)]


def test_plh_takes_the_place_of_the_absent_holder():
    assert names(held("Nala"), held("Jati", HoldingKind.PLH)) == ["Jati"]


def test_plt_fills_an_empty_seat():
    assert names(held("Yudha", HoldingKind.PLT)) == ["Yudha"]


def test_plt_puts_nobody_aside():
    assert names(held("Nala"), held("Yudha", HoldingKind.PLT)) == ["Yudha", "Nala"]


def test_plh_of_one_of_several_seats_puts_nobody_aside():
    assert names(held("Nala", seats=2), held("Jati", HoldingKind.PLH, seats=2)) == ["Jati", "Nala"]


def test_plh_elsewhere_changes_nothing_here():
    assert names(held("Nala"), held("Jati", HoldingKind.PLH, position=2)) == ["Nala", "Jati"]


def test_own_position_comes_before_an_acting_one():
    own = held("Jati", position=2)
    assert main_holding([held("Jati", HoldingKind.PLH), own]) is own


def test_nobody_without_holdings_has_a_main_one():
    assert main_holding([]) is None
