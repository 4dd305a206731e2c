"""The sample office: its people and calendar, its accounts, and the SOPs that come with the product."""

from pathlib import Path

from engine.access.sample import SampleAccount, create_sample_accounts, sample_specs
from engine.calendar.operations import seed_calendar
from engine.core.core import Core
from engine.definitions.examination import examine
from engine.definitions.folder import upload_from_path
from engine.definitions.model import VersionState
from engine.definitions.operations import deploy, publish
from engine.organisation.importing import import_organisation
from engine.staffing.sample import load_sample_duties

PROCESSES = Path(__file__).parents[2] / "processes"
SAMPLE_OFFICE = PROCESSES / "sample_office"


def sop_folders() -> tuple[Path, ...]:
    return tuple(sorted(diagram.parent for diagram in PROCESSES.glob("*/process.bpmn")))


def load_sample_office(core: Core) -> tuple[SampleAccount, ...]:
    """Load what is not there yet; the accounts that are new, with their passwords."""
    with core.work() as work:
        seed_calendar(work)
        import_organisation(work, (SAMPLE_OFFICE / "office.yaml").read_bytes())
        load_sample_duties(work, (SAMPLE_OFFICE / "duties.yaml").read_bytes())
    with core.work() as work:
        accounts = create_sample_accounts(work, sample_specs((SAMPLE_OFFICE / "accounts.yaml").read_bytes()))
    for folder in sop_folders():
        deploy_and_publish(core, folder)
    return accounts


def deploy_and_publish(core: Core, path: Path) -> None:
    """A version of this content comes into force, if its content is new and nothing is missing in it."""
    examination = examine(upload_from_path(path))
    with core.work() as work:
        deployment = deploy(work, examination)
        if deployment.is_new and deployment.state == VersionState.READY:
            publish(work, deployment.version_id)
