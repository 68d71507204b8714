"""Chinese stands where it belongs: sentences in handlers/texts, words in rules; every reason has its sentence."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import domain
from handlers.texts import refusals

ROOT = Path(__file__).resolve().parents[2]
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A sentence ends like one. What villagers say, and what fills a table, does not.
_PATTERN = re.compile(r"[\[\\|]")
_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[。！？!?]|[\u4e00-\u9fff]{12,}|请您|您")


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string in the code that holds Chinese; docstrings and what only documents left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    for node in strings:
        if _HAN.search(node.value) and id(node) not in documented:
            yield node.lineno, node.value


def files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def test_domain_and_nlp_speak_to_nobody() -> None:
    """They give codes and data; Chinese in them is what people say, never what we say."""
    spoken = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in files("domain", "nlp")
        for line, text in literals(path)
        if "您" in text or "请" in text[:1] or re.search(r"[\u4e00-\u9fff][。！]$", text)
    ]
    assert spoken == []


def test_handlers_keep_their_sentences_in_one_place() -> None:
    """Outside handlers/texts only words people say: short, and no sentence to anybody."""
    texts = ROOT / "handlers" / "texts"
    spoken = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in files("handlers")
        if texts not in path.parents
        for line, text in literals(path)
        if _SENTENCE.search(text) and not _PATTERN.search(text)
    ]
    assert spoken == []


def test_every_reason_has_a_sentence() -> None:
    reasons = {str(reason) for kind in _reasons() for reason in kind}
    assert len(reasons) > 5
    assert reasons == set(map(str, refusals.known_reasons()))


def _reasons() -> Iterator[type[StrEnum]]:
    for module in pkgutil.iter_modules(domain.__path__):
        reason = getattr(importlib.import_module(f"domain.{module.name}"), "Reason", None)
        if isinstance(reason, type) and reason.__module__ == f"domain.{module.name}":
            yield reason
