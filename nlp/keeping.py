"""Tables that take long to make, kept in a directory from one start to the next.

A kept table is plain data (names, numbers, strings, and what holds them). Whatever cannot be read is made anew; a
directory that cannot be written only costs time.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from nlp.collector import no_collection

T = TypeVar("T")


class Keeper:
    """Keeps tables in `directory`; without one, in this user's own place among the temporary files."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory

    def kept(self, file: str, make: Callable[[], T]) -> T:
        """Return the table kept under that name, or make and keep it. The name says what it was made from."""
        path = (self._directory or _private_temporary_dir()) / file
        try:
            if path.stat().st_uid == os.getuid():
                with no_collection():
                    found: T = marshal.loads(path.read_bytes())  # noqa: S302 - our own file, checked above
                return found
        except (OSError, ValueError, EOFError, TypeError):
            pass
        made = make()
        _keep(path, marshal.dumps(made))  # type: ignore[arg-type]
        return made

    def only(self, pattern: str, file: str) -> None:
        """Throw away what was kept under other names of that pattern: the rules have changed since."""
        directory = self._directory or _private_temporary_dir()
        for path in directory.glob(pattern):
            if path.name != file:
                path.unlink(missing_ok=True)


def digest_of(texts: Iterable[str]) -> str:
    """Name what a table is made from: these texts, the code of this room, and this Python."""
    digest = blake2b(sys.version.encode(), digest_size=10)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for text in texts:
        digest.update(text.encode(errors="surrogatepass") + b"\0")
    return digest.hexdigest()


def _keep(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
            half.write(content)
        Path(half.name).replace(path)  # whole or not at all: several workers may start at once
    except OSError:
        return  # a read-only disk only costs a second at the next start


def _private_temporary_dir() -> Path:
    path = Path(tempfile.gettempdir()) / f"youshi-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path
