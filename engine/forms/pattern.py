"""Patterns that designers write, matched in time that grows with the text only.

Python's own matcher goes back and tries again, so a small hostile pattern can hold a server for hours. This one
walks all possibilities at once (Thompson's construction). It knows what patterns of forms need: characters,
classes, groups, alternatives, repetition, `^` and `$`; it refuses looking around and back references.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.base.errors import Invalid
from engine.base.i18n import _

MAX_PATTERN = 200
MAX_REPEAT = 100
MAX_STATES = 1_000
START, END = "^", "$"
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\]", re.DOTALL)
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_LITERAL = frozenset("{}]")
_PLAIN_ESCAPES = frozenset("dDwWsStnrfv.^$*+?()[]{}|/\\-\"'_ @#%&:;,=<>!~`")


class BadPattern(Invalid):
    code = "form.bad_pattern"
    message = _("The pattern “%(pattern)s” cannot be used. Write a simpler one, such as [0-9]{18}.")


@dataclass(slots=True)
class _State:
    """Leads on by reading one character (`reads`), or freely (`free`), perhaps only at the start or end."""

    reads: re.Pattern[str] | None = None
    target: int = -1
    free: list[tuple[str | None, int]] = field(default_factory=list)


class Pattern:
    """A vetted pattern; like a browser it looks for a match anywhere unless `^` and `$` hold it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._states: list[_State] = []
        if len(text) > MAX_PATTERN:
            raise BadPattern(pattern=text[:40])
        try:
            tokens = list(_tokens(text))
            self._position = 0
            self._entry, self._exit = self._alternatives(tokens)
        except (ValueError, IndexError, re.error, RecursionError):
            raise BadPattern(pattern=text[:40]) from None
        if self._position != len(tokens):
            raise BadPattern(pattern=text[:40])

    def matches(self, text: str) -> bool:
        active: set[int] = set()
        for index in range(len(text) + 1):
            active = self._reachable(active | {self._entry}, at_start=index == 0, at_end=index == len(text))
            if self._exit in active:
                return True
            if index < len(text):
                active = {
                    state.target
                    for state in (self._states[number] for number in active)
                    if state.reads is not None and state.reads.fullmatch(text[index])
                }
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def _reachable(self, numbers: set[int], *, at_start: bool, at_end: bool) -> set[int]:
        found, waiting = set(numbers), list(numbers)
        while waiting:
            for anchor, target in self._states[waiting.pop()].free:
                holds = anchor is None or (at_start if anchor == START else at_end)
                if holds and target not in found:
                    found.add(target)
                    waiting.append(target)
        return found

    def _new(self) -> int:
        if len(self._states) >= MAX_STATES:
            raise ValueError("too large")
        self._states.append(_State())
        return len(self._states) - 1

    def _link(self, source: int, target: int, anchor: str | None = None) -> None:
        self._states[source].free.append((anchor, target))

    def _alternatives(self, tokens: list[str]) -> tuple[int, int]:
        entry, leaving = self._new(), self._new()
        while True:
            first, last = self._sequence(tokens)
            self._link(entry, first)
            self._link(last, leaving)
            if self._peek(tokens) != "|":
                return entry, leaving
            self._position += 1

    def _sequence(self, tokens: list[str]) -> tuple[int, int]:
        entry = leaving = self._new()
        while self._peek(tokens) not in ("", "|", ")"):
            start = self._position
            first, last = self._atom(tokens)
            least, most = self._repetition(tokens)
            after = self._position
            for _copy in range(least - 1):
                self._position = start
                following, end = self._atom(tokens)
                self._link(last, following)
                last = end
            if most is None:
                first, last = self._repeated(first, last, optional=least == 0)
            else:
                first, last = self._extended(tokens, start, (first, last), (least, most))
            self._position = after
            self._link(leaving, first)
            leaving = last
        return entry, leaving

    def _repeated(self, first: int, last: int, *, optional: bool) -> tuple[int, int]:
        entry, leaving = self._new(), self._new()
        self._link(entry, first)
        self._link(last, leaving)
        self._link(last, entry)
        if optional:
            self._link(entry, leaving)
        return entry, leaving

    def _extended(
        self, tokens: list[str], start: int, part: tuple[int, int], counts: tuple[int, int]
    ) -> tuple[int, int]:
        """`part` followed by up to as many copies as `counts` still allows, each of which may be the last."""
        (first, last), (least, most) = part, counts
        entry, leaving = self._new(), self._new()
        self._link(entry, first)
        if least == 0:
            self._link(entry, leaving)
        for _copy in range(most - max(least, 1)):
            self._link(last, leaving)
            self._position = start
            following, end = self._atom(tokens)
            self._link(last, following)
            last = end
        self._link(last, leaving)
        return entry, leaving

    def _repetition(self, tokens: list[str]) -> tuple[int, int | None]:
        token = self._peek(tokens)
        counted = _COUNT.fullmatch(token)
        if token not in ("*", "+", "?") and counted is None:
            return 1, 1
        self._position += 1
        if self._peek(tokens) == "?":  # a lazy match finds the same texts
            self._position += 1
        if counted is None:
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[token]
        least = int(counted[1])
        most = least if counted[2] is None else int(counted[3]) if counted[3] else None
        if max(least, most or 0) > MAX_REPEAT or (most is not None and (most < least or most == 0)):
            raise ValueError(token)
        return least, most

    def _atom(self, tokens: list[str]) -> tuple[int, int]:
        token = tokens[self._position]
        self._position += 1
        if token in ("(", "(?:"):
            part = self._alternatives(tokens)
            if self._peek(tokens) != ")":
                raise ValueError(token)
            self._position += 1
            return part
        entry, leaving = self._new(), self._new()
        if token in (START, END):
            self._link(entry, leaving, token)
        elif token in ("*", "+", "?") or _COUNT.fullmatch(token):
            raise ValueError(token)
        else:
            self._states[entry].reads = re.compile(re.escape(token) if token in _LITERAL else token)
            self._states[entry].target = leaving
        return entry, leaving

    def _peek(self, tokens: list[str]) -> str:
        return tokens[self._position] if self._position < len(tokens) else ""


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        if text.startswith("(?", position):
            if not text.startswith("(?:", position):
                raise ValueError(text)
            yield "(?:"
            position += 3
            continue
        found = _COUNT.match(text, position) or _ATOM.match(text, position)
        if found is None or (len(found[0]) == 2 and found[0][0] == "\\" and found[0][1] not in _PLAIN_ESCAPES):
            raise ValueError(text)
        yield found[0]
        position = found.end()
