"""Template and subscription notices: which template fits a letter, and its fields checked before anything is sent.

The platform refuses a wrong field with 47003, and only in production: a test account takes anything. So each value is
fitted to its keyword's type here (platform pages "template message", "subscription notice": parameter limits).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from bot.channels.official_text import is_boundary
from bot.channels.official_trouble import ApiFailed, Trouble
from domain.delivery import Notice, Way
from domain.quiet import VILLAGE_TIME

# What a letter may say in fields. A template's own names (`thing1`, `time2`) are mapped to these in the settings.
FIELDS = frozenset({"what", "when", "where", "who", "number", "status", "phone", "village"})
KINDS = {"template": Way.TEMPLATE, "long_term": Way.LONG_TERM, "one_time": Way.ONE_TIME}
DEFAULT = "default"
_NAME = re.compile(r"([a-z_]+?)(\d{1,2})$")


# -- from the settings


def notices_from(raw: object, account: str) -> dict[str, tuple[Notice, ...]]:
    """Read `templates` of an account: purpose → one notice or a list, best first. Raises ValueError in one line.

    A notice is `{"id", "kind": "template"|"long_term"|"one_time", "fields": {"thing1": "what", …}}`.
    """
    if not isinstance(raw, Mapping):
        raise ValueError(
            f'账号 {account}：templates 要写成 {{"meeting": {{…}}, "default": {{…}}}}，见 docs/connect.md 第5步'
        )
    found = {}
    for purpose, value in raw.items():
        several = value if isinstance(value, list) else [value]
        found[str(purpose)] = tuple(_notice(one, account, str(purpose)) for one in several)
    return found


def _notice(raw: object, account: str, purpose: str) -> Notice:
    where = f"账号 {account}：templates 的 {purpose}"
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str) or not raw["id"]:
        raise ValueError(f'{where} 要有 "id"（模板编号）、"kind"、"fields"，见 docs/connect.md 第5步')
    way = KINDS.get(str(raw.get("kind", "template")))
    if way is None:
        raise ValueError(f"{where}：kind 只能写 {'、'.join(KINDS)}")
    fields = raw.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        raise ValueError(f'{where} 没有 fields：照模板里的字段写，比如 {{"thing1": "what", "time2": "when"}}')
    for name, ours in fields.items():
        match = _NAME.fullmatch(str(name))
        if match is None or match[1] not in _LIMITS:
            raise ValueError(f"{where}：{name} 不是微信的字段，要像 thing1、time2；认识的有 {'、'.join(_LIMITS)}")
        if not isinstance(ours, str) or ours not in FIELDS:
            raise ValueError(f"{where}：不认识 {ours}；能装的有 {'、'.join(sorted(FIELDS))}")
    return Notice(raw["id"], way, tuple((str(name), str(ours)) for name, ours in fields.items()))


def notices_of(
    templates: Mapping[str, Sequence[Notice]], purpose: str, fields: Mapping[str, str]
) -> tuple[Notice, ...]:
    """The notices that fit a letter: those of its purpose (or of what stands before its dot), then the default ones.

    Only those whose fields can be filled. Of its own ones the letter fills the time itself: a meeting's notice with the
    time of its sending would tell the wrong one.
    """
    if not templates:
        return ()
    own = next((templates[name] for name in (purpose, purpose.partition(".")[0]) if name in templates), ())
    known = {*fields, "what", *_EMPTY}
    return (*_fillable(own, known), *_fillable(templates.get(DEFAULT, ()), {*known, "when"}))


def _fillable(notices: Sequence[Notice], known: set[str]) -> list[Notice]:
    return [notice for notice in notices if {ours for _, ours in notice.fields} <= known]


# -- filling


def fill(notice: Notice, fields: Mapping[str, str], text: str, now: datetime) -> dict[str, str]:
    """The template's data, every value within its keyword's limits. Raises ApiFailed(CONTENT) where one cannot be."""
    said = {name: value for name, value in fields.items() if value.strip()}
    known = {"what": _first_sentence(text), "when": f"{now.astimezone(VILLAGE_TIME):%Y-%m-%d %H:%M}", **said}
    data = {}
    for name, ours in notice.fields:
        value = fit_field(name, known.get(ours) or _EMPTY.get(ours, ""))
        if value is None:
            raise ApiFailed(Trouble.CONTENT, "notice", detail=f"field {name}")
        data[name] = value
    return data


_EMPTY = {"where": "村里", "who": "村委会", "status": "请看详情", "village": "本村"}


def fit_field(name: str, value: str) -> str | None:
    """The value as this keyword may carry it, cut where it may be cut; None where it cannot be said in it."""
    match = _NAME.fullmatch(name)
    limit = _LIMITS.get(match[1]) if match else None
    words = " ".join(value.split())
    if match and match[1] not in _WORDS:
        words = words.translate(_NARROW)
    return limit(words) if limit and words else None


# Kinds that hold words; in all others full-width digits and signs are written narrow.
_WORDS = frozenset({"thing", "phrase", "name", "const"})
_NARROW = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_DAY = r"[0-9]{4}[-年](0?[1-9]|1[0-2])[-月](0?[1-9]|[12][0-9]|3[01])日?"
_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"


def _cut(length: int) -> Callable[[str], str | None]:
    def fit(value: str) -> str | None:
        if len(value) <= length:
            return value
        at = length - 1
        while at > 0 and not is_boundary(value, at):
            at -= 1
        return value[:at] + "…" if at else None

    return fit


def _only(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern, re.ASCII)  # the platform takes no full-width digits
    return lambda value: value if compiled.fullmatch(value) else None


def _phone(value: str) -> str | None:
    found = re.search(r"\+?[0-9][0-9-]{2,16}", value)
    return found[0] if found else None


def _number(value: str) -> str | None:
    """Nothing but a number: of XH-261128-007 a part would name another matter."""
    return value if re.fullmatch(r"[0-9]{1,32}(\.[0-9]{1,2})?", value) else None


def _name(value: str) -> str | None:
    """Ten Chinese characters, or twenty letters; no digits or signs."""
    kept = "".join(sign for sign in value if sign.isalpha() or sign in " ·")
    return _cut(10 if any(ord(sign) > 0x2E80 for sign in kept) else 20)(kept.strip()) if kept.strip() else None


def _phrase(value: str) -> str | None:
    kept = "".join(sign for sign in value if "\u4e00" <= sign <= "\u9fff")
    return kept[:5] or None


_LIMITS: dict[str, Callable[[str], str | None]] = {
    "thing": _cut(20),
    "character_string": _only(r"[!-~]{1,32}"),
    "phrase": _phrase,
    "name": _name,
    "phone_number": _phone,
    "number": _number,
    "letter": _only(r"[A-Za-z]{1,32}"),
    "symbol": _only(r"[^\w\s]{1,5}"),
    "const": _cut(20),
    "amount": _only(r"[¥￥]?\d{1,10}(\.\d{1,2})?元?"),
    "car_number": _only(r"[\u4e00-\u9fff]?[A-Za-z0-9]{5,8}[\u4e00-\u9fff]?"),
    "time": _only(rf"{_DAY}([ T]{_CLOCK})?|{_CLOCK}"),
    "date": _only(rf"{_DAY}( {_CLOCK})?"),
}


def _first_sentence(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return re.split(r"[。！？!?]", line, maxsplit=1)[0]


def field_error(data: object) -> str:
    """The first field the platform would refuse, "" where all is well: what the fake platform enforces (47003)."""
    if not isinstance(data, Mapping) or not data:
        return "data"
    for name, entry in data.items():
        value = cast("Mapping[str, Any]", entry).get("value") if isinstance(entry, Mapping) else None
        if not isinstance(value, str) or fit_field(str(name), value) != " ".join(value.split()):
            return str(name)
    return ""
