"""A play with a person: she types a line, and reads what came of it and what can be done next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from babel.dates import format_datetime

from engine.base.errors import TataKerjaError
from engine.base.i18n import _, translate
from engine.core.play.deploying import NotLoaded, uploads_at
from engine.core.play.errors import ActivityUnknown, FieldMissing, NothingToDo, NotOpen, NotWaiting, SayWhich
from engine.core.play.phrases import NotRead, Phrase, all_commands, duration_in, phrase_in
from engine.core.play.picture import Choice, Kind, choices, happened, picture
from engine.core.play.session import Play
from engine.definitions.reports import as_lines

HELP = (
    _("Enter            how things stand"),
    _('start [PROCESS]  begin a case; values go behind it: start cuti hari=3 nama="Siti A."'),
    _("complete WHICH   do an open step, by its number or id, with values: complete 1 lengkap=true"),
    _("trigger WHICH    let an event happen now, answer for a service, or try a fault again"),
    _("advance HOW LONG let time pass: advance 2 days, maju 3 jam; alone: until the next thing is due"),
    _("message NAME     send a message, with values; signal NAME tells everyone"),
    _("set VALUES       change the data of a case: set hari=5; of another than the last: set 2 hari=5"),
    _("load FILE        bring a diagram, a decision table, or a process folder"),
    _("quit             leave; nothing is kept"),
)
LONGEST_NUMBER = 9
MOST_TOLD = 20


class Conversation:
    def __init__(self, play: Play, language: str) -> None:
        self._play = play
        self._language = language
        self.is_over = False

    def greeting(self) -> tuple[str, ...]:
        welcome = _("This is a play: the engine is the real one, nothing is kept, and time stands still.")
        return (
            self._text(welcome),
            self._time(),
            *self._processes(),
            self._text(_("Type help to see what you can do.")),
        )

    def say(self, line: str) -> tuple[str, ...]:
        """What there is to read after this line; a refusal is told, and changes nothing."""
        try:
            phrase = phrase_in(line)
            return tuple(ACTS[phrase.command](self, phrase))
        except NotLoaded as refusal:
            return (refusal.text(self._language), *as_lines(refusal.problems, self._language))
        except TataKerjaError as refusal:
            return (refusal.text(self._language),)
        except OSError as error:
            return (f"{error.filename}: {error.strerror}",)

    def completions(self, beginning: str) -> tuple[str, ...]:
        """Words that go on from here: commands, processes, elements."""
        known = (*all_commands(), *self._play.processes, *(choice.element for choice in self._choices()))
        return tuple(sorted({word for word in known if word.startswith(beginning)}))

    def _start(self, phrase: Phrase) -> Iterator[str]:
        process = phrase.words[0] if phrase.words else next(iter(self._play.processes), None)
        if process is None:
            raise FieldMissing(field="load FILE")
        self._play.start(process, phrase.variables)
        yield from self._picture()

    def _complete(self, phrase: Phrase) -> Iterator[str]:
        choice = self._chosen(phrase, (Kind.OPEN, Kind.WAITING, Kind.INCIDENT))
        self._play.complete(choice.instance, choice.element, phrase.variables)
        yield from self._picture()

    def _trigger(self, phrase: Phrase) -> Iterator[str]:
        choice = self._chosen(phrase, (Kind.WAITING, Kind.INCIDENT))
        self._play.trigger(choice.instance, choice.element, phrase.variables)
        yield from self._picture()

    def _advance(self, phrase: Phrase) -> Iterator[str]:
        before = self._play.instances(self._language)
        if phrase.words:
            self._play.advance(duration_in(phrase.words))
        else:
            self._play.advance_to_next()
        yield self._time()
        yield happened(before, self._play.instances(self._language), self._language)
        yield from self._picture()

    def _message(self, phrase: Phrase) -> Iterator[str]:
        name = _first(phrase, "NAME")
        held_until = self._play.message(name, {}, phrase.variables, None)
        if held_until is not None:
            told = _("Nobody waits for “%(name)s” yet: it is held until %(until)s.")
            yield self._text(told, name=name, until=self._moment(held_until))
        yield from self._picture()

    def _signal(self, phrase: Phrase) -> Iterator[str]:
        self._play.signal(_first(phrase, "NAME"), phrase.variables)
        yield from self._picture()

    def _set(self, phrase: Phrase) -> Iterator[str]:
        numbers = [_number(word) for word in phrase.words]
        cases = [standing.id for standing in self._play.instances(self._language)]
        if not numbers and not cases:
            raise FieldMissing(field="start")
        if not phrase.variables:
            raise FieldMissing(field="NAME=VALUE")
        self._play.set_variables(numbers[0] if numbers else cases[-1], phrase.variables)
        yield from self._picture()

    def _show(self, _phrase: Phrase) -> Iterator[str]:
        yield self._time()
        yield from self._picture()

    def _load(self, phrase: Phrase) -> Iterator[str]:
        if not phrase.words:
            raise FieldMissing(field="FILE")
        loaded = self._play.deploy(uploads_at([Path(word) for word in phrase.words]))
        yield from as_lines(tuple(found.problem for found in loaded.problems), self._language)
        yield from self._processes()

    def _help(self, _phrase: Phrase) -> Iterator[str]:
        yield from (self._text(line) for line in HELP)

    def _quit(self, _phrase: Phrase) -> Iterator[str]:
        self.is_over = True
        yield from ()

    def _chosen(self, phrase: Phrase, kinds: Sequence[Kind]) -> Choice:
        """By number or id; alone, the only one there is, of open work first."""
        known = [choice for choice in self._choices() if choice.kind in kinds]
        if not phrase.words:
            return _only([choice for choice in known if choice.kind is Kind.OPEN] or known)
        wanted = phrase.words[0]
        fitting = [choice for choice in known if wanted in (str(choice.number), choice.element)]
        if fitting:
            return fitting[0]
        if wanted.isdecimal() or wanted in self._play.elements():
            raise NotOpen(activity=wanted) if Kind.OPEN in kinds else NotWaiting(activity=wanted)
        raise ActivityUnknown(activity=wanted)

    def _choices(self) -> tuple[Choice, ...]:
        return choices(self._play.instances(self._language), self._play.names())

    def _picture(self) -> Iterator[str]:
        standings = self._play.instances(self._language)
        if not standings:
            yield self._text(_("No case has begun yet: type start."))
        yield from picture(standings, choices(standings, self._play.names()), self._language)

    def _processes(self) -> Iterator[str]:
        known = ", ".join(self._play.processes)
        nothing = _("No diagram is loaded yet: type load and the name of a file.")
        yield self._text(_("Can be started: %(processes)s."), processes=known) if known else self._text(nothing)

    def _time(self) -> str:
        return self._moment(self._play.clock.now())

    def _moment(self, moment: datetime) -> str:
        local = moment.astimezone(self._play.zone)
        return format_datetime(local, "EEEE, d MMMM y, HH:mm:ss", locale=self._language)

    def _text(self, message: str, **params: str) -> str:
        return translate(message, params, self._language)


def _first(phrase: Phrase, what: str) -> str:
    if not phrase.words:
        raise FieldMissing(field=what)
    return phrase.words[0]


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > LONGEST_NUMBER:
        raise NotRead(piece=word[:80])
    return int(word)


def _only(known: Sequence[Choice]) -> Choice:
    if not known:
        raise NothingToDo
    if len(known) > 1:
        raise SayWhich(which=", ".join(f"{choice.number} {choice.about}" for choice in known[:MOST_TOLD]))
    return known[0]


ACTS: Mapping[str, Callable[[Conversation, Phrase], Iterator[str]]] = {
    "start": Conversation._start,
    "complete": Conversation._complete,
    "trigger": Conversation._trigger,
    "advance": Conversation._advance,
    "message": Conversation._message,
    "signal": Conversation._signal,
    "set": Conversation._set,
    "show": Conversation._show,
    "load": Conversation._load,
    "help": Conversation._help,
    "quit": Conversation._quit,
}
