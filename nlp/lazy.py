"""Expressions compiled when first used: a house with a thousand of them must still start in a second.

Compiling all at the start took a third of the time to be ready; most of them no message of the day ever needs. What every message meets anyway (nlp/places.py) may as well be compiled.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class Expression:
    """What stands for a compiled expression until it is asked for the first time, and hands on to it from then on."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet: the methods are put in place, where every later use finds them at once."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied or kept (nlp/keeping.py), it is as if never used."""
        return Expression, (self.pattern, self._flags)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled at its first use. Two threads that use it first do no harm."""
    return cast("re.Pattern[str]", Expression(pattern, flags))
