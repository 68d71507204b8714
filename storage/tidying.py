"""What is forgotten after its time: the words of letters to one person, questions, conversations left lying, and those
of matters with who told them.

A letter's row stays, for what has been told once is not told again; what was posted to a group was public and stays,
and so does the result of a poll, whose digest proves it in a village without a group. Of a matter its number, kind,
dates and outcome stay: a village's figures do not change afterwards.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from storage import tables, tables_delivery
from storage.batch import Batch
from storage.letters import ENDED
from storage.media import FORGOTTEN, NOBODY

_LETTERS = "letters"
_PUBLIC = frozenset({"poll.result"})
SLICE = 1000
"""So many rows are looked at in one go: whoever writes meanwhile waits some milliseconds."""


def forget_letters(batch: Batch, before: datetime) -> int:
    """Empty what ended letters made before that moment said; return how many were looked at.

    Each row is looked at once, in the order of ids: how far it went is kept, for no index knows of old letters.
    """
    letter, mark = tables.outbox.c, tables_delivery.tidied.c
    upto = batch.read(select(mark.upto).where(mark.name == _LETTERS)).scalar() or 0
    query = select(letter.id, letter.address, letter.purpose, letter.state, letter.created_at)
    seen = batch.read(query.where(letter.id > upto).order_by(letter.id).limit(SLICE)).all()
    young = next((place for place, row in enumerate(seen) if row.created_at >= before), len(seen))
    old = seen[:young]
    ended = [row for row in old if row.state in ENDED]
    told = [row.id for row in ended if not row.address.startswith("group:") and row.purpose not in _PUBLIC]
    if told:
        batch.connection.execute(update(tables.outbox).where(letter.id.in_(told)).values(body="", fields=""))
    if old:
        batch.save(tables_delivery.tidied, _LETTERS, {"name": _LETTERS, "upto": old[-1].id})
    return len(old)


def forget_questions(batch: Batch, before: datetime) -> int:
    """Delete questions that were asked, and whose time was over, before that moment."""
    asked = tables.questions.c
    seen = batch.read(select(asked.id, asked.asked_at, asked.valid_until).order_by(asked.id).limit(SLICE)).all()
    old = [row.id for row in seen if max(row.asked_at, row.valid_until) < before]
    if old:
        batch.connection.execute(delete(tables.questions).where(asked.id.in_(old)))
    return len(old)


def forget_conversations(batch: Batch, before: datetime) -> int:
    """End conversations nobody has gone on with since that moment, and forget what was said in them."""
    row = tables.conversations.c
    left = update(tables.conversations).where(row.asked_at < before, row.name != "")
    return int(batch.connection.execute(left.values(name="", progress="{}", version=row.version + 1)).rowcount)


def forget_matters(batch: Batch, before: datetime) -> int:
    """Empty matters that ended before that moment of all words, and of who told them; return how many. No index serves
    this: it is for once a day."""
    matter = tables.matters.c
    is_old = (matter.ended_at < before) & ((matter.text != "") | matter.contact_id.is_not(None))
    old = [row.id for row in batch.read(select(matter.id).where(is_old).limit(SLICE))]
    if old:
        emptied = {
            "text": "",
            "result": "",
            "place_text": "",
            "contact_id": None,
            "reporter_id": None,
            "words_key": None,
        }
        run, media = batch.connection.execute, tables_delivery.media
        run(update(tables.matters).where(matter.id.in_(old)).values(**emptied))
        run(delete(tables.notes).where(tables.notes.c.matter_id.in_(old)))
        told = {"state": FORGOTTEN, "transcript": "", "contact_id": NOBODY}
        run(update(media).where(media.c.matter_id.in_(old)).values(**told))
    return len(old)
