"""Every room's rows, so that the metadata is complete."""

from engine.access import model as access
from engine.audit import model as audit
from engine.base import edition
from engine.base.database import Row
from engine.calendar import model as calendar
from engine.competency import model as competency
from engine.definitions import model as definitions
from engine.execution import model as execution
from engine.execution import plan_model as execution_plans
from engine.insight import model as insight
from engine.jobs import model as jobs
from engine.notifications import model as notifications
from engine.organisation import model as organisation
from engine.sla import model as sla
from engine.worklist import model as worklist

ROOMS = (
    access,
    audit,
    calendar,
    competency,
    definitions,
    edition,
    execution,
    execution_plans,
    insight,
    jobs,
    notifications,
    organisation,
    sla,
    worklist,
)
METADATA = Row.metadata
