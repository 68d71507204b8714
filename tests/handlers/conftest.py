from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rulebook import open_rulebook
from handlers.context import Words
from tests.handlers.talk import LAMP, Village, make_template, open_village


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return open_rulebook(None, tmp_path_factory.mktemp("rules")).value


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("village") / "template.db")


@pytest.fixture
def filed(village: Village) -> Village:
    """A lamp 老王 has told of is on 小陈's hands, and both have heard so."""
    village.say("老王", LAMP)
    village.heard("小陈")
    village.heard("老王")
    return village


@pytest.fixture
def village(template: Path, tmp_path: Path, knowledge: Words) -> Iterator[Village]:
    opened = open_village(template, tmp_path / "village.db", knowledge)
    yield opened
    opened.database.dispose()
