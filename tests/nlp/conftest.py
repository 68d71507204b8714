from __future__ import annotations

from pathlib import Path

import pytest

from nlp.lexicon import Lexicon, compile_lexicon
from storage.rulebook import read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return compile_lexicon(read_tables(RULES).rows)
