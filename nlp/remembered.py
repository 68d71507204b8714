"""What a short text means, remembered: an answer is said in few words, by many, and looked at several times on its way.

Only for functions of nothing but their arguments. Long texts are read anew: they are rare, hardly ever come twice, and
thousands of them kept would fill the memory of a small machine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

Rest = ParamSpec("Rest")
T = TypeVar("T")

SHORT = 24
MOST = 4096


def remembered(read: Callable[Concatenate[str, Rest], T]) -> Callable[Concatenate[str, Rest], T]:
    """Remember what `read` makes of texts of up to SHORT characters; its further arguments must be hashable."""
    known: Callable[..., T] = lru_cache(maxsize=MOST)(read)

    def ask(text: str, *rest: Rest.args, **named: Rest.kwargs) -> T:
        return known(text, *rest, **named) if len(text) <= SHORT else read(text, *rest, **named)

    return cast("Callable[Concatenate[str, Rest], T]", wraps(read)(ask))
