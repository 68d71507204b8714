"""No pattern of ours can be made to run for ever by a few dozen characters of chat: the process would stand still for all."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import signal
from collections.abc import Iterator
from typing import Any

import pytest

import bot.dispatch
from nlp.lazy import Expression

LETTERS = 64
# Each of these takes microseconds where nothing is wrong, and years where an alternative repeats another: (?:嗯+|嗯)*.
HANGS_AFTER = 2.0
ROOMS = ("bot", "domain", "handlers", "nlp", "storage")
PAIRS = 60


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, Expression):
        yield re.compile(value.pattern)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _within(each)
    elif isinstance(value, dict):
        yield from _within(list(value.values()))


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    assert bot.dispatch.TAKERS
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if "migrations" not in module.name:
                for name, value in vars(importlib.import_module(module.name)).items():
                    yield from ((f"{module.name}.{name}", pattern) for pattern in _within(value))


def _units(source: str) -> list[str]:
    """What the pattern itself speaks of, one or two side by side, and what any text may hold."""
    own = set(re.findall(r"[\u4e00-\u9fff]{1,4}", source))
    own |= {each[0] for each in own} | {"张三到了", "给他", " ", "，", "、", "1", "一"}
    known = sorted(own)
    chance = random.Random(len(source))
    return [*known, *(chance.choice(known) + chance.choice(known) for _ in range(PAIRS))]


def _hangs(pattern: re.Pattern[str]) -> str | None:
    for unit in _units(pattern.pattern):
        text = (unit * LETTERS)[:LETTERS]
        signal.setitimer(signal.ITIMER_REAL, HANGS_AFTER)
        try:
            for end in ("甲", "1"):
                pattern.fullmatch(text + end)
                pattern.search(text + end)
        except TimeoutError:
            return unit
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def _stop(*_: Any) -> None:
    raise TimeoutError


def test_a_pattern_that_repeats_itself_is_found() -> None:
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        assert _hangs(re.compile("(?:嗯+|呃)*好")) is not None
        assert _hangs(re.compile("(?:嗯|呃)*好")) is None
    finally:
        signal.signal(signal.SIGALRM, before)


def test_no_pattern_hangs() -> None:
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        found = {pattern.pattern: (name, pattern) for name, pattern in _patterns()}
        assert len(found) > 700
        hanging = {name: unit for name, pattern in found.values() if (unit := _hangs(pattern)) is not None}
    finally:
        signal.signal(signal.SIGALRM, before)
    if hanging:
        pytest.fail(f"these stand still on a few repeated letters: {hanging}")
