"""What a short text means, remembered: an answer is said in few words, by many, and looked at several times on its way.

Only for functions of nothing but their arguments. Long texts are read anew: they are rare, hardly ever come twice, and
thousands of them kept would fill the memory of a small machine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast

Rest = ParamSpec("Rest")
T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)

SHORT = 24
MOST = 4096


def remembered(read: Callable[Concatenate[str, Rest], T]) -> Callable[Concatenate[str, Rest], T]:
    """Remember what `read` makes of texts of up to SHORT characters; its further arguments must be hashable."""
    known: Callable[..., T] = lru_cache(maxsize=MOST)(read)

    def ask(text: str, *rest: Rest.args, **named: Rest.kwargs) -> T:
        return known(text, *rest, **named) if len(text) <= SHORT else read(text, *rest, **named)

    return cast("Callable[Concatenate[str, Rest], T]", wraps(read)(ask))


class Recent(Generic[Key, T]):
    """What was made of the things asked for last: of `most` of them at least, of fewer than twice as many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: dict[Key, T] = {}
        self._old: dict[Key, T] = {}

    def get(self, key: Key) -> T | None:
        """Return what is known of it, and keep that longer; None where it is not known, or no more."""
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, value: T) -> None:
        if len(self._new) >= self._most:
            self._old, self._new = self._new, {}
        self._new[key] = value

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
