"""Matters, their notes, and the numbers they carry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update

from domain.matters import LIVING, Matter, Outcome, Status, Tally, Urgency, words_key
from storage import tables
from storage.among import among
from storage.asking import Prepared
from storage.batch import Batch
from storage.counters import Counters
from storage.ids import new_id
from storage.ledger import Ledger, Step
from storage.rows import as_row
from storage.vault import Vault

# What of a sealed matter is encrypted.
SEALED = ("text", "place_text", "result")
# What only time brings a matter: a new one has its table's defaults there, which are left to the table.
_later_of = attrgetter("outcome", "result", "is_sealed", "ended_at", "rating", "reopened", "urged_at", "token_hash")
# Nobody reads further back in a chat than this many matters.
LIMIT = 200
# How many of a person's matters are fetched ahead; an older one is looked up by its number.
NEWEST = 8
# The columns in the order of the fields, so that a row is a Matter but for its enums and what is sealed.
_FIELDS = tuple(field.name for field in fields(Matter))
_COLUMNS = tuple(tables.matters.c[name] for name in _FIELDS)
_AT = {name: place for place, name in enumerate(_FIELDS)}
# Where an enum stands in a row, and its members by their values: to call the class costs five times as much.
_ENUMS = [
    (_AT[name], {str(member): member for member in kind})
    for name, kind in (("status", Status), ("urgency", Urgency), ("outcome", Outcome))
]
_ranked = (
    select(
        *_COLUMNS,
        func.row_number()
        .over(partition_by=tables.matters.c.contact_id, order_by=tables.matters.c.id.desc())
        .label("place"),
    )
    .where(among(tables.matters.c.contact_id, "senders"))
    .subquery()
)
_REPORTED = Prepared(select(_ranked).where(_ranked.c.place <= NEWEST))
_bound = tables.bindings.c
_PHONES = Prepared(
    select(_bound.person_id, _bound.contact_id).where(among(_bound.person_id, "people"), _bound.ended_at.is_(None))
)
_row = tables.matters.c
_TOLD = Prepared(
    select(_row.contact_id, _row.words_key, _row.id).where(
        among(_row.contact_id, "senders"),
        _row.filed_at > bindparam("since", type_=tables.Moment),
        among(_row.words_key, "keys"),
    )
)
_LIVING_OF = Prepared(
    select(*_COLUMNS)
    .where(_row.owner_id == bindparam("owner"), or_(*[_row.status == status.value for status in sorted(LIVING)]))
    .order_by(_row.id.desc())
    .limit(LIMIT)
)
# Notes that are a word of the keeper's, though he never said 收到.
SPOKEN_OF = ("keeper",)


class Matters:
    def __init__(self, batch: Batch, counters: Counters, ledger: Ledger, vault: Vault) -> None:
        self._batch = batch
        self._counters = counters
        self._ledger = ledger
        self._vault = vault
        self._keys: dict[str, int] = {}  # of the words said in the batch

    def next_sequence(self, area_code: str, day: str) -> int:
        return self._counters.next(f"matter:{area_code}:{day}")

    def add(self, matter: Matter, step: Step) -> None:
        # A plain INSERT: should another process have drawn the same id, its matter must not be written over.
        self._batch.add(tables.matters, self._row(matter) if any(_later_of(matter)) else self._new_row(matter))
        self._keep_in_mind(matter)
        self._ledger.add("matter", matter.id, matter.village_id, "", matter.status, step)

    def change(self, before: Matter, after: Matter, step: Step) -> Matter:
        """Save the changed matter; the ledger row is written here, so that it cannot be forgotten."""
        self._batch.save(tables.matters, after.id, self._row(after))
        self._keep_in_mind(after)
        self._ledger.add("matter", after.id, after.village_id, before.status, after.status, step)
        return after

    def _row(self, matter: Matter) -> dict[str, Any]:
        row = as_row(matter, tables.matters)
        if matter.is_sealed:
            row.update({name: self._vault.seal(row[name]) for name in SEALED})
        return row

    def _new_row(self, matter: Matter) -> dict[str, Any]:
        """The row of an open matter to which nothing has happened yet: a third of the values less."""
        return {
            "id": matter.id,
            "number": matter.number,
            "village_id": matter.village_id,
            "place_id": matter.place_id,
            "contact_id": matter.contact_id,
            "reporter_id": matter.reporter_id,
            "owner_id": matter.owner_id,
            "code": matter.code,
            "second_code": matter.second_code,
            "request_type": matter.request_type,
            "urgency": str(matter.urgency),  # sqlite3 takes a plain text at once, and asks about an enum
            "text": matter.text,
            "place_text": matter.place_text,
            "status": str(matter.status),
            "source_channel": matter.source_channel,
            "is_proxy": matter.is_proxy,
            "filed_at": matter.filed_at,
            "due_at": matter.due_at,
            "words_key": self._key_of(matter.text),
        }

    def _key_of(self, text: str) -> int:
        key = self._keys.get(text)
        if key is None:
            key = self._keys[text] = words_key(text)
        return key

    def _keep_in_mind(self, matter: Matter) -> None:
        self._batch.remember("matters", matter.id, matter)
        if matter.contact_id is not None and not matter.is_sealed:
            self._batch.remember("told", (matter.contact_id, self._key_of(matter.text)), matter.id)
        if matter.contact_id is not None and self._batch.knows("matters_of"):
            mine = dict(self._batch.recall("matters_of", matter.contact_id) or {})
            mine[matter.id] = matter
            self._batch.remember("matters_of", matter.contact_id, mine)

    def get(self, matter_id: int, *, to_change: bool = False) -> Matter | None:
        """Return the matter; `to_change` holds its row on PostgreSQL until the batch ends."""
        known: Matter | None = self._batch.recall("matters", matter_id)
        if known is not None:
            return known
        query = select(*_COLUMNS).where(tables.matters.c.id == matter_id)
        if to_change and not self._batch.is_sqlite:
            query = query.with_for_update()
        found = [self._matter(row) for row in self._batch.read(query)]
        return found[0] if found else None

    def held(self, matter: Matter) -> Matter:
        """Return the matter as it stands now, held against changes by others until the batch ends."""
        return self.get(matter.id, to_change=True) or matter

    def reported_by(self, contact_id: int) -> list[Matter]:
        """Return the newest matters (up to NEWEST a phone), newest first, of this contact and of whom it speaks as: what
        he told in the group or on his other phone is his, too. Read once for everybody in the batch."""
        if not self._batch.knows("matters_of"):
            self._fetch_reported()
        mine: dict[int, Matter] | None = self._batch.recall("matters_of", contact_id)
        if mine is None and contact_id not in self._batch.senders:
            mine = {m.id: m for m in self._query(tables.matters.c.contact_id == contact_id)[:NEWEST]}
        found = [*(mine or {}).values()]
        for phone in self._batch.recall("other_phones", contact_id) or ():
            others: dict[int, Matter] = self._batch.recall("matters_of", phone) or {}
            found += [m for m in others.values() if self._is_told_by(m, contact_id)]
        return sorted(found, key=attrgetter("id"), reverse=True)

    def _is_told_by(self, matter: Matter, contact_id: int) -> bool:
        """A phone may serve several of a household: what one of them told with it is not the others'."""
        return matter.contact_id == contact_id or matter.reporter_id == self._batch.speaks_as.get(contact_id, -1)

    def told(self, contact_id: int, text: str, since: datetime, around: Iterable[str] = ()) -> Matter | None:
        """Return a matter that this sender has told of since, hardly ever in other words: compare them.

        `around` is what others say in the same batch: it is looked for at once, so `since` is that of the first turn.
        """
        key = self._key_of(text)
        if self._batch.recall("told_keys", key) is None:
            is_first = not self._batch.knows("told_keys")
            self._fetch_told({key, *map(self._key_of, around)} if is_first else {key}, since)
        matter_id = self._batch.recall("told", (contact_id, key))
        return None if matter_id is None else self.get(matter_id)

    def _fetch_told(self, keys: Collection[int], since: datetime) -> None:
        asked = {"senders": self._batch.senders, "keys": list(keys), "since": since}
        newest: dict[tuple[int, int], int] = {}
        for contact_id, key, matter_id in self._batch.read(_TOLD, asked):
            newest[contact_id, key] = max(matter_id, newest.get((contact_id, key), 0))
        self._batch.fetched("told", newest)
        self._batch.fetched("told_keys", dict.fromkeys(keys, True))

    def _fetch_reported(self) -> None:
        phones = self._phones()
        known: dict[int, dict[int, Matter]] = {contact: {} for contact in self._batch.senders}
        known |= {other: {} for others in phones.values() for other in others}
        for row in self._batch.read(_REPORTED, {"senders": list(known)}):
            known[row.contact_id][row.id] = self._matter(row)
        self._batch.fetched("matters_of", known)
        self._batch.fetched("other_phones", phones)

    def _phones(self) -> dict[int, list[int]]:
        """The other contacts of the person each sender speaks as."""
        speakers = self._batch.speaks_as
        of_person: dict[int, list[int]] = {}
        for row in self._batch.read(_PHONES, {"people": list(set(speakers.values()))}) if speakers else ():
            of_person.setdefault(row.person_id, []).append(row.contact_id)
        return {
            contact: [other for other in of_person.get(person, ()) if other != contact]
            for contact, person in speakers.items()
        }

    def with_number(self, number: str) -> Matter | None:
        return next(iter(self._query(tables.matters.c.number == number)), None)

    def older_of(self, contact_id: int, digits: str) -> list[Matter]:
        """Return those `reported_by` him whose sequence number is `digits`, however old, newest first."""
        row, others = tables.matters.c, self._batch.recall("other_phones", contact_id) or ()
        told = and_(row.contact_id.in_([contact_id, *others]), row.number.like(f"%-{int(digits):03d}"))
        return [matter for matter in self._query(told) if self._is_told_by(matter, contact_id)]

    def with_token(self, token_hash: str) -> Matter | None:
        """Return the sealed matter whose lookup token has this keyed hash."""
        return next(iter(self._query(tables.matters.c.token_hash == token_hash)), None)

    def ending_in(self, digits: str, village_ids: Iterable[int]) -> list[Matter]:
        """Return the matters of these villages whose sequence number is `digits`, newest first."""
        suffix = f"%-{int(digits):03d}"
        wanted = and_(tables.matters.c.village_id.in_(list(village_ids)), tables.matters.c.number.like(suffix))
        return self._query(wanted)

    def living_of_owner(self, owner_id: int) -> list[Matter]:
        return [self._matter(row) for row in self._batch.read(_LIVING_OF, {"owner": owner_id})]

    def done_of_owner(self, owner_id: int, since: datetime) -> list[Matter]:
        """Return what he has reported as done since and nobody has rated yet, newest first."""
        row = tables.matters.c
        return self._query(and_(row.owner_id == owner_id, row.status == Status.DONE.value, row.ended_at >= since))

    def unfinished(self, owner_id: int, village_ids: Iterable[int] = ()) -> list[Matter]:
        """Return what he has in hand and what is open in these villages but sealed, what is due first first."""
        row = tables.matters.c
        whose = or_(row.owner_id == owner_id, and_(row.village_id.in_(list(village_ids)), ~row.is_sealed))
        query = select(*_COLUMNS).where(whose, row.status.in_([s.value for s in LIVING]))
        found = self._batch.read(query.order_by(row.due_at, row.id).limit(LIMIT))
        return [self._matter(each) for each in found]

    def overdue(self, owner_ids: Sequence[int], now: datetime, again_after: timedelta, limit: int) -> list[Matter]:
        """Return what is open in these hands past its day and was not noted as `overdue` since, nor for so long."""
        row = tables.matters.c
        since = [tables.notes.c.at >= row.due_at, tables.notes.c.at > now - again_after]
        return self._unnoted(owner_ids, ("overdue",), since, [s.value for s in LIVING], row.due_at < now, limit)

    def unreceived(
        self,
        owner_ids: Sequence[int],
        urgencies: Sequence[Urgency],
        filed_before: datetime,
        limit: int,
        due_after: datetime | None = None,
    ) -> list[Matter]:
        """Return what is of these urgencies, was filed before then, has not been received nor spoken of by its keeper, and not been
        noted as `unreceived`."""
        row = tables.matters.c
        waits = and_(row.urgency.in_([urgency.value for urgency in urgencies]), row.filed_at < filed_before)
        waits = waits if due_after is None else and_(waits, row.due_at > due_after)
        return self._unnoted(owner_ids, ("unreceived", *SPOKEN_OF), [], [Status.FILED.value], waits, limit)

    def _unnoted(
        self,
        owner_ids: Sequence[int],
        kinds: Sequence[str],
        since: Sequence[Any],
        statuses: Sequence[str],
        wanted: Any,
        limit: int,
    ) -> list[Matter]:
        """Found by the index of owners: matters that are over are never looked at."""
        row, notes = tables.matters.c, tables.notes.c
        noted = select(notes.id).where(notes.matter_id == row.id, notes.kind.in_(kinds), *since).exists()
        query = select(*_COLUMNS).where(among(row.owner_id, "owners"), row.status.in_(statuses), wanted, ~noted)
        found = self._batch.read(query.order_by(row.id).limit(limit), {"owners": owner_ids})
        return [self._matter(each) for each in found]

    def tally(
        self, owner_id: int, village_ids: Iterable[int], since: datetime, until: datetime, now: datetime
    ) -> Tally:
        """Count what was filed from `since` until before `until`: in these villages, else in his hands.

        What was withdrawn is not counted, nor in the villages what is sealed.
        """
        row, villages = tables.matters.c, list(village_ids)
        whose = and_(row.village_id.in_(villages), ~row.is_sealed) if villages else row.owner_id == owner_id
        is_left = row.status.in_([s.value for s in LIVING])
        counted = [func.count(), func.count().filter(is_left), func.count().filter(is_left, row.due_at < now)]
        query = select(*counted).where(
            whose, row.filed_at >= since, row.filed_at < until, row.status != Status.WITHDRAWN.value
        )
        return Tally(*self._batch.read(query).one())

    def _query(self, condition: Any) -> list[Matter]:
        query = select(*_COLUMNS).where(condition).order_by(tables.matters.c.id.desc()).limit(LIMIT)
        return [self._matter(row) for row in self._batch.read(query)]

    def add_note(self, matter: Matter, kind: str, text: str, contact_id: int | None, at: datetime) -> None:
        row = {
            "id": new_id(),
            "matter_id": matter.id,
            "contact_id": contact_id,
            "kind": kind,
            "text": self._vault.seal(text) if matter.is_sealed else text,
            "at": at,
        }
        self._batch.add(tables.notes, row)

    def seal_notes(self, matter: Matter) -> None:
        """Encrypt the notes of a matter that was open before, and forget who wrote them."""
        notes = tables.notes.c
        for row in list(self._batch.read(select(notes.id, notes.text).where(notes.matter_id == matter.id))):
            sealed = update(tables.notes).where(notes.id == row.id)
            self._batch.connection.execute(sealed.values(text=self._vault.seal(row.text), contact_id=None))

    def is_noted(self, matter_id: int, kind: str) -> bool:
        """Whether there is a note of that kind with the matter."""
        notes = tables.notes.c
        query = select(notes.id).where(notes.matter_id == matter_id, notes.kind == kind).limit(1)
        return self._batch.read(query).first() is not None

    def _matter(self, row: Any) -> Matter:
        values = list(row[: len(_FIELDS)])
        for place, members in _ENUMS:
            values[place] = members[values[place]]
        if values[_AT["is_sealed"]]:
            for name in SEALED:
                values[_AT[name]] = self._vault.open(values[_AT[name]])
        return Matter(*values)
