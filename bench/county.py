"""A county of 129 villages beside the demo village: writing it, and reading the directory every process keeps."""

from __future__ import annotations

import sys
import time
import tracemalloc

from bench import grounds
from domain.organisation import Directory
from storage.database import Database
from storage.people import directory_revision, load_directory
from tests.storage.county import load_county


def _directory(database: Database) -> Directory:
    with database.read() as connection:
        return load_directory(connection, directory_revision(connection))


def main(options: list[str]) -> None:
    with grounds.workplace() as folder:
        for engine in ("SQLite", "PostgreSQL"):
            with grounds.village(engine, folder) as village:
                database = Database(village.url)
                begun = time.perf_counter()
                with database.write() as connection:
                    load_county(connection)
                written = time.perf_counter() - begun
                took = min(_timed(database) for _ in range(5))
                tracemalloc.start()
                found = _directory(database)
                held = tracemalloc.get_traced_memory()[0] / 2**20
                tracemalloc.stop()
                print(f"{engine:<12}written in {written:5.1f} s; {len(found.areas)} areas and {len(found.offices)} offices "
                      f"read in {took * 1e3:.0f} ms, {held:.1f} MB")  # fmt: skip
                database.dispose()


def _timed(database: Database) -> float:
    begun = time.perf_counter()
    _directory(database)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(sys.argv[1:])
