"""A batch: one transaction shared by the turns that were waiting, with its reads fetched ahead and its writes buffered.

    with Batch(database) as batch:          # BEGIN
        batch.together(…)                   # one query a table for all senders
        for incoming in incomings:
            with batch.turn() as store:     # a turn that raises leaves nothing behind
                ...
    # one INSERT a table, COMMIT; only then may a reply leave

A turn never waits for another and never sees half of one: it reads what the database held when the batch began, what
earlier turns of the batch wrote, and its own writes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.exc import DBAPIError

from storage import asking, schema
from storage.asking import Fetch, Prepared, exchange
from storage.bulk import insert_many, uniform
from storage.database import Database

Row = dict[str, Any]

# Tables are written in this order, so that a row never points at one that is not there yet.
_ORDER = {table: place for place, table in enumerate(schema.metadata.sorted_tables)}


def _put(driver: Any, table: Table, rows: list[Row], *, replacing: bool, is_sqlite: bool) -> None:
    first = table.info.get("first_by")  # a fact that has been told is not told again
    on_conflict = "replace" if replacing else f"nothing:{first}" if first else ""
    for alike in uniform(rows):
        insert_many(driver, table, alike, on_conflict, is_sqlite=is_sqlite)


class Writes:
    """What a turn, or the turns before it, want written: rows to add, and rows to put in place of their elders."""

    def __init__(self) -> None:
        self.added: dict[Table, list[Row]] = {}
        self.saved: dict[Table, dict[Hashable, Row]] = {}

    def add(self, table: Table, row: Row) -> None:
        self.added.setdefault(table, []).append(row)

    def save(self, table: Table, key: Hashable, row: Row) -> None:
        self.saved.setdefault(table, {})[key] = row

    def absorb(self, other: Writes) -> None:
        """Take on what another wants, whose lists may become ours: it is not used any more."""
        for table, rows in other.added.items():
            if table in self.added:
                self.added[table] += rows
            else:
                self.added[table] = rows
        for table, keyed in other.saved.items():
            if table in self.saved:
                self.saved[table].update(keyed)
            else:
                self.saved[table] = keyed

    def copy(self) -> Writes:
        """Return the same wants, which later ones do not touch."""
        other = Writes()
        other.added = {table: [*rows] for table, rows in self.added.items()}
        other.saved = {table: {**keyed} for table, keyed in self.saved.items()}
        return other

    def touched(self) -> set[Table]:
        return self.added.keys() | self.saved.keys()

    def flush(self, driver: Any, *, is_sqlite: bool) -> None:
        for table in sorted(self.touched(), key=_ORDER.__getitem__):
            if rows := self.added.get(table):
                _put(driver, table, rows, replacing=False, is_sqlite=is_sqlite)
            if keyed := self.saved.get(table):
                rows = list(keyed.values())
                if (
                    "newest_by" in table.info
                ):  # written by several processes at once: all in one order, or they deadlock
                    rows = [keyed[key] for key in sorted(keyed)]  # type: ignore[type-var]
                _put(driver, table, rows, replacing=True, is_sqlite=is_sqlite)
        self.added.clear()
        self.saved.clear()


_NOTHING = object()


class Memory:
    """What repositories remember for the rest of the batch, by kind and key; a turn's part of it can be undone.

    It is asked two dozen times a message: what a turn remembers goes at once where all of it is kept, so that there is
    one place to look in, and is taken back should the turn fail.
    """

    __slots__ = ("_fetched", "_known", "_undo")

    def __init__(self) -> None:
        self._known: dict[str, dict[Any, Any]] = {}
        self._fetched: set[str] = set()
        # What the running turn has put in place of what; None outside of a turn.
        self._undo: list[tuple[dict[Any, Any], Any, Any]] | None = None

    def begin(self) -> None:
        self._undo = []

    def end(self, *, is_kept: bool) -> None:
        if not is_kept:
            self.go_back(0)
        self._undo = None

    def mark(self) -> int:
        """Where `go_back` may go back to."""
        return len(self._undo or ())

    def go_back(self, mark: int) -> None:
        undo = self._undo or []
        while len(undo) > mark:
            known, key, before = undo.pop()
            if before is _NOTHING:
                known.pop(key, None)
            else:
                known[key] = before

    def remember(self, what: str, key: Any, value: Any) -> None:
        """Let later reads find `value`: those of this turn at once, those of later turns once this one ended well."""
        known = self._known.get(what)
        if known is None:
            known = self._known[what] = {}
        if self._undo is not None:
            self._undo.append((known, key, known.get(key, _NOTHING)))
        known[key] = value

    def recall(self, what: str, key: Any) -> Any:
        """Return what was remembered or fetched ahead, or None."""
        known = self._known.get(what)
        return None if known is None else known.get(key)

    def knows(self, what: str) -> bool:
        """Was this kind fetched ahead for everybody in the batch?"""
        return what in self._fetched

    def fetched(self, what: str, found: dict[Any, Any]) -> None:
        """Keep what a query brought for everybody in the batch; rows that turns remembered since stay on top."""
        self._fetched.add(what)
        known = self._known.get(what)
        if known is None:
            self._known[what] = found
            return
        for key, value in found.items():
            known.setdefault(key, value)
        # Should the running turn fail, what was found takes the place of what it had remembered before.
        self._undo = self._undo and [
            (kept, key, found.get(key, _NOTHING) if kept is known and before is _NOTHING else before)
            for kept, key, before in self._undo
        ]


class _Turn:
    """The time of one turn."""

    __slots__ = ("_batch",)

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def __enter__(self) -> None:
        self._batch._begin_turn()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        self._batch._end_turn(is_kept=error is None)


class Batch:
    """One writing transaction for many turns. Not safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.is_sqlite = database.is_sqlite
        self.cause = ""  # the message being played, by its digest; letters carry it into the sender's log lines
        self.left = 0  # how many messages of the batch are still to be played
        self.speaks_as: Mapping[int, int] = {}  # the person each of their contacts speaks as
        self.speakers: frozenset[int] = frozenset()  # those people
        self.senders: Sequence[int] = ()  # contact ids of everyone in the batch, for reads on demand
        self._pending = Writes()
        self._turn: Writes | None = None
        self._memory = Memory()
        # The memory's own methods: asked some thirty times a message, a layer of ours between would cost 2 µs.
        self.remember, self.recall = self._memory.remember, self._memory.recall
        self.knows, self.fetched = self._memory.knows, self._memory.fetched
        self._open: Any = None
        self.connection: Connection

    def __enter__(self) -> Batch:
        self._open = self.database.write()
        self.connection = self._open.__enter__()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None:
            try:
                self._flush(is_last=True)
            except BaseException as fault:
                self._open.__exit__(type(fault), fault, fault.__traceback__)
                raise
        self._open.__exit__(kind, error, trace)

    def _flush(self, *, is_last: bool = False) -> None:
        """Write what the turns wanted written; on PostgreSQL the last COMMIT goes along with it."""
        with exchange(self.connection) as driver:
            self._pending.flush(driver, is_sqlite=self.is_sqlite)
            if is_last and not self.is_sqlite:
                driver.execute("COMMIT", prepare=False)

    def turn(self) -> _Turn:
        """Collect the writes of one turn; keep them only if it ends well."""
        return _Turn(self)

    def _begin_turn(self) -> None:
        self._turn = Writes()
        self._memory.begin()

    def _end_turn(self, *, is_kept: bool) -> None:
        turn, self._turn = self._turn, None  # `forget_turn` may have put an empty one in place of the first
        self._memory.end(is_kept=is_kept)
        if is_kept and turn is not None:
            self._pending.absorb(turn)

    def forget_turn(self) -> None:
        """Throw away what the running turn wanted written: a rule has refused it, only its answer stays."""
        self._turn = Writes()
        self._memory.go_back(0)

    def attempt(self, part: Callable[[], None]) -> Exception | None:
        """Do a part of the running turn. Where it raises, what it wanted written is forgotten and the error returned;
        a fault of the database concerns the whole batch and goes on."""
        before, mark = None if self._turn is None else self._turn.copy(), self._memory.mark()
        try:
            part()
        except DBAPIError:
            raise
        except Exception as error:
            self._turn = before
            self._memory.go_back(mark)
            return error
        return None

    def add(self, table: Table, row: Row) -> None:
        (self._pending if self._turn is None else self._turn).add(table, row)

    def save(self, table: Table, key: Hashable, row: Row) -> None:
        (self._pending if self._turn is None else self._turn).save(table, key, row)

    def read(self, statement: Executable | Prepared, parameters: Mapping[str, Any] | None = None) -> Any:
        """Run a SELECT that sees the earlier turns of this batch (not the running one's own writes)."""
        if self._pending.touched():
            self._flush()
        if isinstance(statement, Prepared):
            return asking.read(self.connection, statement, parameters or {})
        return self.connection.execute(statement, parameters)

    def together(self, *fetches: Fetch) -> None:
        """Read what several repositories ask, all at once; the same holds."""
        if self._pending.touched():
            self._flush()
        asking.together(self.connection, fetches)
