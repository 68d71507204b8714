"""Read a villager's spelling as the standard one: width, traditional letters, dialect, homophones, fillers.

Every later step looks at the normalised text; whoever keeps the message keeps the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nlp.pieces import Pieces, take_apart

# Longest text any step looks at: head and tail of what is longer. Keeps a 10,000-character message under 50 ms.
HEAD, TAIL = 1600, 400

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufe0e\ufe0f\ufeff]+")
_WIDE = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Voice-to-text leaves hesitations and doubled words; they carry nothing.
_FILLER = re.compile(r"那个呃|呃+|嗯+|唉+|哎(?:呀|哟)?|(?<![一-鿿])(?:那个|就是说|就是)(?=那个|就是|[,，])")
# 微信 writes its own faces as [捂脸]; the letters in them say nothing.
_FACE = re.compile(r"\[[\u4e00-\u9fffA-Za-z]{1,6}\]")
_HESITANT = re.compile("[呃嗯唉哎那就]")
_FILLS = frozenset(("呃", "嗯", "唉", "哎", "那个", "就是"))
"""Letters and pairs one of which stands in every filler."""
_REPEATED = re.compile(r"([\u4e00-\u9fff])\1\1+")
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Respelling:
    """One line of the dialect table: what is said, what it means, and where it means something else."""

    said: str
    standard: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """The compiled table. `said` finds any known form, longest first; `letters` maps single letters. Where none of `odd`
    stands in a text, no form of the table does and no filler."""

    letters: Mapping[int, str] = field(default_factory=lambda: dict(_WIDE))
    strange: re.Pattern[str] = field(default_factory=lambda: re.compile("[\uff01-\uff5e\u3000]"))
    said: re.Pattern[str] | None = None
    standard: Mapping[str, Respelling] = field(default_factory=dict)
    odd: frozenset[str] = _FILLS


def compile_spelling(respellings: Iterable[Respelling], traditional: Mapping[str, str]) -> Spelling:
    """Put the tables into a form that costs a few microseconds a line."""
    table = {each.said: each for each in respellings}
    letters = _WIDE | {ord(old): new for old, new in traditional.items() if len(old) == 1}
    strange = re.compile("[" + re.escape("".join(map(chr, letters))) + "]")
    said = re.compile(alternation(table)) if table else None
    return Spelling(letters, strange, said, table, _FILLS | {word[:2] for word in table})


def said_apart(spelling: Spelling, text: str) -> tuple[str, Pieces]:
    """Return the text in standard spelling and its pieces.

    Most lines need nothing but other letters: that is seen by the pieces, which are made anyway, sooner than by looking
    for every known form (3 → 1 µs).
    """
    if len(text) <= HEAD + TAIL and " " not in text and "[" not in text and text.isprintable():
        said = text.translate(spelling.letters) if spelling.strange.search(text) else text
        pieces = take_apart(said)
        # A letter said three times is two letters and a pair fewer that differ.
        may_repeat = len(pieces.all) < 2 * len(said) - 3
        if not may_repeat and spelling.odd.isdisjoint(pieces.all) and " " not in said:
            return said, pieces
        text, said = said, _respelled(spelling, said)
        return said, pieces if said == text else take_apart(said)
    said = normalise(spelling, text)
    return said, take_apart(said)


def normalise(spelling: Spelling, text: str) -> str:
    """Return the text in standard spelling, at most HEAD + TAIL characters of it. Never raises."""
    if len(text) > HEAD + TAIL:
        text = text[:HEAD] + "\n" + text[-TAIL:]
    if "[" in text:
        text = _FACE.sub(" ", text)
    if not text.isprintable():
        text = _CONTROL.sub(" ", text.replace("\r\n", "\n"))
    if spelling.strange.search(text):
        text = text.translate(spelling.letters)
    return _respelled(spelling, text)


def _respelled(spelling: Spelling, text: str) -> str:
    """Do what is left to do where every letter is one of the standard's."""
    if _HESITANT.search(text):
        text = _FILLER.sub("", text)
    if _REPEATED.search(text):
        text = _REPEATED.sub(r"\1\1", text)
    if " " in text:
        text = _SPACE.sub("", text)
    if spelling.said is None or spelling.said.search(text) is None:
        return text
    return spelling.said.sub(lambda found: _respell(spelling, text, found), text)


def _respell(spelling: Spelling, text: str, found: re.Match[str]) -> str:
    entry = spelling.standard[found.group()]
    if entry.unless:
        around = text[max(0, found.start() - 6) : found.end() + 6]
        if any(word in around for word in entry.unless):
            return entry.said
    return entry.standard


def alternation(words: Iterable[str]) -> str:
    """Return one regular expression matching any of the words, the longest first, as a prefix tree (quick to fail)."""
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return _branches(tree)


def _branches(node: Mapping[str, object]) -> str:
    ends = "" in node
    parts = [re.escape(letter) + _branches(rest) for letter, rest in node.items() if letter]  # type: ignore[arg-type]
    if not parts:
        return ""
    plain = [part for part in parts if len(part) == 1]
    if len(plain) == len(parts):
        body = parts[0] if len(parts) == 1 else "[" + "".join(parts) + "]"
        return body + ("?" if ends else "")
    if len(parts) == 1 and not ends:
        return parts[0]
    return "(?:" + "|".join(parts) + ")" + ("?" if ends else "")
