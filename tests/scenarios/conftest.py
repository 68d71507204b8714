"""Whole stories through real HTTP: the town of tests/bot, on SQLite and on PostgreSQL."""

from tests.bot.conftest import town  # noqa: F401 - a fixture
