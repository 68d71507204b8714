"""Bring a database up to date (Alembic), on either engine; safe to run by several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database

# Any number will do as long as nobody else takes it: the advisory lock two starting servers meet at.
_LOCK = 0x796F757368690001


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate(database: Database) -> None:
    """Apply every migration that is missing, in one transaction."""
    if is_current(database):
        return
    with database.write() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
        command.upgrade(_config(connection), "head")


def is_current(database: Database) -> bool:
    """Does the database stand at the newest migration?"""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
