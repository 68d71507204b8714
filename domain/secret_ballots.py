"""Secret ballots (不记名): how they are kept so that nobody reads them, and published so that everybody can check them.

Everything of a ballot comes from the poll's key and its roll entry by HMAC; with the key destroyed at closing nothing
leads from a household to its ballot any more. Two sorted lists are published without a join: turnout receipts, and
choices each with a salt of its own; one digest, posted at closing, commits to both (rulings, Secret polls and
Verification). A server that lies while the poll runs is outside this model.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.polls import Poll, numbers

# No letters that are taken for digits, so that a receipt can be read out over the telephone.
_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679BSZ258"
_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_OFFSET_BITS = 56  # milliseconds: far more than any poll runs, so that a blinded time tells nothing of the time


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands for one roll entry in one secret poll. `offset` blinds the times of its votes."""

    token: str
    receipt: str
    offset: int

    def blind(self, at: datetime) -> int:
        return (at - _EPOCH) // timedelta(milliseconds=1) + self.offset

    def seen(self, blind: int) -> datetime:
        return _EPOCH + timedelta(milliseconds=blind - self.offset)


def marks_of(key: bytes, entry: int) -> Marks:
    """Derive what stands for a roll entry. Without the key it cannot be derived, nor led back to the entry.

    Raises ValueError for an empty key: what comes of that everybody could derive.
    """
    if not key:
        raise ValueError("no key")
    digest = hmac.new(key, str(entry).encode(), hashlib.sha512).digest()
    drawn = int.from_bytes(digest[32:40], "big")
    receipt = "".join(_LETTERS[drawn >> 5 * place & 31] for place in range(8))
    offset = int.from_bytes(digest[40:48], "big") >> 64 - _OFFSET_BITS
    return Marks(digest[:16].hex(), f"{receipt[:4]}-{receipt[4:]}", offset)


def receipt_said(text: str) -> str | None:
    """Read a receipt as it was printed or said (k7q4mx9p, 回执 K7Q4-MX9P), else None."""
    letters = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    if len(letters) != 8 or any(char not in _LETTERS for char in letters):
        return None
    return f"{letters[:4]}-{letters[4:]}"


def choice_lines(choices: Iterable[int], salts: Sequence[str]) -> list[str]:
    """Give the published list of choices: a salt and the options of each ballot, sorted by the salt."""
    return sorted(f"{salt} {'+'.join(map(str, numbers(choice)))}" for choice, salt in zip(choices, salts, strict=True))


def choice_of_line(line: str) -> tuple[int, ...]:
    """Read one published line back. Raises ValueError for one that is no line of ours."""
    _salt, _, said = line.partition(" ")
    return tuple(int(part) for part in said.split("+"))


def published_text(poll: Poll, receipts: Sequence[str], choices: Sequence[str]) -> str:
    """Give what is published, and exactly what the digest commits to: question, options, size of the roll, both lists."""
    parts = [
        "youshi poll 1", str(poll.number), str(poll.version), poll.title, *poll.options, str(poll.roll),
        "receipts", *receipts, "choices", *choices,
    ]  # fmt: skip
    return "\n".join(parts)


def digest_of(poll: Poll, receipts: Sequence[str], choices: Sequence[str]) -> str:
    """Commit to what is published: its SHA-256 in 64 hexadecimal digits, as `sha256sum` gives it."""
    return hashlib.sha256(published_text(poll, receipts, choices).encode()).hexdigest()


def faults(poll: Poll, receipts: Sequence[str], choices: Sequence[str], posted: str) -> list[str]:
    """Check what is published against the digest posted and the result announced; name everything that is wrong.

    `lists_changed` (since the digest was posted), `counts_differ`, `turnout_differs` (more or fewer receipts than
    ballots), `above_roll`, `receipt_twice`, `bad_line`, `no_result`.
    """
    if poll.result is None:
        return ["no_result"]
    found = []
    if digest_of(poll, receipts, choices) != posted or poll.result.digest != posted:
        found.append("lists_changed")
    counts = [0] * len(poll.options)
    try:
        for line in choices:
            for number in choice_of_line(line):
                counts[number - 1] += 1
    except (ValueError, IndexError):
        found.append("bad_line")
    if tuple(counts) != poll.result.counts:
        found.append("counts_differ")
    if not len(receipts) == len(choices) == poll.result.voted:
        found.append("turnout_differs")
    if max(len(receipts), poll.result.voted) > poll.roll:
        found.append("above_roll")
    if len(set(receipts)) != len(receipts):
        found.append("receipt_twice")
    return found


def places(poll: Poll, receipts: Sequence[str], choices: Sequence[str]) -> dict[str, list[str]]:
    """Where in the published lists each fault stands: lines of choices, receipts, options. They lead to nobody."""
    counts, unread = [0] * len(poll.options), []
    for place, line in enumerate(choices, 1):
        try:
            for number in choice_of_line(line):
                counts[number - 1] += 1
        except (ValueError, IndexError):
            unread.append(f"第{place}行")
    twice = sorted({receipt for receipt in receipts if receipts.count(receipt) > 1}) if len(receipts) < MANY else []
    differ = differing(poll, counts)
    return {"bad_line": unread, "receipt_twice": twice, "counts_differ": differ}


MANY = 10_000


def differing(poll: Poll, counts: Sequence[int]) -> list[str]:
    """The options whose count is another than was announced: number, counted again, announced."""
    announced = poll.result.counts if poll.result else ()
    pairs = zip(counts, announced, strict=False)
    return [f"{number} {again}≠{told}" for number, (again, told) in enumerate(pairs, 1) if again != told]
