"""Random well-formed diagrams: blocks of every shape, nested in each other.

Every way through a block waits for somebody or something, so that a schedule decides what happens, and not the order in
which tokens that move at the same time are moved.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from tests.support.diagrams import (
    Part,
    boundary,
    definitions,
    element,
    event,
    flow,
    process,
    script_task,
    timer,
    user_task,
)

FLAT = ("sequence", "exclusive", "parallel", "inclusive", "three_ways", "mixed", "loop", "way_out", "doubling")
FORKS = ("exclusive", "parallel", "inclusive", "three_ways", "mixed")
NESTED = ("scope", "guarded", "aside", "repeated", "call", "undoing", "transaction", "race", "failing", "terminating")
WAITS = ("task", "task", "task", "catch")
BY_DEPTH = (WAITS, (*WAITS, *WAITS, *FLAT, *NESTED), (*FLAT, *NESTED), (*FLAT, *NESTED))
GATEWAYS = {"exclusive": "exclusiveGateway", "parallel": "parallelGateway"}
TIMES = (timer("PT1H"), timer("R3/PT1H", "timeCycle"))

Ends = tuple[str, str]


@dataclass
class Builder:
    """`parts` are those of the scope that is being drawn, `outside` what stands beside the process."""

    random: Random
    parts: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    number: int = 0

    def new(self, prefix: str) -> str:
        self.number += 1
        return f"{prefix}{self.number}"

    def add(self, kind: str, prefix: str, *inside: str, **attributes: str) -> str:
        return self.put(element(kind, self.new(prefix), *inside, **attributes))

    def put(self, part: Part) -> str:
        self.parts.append(part)
        return part.identity

    def script(self, text: str) -> str:
        return self.put(script_task(self.new("t"), text))

    def join(self, source: str, target: str, condition: str = "", identity: str = "") -> None:
        self.parts.append(flow(source, target, condition=condition, identity=identity or self.new("f")))

    def line(self, *identities: str) -> None:
        for source, target in pairwise(identities):
            self.join(source, target)

    def task(self) -> Ends:
        identity = self.put(user_task(self.new("U")))
        return identity, identity

    def block(self, depth: int) -> Ends:
        kind = self.random.choice(BY_DEPTH[depth])
        if kind in ("task", "catch"):
            return self.task() if kind == "task" else self.catch()
        if kind in FLAT and kind in FORKS:
            return self.fork(kind, depth)
        made: Ends = getattr(self, kind)(depth)
        return made

    # what is heard

    def heard(self, *kinds: str) -> str:
        """An event of one of the kinds, with a name of its own."""
        kind = self.random.choice(kinds or ("message", "signal", "timer"))
        if kind == "timer":
            return self.random.choice(TIMES)
        identity = self.new(kind[0])
        named = "name" if kind in ("message", "signal") else f"{kind}Code"
        self.outside.append(element(kind, identity, **{named: identity}))
        return event(kind, **{f"{kind}Ref": identity})

    def catch(self) -> Ends:
        kind = self.random.choice(("message", "signal", "timer"))
        waits = timer("PT1H") if kind == "timer" else self.heard(kind)
        identity = self.add("intermediateCatchEvent", "C", waits)
        return identity, identity

    def race(self, depth: int) -> Ends:
        """The first of two events decides."""
        gateway, merge = self.add("eventBasedGateway", "V"), self.add("exclusiveGateway", "O")
        for _way in range(2):
            first, second = self.catch(), self.block(depth - 1)
            self.line(gateway, first[0], second[0])
            self.line(second[1], merge)
        return gateway, merge

    # scopes

    def inside(self, depth: int, *more: str) -> list[str]:
        """The parts of a scope with one block between its start and its end."""
        outer, self.parts = self.parts, list(more)
        start, end, block = self.add("startEvent", "S"), self.add("endEvent", "E"), self.block(depth - 1)
        self.line(start, block[0])
        self.line(block[1], end)
        drawn, self.parts = self.parts, outer
        return drawn

    def scope(self, depth: int, *more: str) -> Ends:
        identity = self.put(element("subProcess", self.new("P"), *more, *self.inside(depth)))
        return identity, identity

    def aside(self, depth: int) -> Ends:
        """A sub-process with an event sub-process."""
        return self.scope(depth, self.listening(depth))

    def listening(self, depth: int) -> Part:
        patience = self.random.choice(["true", "false"])
        start = element("startEvent", self.new("S"), self.heard(), isInterrupting=patience)
        outer, self.parts = self.parts, [start]
        block, end = self.block(depth - 1), self.add("endEvent", "E")
        self.line(start.identity, block[0])
        self.line(block[1], end)
        drawn, self.parts = self.parts, outer
        return element("subProcess", self.new("Q"), *drawn, triggeredByEvent="true")

    def call(self, depth: int) -> Ends:
        called = process(*self.inside(depth), identity=self.new("K"))
        self.outside.append(called)
        identity = self.add("callActivity", "A", calledElement=called.identity)
        return identity, identity

    def repeated(self, depth: int) -> Ends:
        loop = self.random.choice((self.parallel_instances, self.sequential_instances, self.standard_loop))()
        if self.random.random() < 0.4:
            identity = self.put(user_task(self.new("U"), loop))
            return identity, identity
        return self.scope(depth, loop)

    def parallel_instances(self, is_sequential: str = "false") -> Part:
        enough = self.random.choice(["", "numberOfCompletedInstances >= 2"])
        inside = [f"<loopCardinality>{self.random.choice([1, 2, 3])}</loopCardinality>"]
        inside += [element("completionCondition", "", enough.replace(">", "&gt;"))] if enough else []
        return element("multiInstanceLoopCharacteristics", "", *inside, isSequential=is_sequential)

    def sequential_instances(self) -> Part:
        return self.parallel_instances("true")

    def standard_loop(self) -> Part:
        condition = f"<loopCondition>loopCounter &lt; {self.random.choice([0, 1, 5])}</loopCondition>"
        return element("standardLoopCharacteristics", "", condition, loopMaximum="3")

    # borders

    def guarded(self, depth: int) -> Ends:
        """An event at the border of a step, which it may interrupt."""
        kind = self.random.choice((self.repeated, self.scope, self.call, lambda _depth: self.task()))
        host = kind(depth - 1 or 1)
        return self.with_border(host, self.heard(), self.random.choice(["true", "false"]))

    def with_border(self, host: Ends, heard: str, interrupting: str = "true") -> Ends:
        border = self.put(boundary(self.new("B"), host[0], heard, cancelActivity=interrupting))
        handling, merge = self.task(), self.add("exclusiveGateway", "O")
        self.line(host[1], merge)
        if interrupting == "true":
            self.line(border, handling[0], merge)
        else:
            self.line(border, handling[0], self.add("endEvent", "E"))
        return host[0], merge

    def failing(self, depth: int) -> Ends:
        """A sub-process out of which an error or an escalation may come."""
        kind = self.random.choice(["error", "escalation"])
        thrown = self.heard(kind)
        host = self.ending_otherwise("subProcess", depth, thrown)
        patience = "true" if kind == "error" else self.random.choice(["true", "false"])
        return self.with_border(host, self.random.choice([thrown, event(kind)]), patience)

    def terminating(self, depth: int) -> Ends:
        return self.ending_otherwise("subProcess", depth, event("terminate"))

    def transaction(self, depth: int) -> Ends:
        return self.with_border(self.ending_otherwise("transaction", depth, event("cancel")), event("cancel"))

    def ending_otherwise(self, kind: str, depth: int, ending: str) -> Ends:
        """A scope in which, beside a block, a way may lead to another end."""
        outer, self.parts = self.parts, []
        start, fork, end = self.add("startEvent", "S"), self.add("parallelGateway", "F"), self.add("endEvent", "E")
        block, before, out_flow = self.block(depth - 1), self.undoable_task(), self.new("d")
        decide, other = self.add("exclusiveGateway", "G", default=out_flow), self.add("endEvent", "X", ending)
        self.line(start, fork, block[0])
        self.line(block[1], end)
        self.line(fork, before[0], decide)
        self.join(decide, other, self.random.choice(["true", "true", "false"]))
        self.join(decide, end, identity=out_flow)
        drawn, self.parts = self.parts, outer
        identity = self.put(element(kind, self.new("P"), *drawn))
        return identity, identity

    # undoing

    def undoable_task(self) -> Ends:
        done, undoing = self.task(), self.put(user_task(self.new("Z"), isForCompensation="true"))
        border = self.put(boundary(self.new("B"), done[0], event("compensate")))
        self.add("association", "h", sourceRef=border, targetRef=undoing)
        return done

    def undoing(self, depth: int) -> Ends:
        done, block, last = self.undoable_task(), self.block(depth - 1), self.task()
        meant = self.random.choice([{}, {"activityRef": done[0]}])
        thrower = self.add("intermediateThrowEvent", "X", event("compensate", **meant))
        self.line(done[1], block[0])
        self.line(block[1], thrower, last[0])
        return done[0], last[1]

    # flat shapes

    def sequence(self, depth: int) -> Ends:
        first, second = self.block(depth - 1), self.block(depth - 1)
        self.join(first[1], second[0])
        return first[0], second[1]

    def loop(self, depth: int) -> Ends:
        """Two or three turns, counted by a variable of its own."""
        counter, out_flow = self.new("n"), self.new("d")
        reset, entry, body = self.script(f"{counter} = 0"), self.add("exclusiveGateway", "M"), self.block(depth - 1)
        count = self.script(f"{counter} = {counter} + 1")
        decide, leave = self.add("exclusiveGateway", "G", default=out_flow), self.add("exclusiveGateway", "O")
        self.join(reset, entry)
        self.join(entry, body[0])
        self.join(body[1], count)
        self.join(count, decide)
        self.join(decide, entry, f"{counter} < {self.random.choice([2, 3])}")
        self.join(decide, leave, identity=out_flow)
        return reset, leave

    def way_out(self, depth: int) -> Ends:
        """A branch of a fork that may never reach the join."""
        fork, join, out_flow = self.add("parallelGateway", "F"), self.add("inclusiveGateway", "J"), self.new("d")
        decide, end = self.add("exclusiveGateway", "G", default=out_flow), self.add("endEvent", "E")
        one, other, last = self.block(depth - 1), self.block(depth - 1), self.task()
        for source, target in ((fork, one[0]), (fork, other[0]), (one[1], join), (other[1], decide), (last[1], end)):
            self.join(source, target)
        self.join(decide, join, self.random.choice(["true", "false"]))
        self.join(decide, last[0], identity=out_flow)
        return fork, join

    def doubling(self, depth: int) -> Ends:
        """Branches side by side that are not joined: what follows happens for each."""
        fork, merge = self.add("parallelGateway", "F"), self.add("exclusiveGateway", "M")
        for block in (self.block(depth - 1), self.task()):
            self.line(fork, block[0])
            self.line(block[1], merge)
        return fork, merge

    def fork(self, kind: str, depth: int) -> Ends:
        gateway = GATEWAYS.get(kind, "inclusiveGateway")
        joining = self.random.choice(["inclusiveGateway", gateway])
        if kind == "mixed":
            gateway, joining = self.random.choice(list(GATEWAYS.values())), "inclusiveGateway"
        default = self.new("d")
        fork = self.add(gateway, "F", **({} if gateway == "parallelGateway" else {"default": default}))
        join = self.add(joining, "J")
        branches = 3 if kind == "three_ways" else 2
        for number in range(branches):
            block = self.block(depth - 1)
            if gateway == "parallelGateway":
                self.join(fork, block[0])
            elif number == branches - 1:
                self.join(fork, block[0], identity=default)
            else:
                self.join(fork, block[0], self.random.choice(["true", "true", "false"]))
            self.join(block[1], join)
        return fork, join


def random_diagram(random: Random) -> bytes:
    builder = Builder(random)
    start, end = builder.add("startEvent", "S"), builder.add("endEvent", "Z")
    first, second = builder.block(3), builder.block(3)
    builder.line(start, first[0])
    builder.line(first[1], second[0])
    builder.line(second[1], end)
    if random.random() < 0.3:
        builder.put(builder.listening(2))
    return definitions(*builder.outside, process(*builder.parts))


diagrams = st.builds(random_diagram, st.randoms(use_true_random=False))
schedules = st.randoms(use_true_random=False)
