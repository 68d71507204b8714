"""Python's collector of cyclic garbage, kept out of the way while tables are made that will all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Thousands of new objects would set off the collector again and again for nothing: a fifth of a start's time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
