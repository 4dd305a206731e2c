"""PostgreSQL in few trips: a statement that may wait goes out together with the next one, or with the COMMIT.

Their order stays, and an error of one that waited is raised where it goes out: at the latest instead of the COMMIT,
which then does not happen. A transaction begins together with its first statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event

READS_ONLY = "reads_only"  # an execution option, for transactions that see one instant and write nothing

BEGIN = "BEGIN"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
COMMIT = "COMMIT"
# After these the driver forgets what is prepared, here and in the server.
MAKES_FORGET = ("ROLLBACK", "DROP", "ALTER", "DISCARD", "DEALLOCATE")
PREPARED = 300

Parameters = Sequence[Any] | Mapping[str, Any] | None


class PatientConnection(psycopg.Connection[Any]):
    """Nothing is begun by the driver itself: BEGIN waits like others."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.prepared_max = PREPARED
        self._waiting: list[tuple[str, Sequence[Any]]] = []
        self._names: dict[str, bytes] = {}
        self._serial = count(1)
        self._only_reads = False
        self.trips = 0

    def begin(self, statement: str) -> None:
        self._waiting = [(statement, ())]
        self._only_reads = statement == BEGIN_READING

    def let_wait(self, statement: str, values: Sequence[Any]) -> None:
        """A statement with `%s` for each value, whose types are those of the columns."""
        self._waiting.append((statement, values))

    def run(self, cursor: psycopg.Cursor[Any], statement: str, parameters: Parameters) -> None:
        """In one trip with all that waits."""
        self.trips += 1
        makes_forget = statement.lstrip().startswith(MAKES_FORGET)
        # A server's cursor has several trips of its own; and what is forgotten is forgotten at once, not later together
        # with what was prepared since.
        if makes_forget or isinstance(cursor, psycopg.ServerCursor):
            self.send()
        if self._waiting:
            with self._together():
                cursor.execute(statement.encode(), parameters)
        else:
            cursor.execute(statement.encode(), parameters)
        if makes_forget:
            self._names.clear()

    def ask(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The same for a statement of our own, with `%s` for each value; its rows, past SQLAlchemy."""
        cursor = self.cursor()
        self.run(cursor, statement, values)
        return cursor.fetchall()

    def send(self) -> None:
        if self._waiting:
            self.trips += 1
            with self._together():
                pass

    def commit(self) -> None:
        if self._has_only_begun:
            self._waiting = []
        elif self._waiting or self.info.transaction_status != TransactionStatus.IDLE:
            self.let_wait(COMMIT, ())
            self.send()

    def rollback(self) -> None:
        self._waiting = []
        if self.info.transaction_status == TransactionStatus.IDLE:
            return  # as after each commit, when the pool takes it back: nothing is undone, and what is prepared stays
        if self._only_reads and self.info.transaction_status == TransactionStatus.INTRANS:
            self.let_wait(COMMIT, ())  # the same for it; after a rollback all that is prepared would be prepared anew
            self.send()
        else:
            self._names.clear()
            super().rollback()

    def pass_on(self, pipeline: psycopg.Pipeline, statement: str, values: Sequence[Any]) -> None:
        """Straight to the library below the driver: a cursor would cost more than all the rest, and a trip each."""
        dumped = Transformer(self).dump_sequence(values, [PyFormat.TEXT] * len(values))
        name = self._names.pop(statement, None) or self._prepare(pipeline, statement, len(values))
        self._names[statement] = name  # at the end, as used last
        self.pgconn.send_query_prepared(name, dumped)
        pipeline.result_queue.append(None)  # an answer to look for, and no cursor that wants it
        if len(self._names) > PREPARED:
            self._forget(pipeline, next(iter(self._names)))

    def _prepare(self, pipeline: psycopg.Pipeline, statement: str, number: int) -> bytes:
        name = f"waited_{next(self._serial)}".encode()
        places = tuple(f"${place}" for place in range(1, number + 1))
        self.pgconn.send_prepare(name, (statement % places).encode())
        pipeline.result_queue.append(None)
        return name

    def _forget(self, pipeline: psycopg.Pipeline, statement: str) -> None:
        # Sent after the statement that takes its place, since nothing may go before a BEGIN.
        self.pgconn.send_query_params(b"DEALLOCATE " + self._names.pop(statement), None)
        pipeline.result_queue.append(None)

    @property
    def _has_only_begun(self) -> bool:
        return len(self._waiting) == 1 and self.info.transaction_status == TransactionStatus.IDLE

    @contextmanager
    def _together(self) -> Iterator[None]:
        """What waits, and then what the block sends."""
        waiting, self._waiting = self._waiting, []
        try:
            with self.pipeline() as pipeline:
                for statement, values in waiting:
                    self.pass_on(pipeline, statement, values)
                yield
        except psycopg.Error as error:
            error.add_note("It was sent together with: " + "; ".join(statement for statement, _values in waiting))
            raise


def make_few_trips(engine: Engine) -> None:
    """Let all connections of an engine be patient ones."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "do_execute", _execute)
    event.listen(engine, "do_execute_no_params", _execute_without_parameters)
    event.listen(engine, "do_executemany", _before_many)


def patient_of(connection: Connection) -> PatientConnection | None:
    """The driver's connection where it is PostgreSQL's."""
    found = connection.connection.driver_connection
    return found if isinstance(found, PatientConnection) else None


def _connect(_dialect: Any, _record: Any, arguments: Sequence[Any], named: Mapping[str, Any]) -> PatientConnection:
    return PatientConnection.connect(*arguments, **named, autocommit=True)


def _begin(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(READS_ONLY, False)
    patient = patient_of(connection)
    if patient is not None:
        patient.begin(BEGIN_READING if reads_only else BEGIN)


def _execute(cursor: Any, statement: str, parameters: Any, _context: Any) -> bool:
    cursor.connection.run(cursor, statement, parameters)
    return True  # it is done, and SQLAlchemy need not do it


def _execute_without_parameters(cursor: Any, statement: str, _context: Any) -> bool:
    cursor.connection.run(cursor, statement, None)
    return True  # as above


def _before_many(cursor: Any, _statement: str, _parameters: Any, _context: Any) -> None:
    cursor.connection.send()
