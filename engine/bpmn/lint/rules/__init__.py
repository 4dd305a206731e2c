"""The rules, each in a file of its own. A rule is used because it is listed here."""

from collections.abc import Callable, Iterable

from engine.bpmn.drawing import Drawing
from engine.bpmn.lint.rules.boundary_events import boundary_events
from engine.bpmn.lint.rules.branch_labels import branch_labels
from engine.bpmn.lint.rules.called_processes import called_processes
from engine.bpmn.lint.rules.compensation import compensation
from engine.bpmn.lint.rules.conditions import conditions
from engine.bpmn.lint.rules.dead_ends import dead_ends
from engine.bpmn.lint.rules.due_dates import due_dates
from engine.bpmn.lint.rules.duplicate_ids import duplicate_ids
from engine.bpmn.lint.rules.effort_norms import effort_norms
from engine.bpmn.lint.rules.ends import ends
from engine.bpmn.lint.rules.event_gateways import event_gateways
from engine.bpmn.lint.rules.event_names import event_names
from engine.bpmn.lint.rules.event_sub_processes import event_sub_processes
from engine.bpmn.lint.rules.event_triggers import event_triggers
from engine.bpmn.lint.rules.expressions import expressions
from engine.bpmn.lint.rules.flow_ends import flow_ends
from engine.bpmn.lint.rules.foreign_words import foreign_words
from engine.bpmn.lint.rules.implicit_joins import implicit_joins
from engine.bpmn.lint.rules.length import length
from engine.bpmn.lint.rules.link_events import link_events
from engine.bpmn.lint.rules.long_ids import long_ids
from engine.bpmn.lint.rules.loops import loops
from engine.bpmn.lint.rules.message_lifetimes import message_lifetimes
from engine.bpmn.lint.rules.numbers import numbers
from engine.bpmn.lint.rules.outputs import outputs
from engine.bpmn.lint.rules.performers import performers
from engine.bpmn.lint.rules.process_ids import process_ids
from engine.bpmn.lint.rules.processes import processes
from engine.bpmn.lint.rules.references import references
from engine.bpmn.lint.rules.reserved_ids import reserved_ids
from engine.bpmn.lint.rules.rule_tasks import rule_tasks
from engine.bpmn.lint.rules.scripts import scripts
from engine.bpmn.lint.rules.services import services
from engine.bpmn.lint.rules.standard_times import standard_times
from engine.bpmn.lint.rules.starts import starts
from engine.bpmn.lint.rules.timers import timers
from engine.bpmn.lint.rules.unreachable import unreachable
from engine.bpmn.lint.rules.unsupported_elements import unsupported_elements
from engine.bpmn.problems import Problem

Rule = Callable[[Drawing], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    processes,
    process_ids,
    duplicate_ids,
    long_ids,
    reserved_ids,
    unsupported_elements,
    foreign_words,
    references,
    flow_ends,
    starts,
    ends,
    unreachable,
    dead_ends,
    boundary_events,
    event_triggers,
    event_names,
    event_gateways,
    event_sub_processes,
    compensation,
    link_events,
    timers,
    message_lifetimes,
    conditions,
    expressions,
    scripts,
    services,
    rule_tasks,
    called_processes,
    loops,
    numbers,
    performers,
    standard_times,
    due_dates,
    effort_norms,
    outputs,
    branch_labels,
    implicit_joins,
    length,
)
