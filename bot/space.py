"""How much room the disk has left where the village's memory lies."""

from __future__ import annotations

import shutil
from pathlib import Path

from settings import Settings

# Under this much the operator is to be told, and under that nothing more can be kept.
LITTLE_MB, NONE_MB = 500, 4


def folders_of(settings: Settings) -> list[Path]:
    """DATA_DIR, and the folder of a SQLite database that lies elsewhere."""
    prefix, _, path = settings.database.partition(":///")
    beside = Path(path).parent if prefix.startswith("sqlite") and path else settings.data
    return list(dict.fromkeys((settings.data, beside)))


def free_mb(folder: Path) -> int:
    """Free room where `folder` is, or will be made."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free // 2**20


def has_room(settings: Settings) -> bool:
    return all(free_mb(folder) >= NONE_MB for folder in folders_of(settings))
