"""Bring a database up to date (Alembic), on either engine; safe to run by several processes at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import START_TIMEOUT_MS, Database

if TYPE_CHECKING:
    from alembic.config import Config

# The newest migration, named here so that a start with nothing to migrate need not read them all (a test compares).
HEAD = "0010"
# Any number will do as long as nobody else takes it: the advisory lock two starting servers meet at.
_LOCK = 0x796F757368690001


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate(database: Database) -> None:
    """Apply every migration that is missing, in one transaction."""
    if is_current(database):
        return
    with database.write(wait_ms=START_TIMEOUT_MS) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
        from alembic import command

        command.upgrade(_config(connection), "head")


def is_current(database: Database) -> bool:
    """Does the database stand at the newest migration?"""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("select version_num from alembic_version")).scalar() == HEAD
