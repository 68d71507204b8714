"""Reply windows and allowed notices: written by the turn that hears somebody, read by the sender."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlalchemy import Connection, select

from domain.delivery import TERMS, Source
from domain.messages import Incoming, Kind
from storage import tables_delivery
from storage.batch import Batch

# Which kinds of what arrives open which window; the official account alone has windows.
CHANNEL = "oa"
SOURCES = {
    **dict.fromkeys((Kind.TEXT, Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.LOCATION, Kind.LINK), Source.MESSAGE),
    Kind.FOLLOW: Source.FOLLOW,
    Kind.SCAN: Source.SCAN,
    Kind.MENU: Source.MENU,
}
_CHINA = timezone(timedelta(hours=8))


class Windows:
    """What the platform lets us send to whom."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def heard(self, incoming: Incoming, contact_id: int, now: datetime) -> None:
        """He did something: the window it opens begins anew. Unknown kinds count as messages: they have a MsgId."""
        source = SOURCES.get(incoming.kind)
        if incoming.kind is Kind.UNKNOWN and incoming.addressed:
            source = Source.MESSAGE
        if incoming.channel != CHANNEL or source is None:
            return
        left, span = TERMS[source]
        row = {
            "contact_id": contact_id,
            "source": str(source),
            "left": left,
            "granted_at": now,
            "until_at": now + span,
        }
        self._batch.save(tables_delivery.windows, (contact_id, source), row)

    def lose(self, contact_id: int, why: str, now: datetime) -> None:
        """The platform says that nothing reaches him; void once he has spoken again."""
        row = {"contact_id": contact_id, "why": why, "since_at": now}
        self._batch.save(tables_delivery.unreachables, contact_id, row)

    def allow(self, contact_id: int, template_id: str, now: datetime) -> None:
        """He allowed notices of a template: one more, which only one-time templates use up."""
        row = tables_delivery.grants.c
        query = select(row.left).where(row.contact_id == contact_id, row.template_id == template_id)
        before = int(self._batch.read(query).scalar() or 0)
        self._grant(contact_id, template_id, before + 1, now)

    def revoke(self, contact_id: int, template_id: str, now: datetime) -> None:
        self._grant(contact_id, template_id, 0, now)

    def _grant(self, contact_id: int, template_id: str, left: int, now: datetime) -> None:
        row = {"contact_id": contact_id, "template_id": template_id, "left": left, "changed_at": now}
        self._batch.save(tables_delivery.grants, (contact_id, template_id), row)


def read_accounts(connection: Connection, now: datetime) -> tuple[dict[tuple[str, str], datetime], dict[str, int]]:
    """(ways at rest until when, by account and way; what every account has pushed today)."""
    rest, push = tables_delivery.rests.c, tables_delivery.pushes.c
    rests = connection.execute(select(rest.account, rest.way, rest.until_at).where(rest.until_at > now))
    spent = connection.execute(select(push.account, push.spent).where(push.day == f"{now.astimezone(_CHINA):%y%m%d}"))
    return {(row.account, row.way): row.until_at for row in rests}, {row.account: row.spent for row in spent}
