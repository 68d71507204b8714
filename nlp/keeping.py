"""Tables that take long to make, kept in a directory from one start to the next.

Whatever cannot be read is made anew; a directory that cannot be written only costs time.
"""

from __future__ import annotations

import io
import marshal
import os
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from nlp.collector import no_collection
from nlp.lazy import regex

T = TypeVar("T")

_SEAL_BYTES = 16
_SMALL = range(-5, 257)
"""Numbers that are one object everywhere."""
_ROOMS = ("nlp.", "domain.")
_PLAIN = frozenset(
    (module, name)
    for module, names in {"datetime": "date time timedelta", "fractions": "Fraction"}.items()
    for name in names.split()
)
"""What a kept whole may name: what rules are compiled into, and what that is made of."""


class Keeper:
    """Keeps tables in `directory`; without one, in this user's own place among the temporary files."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory

    def kept(self, file: str, make: Callable[[], T]) -> T:
        """Return the table kept under that name, or make and keep it. The name says what it was made from.

        A kept table is plain data: names, numbers, strings, and what holds them.
        """
        content = self._read(file)
        if content is not None:
            try:
                with no_collection():
                    found: T = marshal.loads(content)  # noqa: S302 - our own file, `_read` has looked whose it is
                return found
            except (ValueError, EOFError, TypeError):
                pass
        made = make()
        self._write(file, marshal.dumps(made))  # type: ignore[arg-type]
        return made

    def recall(self, file: str) -> object | None:
        """Return what was kept whole under that name; None where there is nothing, or nothing that can be read."""
        content = self._read(file)
        if content is None or blake2b(content[_SEAL_BYTES:], digest_size=_SEAL_BYTES).digest() != content[:_SEAL_BYTES]:
            return None
        try:
            with no_collection():
                whole: object = _Unpickler(content[_SEAL_BYTES:]).load()
                return whole
        except Exception:  # whatever it is: it is made anew from its rules, as at the first start
            return None

    def keep(self, file: str, whole: object) -> None:
        """Keep objects of this house as they are, for `recall`."""
        content = _pickled(whole)
        self._write(file, blake2b(content, digest_size=_SEAL_BYTES).digest() + content)

    def only(self, pattern: str, file: str) -> None:
        """Throw away what was kept under other names of that pattern: the rules have changed since."""
        directory = self._directory or _private_temporary_dir()
        for path in directory.glob(pattern):
            if path.name != file:
                path.unlink(missing_ok=True)

    def _read(self, file: str) -> bytes | None:
        """Nobody else may have written it: what it says is believed."""
        path = (self._directory or _private_temporary_dir()) / file
        try:
            state = path.stat()
            return path.read_bytes() if state.st_uid == os.getuid() and not state.st_mode & 0o022 else None
        except OSError:
            return None

    def _write(self, file: str, content: bytes) -> None:
        path = (self._directory or _private_temporary_dir()) / file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half:
                half.write(content)
            Path(half.name).replace(path)  # whole or not at all: several workers may start at once
        except OSError:
            return  # a read-only disk only costs a second at the next start


def digest_of(parts: Iterable[bytes], rooms: Iterable[str] = ("nlp",)) -> str:
    """Name what is made from these parts by the code of these rooms, and this Python."""
    digest = blake2b(sys.version.encode(), digest_size=10)
    house = Path(__file__).parent.parent
    for room in rooms:
        for path in sorted(house.joinpath(room).glob("*.py")) or [house / f"{room}.py"]:
            digest.update(path.read_bytes())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


class _Pickler(pickle.Pickler):
    """Writes each number once, as it is held: thousands of words share one of hundreds of bytes. An expression is kept
    as it is written, to be compiled when it is needed."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, protocol=5)
        self.numbers: dict[int, int] = {}

    def persistent_id(self, each: Any) -> int | None:
        if type(each) is int and each not in _SMALL:
            return self.numbers.setdefault(each, len(self.numbers))
        return None

    def reducer_override(self, each: Any) -> Any:
        if isinstance(each, re.Pattern):
            return regex, (each.pattern, each.flags)
        return NotImplemented


def _pickled(whole: object) -> bytes:
    out = io.BytesIO()
    pickler = _Pickler(out)
    pickler.dump(whole)
    return marshal.dumps(list(pickler.numbers)) + out.getvalue()


class _Unpickler(pickle.Unpickler):
    """Reads what `_pickled` wrote, and makes nothing but what rules are compiled into."""

    def __init__(self, content: bytes) -> None:
        source = io.BytesIO(content)
        self._numbers: list[int] = marshal.load(source)  # noqa: S302 - plain data, whatever it is
        super().__init__(source)

    def persistent_load(self, place: int) -> int:
        return self._numbers[place]

    def find_class(self, module: str, name: str) -> Any:
        # os.system, looked up in a module of ours that imports os, would be its: a name is one word, and what it finds is ours.
        if "." not in name and (module.startswith(_ROOMS) or (module, name) in _PLAIN):
            found = super().find_class(module, name)
            if getattr(found, "__module__", "") == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _private_temporary_dir() -> Path:
    path = Path(tempfile.gettempdir()) / f"youshi-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path
