"""Logistic regression with a square penalty, each weight set in turn: what both fits of urgency use."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

SWEEPS = 40
STEP, STILL = 1.0, 0.002
FREE = "start"
"""The one weight that is not held back."""


def logistic(
    told: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    counts: Sequence[float],
    given: Sequence[float],
    stiff: float,
    names: Collection[str] | None = None,
) -> dict[str, float]:
    """Return a weight for each name (None: for all of them). `told`: values by name; `given`: points that stand fixed."""
    places: dict[str, list[tuple[int, float]]] = {name: [] for name in names or ()}
    for at, each in enumerate(told):
        for name, value in each.items():
            if value and (names is None or name in places):
                places.setdefault(name, []).append((at, value))
    points = list(given)
    weights = dict.fromkeys(places, 0.0)
    for _ in range(SWEEPS):
        moved = 0.0
        for name, where in places.items():
            held = 0.0 if name == FREE else stiff
            slope, bend = -held * weights[name], held + 1e-9
            for at, value in where:
                share = 1 / (1 + math.exp(-points[at]))
                slope += counts[at] * value * (right[at] - share)
                bend += counts[at] * value * value * share * (1 - share)
            step = max(-STEP, min(STEP, slope / bend))
            weights[name] += step
            moved = max(moved, abs(step))
            for at, value in where:
                points[at] += step * value
        if moved < STILL:
            break
    return weights
