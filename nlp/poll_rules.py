"""What may be polled: which questions belong to a meeting the law names, and which judge a person (rules/polls.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class BadPollRules(ValueError):
    """A rule file that cannot be used; `file` and what is wrong, as the rulebook tells it."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"polls.yaml: {problem}; {mend}")
        self.file, self.row, self.problem, self.mend = "polls.yaml", 0, problem, mend


@dataclass(frozen=True, slots=True)
class Patterns:
    """Fits where one pattern is found and no exception."""

    found: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()

    def fits(self, text: str) -> bool:
        return any(p.search(text) for p in self.found) and not any(p.search(text) for p in self.unless)


@dataclass(frozen=True, slots=True)
class Body:
    """A meeting that decides by law. `rule`: in plain words, how it passes something."""

    code: str
    title: str
    rule: str
    law: str
    about: Patterns


@dataclass(frozen=True, slots=True)
class PollRules:
    bodies: tuple[Body, ...] = ()
    dignity: Patterns = field(default_factory=Patterns)

    def body_of(self, text: str) -> Body | None:
        """Return the meeting a question belongs to by law, None where a consultation may ask it freely."""
        return next((body for body in self.bodies if body.about.fits(text)), None)

    def body(self, code: str) -> Body | None:
        return next((body for body in self.bodies if body.code == code), None)

    def judges_a_person(self, text: str) -> bool:
        """Would the poll judge somebody's dignity or private life?"""
        return self.dignity.fits(text)


def compile_poll_rules(content: Mapping[str, Any] | None, profile: str = "") -> PollRules:
    """Compile the file's content under a law profile. Raises BadPollRules with what is wrong and what mends it.

    What a body has under the profile's name (cn_2018: …) takes the place of what it says otherwise.
    """
    content = content or {}
    unknown = set(content) - {"bodies", "dignity"}
    if unknown:
        raise BadPollRules(f"unknown_key:{sorted(unknown)[0]}", "bodies, dignity")
    entries = (content.get("bodies") or {}).items()
    bodies = tuple(_body(code, {**entry, **(entry.get(profile) or {})}) for code, entry in entries)
    return PollRules(bodies, _patterns("dignity", content.get("dignity") or {}))


def _body(code: str, entry: Mapping[str, Any]) -> Body:
    if not entry.get("title"):
        raise BadPollRules(f"{code}.title", "title: 会的名字")
    return Body(code, entry["title"], entry.get("rule") or "", entry.get("law") or "", _patterns(code, entry))


def _patterns(name: str, entry: Mapping[str, Any]) -> Patterns:
    return Patterns(_compiled(name, entry.get("patterns") or ()), _compiled(name, entry.get("unless") or ()))


def _compiled(name: str, patterns: Sequence[Any]) -> tuple[re.Pattern[str], ...]:
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(str(pattern)))
        except re.error as wrong:
            raise BadPollRules(f"{name}: {pattern}", str(wrong)) from wrong
    return tuple(compiled)
