"""Read and check rules/meetings.yaml: the bodies, forms and reminders, under the law profile in force.

What cannot be used is named with the entry and what mends it (RuleFault); the last good rules stay in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

import yaml

from domain.bodies import (
    SHIPPED,
    Bodies,
    Body,
    Form,
    MeetingRules,
    Members,
    Of,
    Passing,
    Quiet,
    Reminder,
    Remote,
    Route,
    Unit,
)
from domain.organisation import Role
from storage.rulebook import RuleFault

FILE = "meetings.yaml"
_BODY_KEYS = frozenset(
    {
        "name", "words", "called", "unit", "routes", "passes", "notice_days", "exception", "article", "rule", "remote",
        "may_call", "group", "instead",
    }
)  # fmt: skip
_TOP_KEYS = frozenset(
    {"profile", "profiles", "hours", "quiet", "reach", "checkin", "reminders", "forms", "bodies", "people"}
)
E = TypeVar("E", bound=StrEnum)


def read_meeting_rules(text: str) -> MeetingRules:
    """Return the rules; RuleFault names the entry that cannot be used."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        raise RuleFault(FILE, mark.line + 1 if mark else 0, "yaml", str(getattr(wrong, "problem", wrong))) from wrong
    if not isinstance(raw, dict):
        raise _fault("", "empty", ",".join(sorted(_TOP_KEYS)))
    _only(raw, _TOP_KEYS, "")
    try:
        return _rules(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        if isinstance(wrong, RuleFault):
            raise
        raise _fault(str(wrong), "unusable", "rules/meetings.yaml") from wrong


def _rules(raw: Mapping[str, Any]) -> MeetingRules:
    profile, profiles = str(raw["profile"]), raw["profiles"]
    if profile not in profiles:
        raise _fault("profile", f"unknown_profile:{profile}", ",".join(profiles))
    bodies = Bodies({code: _body(code, dict(entry), profile, profiles) for code, entry in raw["bodies"].items()})
    if lacking := [code for code in SHIPPED if code not in bodies]:
        raise _fault("bodies", f"missing:{lacking[0]}", ",".join(lacking))
    _no_word_twice(bodies)
    _instead_is_known(bodies)
    forms = {
        code: Form(code, entry["name"], entry["label"], tuple(entry["words"]), bool(entry["place"]))
        for code, entry in raw["forms"].items()
    }
    if "meeting" not in forms:
        raise _fault("forms", "missing:meeting", "meeting")
    people = {code: tuple(words) for code, words in raw["people"].items()}
    for code in people:
        if code not in bodies:
            raise _fault(f"people.{code}", "unknown_body", ",".join(bodies))
    quiet, hours, checkin = raw["quiet"], raw["hours"], raw["checkin"]
    return MeetingRules(
        profile,
        bodies,
        forms,
        people,
        tuple(_reminder(name, entry) for name, entry in raw["reminders"].items()),
        Quiet(_time(quiet["from"]), _time(quiet["until"]), _time(quiet["last"])),
        _time(hours["earliest"]),
        _time(hours["latest"]),
        float(raw["reach"]["share"]),
        timedelta(minutes=checkin["opens_before_minutes"]),
        timedelta(hours=checkin["open_hours"]),
    )


def _body(code: str, entry: dict[str, Any], profile: str, profiles: Mapping[str, Any]) -> Body:
    where = f"bodies.{code}"
    _only(entry, _BODY_KEYS | set(profiles), where)
    entry.update(entry.get(profile) or {})
    called = entry["called"]
    members = _one(Members, called["members"], f"{where}.called")
    if called["area"] not in ("village", "group", "any"):
        raise _fault(f"{where}.called", f"unknown_area:{called['area']}", "village,group,any")
    if not entry["words"] or not entry["rule"]:
        raise _fault(where, "empty", "words, rule")
    notice = entry["notice_days"]
    if not isinstance(notice, int) or not 0 <= notice <= 60:
        raise _fault(f"{where}.notice_days", f"no_days:{notice}", "0 … 60")
    return Body(
        code,
        entry["name"],
        tuple(entry["words"]),
        members,
        frozenset(_one(Role, role, f"{where}.called.roles") for role in called.get("roles", ())),
        called["area"],
        _one(Unit, entry["unit"], f"{where}.unit"),
        tuple(_route(route, f"{where}.routes") for route in entry["routes"]),
        _passing(entry["passes"], f"{where}.passes") if entry.get("passes") else None,
        notice,
        bool(entry.get("exception")),
        entry["article"],
        entry["rule"],
        _one(Remote, entry["remote"], f"{where}.remote"),
        frozenset(_one(Role, role, f"{where}.may_call") for role in entry["may_call"]),
        bool(entry.get("group", True)),
        entry.get("instead", ""),
    )


def _instead_is_known(bodies: Mapping[str, Body]) -> None:
    words = {word for body in bodies.values() for word in body.words}
    for code, body in bodies.items():
        if body.instead and body.instead not in words:
            raise _fault(f"bodies.{code}.instead", f"no_word_of_a_body:{body.instead}", "words")


def _route(raw: Mapping[str, Any], where: str) -> Route:
    _only(raw, frozenset({"of", "share", "more", "count"}), where)
    if ("share" in raw) == ("count" in raw):
        raise _fault(where, "share_or_count", "share: 2/3 | count: 3")
    return Route(
        _one(Of, raw["of"], where), _share(raw.get("share", 0), where), bool(raw.get("more")), int(raw.get("count", 0))
    )


def _passing(raw: Mapping[str, Any], where: str) -> Passing:
    if raw["of"] not in ("present", "due"):
        raise _fault(where, f"unknown:{raw['of']}", "present,due")
    return Passing(raw["of"] == "due", _share(raw["share"], where), bool(raw.get("more")))


def _share(value: Any, where: str) -> Fraction:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as wrong:
        raise _fault(where, f"no_share:{value}", "2/3") from wrong
    if not 0 <= share <= 1:
        raise _fault(where, f"no_share:{value}", "0 … 1")
    return share


def _reminder(name: str, raw: Mapping[str, Any]) -> Reminder:
    if raw["to"] not in ("people", "group"):
        raise _fault(f"reminders.{name}", f"unknown:{raw['to']}", "people,group")
    before, latest = timedelta(minutes=raw["before_minutes"]), timedelta(minutes=raw["latest_minutes"])
    if not timedelta(0) <= latest < before:
        raise _fault(f"reminders.{name}", "latest_minutes", "0 ≤ latest_minutes < before_minutes")
    return Reminder(name, before, raw["to"] == "group", latest)


def _time(value: Any) -> time:
    return time.fromisoformat(str(value))


def _one(kind: type[E], value: Any, where: str) -> E:
    try:
        return kind(value)
    except ValueError as wrong:
        raise _fault(where, f"unknown:{value}", ",".join(kind)) from wrong


def _only(raw: Mapping[str, Any], known: frozenset[str] | set[str], where: str) -> None:
    for key in raw:
        if key not in known:
            raise _fault(f"{where}.{key}".strip("."), "unknown_key", ",".join(sorted(known)))


def _no_word_twice(bodies: Mapping[str, Body]) -> None:
    seen: dict[str, str] = {}
    for body in bodies.values():
        for word in body.words:
            if word in seen:
                raise _fault(f"bodies.{body.code}.words", f"word_twice:{word}", f"bodies.{seen[word]}")
            seen[word] = body.code


def _fault(where: str, problem: str, mend: str) -> RuleFault:
    code, _, detail = problem.partition(":")
    named = " ".join(part for part in (where, detail) if part)
    return RuleFault(FILE, 0, f"{code}:{named}" if named else code, mend)
