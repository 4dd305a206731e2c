from datetime import date

from sqlalchemy import true

from engine.competency.training import training_needs
from engine.core.core import Core
from engine.core.demo import SAMPLE_OFFICE
from engine.organisation.duty_queries import duty_gaps
from engine.organisation.importing import import_organisation
from engine.staffing.sample import load_sample_duties

TODAY = date(2026, 11, 23)


def test_sample_office_has_duties_and_gaps_however_often_it_is_loaded(core: Core) -> None:
    with core.work() as work:
        import_organisation(work, (SAMPLE_OFFICE / "office.yaml").read_bytes())
    for _again in range(2):
        with core.work() as work:
            load_sample_duties(work, (SAMPLE_OFFICE / "duties.yaml").read_bytes())
    with core.read() as reading:
        gaps = duty_gaps(reading.session, TODAY)
        needs = training_needs(reading.session, TODAY, true()).items
    assert (gaps.positions, gaps.without_duties) == (25, 14)
    assert len(needs) == 8
