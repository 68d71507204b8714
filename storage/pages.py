"""The page of a letter: the whole text where a message was too short for it, under a link nobody can guess.

The link's token is the letter's id with a keyed proof, so that nothing need be stored and no id can be tried.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.letters import Letter
from storage.vault import Vault

PATH = "/t/"
# A page is for reading now, not an archive: it closes after this.
OPEN_FOR = timedelta(days=30)
_PROOF_CHARS = 32  # 128 bits
_TOKEN = re.compile(r"([0-9a-z]{1,14})-([0-9a-f]{32})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    at: datetime
    image: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    vault: Vault
    public_url: str

    def link(self, letter: Letter) -> str:
        """The address of the letter's page, "" without a public address. A sealed letter has no page."""
        if not self.public_url or letter.is_secret:
            return ""
        return f"{self.public_url.rstrip('/')}{PATH}{self.token(letter.id)}"

    def token(self, letter_id: int) -> str:
        return f"{_written(letter_id)}-{self._proof(letter_id)}"

    def letter_of(self, token: str) -> int | None:
        """The letter a token opens, None for one we never gave."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        letter_id = int(match[1], 36)
        return letter_id if hmac.compare_digest(self._proof(letter_id), match[2]) else None

    def read(self, database: Database, token: str, now: datetime) -> Page | None:
        letter_id = self.letter_of(token)
        if letter_id is None:
            return None
        row = tables.outbox.c
        query = select(row.body, row.created_at, row.image).where(row.id == letter_id)
        with database.read() as connection:
            found = connection.execute(query).first()
        if found is None or found.body.startswith("sealed:") or now - found.created_at > OPEN_FOR:
            return None
        return Page(found.body, found.created_at, found.image)

    def _proof(self, letter_id: int) -> str:
        return self.vault.digest("letter page", str(letter_id))[:_PROOF_CHARS]


def _written(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
