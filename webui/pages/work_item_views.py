"""What the page of a work item says besides the item itself."""

from dataclasses import dataclass

from markupsafe import Markup

from engine.base.unit_of_work import Reading
from engine.calendar.describe import standard_time_in_words
from engine.competency.queries import lacking_for_step
from engine.execution.counted_times import count_in
from engine.execution.inbox import inbox
from engine.execution.item_pages import ItemPage
from engine.execution.journeys import JourneyLine, journey
from engine.execution.model import InstanceState
from engine.execution.queries import case_detail
from engine.execution.user_tasks import Completed
from engine.sla.stop_queries import StopLine
from engine.worklist.attachments import AttachmentLine, attachments_of_case
from engine.worklist.queries import (
    CommentLine,
    InboxLine,
    comments_of_case,
    open_items_of_case,
    pool_names,
)
from engine.worklist.views import View, reader_of
from webui.office_time import due_words
from webui.pages.answers import TITLE, Answered, facts_of
from webui.pages.beside_work import Beside, beside_work
from webui.pages.clocks import last_stop, told
from webui.pages.colleague_choice import NOBODY, Choice
from webui.pages.competency_words import lacking
from webui.pages.ladder_words import next_in_words
from webui.pages.pictures import case_marks, picture_of_step
from webui.pages.reaching import marks
from webui.texts import _
from webui.wording import reason_of, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The context at the side: what is known, what was done, said and added so far."""

    facts: Answered
    journey: tuple[JourneyLine, ...]
    comments: tuple[CommentLine, ...]
    files: tuple[AttachmentLine, ...]
    pool: tuple[str, ...]
    standard_time: str
    reason: str
    picture: Markup
    lacking: str
    unreached: str
    may_rank: bool
    next_rung: str
    stop: StopLine | None
    stop_told: str
    beside: Beside


def situation_of(reading: Reading, page: ItemPage, mention: Choice = NOBODY) -> Situation:
    session, item = reading.session, page.item
    on = reading.today
    qualifications = page.step.qualifications if page.step and item.closed_at is None else ()
    missing = lacking_for_step(session, qualifications, [item.assignee_id] if item.assignee_id else [], on)
    stop = last_stop(reading, page)
    known = {name: value for name, value in page.data.items() if name != TITLE}
    return Situation(
        facts=facts_of(session, page.case.version_id, known),
        journey=journey(session, item.instance_id),
        comments=comments_of_case(session, item.instance_id),
        files=attachments_of_case(session, item.instance_id),
        pool=pool_names(session, item.work_item_id) if item.assignee_id is None else (),
        standard_time=standard_time_of(page),
        reason=reason_of(item.assignment_reason),
        picture=picture_of_step(
            session, page.case.version_id, item.node, case_marks(session, item.instance_id, reading.now)
        ),
        unreached=_unreached(reading, page),
        lacking=lacking(missing.get(item.assignee_id or 0, ())),
        next_rung=next_in_words(reading, item.work_item_id),
        stop=stop,
        stop_told=told(stop) if stop else "",
        beside=beside_work(reading, page, mention),
        may_rank=page.may_reassign or page.case.starter_id == (reading.actor.employee_id or 0),
    )


def _unreached(reading: Reading, page: ItemPage) -> str:
    """Why its holder cannot do it, where she cannot even see it."""
    holder = page.item.assignee_id if page.item.closed_at is None else None
    return "" if holder in (None, reading.actor.employee_id) else marks(reading, [holder]).get(holder, "")


def words_of_finishing(page: ItemPage) -> str:
    """What the one button does: who gets the case, where that is certain."""
    if len(page.next_lanes) != 1:
        return _("Finish and send on")
    lane = page.next_lanes[0]
    if lane is None:
        return _("Finish the case") if page.is_alone else _("Finish this step")
    if not lane:
        return _("Finish and send on")
    if page.step is not None and lane == page.step.lane:
        return _("Finish this step")
    return _("Send to %(performer)s", performer=lane)


def standard_time_of(page: ItemPage) -> str:
    standard = page.step.standard_time if page.step else None
    if page.step is None or standard is None:
        return ""
    words = standard_time_in_words(
        working_minutes=standard.working_minutes,
        working_days=standard.working_days,
        least_minutes=standard.least_minutes,
        per=standard.per,
        count=count_in(page.step, page.data),
    )
    return translated(words) or standard.text


def after_completion(reading: Reading, completed: Completed) -> str:
    """Who has the case now, and till when."""
    waiting = open_items_of_case(reading.session, completed.instance_id)
    sentences = [_("“%(title)s” is done.", title=completed.title)]
    state = case_detail(reading, completed.instance_id).state
    if state == InstanceState.COMPLETED:
        sentences.append(_("With it the case is finished."))
    elif state == InstanceState.INCIDENT:
        sentences.append(_("But after it the case stopped because of a fault. The administrators have been told."))
    elif not waiting:
        sentences.append(_("Nobody has to do anything more in this case for now."))
    for line in waiting[:3]:
        who = line.assignee_name or ", ".join(pool_names(reading.session, line.work_item_id))
        until = f" ({due_words(line.due_at, reading.now, line.unit_id)})" if line.due_at else ""
        sentences.append(_("Now with %(who)s: %(title)s%(until)s.", who=who, title=line.title, until=until))
    return " ".join(sentences)


def next_task(reading: Reading, instance_id: int) -> InboxLine | None:
    """What she goes on with: the same case, if it is hers to take, else the first of her tasks."""
    reader = reader_of(reading)
    if reader is None:
        return None
    mine = inbox(reading.session, reader, View.MINE, reading.now).items
    pool = inbox(reading.session, reader, View.POOL, reading.now).items
    same_case = (line for line in (*mine, *pool) if line.instance_id == instance_id)
    return next(same_case, None) or next(iter(mine), None)
