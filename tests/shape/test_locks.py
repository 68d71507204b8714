"""The locks hold what every Python we name wants, not only what the one they were compiled on wanted."""

from __future__ import annotations

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from scripts.generated_docs import ROOT


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(kind: str) -> set[str]:
    lines = (ROOT / f"requirements/{kind}.lock").read_text(encoding="utf-8").splitlines()
    return {_canonical(line.partition("==")[0]) for line in lines if "==" in line and not line.startswith((" ", "#"))}


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0"])
@pytest.mark.parametrize("kind", ["run", "dev"])
def test_a_lock_leaves_out_nothing_that_an_older_or_newer_python_wants(kind: str, python: str) -> None:
    """pip refuses the whole set-up for one unpinned package (Debian 12's own Python is 3.11.2)."""
    locked = _locked(kind)
    here = {
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "extra": "",
        "sys_platform": "linux",
    }
    wanted = (
        (name, Requirement(line)) for name in sorted(locked) for line in metadata.distribution(name).requires or ()
    )
    missing = [
        (name, str(one))
        for name, one in wanted
        if (one.marker is None or one.marker.evaluate(here)) and _canonical(one.name) not in locked
    ]
    assert missing == []
